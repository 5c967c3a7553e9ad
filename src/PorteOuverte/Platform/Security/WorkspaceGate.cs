using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

/// <summary>Lets a request into the workspace its address names, if the person is a member of it. To all others it does not exist.</summary>
/// <remarks>The workspace stands in the address, not in the session: an accountant has several open, each in its own tab.</remarks>
internal sealed class WorkspaceGate(RequestDelegate next)
{
    public const string RouteKey = "workspace";

    public async Task InvokeAsync(HttpContext http, CurrentWorkspace workspace, CurrentMember member, AppDb db)
    {
        Id<Person>? person = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new Id<Person>(id)
            : null;
        member.Identify(person, http.Connection.RemoteIpAddress?.ToString());
        if (person is not null && http.GetRouteValue(RouteKey) is string name)
        {
            var found = Id<Workspace>.TryParse(name, null, out var entered)
                ? await db
                    .Memberships.AsNoTracking()
                    .Where(m => m.PersonId == person.Value.Value && m.WorkspaceId == entered)
                    .Join(
                        db.People,
                        m => m.PersonId,
                        p => p.Id,
                        (m, p) =>
                            new
                            {
                                m.Role,
                                p.Language,
                                p.Theme,
                            }
                    )
                    .SingleOrDefaultAsync(http.RequestAborted)
                : null;
            if (found is null)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            workspace.Enter(entered);
            member.Take(found.Role);
            // Read anew at each request: what is chosen in one browser holds at once in all.
            Preferences.Apply(http, found.Language, found.Theme);
            Preferences.Remember(http, entered.ToString());
        }
        await next(http);
    }
}
