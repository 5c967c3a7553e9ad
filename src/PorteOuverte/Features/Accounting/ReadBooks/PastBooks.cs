using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.AddEntry;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.ReadBooks;

/// <summary>The entries as one would have seen them on a day: what was booked or paid later is not known yet.</summary>
/// <remarks>The books are read again from the files as they were given: what a payment settles follows from all the lines up to the day.</remarks>
public sealed class PastBooks(AppDb db, FileStore store)
{
    /// <returns>The entries that count, those of the books and those that people brought, in no order.</returns>
    public async Task<IReadOnlyList<Entry>> Read(DateOnly day, CancellationToken cancellation)
    {
        var entries = await Booked(day, cancellation);
        var brought = await db
            .Entries.AsNoTracking()
            .Where(e =>
                e.Reading == Entry.ByHand && e.RemovedAt == null && !e.IsCovered && e.Currency == null && e.BookedOn <= day
            )
            .ToListAsync(cancellation);
        var payments = brought
            .Where(e => e.Settles is not null)
            .Select(e => new GivenPayment(e.Id, e.Date, -e.Amount, [.. SettleByHand.Named(e)]))
            .ToList();
        var named = payments.SelectMany(p => p.Settles).ToHashSet();
        foreach (var invoice in brought.Where(e => e.Kind == EntryKind.Invoice))
        {
            // Owed in whole until the payment that is known today.
            (invoice.Outstanding, invoice.PaidOn) =
                invoice.SettledByHand > 0 ? (invoice.Outstanding + invoice.SettledByHand, null)
                : invoice.PaidOn > day ? (invoice.Amount, null)
                : (invoice.Outstanding, invoice.PaidOn);
        }
        entries.AddRange(brought);
        var paid = entries.Where(e => e.Kind == EntryKind.Invoice && named.Contains(e.Id)).DistinctBy(e => e.Id).ToList();
        var settled = Allotment.Of(paid.Select(e => new OwedInvoice(e.Id, e.Date, e.Outstanding)), payments);
        foreach (var invoice in paid.Where(e => settled[e.Id].Settled > 0))
        {
            (invoice.Outstanding, invoice.PaidOn) = (settled[invoice.Id].Outstanding, settled[invoice.Id].PaidOn);
        }
        return entries;
    }

    private async Task<List<Entry>> Booked(DateOnly day, CancellationToken cancellation)
    {
        var files = await db
            .ImportedFiles.AsNoTracking()
            .Where(f => f.Kind == FileKind.Ledger && (f.State == FileState.Live || f.State == FileState.Leaving))
            .OrderBy(f => f.Id)
            .ToListAsync(cancellation);
        if (files.Count == 0)
        {
            return [];
        }
        var reading = await db.Books.Select(b => b.Reading).SingleAsync(cancellation);
        var clients = await db
            .ClientCodes.AsNoTracking()
            .ToDictionaryAsync(c => c.Code, c => c.ClientId, StringComparer.Ordinal, cancellation);
        using var copies = await store.Copy(files, cancellation);
        var ledger = Ledger.Read([.. files.Select(f => copies[f.Id])], cancellation: cancellation);
        Id<ImportedFile>[] ids = [.. files.Select(f => f.Id)];
        var entries = ledger
            .AccountsAsOf(day)
            .SelectMany(a => EntriesOf.Account(ledger, a, clients[a.Code], reading, ids))
            .ToList();
        if (clients.TryGetValue(LedgerFacts.DirectCode, out var direct))
        {
            entries.AddRange(EntriesOf.DirectSales(ledger, direct, reading).Where(e => e.BookedOn <= day));
        }
        return entries;
    }
}
