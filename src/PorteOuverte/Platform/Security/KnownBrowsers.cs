using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Platform.Security;

/// <summary>Tells the browsers a person has signed in with from those of strangers: whoever guesses passwords closes the account to strangers only, and its owner still comes in.</summary>
public sealed class KnownBrowsers(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    private const string Cookie = "porte-known";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private IDataProtector Seal => protection.CreateProtector("known browser");

    /// <summary>This browser is the person's from now on.</summary>
    public void Remember(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        http.HttpContext!.Response.Cookies.Append(
            Cookie,
            Seal.Protect(person.Id.ToString("N")),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.HttpContext.Request.IsHttps,
                MaxAge = Kept,
            }
        );
    }

    /// <summary>Whether this browser is one of the person's. It opens nothing: the password is asked for all the same.</summary>
    public bool Knows(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        try
        {
            return http.HttpContext?.Request.Cookies[Cookie] is { } sealedId
                && Seal.Unprotect(sealedId) == person.Id.ToString("N");
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
