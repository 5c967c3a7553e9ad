using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>What people brought one by one and the books tell too counts once: it is covered. A client and those merged into it are one here.</summary>
public sealed class CoverEntriesHandler(AppDb db)
{
    private const int RowsAtOnce = 500;

    /// <param name="clients">The holders whose entries are looked at; null: all.</param>
    public async Task Handle(IReadOnlyCollection<Id<Client>>? clients, CancellationToken cancellation)
    {
        var books = await db.Books.AsNoTracking().SingleOrDefaultAsync(cancellation);
        var brought =
            from entry in db.Entries.AsNoTracking()
            join client in db.Clients on entry.ClientId equals client.Id
            where entry.Reading == Entry.ByHand
            select new { Entry = entry, Holder = client.MergedInto ?? client.Id };
        if (clients is not null)
        {
            brought = brought.Where(b => clients.Contains(b.Holder));
        }
        var were = await brought.Where(b => b.Entry.IsCovered).Select(b => b.Entry.Id).ToListAsync(cancellation);
        var are = new List<Id<Entry>>();
        if (books is { Reading: > Entry.ByHand })
        {
            var told =
                from entry in db.Entries
                join client in db.Clients on entry.ClientId equals client.Id
                where entry.Reading == books.Reading && entry.Number != ""
                select new
                {
                    entry.Kind,
                    entry.Number,
                    Holder = client.MergedInto ?? client.Id,
                };
            are = await (
                from b in brought
                from t in told
                where
                    b.Entry.Number == t.Number
                    && b.Holder == t.Holder
                    && (
                        b.Entry.Kind == t.Kind
                        // The payment that a table tells of an invoice: the books name theirs otherwise.
                        || (
                            b.Entry.File != null
                            && b.Entry.Date <= books.LastEntry
                            && (
                                (b.Entry.Kind == EntryKind.Payment && t.Kind == EntryKind.Invoice)
                                || (b.Entry.Kind == EntryKind.ReturnedPayment && t.Kind == EntryKind.CreditNote)
                            )
                        )
                    )
                select b.Entry.Id
            )
                .Distinct()
                .ToListAsync(cancellation);
        }
        await Say(are.Except(were), covered: true, cancellation);
        await Say(were.Except(are), covered: false, cancellation);
    }

    private async Task Say(IEnumerable<Id<Entry>> entries, bool covered, CancellationToken cancellation)
    {
        foreach (var some in entries.Chunk(RowsAtOnce))
        {
            await db
                .Entries.Where(e => e.Reading == Entry.ByHand && some.Contains(e.Id))
                .ExecuteUpdateAsync(e => e.SetProperty(x => x.IsCovered, covered), cancellation);
        }
    }
}
