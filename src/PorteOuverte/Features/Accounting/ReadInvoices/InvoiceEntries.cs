using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>Makes entries of the invoices that arrive, and takes away those of the invoices that leave.</summary>
public sealed class InvoiceEntries(AppDb db, FileStore store, Buyers buyers, TimeProvider clock)
{
    public async Task Apply(IReadOnlyList<ImportedFile> files, CancellationToken cancellation)
    {
        foreach (var file in files.Where(f => f.State == FileState.Leaving))
        {
            await db
                .Entries.Where(e => e.Reading == Entry.ByHand && e.File == file.Id.Value)
                .ExecuteDeleteAsync(cancellation);
        }
        var arriving = files.Where(f => f.State == FileState.Arriving).ToList();
        using var copies = await store.Copy(arriving, cancellation);
        foreach (var file in arriving)
        {
            await using var content = copies[file.Id].Open();
            // It was read when it was tried; what cannot be read did not come so far.
            var (invoice, _) = InvoiceFile.Read(content, file.Name, ours: null);
            if (invoice is not null)
            {
                await Put(
                    InvoiceEntry.Of(
                        invoice,
                        await buyers.FindOrAdd(invoice.Buyer, clock.GetUtcNow().UtcDateTime, cancellation),
                        file.Id
                    ),
                    cancellation
                );
            }
        }
    }

    // A document that came before by another file, or was typed, stays as it is: what people did with it since is theirs.
    private async Task Put(Entry entry, CancellationToken cancellation)
    {
        var isThere =
            db.Entries.Local.Any(e => e.Id == entry.Id && e.ClientId == entry.ClientId)
            || await db.Entries.AnyAsync(
                e =>
                    e.ClientId == entry.ClientId
                    && e.Reading == Entry.ByHand
                    && (
                        e.Id == entry.Id
                        || (e.File == null && e.RemovedAt == null && e.Kind == entry.Kind && e.Number == entry.Number)
                    ),
                cancellation
            );
        if (!isThere)
        {
            db.Add(entry);
        }
    }
}
