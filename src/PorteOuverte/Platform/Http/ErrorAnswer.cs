using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Http;

/// <summary>The one place where what went wrong becomes an answer: a page for people, problem details (RFC 9457) for programs. A broken rule is said as it is, a defect by a number only.</summary>
internal static class ErrorAnswer
{
    /// <summary>The parameter of the document that takes the place of the page.</summary>
    public const string Parameter = "Problem";

    /// <summary>After an exception.</summary>
    public static Task OfException<TRoot>(HttpContext http)
        where TRoot : IComponent
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var texts = HttpText.Current;
        var (status, title, detail) = error switch
        {
            Refusal refusal => (StatusCodes.Status422UnprocessableEntity, texts["refused"], refusal.Message),
            DbUpdateException changed when changed is DbUpdateConcurrencyException || changed.IsTaken() => (
                StatusCodes.Status409Conflict,
                texts["conflict"],
                texts["conflictHint"]
            ),
            BadHttpRequestException bad => (bad.StatusCode, texts["badRequest"], texts["badRequestHint"]),
            _ => (
                StatusCodes.Status500InternalServerError,
                texts["failed"],
                texts.Format("failedHint", http.TraceIdentifier)
            ),
        };
        return Write<TRoot>(http, status, title, detail);
    }

    /// <summary>A form that its page shows no more, pressed twice or too late: the page says what came of it. The library would answer with nothing at all.</summary>
    public static async Task OfLateForm(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (
            http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest }
            && HttpMethods.IsPost(http.Request.Method)
            && http.Features.Get<IAntiforgeryValidationFeature>()?.IsValid == true
            && http.Request.HasFormContentType
            && http.Request.Form.ContainsKey("_handler")
        )
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = http.Request.GetEncodedPathAndQuery();
        }
    }

    /// <summary>After an answer that is a number and nothing else.</summary>
    public static Task OfStatus<TRoot>(HttpContext http)
        where TRoot : IComponent
    {
        var texts = HttpText.Current;
        var status = http.Response.StatusCode;
        var name = status switch
        {
            StatusCodes.Status403Forbidden => "denied",
            StatusCodes.Status404NotFound => "notFound",
            StatusCodes.Status429TooManyRequests => "tooOften",
            _ => "badRequest",
        };
        return Write<TRoot>(http, status, texts[name], texts[name + "Hint"]);
    }

    private static async Task Write<TRoot>(HttpContext http, int status, string title, string detail)
        where TRoot : IComponent
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Title = title,
            Detail = detail,
        };
        http.Response.StatusCode = status;
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            // A page that found nothing has begun to answer: what it has said of itself is said anew.
            http.Response.Headers.Remove("blazor-enhanced-nav");
            // Services of its own: those of the request belong to the page that failed.
            var services = http.RequestServices;
            await using var scope = services.CreateAsyncScope();
            http.RequestServices = scope.ServiceProvider;
            try
            {
                await new RazorComponentResult<TRoot>(
                    new Dictionary<string, object?>(StringComparer.Ordinal) { [Parameter] = problem }
                )
                {
                    StatusCode = status,
                }.ExecuteAsync(http);
            }
            finally
            {
                http.RequestServices = services;
            }
            return;
        }
        // Who accepts neither gets the number alone.
        await http
            .RequestServices.GetRequiredService<IProblemDetailsService>()
            .TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem });
    }
}
