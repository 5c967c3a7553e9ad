using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>Of an entry, what figures are made of.</summary>
public readonly record struct EntryFacts(
    EntryKind Kind,
    DateOnly Date,
    DateOnly BookedOn,
    DateOnly? DueOn,
    long Amount,
    long Counted,
    long Net,
    long Outstanding,
    DateOnly? PaidOn
);

/// <summary>What the entries of one client add up to; by the formulas of the diagnosis, so that both say the same.</summary>
public static class FiguresOf
{
    // Three gaps at the least: below that there is no rhythm to speak of.
    private const int FewestForRhythm = 4;

    /// <summary>How clients bought longer ago says little of how they buy now.</summary>
    public const int DaysOfPurchases = 1095;

    /// <param name="entries">All that hold and count, in any order.</param>
    /// <param name="asOf">The day to look from: what was booked later is not known yet, but payments, which end what was owed.</param>
    /// <param name="terms">What was agreed, where the document says nothing.</param>
    /// <param name="months">How many months up to that day count as its year.</param>
    public static ClientFigures Reckon(
        Id<Client> client,
        IReadOnlyCollection<EntryFacts> entries,
        DateOnly asOf,
        PaymentTerms terms,
        int months = 12
    )
    {
        ArgumentNullException.ThrowIfNull(entries);
        var from = asOf.AddMonths(-months).AddDays(1);
        // The same months of the year before, so that what comes every summer is not taken for growth.
        var years = (months + 11) / 12;
        var before = from.AddYears(-years);
        var beforeEnds = months == years * 12 ? from.AddDays(-1) : asOf.AddYears(-years);
        var purchases = new List<int>();
        var remembered = asOf.AddDays(-DaysOfPurchases);
        var figures = new ClientFigures(client) { AsOf = asOf };
        var delays = new List<double>();
        var daysLate = new List<double>();
        var days = new List<int>();
        var sales = new long[MonthSums.Months];
        var (sum, weight, weighted) = (0.0, 0.0, 0.0);
        var (late, known) = (0, 0);
        foreach (var entry in entries)
        {
            if (entry.BookedOn > asOf && entry.Kind is not (EntryKind.Payment or EntryKind.ReturnedPayment))
            {
                continue;
            }
            figures.Balance += entry.Counted;
            var month = MonthSums.Place(entry.BookedOn, asOf);
            if (month >= 0 && month < sales.Length)
            {
                sales[month] += entry.Net;
            }
            if (entry.Outstanding > 0 && !(figures.OldestOpen <= entry.Date))
            {
                figures.OldestOpen = entry.Date;
            }
            if (entry.Kind is EntryKind.Invoice or EntryKind.CreditNote or EntryKind.DaySales)
            {
                figures.Revenue += entry.Net;
                figures.RevenueTwelveMonths += entry.BookedOn >= from ? entry.Net : 0;
                figures.RevenueYearBefore += entry.BookedOn >= before && entry.BookedOn <= beforeEnds ? entry.Net : 0;
            }
            if (entry.Kind is EntryKind.Invoice or EntryKind.DaySales)
            {
                figures.FirstInvoice = figures.FirstInvoice <= entry.Date ? figures.FirstInvoice : entry.Date;
                figures.LastInvoice = figures.LastInvoice >= entry.Date ? figures.LastInvoice : entry.Date;
            }
            figures.CreditNotes += entry.Kind == EntryKind.CreditNote ? 1 : 0;
            figures.Payments += entry.Kind == EntryKind.Payment ? 1 : 0;
            if (entry.Kind != EntryKind.Invoice)
            {
                continue;
            }
            figures.Invoices++;
            days.Add(entry.Date.DayNumber);
            if (entry.Net > 0 && entry.Date >= remembered && entry.Date <= asOf)
            {
                purchases.Add(entry.Date.DayNumber);
            }
            var inYear = entry.Date >= from && entry.Date <= asOf;
            if (entry.PaidOn is { } paidOn)
            {
                var delay = paidOn.DayNumber - entry.Date.DayNumber;
                var gross = Math.Abs((double)entry.Amount);
                delays.Add(delay);
                daysLate.Add(paidOn.DayNumber - Due(entry, terms).DayNumber);
                sum += delay;
                weight += gross;
                weighted += gross * delay;
                known += inYear ? 1 : 0;
                late += inYear && paidOn > Due(entry, terms) ? 1 : 0;
            }
            else if (inYear && entry.Outstanding > 0 && asOf > Due(entry, terms))
            {
                known++;
                late++;
            }
        }
        figures.MeanDelay = delays.Count == 0 ? null : sum / delays.Count;
        figures.MedianDelay = Median(delays);
        figures.MedianDaysLate = Median(daysLate);
        figures.WeightedDelay = weight == 0 ? null : weighted / weight;
        figures.LateShare = known == 0 ? null : (double)late / known;
        figures.UsualInterval = days.Count < FewestForRhythm ? null : Median(Gaps(days));
        figures.PurchaseDays = DayList.Pack(purchases);
        figures.MonthlySales = MonthSums.Pack(sales);
        return figures;
    }

    private static DateOnly Due(EntryFacts entry, PaymentTerms terms) => entry.DueOn ?? terms.DueOn(entry.Date);

    // Two invoices of one day are one visit: the rhythm is that of the days.
    private static List<double> Gaps(List<int> days)
    {
        days.Sort();
        var gaps = new List<double>(days.Count);
        for (var i = 1; i < days.Count; i++)
        {
            if (days[i] > days[i - 1])
            {
                gaps.Add(days[i] - days[i - 1]);
            }
        }
        return gaps;
    }

    private static double? Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
