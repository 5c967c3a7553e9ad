using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>Reckons the figures of clients anew, from the entries that hold. Every client has figures, but those merged into another, which count there; those of a deleted one are nothing, so that they count in no total.</summary>
public sealed class ReckonFiguresHandler(AppDb db, JobQueue queue, MoneyChanges changes, TimeProvider clock)
{
    // A statement takes so many rows at once: far below the parameters that either database allows.
    private const int RowsAtOnce = 200;

    /// <param name="clients">Whose entries have changed; null: all.</param>
    /// <param name="tells">Nothing has changed for those who follow: one of them only wants the figures as they are reckoned now.</param>
    public async Task Handle(
        IReadOnlyCollection<Id<Client>>? clients,
        CancellationToken cancellation,
        bool tells = true
    )
    {
        await using var own = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(cancellation)
            : null;
        await db.TakeTurnsHere(Turn.Figures, cancellation);
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancellation);
        var asOf = await Day(cancellation);
        var holders = await Holders(clients, cancellation);
        var figures = await Reckon(holders, clients is null, asOf, workspace.PaymentTerms, cancellation);
        Id<Client>[] merged = [.. holders.Where(h => h.Value.Holder != h.Key).Select(h => h.Key)];
        await db.ClientFigures.Where(f => merged.Contains(f.ClientId)).ExecuteDeleteAsync(cancellation);
        foreach (var some in figures.Chunk(RowsAtOnce))
        {
            await Write(some, cancellation);
        }
        // A year that ends on another day is another year for everybody: nobody waits for that.
        if (
            await db.ClientFigures.AnyAsync(f => f.AsOf != asOf, cancellation)
            && !await db.JobRuns.AnyAsync(r => r.Job == ReckonRest.Name && r.State == JobState.Queued, cancellation)
        )
        {
            queue.Ask<ReckonRest>();
            await db.SaveChangesAsync(cancellation);
        }
        if (tells)
        {
            await changes.Tell(cancellation);
        }
        if (own is not null)
        {
            await own.CommitAsync(cancellation);
        }
    }

    /// <summary>Whether an older version has reckoned them, or the day has moved since, as it does each night where the books run past today.</summary>
    public async Task<bool> AreOld(CancellationToken cancellation) =>
        await db.ClientFigures.AnyAsync(f => f.MonthlySales == null, cancellation)
        || (
            await db.ClientFigures.MaxAsync(f => (DateOnly?)f.AsOf, cancellation) is { } day
            && day != await Day(cancellation)
        );

    /// <summary>The last day that the entries tell of: the end of the books, or a later sale by hand; never after today.</summary>
    private async Task<DateOnly> Day(CancellationToken cancellation)
    {
        var books = await db.Books.Select(b => b.LastEntry).SingleOrDefaultAsync(cancellation);
        // Who pays an invoice of the books long after their end tells nothing of the sales since: without books, all is told so.
        var byHand = await db
            .Entries.Where(e => e.Reading == Entry.ByHand && e.RemovedAt == null && e.Currency == null && !e.IsCovered)
            .Where(e => books == null || e.Kind == EntryKind.Invoice || e.Kind == EntryKind.CreditNote)
            .MaxAsync(e => (DateOnly?)e.BookedOn, cancellation);
        var today = await OneClient.Today(db, clock, cancellation);
        var last = byHand is null || books > byHand ? books : byHand;
        return last < today ? last.Value : today;
    }

    /// <summary>Each client that is concerned, and whose figures its entries count in.</summary>
    private async Task<Dictionary<Id<Client>, Holding>> Holders(
        IReadOnlyCollection<Id<Client>>? clients,
        CancellationToken cancellation
    )
    {
        var concerned = db.Clients.AsNoTracking();
        if (clients is not null)
        {
            var groups = await db
                .Clients.Where(c => clients.Contains(c.Id))
                .Select(c => c.MergedInto ?? c.Id)
                .ToListAsync(cancellation);
            concerned = concerned.Where(c =>
                clients.Contains(c.Id) || groups.Contains(c.Id) || groups.Contains(c.MergedInto!.Value)
            );
        }
        return await concerned
            .Select(c => new
            {
                c.Id,
                Holding = new Holding(c.MergedInto ?? c.Id, c.RemovedAt != null, c.PaymentDays, c.PaymentEndOfMonth),
            })
            .ToDictionaryAsync(c => c.Id, c => c.Holding, cancellation);
    }

    private async Task<List<ClientFigures>> Reckon(
        Dictionary<Id<Client>, Holding> holders,
        bool all,
        DateOnly asOf,
        PaymentTerms usual,
        CancellationToken cancellation
    )
    {
        var counted = db.EntriesOn(asOf).AsNoTracking();
        if (!all)
        {
            Id<Client>[] concerned = [.. holders.Keys];
            counted = counted.Where(e => concerned.Contains(e.ClientId));
        }
        var shared = holders.Where(h => h.Value.Holder != h.Key).Select(h => h.Value.Holder).ToHashSet();
        var groups = shared.ToDictionary(h => h, _ => new List<EntryFacts>());
        var figures = new List<ClientFigures>(holders.Count);
        // In the order they stand in: the entries of one client at a time are in memory, and those of the merged ones.
        var current = new List<EntryFacts>();
        Id<Client>? client = null;
        await foreach (
            var (owner, facts) in counted
                .OrderBy(e => e.ClientId)
                .Select(e => new ValueTuple<Id<Client>, EntryFacts>(
                    e.ClientId,
                    new EntryFacts(
                        e.Kind,
                        e.Date,
                        e.BookedOn,
                        e.DueOn,
                        e.Amount,
                        e.Counted,
                        e.Net,
                        e.Outstanding,
                        e.PaidOn
                    )
                ))
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            if (owner != client)
            {
                Close();
                client = owner;
            }
            (groups.GetValueOrDefault(holders[owner].Holder) ?? current).Add(facts);
        }
        Close();
        foreach (var (holder, facts) in groups)
        {
            Add(holder, facts);
        }
        HashSet<Id<Client>> reckoned = [.. figures.Select(f => f.ClientId)];
        foreach (var silent in holders.Keys.Where(h => !reckoned.Contains(h)))
        {
            Add(silent, []);
        }
        return figures;

        void Close()
        {
            if (current.Count > 0)
            {
                Add(client!.Value, current);
                current.Clear();
            }
        }

        void Add(Id<Client> holder, List<EntryFacts> facts)
        {
            if (holders.TryGetValue(holder, out var holding) && holding.Holder == holder)
            {
                figures.Add(FiguresOf.Reckon(holder, holding.IsRemoved ? [] : facts, asOf, holding.Terms(usual)));
            }
        }
    }

    // Through the model, which knows how each database writes a value; the same statement on both.
    private async Task Write(ClientFigures[] figures, CancellationToken cancellation)
    {
        var table = db.Model.FindEntityType(typeof(ClientFigures))!;
        IProperty[] columns = [.. table.GetProperties()];
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var sql = new StringBuilder($"insert into {table.GetTableName()} (")
            .AppendJoin(", ", columns.Select(c => c.GetColumnName()))
            .Append(") values ");
        for (var row = 0; row < figures.Length; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < columns.Length; column++)
            {
                var name = $"@p{row}_{column}";
                sql.Append(column == 0 ? "" : ", ").Append(name);
                command.Parameters.Add(Parameter(command, name, columns[column], figures[row]));
            }
            sql.Append(')');
        }
        sql.Append(" on conflict (")
            .AppendJoin(", ", columns.Where(c => c.IsPrimaryKey()).Select(c => c.GetColumnName()))
            .Append(") do update set ")
            .AppendJoin(
                ", ",
                columns.Where(c => !c.IsPrimaryKey()).Select(c => $"{c.GetColumnName()} = excluded.{c.GetColumnName()}")
            );
        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private DbParameter Parameter(DbCommand command, string name, IProperty column, ClientFigures figures) =>
        column
            .GetRelationalTypeMapping()
            .CreateParameter(
                command,
                name,
                column.IsShadowProperty() ? db.Workspace : column.PropertyInfo!.GetValue(figures),
                column.IsNullable
            );

    private sealed record Holding(Id<Client> Holder, bool IsRemoved, int? PaymentDays, bool PaymentEndOfMonth)
    {
        public PaymentTerms Terms(PaymentTerms usual) =>
            PaymentDays is { } days ? new PaymentTerms(days, PaymentEndOfMonth) : usual;
    }
}
