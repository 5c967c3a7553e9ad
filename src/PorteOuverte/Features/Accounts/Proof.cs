using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>Whether somebody has shown lately who they are. Without it, a few minutes at a session left open would become a way in for good.</summary>
public sealed class Proof(
    AppDb db,
    Passwords passwords,
    Sessions sessions,
    CurrentMember member,
    AuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>The form by which it is given once more.</summary>
    public const string Form = "prove";

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>A session begins with a password, a code or a passkey: a young one is the proof.</summary>
    public Task<bool> IsFresh(CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - Lasts;
        return db.Sessions.AnyAsync(s => s.Id == member.Session && s.CreatedAt > since, cancellation);
    }

    /// <summary>Whether a page asks for it before it shows its forms. One that is sent stays there to be answered, and what it does asks for itself.</summary>
    public async Task<bool> IsAsked(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Request.HasFormContentType
            ? http.Request.Form["_handler"] == Form
            : !await IsFresh(http.RequestAborted);
    }

    /// <summary>A right password begins the session anew, under a new id.</summary>
    public async Task<PasswordAnswer> Give(string password, CancellationToken cancellation)
    {
        var address = await db
            .People.Where(p => p.Id == member.Person!.Value.Value)
            .Select(p => p.Email!)
            .SingleAsync(cancellation);
        var (answer, person) = await passwords.Check(address, password, cancellation, signedIn: true);
        if (person is not null)
        {
            audit.Did("sign-in.done", new Id<Person>(person.Id), new { with = "password" });
            await sessions.Begin(person, cancellation);
        }
        return answer;
    }
}
