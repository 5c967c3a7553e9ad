using System.Net;
using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Platform.Demo;

/// <summary>There where this server shows a made-up agency; where it is not, nothing of it exists.</summary>
/// <param name="beginAnew">Makes the data anew and puts it in the place of what is there.</param>
public sealed class Demonstration(Func<CancellationToken, Task> beginAnew) : IDisposable
{
    /// <summary>The names by which a browser of this machine calls it. Any other may lead here from elsewhere.</summary>
    public static IReadOnlyList<string> Names { get; } = ["localhost", "127.0.0.1", "[::1]"];

    private static readonly string[] Forwarded =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Real-IP",
        "Via",
    ];

    private readonly SemaphoreSlim turn = new(1);

    public async Task BeginAnew(CancellationToken cancellation)
    {
        // Pressed twice, it is done twice, one after the other.
        await turn.WaitAsync(cancellation);
        try
        {
            await beginAnew(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Whether somebody at this machine asks for a page by themselves: not through anybody, and not something that a page of elsewhere asks for.</summary>
    internal static bool IsAtHome(HttpContext http)
    {
        var request = http.Request;
        return HttpMethods.IsGet(request.Method)
            && http.Connection.RemoteIpAddress is { } from
            && IPAddress.IsLoopback(from)
            && Names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase)
            && !Forwarded.Any(request.Headers.ContainsKey)
            && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document";
    }

    public void Dispose() => turn.Dispose();
}
