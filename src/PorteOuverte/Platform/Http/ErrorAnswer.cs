using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Http;

/// <summary>The one place where an exception becomes an answer (RFC 9457): a broken rule is said as it is, a defect by a number only.</summary>
internal static class ErrorAnswer
{
    public static Task Write(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var texts = HttpText.Current;
        var (status, title, detail) = error switch
        {
            Refusal refusal => (StatusCodes.Status422UnprocessableEntity, texts["refused"], refusal.Message),
            DbUpdateConcurrencyException => (StatusCodes.Status409Conflict, texts["conflict"], texts["conflictHint"]),
            BadHttpRequestException bad => (bad.StatusCode, texts["badRequest"], texts["badRequestHint"]),
            _ => (
                StatusCodes.Status500InternalServerError,
                texts["failed"],
                texts.Format("failedHint", http.TraceIdentifier)
            ),
        };
        http.Response.StatusCode = status;
        return http
            .RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(
                new ProblemDetailsContext
                {
                    HttpContext = http,
                    ProblemDetails =
                    {
                        Status = status,
                        Title = title,
                        Detail = detail,
                    },
                }
            )
            .AsTask();
    }
}
