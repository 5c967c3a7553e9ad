using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
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
        routes
            .MapPost(
                address + "/remove",
                async ([FromForm] IFormCollection _, HttpContext http, THandler handler, Toasts toasts, Id<T> id) =>
                {
                    if (!await remove(handler, id, http.RequestAborted))
                    {
                        return Results.NotFound();
                    }
                    toasts.Say(said(), http.Request.Path.Value![..^"/remove".Length] + "/restore");
                    return Results.LocalRedirect(Back.From(http, "/"));
                }
            )
            .Needs(least);
        routes
            .MapPost(
                address + "/restore",
                async ([FromForm] IFormCollection _, HttpContext http, THandler handler, Toasts toasts, Id<T> id) =>
                {
                    if (!await restore(handler, id, http.RequestAborted))
                    {
                        return Results.NotFound();
                    }
                    toasts.Say(UiText.Current["restored"]);
                    return Results.LocalRedirect(Back.From(http, "/"));
                }
            )
            .Needs(least);
    }
}
