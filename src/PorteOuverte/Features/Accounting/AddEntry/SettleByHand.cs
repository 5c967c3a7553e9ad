using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>Keeps what is owed on invoices, and since when nothing, in step with the payments that people typed.</summary>
/// <remarks>
/// A payment names its invoices by id, and the line of a file keeps its id in every reading: so a payment can settle an invoice of
/// the books. An invoice bears how much of it payments by hand settle, so what it owes by itself is known at any time, and what a
/// new reading writes is taken as it comes. Where the books tell a typed invoice too, theirs takes its place; and once the books
/// themselves owe nothing on any invoice that a payment names, they have told of the payment, and it counts there alone.
/// </remarks>
public sealed class SettleByHand(AppDb db)
{
    /// <summary>Changes the rows; whoever calls saves them.</summary>
    /// <param name="clients">A client with those merged into it, all saved; null: of all clients, after a reading.</param>
    public async Task Handle(IReadOnlyCollection<Id<Client>>? clients, CancellationToken cancellation)
    {
        var given = db.Entries.Where(e => e.Reading == Entry.ByHand && e.RemovedAt == null && e.Settles != null);
        var touched = db.CurrentEntries.Where(e => e.SettledByHand != 0);
        if (clients is not null)
        {
            given = given.Where(e => clients.Contains(e.ClientId));
            touched = touched.Where(e => clients.Contains(e.ClientId));
        }
        var payments = await given.ToListAsync(cancellation);
        // After a reading, only what people brought can be touched: the rows of the books are new.
        var rows = clients is null
            ? await touched.Where(e => e.Reading == Entry.ByHand).ToListAsync(cancellation)
            : await touched.ToListAsync(cancellation);
        Id<Entry>[] named = [.. payments.SelectMany(Named).Distinct()];
        Id<Client>[] owners = [.. clients ?? payments.Select(p => p.ClientId).Distinct()];
        var invoices = named.Length == 0 ? [] : await Invoices(named, owners, cancellation);
        var stands = Stands(invoices);
        rows = [.. rows.Concat(invoices).Distinct()];
        foreach (var payment in payments.Where(p => !p.IsCovered))
        {
            var its = Named(payment).Where(stands.ContainsKey).Select(i => stands[i]).ToList();
            payment.IsCovered = its.Count > 0 && its.TrueForAll(i => i.Reading != Entry.ByHand && Owed(i) <= 0);
        }
        var settled = Allotment.Of(
            rows.Where(r => r.Kind == EntryKind.Invoice && !r.IsCovered)
                .Select(r => new OwedInvoice(r.Id, r.Date, Owed(r))),
            payments
                .Where(p => !p.IsCovered)
                .Select(p => new GivenPayment(
                    p.Id,
                    p.Date,
                    -p.Amount,
                    [.. Named(p).Where(stands.ContainsKey).Select(i => stands[i].Id)]
                ))
        );
        foreach (var row in rows)
        {
            var now = settled.GetValueOrDefault(row.Id, new SettledInvoice(Owed(row), 0, null));
            if (now.Settled != row.SettledByHand || now.Settled > 0)
            {
                (row.Outstanding, row.SettledByHand, row.PaidOn) = (now.Outstanding, now.Settled, now.PaidOn);
            }
        }
    }

    /// <summary>The invoices that a payment names.</summary>
    internal static IEnumerable<Id<Entry>> Named(Entry payment) =>
        (payment.Settles ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(i => Id<Entry>.Parse(i, null));

    private static long Owed(Entry invoice) => invoice.Outstanding + invoice.SettledByHand;

    // By id within the clients, and the invoices of the books that have taken the place of typed ones.
    private async Task<List<Entry>> Invoices(Id<Entry>[] named, Id<Client>[] owners, CancellationToken cancellation)
    {
        var theirs = db.CurrentEntries.Where(e => e.Kind == EntryKind.Invoice && e.Currency == null);
        var group = db
            .Clients.Where(c => owners.Contains(c.Id) || owners.Contains(c.MergedInto!.Value))
            .Select(c => c.Id);
        theirs = theirs.Where(e => group.Contains(e.ClientId));
        var found = await theirs.Where(e => named.Contains(e.Id)).ToListAsync(cancellation);
        string[] covered = [.. found.Where(e => e.IsCovered).Select(e => e.Number)];
        return covered.Length == 0
            ? found
            :
            [
                .. found
                    .Concat(
                        await theirs
                            .Where(e => e.Reading != Entry.ByHand && covered.Contains(e.Number))
                            .ToListAsync(cancellation)
                    )
                    .Distinct(),
            ];
    }

    private static Dictionary<Id<Entry>, Entry> Stands(List<Entry> invoices)
    {
        var booked = invoices
            .Where(e => e.Reading != Entry.ByHand)
            .GroupBy(e => (e.ClientId, e.Number))
            .ToDictionary(g => g.Key, g => g.First());
        return invoices
            .DistinctBy(e => e.Id)
            .ToDictionary(e => e.Id, e => e.IsCovered ? booked.GetValueOrDefault((e.ClientId, e.Number), e) : e);
    }
}
