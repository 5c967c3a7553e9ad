using PorteOuverte.Analytics;
using PorteOuverte.Features.Diagnosis.Portfolio;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger;

/// <summary>Read these files and say what they tell about the clients.</summary>
/// <param name="Sources">The files.</param>
/// <param name="AsOf">The day to look from; the last entry's where null.</param>
/// <param name="Terms">Days an invoice may take: a FEC has no due dates.</param>
/// <param name="Thresholds">The lines of concentration.</param>
public sealed record DiagnoseLedger(
    IReadOnlyList<LedgerSource> Sources,
    DateOnly? AsOf = null,
    int Terms = 30,
    Thresholds? Thresholds = null
);

public static class DiagnoseLedgerHandler
{
    // A trend is about how a client pays now: older payments than these say little, and cost time.
    private const int TrendLength = 100;

    // Below four payments no trend can be told from chance.
    private const int TrendLeast = 4;

    // How clients bought years ago says little of how they buy now.
    private const int DaysOfPurchases = 1095;

    public static Report Handle(DiagnoseLedger command, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var ledger = Ledger.Read(command.Sources, progress, cancellation: cancellation);
        return Of(ledger, command.AsOf ?? ledger.LastEntry, command.Terms, command.Thresholds ?? Thresholds.Default);
    }

    /// <summary>The report on a ledger already read.</summary>
    public static Report Of(Ledger ledger, DateOnly asOf, int terms, Thresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(thresholds);
        var from = PortfolioFacts.FirstOf(asOf, 12);
        var months = MonthsCovered(ledger.HasEntries, from, 12);
        var facts = ledger.AsOf(asOf);
        // Beyond the last entry everybody is silent: the files end there, not the clients.
        var known = asOf < ledger.LastEntry ? asOf : ledger.LastEntry;
        var remembered = known.AddDays(-DaysOfPurchases);
        var reports = new ClientReport[facts.Clients.Count];
        Parallel.For(0, reports.Length, i => reports[i] = Client(facts.Clients[i], asOf, from, terms));
        return PortfolioOf.Report(
            new PortfolioFacts
            {
                AsOf = asOf,
                First = ledger.FirstEntry,
                Known = known,
                MonthsCovered = months,
                Clients = reports,
                PurchaseDays = (i, days) =>
                {
                    foreach (var invoice in facts.Clients[i].Invoices)
                    {
                        if (invoice.Date >= remembered && invoice.Date <= known && invoice.Net > 0)
                        {
                            days.Add(invoice.Date.DayNumber);
                        }
                    }
                },
                Cash = facts.Cash,
                MonthlyFixedCharges = PortfolioOf.Rounded(facts.FixedCharges(from, asOf), months),
                Purchases = facts.Purchases(from, asOf),
                Ages = AgesOf.Items(
                    facts.Clients.SelectMany(c => c.OpenItems).Select(i => (i.Date.AddDays(terms), i.Amount)),
                    asOf
                ),
                Terms = terms,
                Thresholds = thresholds,
                Files = ledger.Files,
            }
        );
    }

    private static ClientReport Client(ClientFacts facts, DateOnly asOf, DateOnly from, int terms)
    {
        var delays = new List<double>(facts.Invoices.Count);
        double sum = 0,
            weight = 0,
            weighted = 0;
        foreach (var invoice in facts.Invoices)
        {
            if (invoice.DelayDays is { } delay)
            {
                var gross = Math.Abs((double)invoice.Gross);
                delays.Add(delay);
                sum += delay;
                weight += gross;
                weighted += gross * delay;
            }
        }
        var oldest = facts.OpenItems.Count == 0 ? (DateOnly?)null : facts.OpenItems.Min(i => i.Date);
        var last = facts.LastInvoice;
        return new ClientReport(() => DelayTrend(facts))
        {
            Code = facts.Code,
            Name = facts.Name,
            Terms = terms,
            IsCollective = facts.IsCollective,
            Revenue = facts.Revenue(DateOnly.MinValue, asOf),
            RevenueTwelveMonths = facts.Revenue(from, asOf),
            RevenueYearBefore = facts.Revenue(from.AddYears(-1), from.AddDays(-1)),
            Invoices = facts.Invoices.Count,
            CreditNotes = facts.CreditNotes.Count,
            Payments = facts.Payments,
            OpenBalance = facts.Balance,
            OldestOpenDays = oldest is { } day ? asOf.DayNumber - day.DayNumber : null,
            MeanDelay = delays.Count == 0 ? null : sum / delays.Count,
            MedianDelay = Median(delays),
            WeightedDelay = weight == 0 ? null : weighted / weight,
            LateShare = LateShare(facts, asOf, from, terms),
            FirstInvoice = facts.FirstInvoice,
            LastInvoice = last,
            UsualInterval = UsualInterval(facts),
            DaysSilent = last is { } lastDay ? asOf.DayNumber - lastDay.DayNumber : null,
        };
    }

    private static Trend? DelayTrend(ClientFacts facts)
    {
        var series = facts
            .Invoices.Where(i => i.DelayDays is not null)
            .OrderBy(i => i.Date)
            .ThenBy(i => i.PaidOn)
            .TakeLast(TrendLength)
            .Select(i => (double)i.DelayDays!.Value)
            .ToArray();
        if (series.Length < TrendLeast)
        {
            return null;
        }
        var trend = Payments.Trend(series);
        return new Trend(trend.S, trend.PValue, trend.Slope);
    }

    // Of the invoices that are settled or past their term, those settled or still open after it.
    private static double? LateShare(ClientFacts facts, DateOnly asOf, DateOnly from, int terms)
    {
        int late = 0,
            known = 0;
        foreach (var invoice in facts.Invoices)
        {
            if (invoice.Date < from || invoice.Date > asOf)
            {
                continue;
            }
            if (invoice.DelayDays is { } delay)
            {
                known++;
                late += delay > terms ? 1 : 0;
            }
            else if (invoice.Outstanding > 0 && asOf.DayNumber - invoice.Date.DayNumber > terms)
            {
                known++;
                late++;
            }
        }
        return known == 0 ? null : (double)late / known;
    }

    // Two invoices of one day are one visit: the rhythm is that of the days.
    private static double? UsualInterval(ClientFacts facts)
    {
        if (facts.Invoices.Count < 4)
        {
            return null;
        }
        var days = new List<int>(facts.Invoices.Count);
        foreach (var invoice in facts.Invoices)
        {
            days.Add(invoice.Date.DayNumber);
        }
        days.Sort();
        var gaps = new List<double>(days.Count);
        for (var i = 1; i < days.Count; i++)
        {
            if (days[i] > days[i - 1])
            {
                gaps.Add(days[i] - days[i - 1]);
            }
        }
        return Median(gaps);
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

    // A file of seven months holds seven months of charges: dividing them by twelve would promise time that is not there.
    internal static int MonthsCovered(Func<DateOnly, DateOnly, bool> hasEntries, DateOnly from, int of)
    {
        // One or two months without an entry are quiet months; three are a time the files do not tell of.
        const int QuietMonths = 2;
        int months = 0,
            quiet = 0;
        for (var i = 0; i < of; i++)
        {
            if (hasEntries(from.AddMonths(i), from.AddMonths(i + 1).AddDays(-1)))
            {
                months += 1 + (months > 0 && quiet <= QuietMonths ? quiet : 0);
                quiet = 0;
            }
            else
            {
                quiet++;
            }
        }
        return Math.Max(1, months + (quiet <= QuietMonths ? quiet : 0));
    }
}
