using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Demo;

/// <summary>Signs in as the owner whoever opens a page of the demonstration on this machine. The session is a real one: all that protects one protects it.</summary>
internal sealed class DemoVisit(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, AppDb db, Sessions sessions, AuditTrail audit)
    {
        if (
            Demonstration.IsAtHome(http)
            && IsForSomebody(http)
            && await sessions.Recognise(http, workspace: null) is null
            && await Owner(db, http.RequestAborted) is { } owner
        )
        {
            audit.Did("sign-in.done", new Id<Person>(owner.Id));
            http.User = await sessions.Begin(owner, http.RequestAborted);
        }
        await next(http);
    }

    // The bare address leads in; what is open to all, such as the page to sign in, stays as it is.
    private static bool IsForSomebody(HttpContext http) =>
        http.GetEndpoint() is { } asked
        && (http.Request.Path == "/" || asked.Metadata.GetMetadata<IAllowAnonymous>() is null);

    private static Task<Person?> Owner(AppDb db, CancellationToken cancellation) =>
        db
            .Memberships.Where(m => m.Role == Role.Owner)
            .OrderBy(m => m.Since)
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p)
            .FirstOrDefaultAsync(cancellation);
}
