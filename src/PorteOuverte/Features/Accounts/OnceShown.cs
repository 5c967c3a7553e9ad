using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Features.Accounts;

/// <summary>What the next page shows, and no page after it: sealed into a cookie, because it stands nowhere else.</summary>
internal static class OnceShown
{
    private const string Cookie = "porte-once";
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(2);

    public static void Put(HttpContext http, IDataProtectionProvider protection, string? text)
    {
        if (text is not null)
        {
            http.Response.Cookies.Append(Cookie, Protector(protection).Protect(text, Valid), Options(http));
        }
    }

    public static string? Take(HttpContext http, IDataProtectionProvider protection)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Cookies[Cookie] is not { Length: > 0 } shown)
        {
            return null;
        }
        http.Response.Cookies.Delete(Cookie, Options(http));
        try
        {
            return Protector(protection).Unprotect(shown);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider protection) =>
        protection.CreateProtector("once shown").ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = Valid,
        };
}
