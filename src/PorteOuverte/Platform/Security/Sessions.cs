using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

/// <summary>Who is signed in, in which browsers. Every way of signing in ends in <see cref="Begin"/>.</summary>
public sealed class Sessions(
    AppDb db,
    CurrentMember member,
    KnownBrowsers browsers,
    IHttpContextAccessor http,
    TimeProvider clock
)
{
    private const string Claim = "session";
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(10);

    // Long enough to explain a line of the trail.
    private static readonly TimeSpan KeptAfterTheEnd = TimeSpan.FromDays(30);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Signs the browser of this request in, under a new id whatever it came with, and saves: also what the caller changed and said before.</summary>
    /// <returns>Who the browser is from its next request on.</returns>
    public async Task<ClaimsPrincipal> Begin(Person person, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = Now;
        await Forget(person.Id, now, cancellation);
        // Who signs in over an open session leaves it: nobody would ever see it again.
        if (member.Session is { } before)
        {
            await End(s => s.Id == before, cancellation);
        }
        var from = Context.Connection.RemoteIpAddress?.ToString();
        var session = new Session
        {
            PersonId = person.Id,
            Browser = BrowserName.Of(Context.Request.Headers.UserAgent.ToString()),
            Address = from,
            CreatedAt = now,
            SeenAt = now,
        };
        db.Add(session);
        member.Identify(new Id<Person>(person.Id), from, session.Id);
        await db.SaveChangesAsync(cancellation);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, person.Id.ToString()), new(Claim, session.Id.ToString())],
            IdentityConstants.ApplicationScheme
        );
        var principal = new ClaimsPrincipal(identity);
        await Context.SignInAsync(
            IdentityConstants.ApplicationScheme,
            principal,
            new AuthenticationProperties { IsPersistent = true }
        );
        browsers.Remember(person);
        return principal;
    }

    /// <summary>Signs the browser of this request out.</summary>
    public async Task Leave(CancellationToken cancellation)
    {
        if (member.Session is { } session)
        {
            await End(s => s.Id == session, cancellation);
        }
        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Ends one session of the person, at once: its next request is a stranger's.</summary>
    /// <returns>Whether there was one to end.</returns>
    public async Task<bool> End(Id<Person> person, Id<Session> session, CancellationToken cancellation) =>
        await End(s => s.Id == session && s.PersonId == person.Value, cancellation) > 0;

    /// <summary>Ends all sessions of the person but this one; when somebody else may have been there, or the password is new.</summary>
    /// <param name="except">Null: all of them.</param>
    /// <returns>How many there were to end.</returns>
    public Task<int> EndAll(Id<Person> person, Id<Session>? except, CancellationToken cancellation) =>
        End(s => s.PersonId == person.Value && (except == null || s.Id != except.Value), cancellation);

    /// <summary>Those that still open something, the one seen last first.</summary>
    public IQueryable<Session> Open(Id<Person> person)
    {
        var (used, begun) = (Now - Session.Idle, Now - Session.Longest);
        return db
            .Sessions.AsNoTracking()
            .Where(s => s.PersonId == person.Value && s.EndedAt == null && s.SeenAt > used && s.CreatedAt > begun)
            .OrderByDescending(s => s.SeenAt)
            .ThenByDescending(s => s.Id);
    }

    /// <summary>Recognises who comes with a cookie, and their role where they want to go: one question to the database.</summary>
    internal async Task<Recognised?> Recognise(HttpContext request, Id<Workspace>? workspace)
    {
        if (
            !Guid.TryParse(request.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person)
            || !Id<Session>.TryParse(request.User.FindFirstValue(Claim), null, out var session)
        )
        {
            return null;
        }
        var found = await Open(new Id<Person>(person))
            .Where(s => s.Id == session)
            .Select(s => new
            {
                s.SeenAt,
                Place = (
                    from m in db.Memberships
                    join p in db.People on m.PersonId equals p.Id
                    where m.PersonId == s.PersonId && m.WorkspaceId == workspace
                    select new Place(m.Role, p.Name, m.WorkspaceName, p.Language, p.Theme)
                ).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(request.RequestAborted);
        if (found is null)
        {
            return null;
        }
        var now = Now;
        if (now - found.SeenAt > BetweenNotes)
        {
            var from = request.Connection.RemoteIpAddress?.ToString();
            await db
                .Sessions.Where(s => s.Id == session && s.SeenAt == found.SeenAt)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(x => x.SeenAt, now).SetProperty(x => x.Address, from),
                    request.RequestAborted
                );
        }
        return new Recognised(new Id<Person>(person), session, found.Place);
    }

    private Task<int> End(System.Linq.Expressions.Expression<Func<Session, bool>> which, CancellationToken cancellation)
    {
        var now = Now;
        return db
            .Sessions.Where(s => s.EndedAt == null)
            .Where(which)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellation);
    }

    private Task<int> Forget(Guid person, DateTime now, CancellationToken cancellation)
    {
        var (ended, used, begun) = (
            now - KeptAfterTheEnd,
            now - Session.Idle - KeptAfterTheEnd,
            now - Session.Longest - KeptAfterTheEnd
        );
        return db
            .Sessions.Where(s => s.PersonId == person && (s.EndedAt < ended || s.SeenAt < used || s.CreatedAt < begun))
            .ExecuteDeleteAsync(cancellation);
    }
}

/// <param name="Place">In the workspace asked for; null: not a member of it.</param>
internal sealed record Recognised(Id<Person> Person, Id<Session> Session, Place? Place);

/// <summary>What somebody is where they want to go, what both are called, and how they like the page.</summary>
internal sealed record Place(Role Role, string Person, string Workspace, string Language, string? Theme);
