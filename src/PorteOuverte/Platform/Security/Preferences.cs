using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Security;

/// <summary>What a person likes, as far as the page must know it before it is drawn: kept with the person, carried by cookies.</summary>
public static class Preferences
{
    /// <summary>The language a person chose, kept by the browser.</summary>
    public const string LanguageCookie = "porte-language";

    /// <summary>light or dark; absent: as the system has it.</summary>
    public const string ThemeCookie = "porte-theme";

    /// <summary>The workspace of the last visit.</summary>
    public const string WorkspaceCookie = "porte-workspace";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Speaks the language of the person from here on, and has the browser carry it on.</summary>
    public static void Apply(HttpContext http, string language, string? theme)
    {
        ArgumentNullException.ThrowIfNull(http);
        Speak(http, language);
        Carry(http, ThemeCookie, theme);
    }

    /// <summary>Speaks this language from here on, and has the browser carry it on.</summary>
    public static void Speak(HttpContext http, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language == "en" ? "en" : "fr");
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        Carry(http, LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
    }

    internal static void Remember(HttpContext http, string workspace) => Carry(http, WorkspaceCookie, workspace);

    // Only what has changed: most answers set no cookie.
    private static void Carry(HttpContext http, string cookie, string? value)
    {
        if (http.Request.Cookies[cookie] == value)
        {
            return;
        }
        var options = new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = Kept,
        };
        if (value is null)
        {
            http.Response.Cookies.Delete(cookie, options);
        }
        else
        {
            http.Response.Cookies.Append(cookie, value, options);
        }
    }
}
