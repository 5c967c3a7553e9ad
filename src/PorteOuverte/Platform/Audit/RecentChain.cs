using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Audit;

/// <summary>The end of the chain of the workspace entered, checked at once: for a page. The whole is the command line's affair.</summary>
/// <param name="Lines">How many lines were checked.</param>
/// <param name="Head">Where the chain ends; null: there is none yet.</param>
public sealed record RecentChain(int Lines, NotedHead? Head, IReadOnlyList<Finding> Findings)
{
    private const int Most = 1000;

    public static async Task<RecentChain> Check(AppDb db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        // One question for lines and head: they are of one moment, whoever appends meanwhile.
        var rows = await db
            .AuditLines.AsNoTracking()
            .OrderByDescending(l => l.Number)
            .Take(Most + 1)
            .Select(l => new { Line = l, Head = db.AuditHeads.FirstOrDefault(h => h.WorkspaceId == l.WorkspaceId) })
            .ToListAsync(cancellation);
        var head = rows.Count > 0 ? rows[0].Head : await db.AuditHeads.AsNoTracking().FirstOrDefaultAsync(cancellation);
        if (head is null && rows.Count == 0)
        {
            return new RecentChain(0, null, []);
        }
        rows.Reverse();
        var findings = new List<Finding>();
        var after = rows.Count > Most ? new NotedHead(rows[0].Line.Number, rows[0].Line.Hash) : null;
        var check = new ChainCheck(
            head is null ? null : new NotedHead(head.Number, head.Hash),
            [],
            after,
            findings.Add
        );
        foreach (var row in rows.Skip(after is null ? 0 : 1))
        {
            check.Take(row.Line.Number, row.Line);
        }
        check.Finish();
        return new RecentChain(Math.Min(rows.Count, Most), check.End, findings);
    }
}
