using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Ui;

/// <summary>Where one goes when something is done: to the page one came from. A form may stand on its own page or, put there by htmx, in the middle of another; the browser knows which.</summary>
public static class Back
{
    /// <summary>The page of this workspace that led here.</summary>
    /// <param name="otherwise">When there is none, or it is this very page.</param>
    public static string From(HttpContext http, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(http);
        var came = http.Request.GetTypedHeaders().Referer;
        return came is null || came.AbsolutePath == http.Request.Path.ToUriComponent()
            ? otherwise
            : Within(came.PathAndQuery, otherwise);
    }

    /// <summary>The address, when it is one of a workspace of this site.</summary>
    public static string Within(string? address, string otherwise) =>
        address is not null
        && address.StartsWith("/e/", StringComparison.Ordinal)
        && !address.Any(c => char.IsControl(c) || c == '\\')
            ? address
            : otherwise;
}
