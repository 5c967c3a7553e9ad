using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>The way from the bare address to where one works.</summary>
public sealed class Home(AppDb db, CurrentMember member)
{
    /// <summary>Where a workspace begins.</summary>
    public static string Of(Id<Workspace> workspace) => $"/e/{workspace}/today";

    /// <returns>The workspace of the last visit, the only one, or the choice; null when nobody is signed in.</returns>
    public async Task<string?> Find(HttpContext http, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (member.Person?.Value is not { } person)
        {
            return null;
        }
        var mine = db.Memberships.Where(m => m.PersonId == person);
        if (
            Id<Workspace>.TryParse(http.Request.Cookies[Preferences.WorkspaceCookie], null, out var last)
            && await mine.AnyAsync(m => m.WorkspaceId == last, cancellation)
        )
        {
            return Of(last);
        }
        var first = await mine.Select(m => m.WorkspaceId).Take(2).ToListAsync(cancellation);
        return first.Count == 1 ? Of(first[0]) : "/workspaces";
    }
}
