using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounts.SignUp;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.OpenWorkspace;

public sealed record OpenWorkspace(string Name);

/// <summary>Opens one workspace more, for an owner of one; where signing up is open to all, for anybody who has an account.</summary>
public sealed class OpenWorkspaceHandler(
    AppDb db,
    WorkspaceOpening opening,
    SignUpSettings signUps,
    CurrentMember member
)
{
    public async Task<bool> IsAllowed(CancellationToken cancellation)
    {
        var person = member.Person!.Value.Value;
        return signUps.Open
            || await db.Memberships.AnyAsync(m => m.PersonId == person && m.Role == Role.Owner, cancellation);
    }

    public async Task<Id<Workspace>> Handle(OpenWorkspace command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == member.Person!.Value.Value, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var id = await opening.Open(person.Id, command.Name, person.Language, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }
}
