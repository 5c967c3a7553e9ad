using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.EditMember;

public sealed record ChangeRole(Id<Person> Person, Role Role);

/// <summary>Of somebody else, or of oneself.</summary>
public sealed record RemoveMember(Id<Person> Person);

/// <summary>What an owner decides about a member. The last owner stays one.</summary>
public sealed class EditMemberHandler(AppDb db, CurrentMember member, AuditTrail audit)
{
    /// <returns>Null when they are not a member.</returns>
    public async Task<(Person Person, Role Role)?> Find(Id<Person> person, CancellationToken cancellation)
    {
        var workspace = db.Workspace;
        var found = await db
            .Memberships.AsNoTracking()
            .Where(m => m.PersonId == person.Value && m.WorkspaceId == workspace)
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new { Person = p, m.Role })
            .SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Person, found.Role);
    }

    /// <exception cref="Refusal">The workspace would be without an owner, or they have left meanwhile.</exception>
    public async Task Handle(ChangeRole command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var membership = await Membership(command.Person, cancellation);
        var before = membership.Role;
        if (before == command.Role)
        {
            return;
        }
        await RefuseWithoutOwner(membership, cancellation);
        membership.Role = command.Role;
        audit.Did("member.role-changed", command.Person, new { from = before, to = command.Role });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <exception cref="Refusal">The workspace would be without an owner, or they have left meanwhile.</exception>
    public async Task Handle(RemoveMember command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var membership = await Membership(command.Person, cancellation);
        await RefuseWithoutOwner(membership, cancellation);
        db.Remove(membership);
        audit.Did(
            member.Person == command.Person ? "member.left" : "member.removed",
            command.Person,
            new { role = membership.Role }
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<Membership> Membership(Id<Person> person, CancellationToken cancellation)
    {
        // Two owners who remove each other at the same moment would leave nobody.
        await db.TakeTurns(Turn.LastOwner, cancellation);
        var workspace = db.Workspace;
        return await db.Memberships.SingleOrDefaultAsync(
                m => m.PersonId == person.Value && m.WorkspaceId == workspace,
                cancellation
            ) ?? throw new Refusal(MembersText.Current["memberGone"]);
    }

    private async Task RefuseWithoutOwner(Membership membership, CancellationToken cancellation)
    {
        var workspace = db.Workspace;
        if (
            membership.Role == Role.Owner
            && !await db.Memberships.AnyAsync(
                m => m.WorkspaceId == workspace && m.Role == Role.Owner && m.PersonId != membership.PersonId,
                cancellation
            )
        )
        {
            throw new Refusal(MembersText.Current["lastOwner"]);
        }
    }
}
