using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.AddEntry;
using PorteOuverte.Features.Clients;
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
            .Where(e => e.Reading == Entry.ByHand && e.RemovedAt == null && e.Currency == null && e.BookedOn <= day)
            .ToListAsync(cancellation);
        // What the books tell today they may not have told by then.
        var booked = await Covering(entries, brought, cancellation);
        var named = brought.SelectMany(SettleByHand.Named).ToHashSet();
        var stands = entries
            .Concat(brought)
            .Where(e => e.Kind == EntryKind.Invoice && named.Contains(e.Id))
            .DistinctBy(e => e.Id)
            .ToDictionary(e => e.Id, e => booked.GetValueOrDefault(e.Id, e));
        brought.RemoveAll(e => booked.ContainsKey(e.Id) || (e.IsCovered && IsSettledThere(e)));
        var payments = brought
            .Where(e => e.Settles is not null)
            .Select(e => new GivenPayment(e.Id, e.Date, -e.Amount, [.. Settled(e).Select(i => i.Id)]))
            .ToList();
        foreach (var invoice in brought.Where(e => e.Kind == EntryKind.Invoice))
        {
            // Owed in whole until the payment that is known today.
            (invoice.Outstanding, invoice.PaidOn) =
                invoice.SettledByHand > 0 ? (invoice.Outstanding + invoice.SettledByHand, null)
                : invoice.PaidOn > day ? (invoice.Amount, null)
                : (invoice.Outstanding, invoice.PaidOn);
        }
        entries.AddRange(brought);
        var paid = stands.Values.DistinctBy(e => e.Id).ToList();
        var settled = Allotment.Of(paid.Select(e => new OwedInvoice(e.Id, e.Date, e.Outstanding)), payments);
        foreach (var invoice in paid.Where(e => settled[e.Id].Settled > 0))
        {
            (invoice.Outstanding, invoice.PaidOn) = (settled[invoice.Id].Outstanding, settled[invoice.Id].PaidOn);
        }
        return entries;

        IEnumerable<Entry> Settled(Entry payment) =>
            SettleByHand.Named(payment).Where(stands.ContainsKey).Select(i => stands[i]);

        bool IsSettledThere(Entry payment) =>
            Settled(payment).Any() && Settled(payment).All(i => i.Reading != Entry.ByHand && i.Outstanding <= 0);
    }

    /// <summary>Of what people brought and the books tell too, the entry there, where they had told it by then (see <see cref="CoverEntriesHandler"/>).</summary>
    private async Task<Dictionary<Id<Entry>, Entry>> Covering(
        List<Entry> entries,
        List<Entry> brought,
        CancellationToken cancellation
    )
    {
        var covered = brought.FindAll(e => e.IsCovered && e.Number.Length > 0);
        var numbers = covered.Select(e => e.Number).ToHashSet(StringComparer.Ordinal);
        var merged = await db
            .Clients.Where(c => c.MergedInto != null)
            .ToDictionaryAsync(c => c.Id, c => c.MergedInto!.Value, cancellation);
        var told = entries.Where(e => numbers.Contains(e.Number)).ToLookup(Same);
        return covered
            .Select(e => (e.Id, There: told[Same(e)].FirstOrDefault(t => t.Kind == e.Kind || TellsOf(t.Kind, e))))
            .Where(e => e.There is not null)
            .ToDictionary(e => e.Id, e => e.There!);

        (Id<Client>, string) Same(Entry entry) =>
            (merged.GetValueOrDefault(entry.ClientId, entry.ClientId), entry.Number);

        static bool TellsOf(EntryKind told, Entry payment) =>
            payment.File is not null
            && (told, payment.Kind)
                is
                    (EntryKind.Invoice, EntryKind.Payment)
                    or
                    (EntryKind.CreditNote, EntryKind.ReturnedPayment);
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
            // Who was deleted for good has no code any more.
            .Where(a => clients.ContainsKey(a.Code))
            .SelectMany(a => EntriesOf.Account(ledger, a, clients[a.Code], reading, ids))
            .ToList();
        if (clients.TryGetValue(LedgerFacts.DirectCode, out var direct))
        {
            entries.AddRange(EntriesOf.DirectSales(ledger, direct, reading).Where(e => e.BookedOn <= day));
        }
        return entries;
    }
}
