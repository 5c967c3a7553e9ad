using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Audit;

/// <summary>Adds to each save the lines that tell of it, in the same transaction: both are there or neither is.</summary>
internal sealed class AuditWriter(
    AuditTrail trail,
    CurrentWorkspace workspace,
    CurrentMember member,
    TimeProvider clock
) : SaveChangesInterceptor
{
    private readonly List<object> written = [];

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = (AppDb)eventData.Context!;
        var deeds = trail.Said.Count > 0 ? trail.Said : UnsaidChanges.Of(db.ChangeTracker);
        if (deeds.Count > 0)
        {
            var head = await Lock(db, cancellationToken);
            foreach (var deed in deeds)
            {
                Append(db, head, deed);
            }
        }
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        trail.Clear();
        Forget(eventData.Context!);
        return new(result);
    }

    // What was said stays said: whoever saves the same changes again, writes it then, under other numbers.
    public override Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Forget(eventData.Context!);
        return Task.CompletedTask;
    }

    public override Task SaveChangesCanceledAsync(
        DbContextEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Forget(eventData.Context!);
        return Task.CompletedTask;
    }

    /// <summary>The end of the chain, held until the transaction ends: nobody else appends meanwhile, so there is neither a gap nor a fork.</summary>
    private async Task<AuditHead> Lock(AppDb db, CancellationToken cancellation)
    {
        var chain = workspace.Id ?? Workspace.House;
        if (db.Database.IsSqlite())
        {
            // The transaction began as a writer's: it already is alone.
            var head = await db
                .AuditHeads.IgnoreQueryFilters()
                .AsNoTracking()
                .SingleOrDefaultAsync(h => h.WorkspaceId == chain, cancellation);
            return Track(db, head ?? First(chain), isNew: head is null);
        }
        if (workspace.Id is null)
        {
            // Nobody has entered a workspace: what happens then is the House's affair, until this transaction ends.
            await db.Database.ExecuteSqlAsync(
                $"select set_config('porte.workspace', {chain.Value.ToString()}, true)",
                cancellation
            );
        }
        var locked = await Locked();
        if (locked.Count == 0)
        {
            // Two may begin the same chain: the second waits here for the first.
            await db.Database.ExecuteSqlAsync(
                $"insert into audit_heads (workspace_id, number, hash) values ({chain.Value}, 0, {LineHash.Genesis}) on conflict do nothing",
                cancellation
            );
            locked = await Locked();
        }
        return Track(db, locked[0], isNew: false);

        Task<List<AuditHead>> Locked() =>
            db
                .AuditHeads.FromSql($"select * from audit_heads where workspace_id = {chain.Value} for update")
                .IgnoreQueryFilters()
                .AsNoTracking()
                .ToListAsync(cancellation);
    }

    private static AuditHead First(Id<Workspace> chain) =>
        new()
        {
            WorkspaceId = chain,
            Number = 0,
            Hash = LineHash.Genesis,
        };

    private AuditHead Track(AppDb db, AuditHead head, bool isNew)
    {
        db.Entry(head).State = isNew ? EntityState.Added : EntityState.Unchanged;
        written.Add(head);
        return head;
    }

    private void Append(AppDb db, AuditHead head, Deed deed)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var line = new AuditLine
        {
            WorkspaceId = head.WorkspaceId,
            Number = head.Number + 1,
            At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
            PersonId = member.Person,
            Source = member.From,
            Action = deed.Action,
            SubjectKind = deed.SubjectKind,
            SubjectId = deed.SubjectId,
            Details = deed.Details,
            Previous = head.Hash,
        };
        var hash = LineHash.Of(line);
        var added = db.Add(line);
        added.Property(l => l.Hash).CurrentValue = hash;
        written.Add(line);
        (head.Number, head.Hash) = (line.Number, hash);
    }

    private void Forget(DbContext db)
    {
        foreach (var row in written)
        {
            db.Entry(row).State = EntityState.Detached;
        }
        written.Clear();
    }
}
