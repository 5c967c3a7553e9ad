using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Ui;

/// <summary>Light or dark, where a person chose one; else the browser decides.</summary>
public static class Theme
{
    /// <summary>Carries the choice between requests, so that the first byte of a page is right.</summary>
    public const string Cookie = "porte-theme";

    /// <summary><c>light</c>, <c>dark</c>, or null: as the system.</summary>
    internal static string? Of(HttpContext? http) =>
        http?.Request.Cookies[Cookie] is "light" or "dark" ? http.Request.Cookies[Cookie] : null;
}
