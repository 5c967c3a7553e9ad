using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Platform.Http;

/// <summary>What every answer tells the browser not to do.</summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // At the last moment: an answer to an error begins with no headers at all.
        http.Response.OnStarting(() =>
        {
            Write(http);
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        // A page of figures belongs to nobody's cache; assets say otherwise for themselves.
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
        if (headers.Location.Count == 1)
        {
            headers.Location = WithinSite(http, headers.Location.ToString());
        }
    }

    /// <summary>Libraries put before a path the host that the request claims; the browser knows the true one.</summary>
    private static string WithinSite(HttpContext http, string location)
    {
        var claimed = $"{http.Request.Scheme}://{http.Request.Host}/";
        // A path of two slashes would be a host again.
        return location.StartsWith(claimed, StringComparison.OrdinalIgnoreCase)
            ? "/" + location[claimed.Length..].TrimStart('/')
            : location;
    }
}
