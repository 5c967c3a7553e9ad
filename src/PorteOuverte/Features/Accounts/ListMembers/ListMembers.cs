using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ListMembers;

/// <param name="Page">From 1.</param>
public sealed record ListMembers(int Page);

public sealed record MemberRow(
    Guid Person,
    string Name,
    string? Email,
    Role Role,
    DateTime Since,
    DateTime? LastSignIn
);

public sealed record InvitationRow(Id<Invitation> Id, string Email, Role Role, DateTime ExpiresAt, bool IsOver);

/// <param name="More">Whether others follow on the next page.</param>
public sealed record MembersPage(
    IReadOnlyList<MemberRow> Members,
    bool More,
    IReadOnlyList<InvitationRow> Invitations,
    TimeZoneInfo Zone
);

/// <summary>Who is in the workspace, by name, and who is expected.</summary>
public sealed class ListMembersHandler(AppDb db, TimeProvider clock)
{
    private const int RowsOfAPage = 30;

    // Few wait at a time; whoever invites hundreds at once sees the latest of them.
    private const int MostInvitations = 100;

    public async Task<MembersPage> Handle(ListMembers query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var workspace = db.Workspace;
        var members = await db
            .Memberships.AsNoTracking()
            .Where(m => m.WorkspaceId == workspace)
            .Join(
                db.People,
                m => m.PersonId,
                p => p.Id,
                (m, p) =>
                    new
                    {
                        Person = p,
                        m.Role,
                        m.Since,
                    }
            )
            .OrderBy(m => m.Person.Name)
            .ThenBy(m => m.Person.Id)
            .Skip((Math.Clamp(query.Page, 1, 100_000) - 1) * RowsOfAPage)
            .Take(RowsOfAPage + 1)
            .Select(m => new MemberRow(
                m.Person.Id,
                m.Person.Name,
                m.Person.Email,
                m.Role,
                m.Since,
                db.Sessions.Where(s => s.PersonId == m.Person.Id).Max(s => (DateTime?)s.CreatedAt)
            ))
            .ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var invitations = await db
            .Invitations.AsNoTracking()
            .OrderByDescending(i => i.Id)
            .Take(MostInvitations)
            .Select(i => new InvitationRow(i.Id, i.Email, i.Role, i.ExpiresAt, i.ExpiresAt <= now))
            .ToListAsync(cancellation);
        var zone = await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation);
        return new MembersPage(
            [.. members.Take(RowsOfAPage)],
            members.Count > RowsOfAPage,
            invitations,
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );
    }
}
