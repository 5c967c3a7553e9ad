using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ListSessions;

/// <param name="IsThis">The one that asks.</param>
public sealed record SessionRow(
    Id<Session> Id,
    string? Browser,
    string? Address,
    DateTime CreatedAt,
    DateTime SeenAt,
    bool IsThis
);

/// <summary>The browsers one is signed in with.</summary>
public sealed class ListSessionsHandler(AppDb db, Sessions sessions, CurrentMember member)
{
    // Far more than anybody has; those beyond are ended with all others.
    private const int MostShown = 50;

    public async Task<(IReadOnlyList<SessionRow> Rows, TimeZoneInfo Zone)> Handle(CancellationToken cancellation)
    {
        var own = member.Session;
        var rows = await sessions
            .Open(member.Person!.Value)
            .Take(MostShown)
            .Select(s => new SessionRow(s.Id, s.Browser, s.Address, s.CreatedAt, s.SeenAt, s.Id == own))
            .ToListAsync(cancellation);
        var zone = await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation);
        return (rows, TimeZoneInfo.FindSystemTimeZoneById(zone));
    }
}
