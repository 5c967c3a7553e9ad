using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>An invoice and its payment.</summary>
/// <param name="Issued">Date of the invoice.</param>
/// <param name="Due">Date it falls due.</param>
/// <param name="Paid">Date of its (last) payment; null while open.</param>
/// <param name="Amount">Amount, &gt; 0, in any one currency.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct InvoicePayment(
    DateOnly Issued,
    DateOnly Due,
    DateOnly? Paid,
    double Amount
);

/// <summary>How a set of invoices was paid, as known on one day.</summary>
/// <param name="PaidCount">Invoices paid by that day.</param>
/// <param name="OpenCount">Invoices issued and still open.</param>
/// <param name="OverdueCount">Open invoices past their due date.</param>
/// <param name="MeanDays">Mean days from issue to payment, of the paid; null without any.</param>
/// <param name="WeightedDays">Σ amount·days / Σ amount, of the paid; null without any.</param>
/// <param name="WeightedLateness">Σ amount·(paid − due) / Σ amount, of the paid; null without any.</param>
/// <param name="LateShare">Late among those paid or overdue, by count; null when there are none.</param>
/// <param name="LateShareOfAmount">The same by amount.</param>
/// <param name="MedianDays">
/// Kaplan–Meier median of the days to pay, open invoices censored and not ignored; null while less than half is paid.
/// </param>
public sealed record PaymentDelays(
    int PaidCount,
    int OpenCount,
    int OverdueCount,
    double? MeanDays,
    double? WeightedDays,
    double? WeightedLateness,
    double? LateShare,
    double? LateShareOfAmount,
    double? MedianDays
);

public static partial class Payments
{
    /// <summary>Days to pay, lateness and their shares, as known on one day.</summary>
    /// <param name="invoices">The invoices; those issued later than the day are left out, later payments not yet known.</param>
    /// <param name="asOf">The day.</param>
    /// <exception cref="ArgumentException">No invoice was issued by that day.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An amount is not positive.</exception>
    public static PaymentDelays Delays(ReadOnlySpan<InvoicePayment> invoices, DateOnly asOf)
    {
        var (durations, ended) = (new List<double>(), new List<bool>());
        int paid = 0,
            overdue = 0,
            late = 0;
        double days = 0,
            amountPaid = 0,
            weightedDays = 0,
            weightedLateness = 0,
            amountLate = 0,
            amountJudged = 0;
        foreach (var invoice in invoices)
        {
            Guard.Positive(invoice.Amount, nameof(invoices));
            if (invoice.Issued > asOf)
                continue;
            var settled = invoice.Paid is { } date && date <= asOf ? date : (DateOnly?)null;
            var until = settled ?? asOf;
            var toPay = until.DayNumber - invoice.Issued.DayNumber;
            var lateness = until.DayNumber - invoice.Due.DayNumber;
            // A deposit is paid before its invoice: to a curve of durations it took no time.
            durations.Add(Math.Max(0, toPay));
            ended.Add(settled is not null);
            if (settled is not null)
            {
                paid++;
                days += toPay;
                amountPaid += invoice.Amount;
                weightedDays += invoice.Amount * toPay;
                weightedLateness += invoice.Amount * lateness;
            }
            else if (lateness > 0)
                overdue++;
            else
                continue;
            amountJudged += invoice.Amount;
            if (lateness <= 0)
                continue;
            late++;
            amountLate += invoice.Amount;
        }
        if (durations.Count == 0)
            throw new ArgumentException("No invoice was issued by that day.", nameof(invoices));
        var median = Survival.KaplanMeier(durations.ToArray(), ended.ToArray()).Median;
        var judged = paid + overdue;
        return new(
            paid,
            durations.Count - paid,
            overdue,
            paid > 0 ? days / paid : null,
            paid > 0 ? weightedDays / amountPaid : null,
            paid > 0 ? weightedLateness / amountPaid : null,
            judged > 0 ? (double)late / judged : null,
            judged > 0 ? amountLate / amountJudged : null,
            double.IsFinite(median) ? median : null
        );
    }
}
