using PorteOuverte.Analytics;
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
    private const int MonthsAhead = 60;
    private const int LossesShown = 5;

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
        var from = YearBefore(asOf).AddDays(1);
        var months = MonthsCovered(ledger, from, asOf);
        var facts = ledger.AsOf(asOf);
        var reports = new ClientReport[facts.Clients.Count];
        Parallel.For(0, reports.Length, i => reports[i] = Client(facts.Clients[i], asOf, from, terms));
        var clients = reports.ToList();
        clients.Sort(LargestFirst);
        var fixedCharges = Rounded(facts.FixedCharges(from, asOf), months);
        var totals = new Totals(
            clients.Sum(c => c.Revenue),
            clients.Sum(c => c.RevenueTwelveMonths),
            clients.Sum(c => c.Invoices),
            clients.Sum(c => c.CreditNotes),
            clients.Sum(c => c.Payments),
            clients.Sum(c => c.OpenBalance),
            facts.Cash,
            fixedCharges
        );
        var concentration = Concentrate(clients, from, asOf, thresholds);
        var runway = CashRunway(concentration, totals, facts.Purchases(from, asOf), months);
        // Beyond the last entry everybody is silent: the files end there, not the clients.
        var known = asOf < ledger.LastEntry ? asOf : ledger.LastEntry;
        // The one long computation: on the second processor while the first begins to write.
        var outlook = Task.Run(() => new OutlookOf(facts, reports, ledger.FirstEntry, known).Compute(totals, runway.PurchaseRate, months));
        return new Report(() => outlook.GetAwaiter().GetResult())
        {
            AsOf = asOf,
            Terms = terms,
            Thresholds = thresholds,
            Files = ledger.Files,
            Totals = totals,
            Concentration = concentration,
            Clients = clients,
            Runway = runway,
            MonthsCovered = months,
            Ages = Ages(facts, asOf, terms),
            LatePayers = LatePayers(clients, terms),
            Quiet = Quiet(clients),
        };
    }

    // By code where two weigh the same, whatever the language of the machine.
    private static int LargestFirst(ClientReport a, ClientReport b)
    {
        var order = b.RevenueTwelveMonths.CompareTo(a.RevenueTwelveMonths);
        return order != 0 ? order : string.CompareOrdinal(a.Code, b.Code);
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
            IsCollective = facts.IsCollective,
            Revenue = facts.Revenue(DateOnly.MinValue, asOf),
            RevenueTwelveMonths = facts.Revenue(from, asOf),
            RevenueYearBefore = facts.Revenue(YearBefore(from), from.AddDays(-1)),
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

    private static ConcentrationReport Concentrate(List<ClientReport> clients, DateOnly from, DateOnly asOf, Thresholds thresholds)
    {
        var positive = clients.FindAll(c => c.RevenueTwelveMonths > 0);
        var total = positive.Sum(c => c.RevenueTwelveMonths);
        var weights = positive.ConvertAll(c =>
        {
            var share = (double)c.RevenueTwelveMonths / total;
            return c.IsCollective
                ? new ClientWeight(c, share, null, null)
                : new ClientWeight(
                    c,
                    share,
                    thresholds.Of(share),
                    new ToWinElsewhere(
                        ToWin(c.RevenueTwelveMonths, total, thresholds.Danger),
                        ToWin(c.RevenueTwelveMonths, total, thresholds.High),
                        ToWin(c.RevenueTwelveMonths, total, thresholds.Healthy)
                    )
                );
        });
        var single = weights.FindAll(w => w.Level is not null);
        if (single.Count == 0)
        {
            return new ConcentrationReport(from, asOf, total, 0, null, 0, 0, weights);
        }
        // A crowd of small buyers adds to the whole and, being many, next to nothing to the sum of squares.
        var profile = Concentration.Of([.. single.ConvertAll(w => (double)w.Client.RevenueTwelveMonths)]);
        var part = profile.Total / total;
        var hhi = profile.Hhi * part * part;
        return new ConcentrationReport(from, asOf, total, hhi, 1 / hhi, single[0].Share, single.Take(3).Sum(w => w.Share), weights);
    }

    private static long ToWin(long revenue, long total, double threshold) =>
        (long)Math.Round(Concentration.ToWinElsewhere(revenue, total, threshold));

    // Purchases follow the sales, fixed charges do not: what a client leaves behind is its sales less its purchases.
    private static RunwayReport CashRunway(ConcentrationReport concentration, Totals totals, long purchases, int months)
    {
        var sales = (double)totals.RevenueTwelveMonths;
        var rate = sales > 0 ? Math.Clamp(purchases / sales, 0, 1) : 0;
        double? Months(double revenue)
        {
            if (totals.Cash is not { } cash)
            {
                return null;
            }
            var burn = totals.MonthlyFixedCharges - (revenue * (1 - rate) / months);
            var lasts = Runway.Months(cash / 100.0, burn / 100.0);
            return lasts > MonthsAhead ? null : lasts;
        }
        return new RunwayReport(
            Months(sales),
            rate,
            [
                .. concentration
                    .Clients.Where(w => w.Level is not null)
                    .Take(LossesShown)
                    .Select(w => new LossReport(
                        w.Client,
                        Rounded(w.Client.RevenueTwelveMonths, months),
                        Months(sales - w.Client.RevenueTwelveMonths)
                    )),
            ]
        );
    }

    private static List<AgeBand> Ages(LedgerFacts facts, DateOnly asOf, int terms)
    {
        (int? From, int? To)[] bands = [(null, null), (1, 30), (31, 60), (61, 90), (91, null)];
        var amounts = new long[bands.Length];
        var items = new int[bands.Length];
        foreach (var client in facts.Clients)
        {
            foreach (var item in client.OpenItems)
            {
                var late = asOf.DayNumber - item.Date.DayNumber - terms;
                var band = late <= 0 ? 0 : late <= 30 ? 1 : late <= 60 ? 2 : late <= 90 ? 3 : 4;
                amounts[band] += item.Amount;
                items[band]++;
            }
        }
        return [.. bands.Select((b, i) => new AgeBand(b.From, b.To, amounts[i], items[i]))];
    }

    // Slow by their median over at least three payments, and still buying or still owing.
    private static List<ClientReport> LatePayers(List<ClientReport> clients, int terms) =>
        [
            .. clients
                .Where(c => !c.IsCollective && c.Payments >= 3 && c.MedianDelay > terms && (c.RevenueTwelveMonths > 0 || c.OpenBalance > 0))
                .OrderByDescending(c => (c.MedianDelay!.Value - terms) * Math.Max(c.RevenueTwelveMonths, c.OpenBalance))
                .ThenBy(c => c.Code, StringComparer.Ordinal),
        ];

    // Silent for more than twice their own rhythm, and not so long that everybody knows.
    private static List<ClientReport> Quiet(List<ClientReport> clients) =>
        [
            .. clients
                .Where(c => !c.IsCollective && c.UsualInterval > 0 && c.DaysSilent > 2 * c.UsualInterval && c.DaysSilent > 30 && c.DaysSilent <= 730)
                .OrderByDescending(c => Math.Max(c.RevenueTwelveMonths, c.RevenueYearBefore))
                .ThenBy(c => c.Code, StringComparer.Ordinal),
        ];

    private static long Rounded(long cents, int months) => (long)Math.Round((decimal)cents / months, MidpointRounding.AwayFromZero);

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

    // The same day a year earlier; 29 February becomes the 28th.
    private static DateOnly YearBefore(DateOnly day) => day.AddYears(-1);

    // A file of seven months holds seven months of charges: dividing them by twelve would promise time that is not there.
    private static int MonthsCovered(Ledger ledger, DateOnly from, DateOnly asOf)
    {
        // One or two months without an entry are quiet months; three are a time the files do not tell of.
        const int QuietMonths = 2;
        int months = 0,
            quiet = 0;
        for (var i = 0; i < 12; i++)
        {
            if (ledger.HasEntries(from.AddMonths(i), from.AddMonths(i + 1).AddDays(-1)))
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
