using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.AskReset;

/// <summary>Links that set a new password: for one hour, once. No table keeps them; the mail that carries one is emptied once it has left.</summary>
/// <remarks>Sealed with the keys of the database, so any node opens it. It holds the stamp of the account, which each new password changes: the link has then served.</remarks>
public sealed class ResetLinks(AppDb db, IDataProtectionProvider protection, ServerSettings server, TimeProvider clock)
{
    public static readonly TimeSpan Valid = TimeSpan.FromHours(1);

    private IDataProtector Seal => protection.CreateProtector("reset link");

    public Uri For(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var until = clock.GetUtcNow().UtcDateTime + Valid;
        var code = Seal.Protect(
            string.Create(CultureInfo.InvariantCulture, $"{person.Id:N} {until.Ticks} {person.SecurityStamp}")
        );
        return server.Link("/reset?code=" + code);
    }

    /// <returns>Whom the code lets choose a new password; null: it has served, its hour is over, or it is none of ours.</returns>
    public async Task<Person?> Open(string? code, CancellationToken cancellation)
    {
        if (Unsealed(code)?.Split(' ', 3) is not [var id, var until, var stamp])
        {
            return null;
        }
        var person = Guid.ParseExact(id, "N");
        return long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcDateTime.Ticks
            ? await db.People.SingleOrDefaultAsync(p => p.Id == person && p.SecurityStamp == stamp, cancellation)
            : null;
    }

    private string? Unsealed(string? code)
    {
        try
        {
            return code is { Length: > 0 } ? Seal.Unprotect(code) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
