using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Ui;

/// <param name="Undo">An address that takes it back when a form is posted to it; null: nothing to take back.</param>
/// <param name="IsRefusal">Something was not done: it stays until it is closed.</param>
public sealed record Said(string Text, string? Undo, bool IsRefusal = false);

/// <summary>One sentence for the next page a person sees: what was just done.</summary>
/// <remarks>It travels in a sealed cookie, since the next request may be answered by another node.</remarks>
public sealed class Toasts(IHttpContextAccessor accessor, IDataProtectionProvider protection)
{
    private const string Cookie = "porte-toast";

    // Sealed and in base 64 it must stay below the four kilobytes of a cookie, accents and all.
    private const int LongestRefusal = 400;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private ITimeLimitedDataProtector Seal => protection.CreateProtector("toast").ToTimeLimitedDataProtector();

    /// <param name="undo">A path of this site to which a form is posted.</param>
    public void Say(string text, string? undo = null) => Put(new Said(text, undo));

    /// <summary>Says what was not done, and why, where no form is left to say it.</summary>
    public void Refuse(string text) =>
        Put(new Said(text.Length <= LongestRefusal ? text : text[..LongestRefusal] + "…", null, IsRefusal: true));

    private void Put(Said said) =>
        accessor.HttpContext?.Response.Cookies.Append(
            Cookie,
            Seal.Protect(JsonSerializer.Serialize(said), Kept),
            Options(accessor.HttpContext)
        );

    internal Said? Take()
    {
        if (accessor.HttpContext is not { } http || http.Request.Cookies[Cookie] is not { Length: > 0 } sealedText)
        {
            return null;
        }
        http.Response.Cookies.Delete(Cookie, Options(http));
        try
        {
            return JsonSerializer.Deserialize<Said>(Seal.Unprotect(sealedText));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = Kept,
        };
}
