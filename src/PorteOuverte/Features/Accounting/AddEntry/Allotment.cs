using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <param name="Owed">What is owed before any payment by hand.</param>
public readonly record struct OwedInvoice(Id<Entry> Id, DateOnly Date, long Owed);

/// <param name="Settles">The invoices that it is for.</param>
public readonly record struct GivenPayment(Id<Entry> Id, DateOnly Date, long Amount, IReadOnlyList<Id<Entry>> Settles);

/// <param name="PaidOn">The day of the payment that settles the last of it; null: something is owed still, or nobody paid by hand.</param>
public readonly record struct SettledInvoice(long Outstanding, long Settled, DateOnly? PaidOn);

/// <summary>Which payment pays how much of which invoice.</summary>
internal static class Allotment
{
    /// <summary>The payments in the order they came, each to its invoices, the oldest first; what is over settles nothing.</summary>
    /// <remarks>Always the whole anew: a payment that is changed, deleted or restored leaves no trace that way.</remarks>
    public static IReadOnlyDictionary<Id<Entry>, SettledInvoice> Of(
        IEnumerable<OwedInvoice> invoices,
        IEnumerable<GivenPayment> payments
    )
    {
        var known = invoices.ToDictionary(i => i.Id);
        var settled = known.ToDictionary(i => i.Key, i => new SettledInvoice(Math.Max(0, i.Value.Owed), 0, null));
        foreach (var payment in payments.OrderBy(p => p.Date).ThenBy(p => p.Id))
        {
            var rest = payment.Amount;
            foreach (
                var id in payment.Settles.Distinct().Where(known.ContainsKey).OrderBy(i => known[i].Date).ThenBy(i => i)
            )
            {
                var before = settled[id];
                var paid = Math.Clamp(rest, 0, before.Outstanding);
                if (paid > 0)
                {
                    rest -= paid;
                    settled[id] = new SettledInvoice(
                        before.Outstanding - paid,
                        before.Settled + paid,
                        before.Outstanding == paid ? payment.Date : null
                    );
                }
            }
        }
        return settled;
    }
}
