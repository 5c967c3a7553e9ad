using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ListWorkspaces;

/// <param name="Page">From 1.</param>
public sealed record ListWorkspaces(int Page);

public sealed record WorkspaceRow(Id<Workspace> Id, string Name, Role Role);

/// <param name="More">Whether others follow on the next page.</param>
public sealed record WorkspacesPage(IReadOnlyList<WorkspaceRow> Rows, bool More);

/// <summary>The workspaces of the person who asks, by name.</summary>
public sealed class ListWorkspacesHandler(AppDb db, CurrentMember member)
{
    private const int RowsOfAPage = 30;

    public async Task<WorkspacesPage> Handle(ListWorkspaces query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var person = member.Person!.Value.Value;
        var rows = await db
            .Memberships.AsNoTracking()
            .Where(m => m.PersonId == person)
            .OrderBy(m => m.WorkspaceName)
            .ThenBy(m => m.WorkspaceId)
            .Skip((Math.Clamp(query.Page, 1, 100_000) - 1) * RowsOfAPage)
            .Take(RowsOfAPage + 1)
            .Select(m => new WorkspaceRow(m.WorkspaceId, m.WorkspaceName, m.Role))
            .ToListAsync(cancellation);
        return new WorkspacesPage([.. rows.Take(RowsOfAPage)], rows.Count > RowsOfAPage);
    }
}
