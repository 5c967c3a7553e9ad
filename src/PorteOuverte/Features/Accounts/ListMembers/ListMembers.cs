using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Accounts.ListMembers;

public sealed record MemberRow
{
    public Guid Person { get; init; }
    public string Name { get; init; } = "";
    public string? Email { get; init; }
    public Role Role { get; init; }
    public DateTime Since { get; init; }
}

public sealed record InvitationRow(Id<Invitation> Id, string Email, Role Role, DateTime ExpiresAt, bool IsOver);

/// <summary>Who is in the workspace, by name.</summary>
internal static class ListMembers
{
    public static TableOf<MemberRow> Table()
    {
        var texts = MembersText.Current;
        return TableOf<MemberRow>
            .By(
                "members",
                texts["members"],
                db =>
                    from m in db.Memberships
                    join p in db.People on m.PersonId equals p.Id
                    where m.WorkspaceId == db.Workspace
                    select new MemberRow
                    {
                        Person = p.Id,
                        Name = p.Name,
                        Email = p.Email,
                        Role = m.Role,
                        Since = m.Since,
                    },
                m => m.Person
            )
            .Text("name", texts["name"], m => m.Name, link: m => $"{new Id<Person>(m.Person)}")
            .Text("email", texts["email"], m => m.Email)
            .Badge("role", texts["role"], m => m.Role, role => ("", texts["role_" + role]))
            .Instant("since", texts["since"], m => m.Since)
            .Filter("role", texts["role"], m => m.Role, Enum.GetValues<Role>().Select(r => (r, texts["role_" + r])))
            .Search(m => m.Name, m => m.Email)
            .SortedBy("name");
    }
}

/// <summary>Who is expected: the invitations nobody has taken up yet.</summary>
public sealed class ListInvitationsHandler(AppDb db, TimeProvider clock)
{
    // Few wait at a time; whoever invites hundreds at once sees the latest of them.
    private const int Most = 100;

    public async Task<IReadOnlyList<InvitationRow>> Handle(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db
            .Invitations.AsNoTracking()
            .OrderByDescending(i => i.Id)
            .Take(Most)
            .Select(i => new InvitationRow(i.Id, i.Email, i.Role, i.ExpiresAt, i.ExpiresAt <= now))
            .ToListAsync(cancellation);
    }
}
