using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Ui;

/// <summary>What can be removed and had back: below the address of the thing, <c>/remove</c> and <c>/restore</c>, to which a form is posted, and the toast that leads from the one to the other.</summary>
public static class Removals
{
    /// <param name="address">Of the thing, with its <c>{id}</c>.</param>
    /// <param name="said">What the toast says, in the language of the reader.</param>
    /// <param name="remove">False where there is nothing to remove; so <paramref name="restore"/>.</param>
    public static void MapRemoval<THandler, T>(
        this IEndpointRouteBuilder routes,
        string address,
        Role least,
        Func<string> said,
        Func<THandler, Id<T>, CancellationToken, Task<bool>> remove,
        Func<THandler, Id<T>, CancellationToken, Task<bool>> restore
    )
        where THandler : notnull
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(address);
        Map(
            routes,
            address + "/remove",
            least,
            Of(remove),
            (http, toasts) => toasts.Say(said(), http.Request.Path.Value![..^"/remove".Length] + "/restore")
        );
        Map(
            routes,
            address + "/restore",
            least,
            Of(restore),
            (_, toasts) => toasts.Say(UiText.Current["restored"])
        );

        static Func<HttpContext, Guid, Task<bool>> Of(Func<THandler, Id<T>, CancellationToken, Task<bool>> act) =>
            (http, id) =>
                act(http.RequestServices.GetRequiredService<THandler>(), new Id<T>(id), http.RequestAborted);
    }

    // Without type parameters: the compiler writes the handlers of such routes, others are compiled at every start.
    private static void Map(
        IEndpointRouteBuilder routes,
        string address,
        Role least,
        Func<HttpContext, Guid, Task<bool>> act,
        Action<HttpContext, Toasts> say
    ) =>
        routes
            .MapPost(
                address,
                async ([FromForm] IFormCollection _, HttpContext http, Toasts toasts, Guid id) =>
                {
                    if (!await act(http, id))
                    {
                        return Results.NotFound();
                    }
                    say(http, toasts);
                    return Results.LocalRedirect(Back.From(http, "/"));
                }
            )
            .Needs(least);
}
