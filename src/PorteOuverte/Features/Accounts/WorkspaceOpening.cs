using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>What opening a workspace is, whoever opens it: the first owner, somebody who signs up, or an owner who opens one more.</summary>
public sealed class WorkspaceOpening(AppDb db, CurrentWorkspace workspace, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Enters the new workspace, within a transaction, with its first owner. The caller saves.</summary>
    public async Task<Id<Workspace>> Open(Guid owner, string name, string language, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = CleanText.Line(name, Names.Longest);
        var now = clock.GetUtcNow().UtcDateTime;
        var id = Id<Workspace>.New();
        workspace.Enter(id);
        await db.EnterWorkspace(cancellation);
        db.Add(new Workspace(id, name) { Language = language, CreatedAt = now });
        db.Add(
            new Membership
            {
                PersonId = owner,
                WorkspaceId = id,
                WorkspaceName = name,
                Role = Role.Owner,
                Since = now,
            }
        );
        audit.Did("workspace.opened", id);
        return id;
    }
}
