using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace PorteOuverte.Platform.Http;

/// <summary>One line for each request: which route, how it ended, how long it took. Neither addresses nor names, nor what was asked.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            if (log.IsEnabled(LogLevel.Information))
            {
                var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
                var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
                var took = (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                Answered(log, http.Request.Method, route, http.Response.StatusCode, took, trace);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {Status} {Milliseconds} ms {Trace}")]
    private static partial void Answered(
        ILogger logger,
        string method,
        string route,
        int status,
        int milliseconds,
        string trace
    );
}

internal static class LogOutput
{
    /// <summary>Sentences for a person at a terminal, JSON for a file or a collector.</summary>
    public static void ToOutput(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Quartz", LogLevel.Warning);
        // The keys lie beside the data they seal: who reads the one reads the other.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A statement names values only where somebody asked for it; a failed one is in the exception anyway.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.Error);
        _ = Console.IsOutputRedirected
            ? logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            })
            : logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.ColorBehavior = LoggerColorBehavior.Default;
                options.TimestampFormat = "HH:mm:ss ";
            });
    }
}
