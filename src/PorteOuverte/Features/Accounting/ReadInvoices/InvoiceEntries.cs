using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.ReadBooks;
using PorteOuverte.Features.Accounting.ReadTables;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Ledgers.Tables;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>Makes entries of the invoices that arrive, one by one or in tables, and takes away those of the invoices that leave.</summary>
public sealed class InvoiceEntries(AppDb db, FileStore store, Buyers buyers, TimeProvider clock)
{
    private const int Batch = 4000;

    public async Task Apply(IReadOnlyList<ImportedFile> files, CancellationToken cancellation)
    {
        foreach (var file in files.Where(f => f.State == FileState.Leaving))
        {
            await db
                .Entries.Where(e => e.Reading == Entry.ByHand && e.File == file.Id.Value)
                .ExecuteDeleteAsync(cancellation);
        }
        // What another file tells too stays: those that remain are read again, and what is there already is passed over.
        var again = files.Any(f => f.State == FileState.Leaving);
        var arriving = files.Where(f => f.State == FileState.Arriving || (again && f.State == FileState.Live)).ToList();
        if (arriving.Count == 0)
        {
            return;
        }
        using var copies = await store.Copy(arriving, cancellation);
        // A document that came before by another file stays as it is: what people did with it since is theirs.
        var there = await There(db, cancellation);
        var batch = new List<Entry>();
        foreach (var file in arriving)
        {
            await foreach (var entry in Read(file, copies[file.Id], cancellation))
            {
                if (!there.Add((entry.ClientId, entry.Id)))
                {
                    continue;
                }
                batch.Add(entry);
                if (batch.Count == Batch)
                {
                    await Flush();
                }
            }
        }
        await Flush();

        async Task Flush()
        {
            // The new clients first: entries point at them.
            await db.SaveChangesAsync(cancellation);
            await new EntryWriter(db).Write(batch, cancellation);
            batch.Clear();
        }
    }

    /// <summary>The documents that people and files brought one by one.</summary>
    internal static async Task<HashSet<(Id<Client>, Id<Entry>)>> There(AppDb db, CancellationToken cancellation)
    {
        var there = new HashSet<(Id<Client>, Id<Entry>)>();
        var copies = new Dictionary<Id<Entry>, int>();
        await foreach (
            var entry in db
                .Entries.Where(e => e.Reading == Entry.ByHand)
                .Join(
                    db.Clients,
                    e => e.ClientId,
                    c => c.Id,
                    (e, c) =>
                        new
                        {
                            e.ClientId,
                            e.Id,
                            e.Kind,
                            e.Number,
                            e.Date,
                            Holder = c.MergedInto ?? c.Id,
                            IsGone = e.File == null && e.RemovedAt != null,
                        }
                )
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            there.Add((entry.ClientId, entry.Id));
            // By its number too: typed, or brought for a client that is another's since, or when ids were made otherwise.
            if (entry.Number.Length > 0 && !entry.IsGone)
            {
                Id<Entry> Known(int copy) =>
                    InvoiceEntry.Identity(
                        entry.Holder,
                        entry.Kind,
                        InvoiceEntry.Name(entry.Kind, entry.Number, entry.Date, copy)
                    );
                var first = Known(1);
                var copy = copies[first] = copies.GetValueOrDefault(first) + 1;
                there.Add((entry.Holder, Known(copy)));
            }
        }
        return there;
    }

    // They were read when they were tried; what cannot be read did not come so far.
    private async IAsyncEnumerable<Entry> Read(
        ImportedFile file,
        LedgerSource source,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (file.Kind == FileKind.Table)
        {
            var chosen = ChosenColumns.Read(file.Mapping!);
            var table = ChosenColumns.Open(source, chosen.Choices, cancellation);
            var entries = new TableEntry(file.Id);
            foreach (var row in TableInvoices.Read(table, chosen.Mapping, cancellation))
            {
                var client = await buyers.FindOrAdd(Buyer.Of(row), now, cancellation);
                foreach (var entry in entries.Of(row, client))
                {
                    yield return entry;
                }
            }
            yield break;
        }
        await using var content = source.Open();
        if (InvoiceFile.Read(content, file.Name, ours: null).Invoice is { } invoice)
        {
            yield return InvoiceEntry.Of(
                invoice,
                await buyers.FindOrAdd(Buyer.Of(invoice.Buyer), now, cancellation),
                file.Id
            );
        }
    }
}
