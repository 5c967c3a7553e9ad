using System.Runtime.InteropServices;
using PorteOuverte.Analytics;

namespace PorteOuverte.Features.Diagnosis.Portfolio;

/// <summary>Computes the outlook of a portfolio.</summary>
internal sealed class OutlookOf(PortfolioFacts facts)
{
    // A client who let three of their own intervals pass, and is more likely gone than not, is taken for gone from the
    // day the first invoice was missed: one page must not count out whom it says is still there.
    private const double GapsUntilGone = 3;
    private const int DaysUntilGone = 60;
    private const double LikelyGone = 0.5;

    // With less history than this, no number of departures could be told from chance; with more than two years, an
    // earlier way of working would be told from this one.
    private const int LeastHorizon = 365;
    private const int MostHorizon = 730;
    private const double DaysInMonth = 365.25 / 12;

    // Less than a client-year says nothing of how often clients leave.
    private const double LeastClientMonths = 12;

    private const int MonthsAhead = 24;
    private const int Runs = 4_000;

    // Beyond this many the clients of the tail are simulated in groups: together they hardly move the band.
    private const int SimulatedAlone = 60;
    private const int TailGroups = 20;

    private readonly DateOnly known = facts.Known;
    private readonly IReadOnlyList<ClientReport> clients = facts.Clients;

    private int DaysCovered => Math.Max(0, known.DayNumber - facts.First.DayNumber + 1);

    private int Horizon => Math.Min(MostHorizon, DaysCovered);

    public Outlook Compute(Totals totals, double purchaseRate)
    {
        var silence = Silences();
        var gone = silence.Clients.Where(IsGone).ToDictionary(s => s.Client.Code, StringComparer.Ordinal);
        var losses = LossesOf(gone.Values);
        return new Outlook(
            known,
            DaysCovered,
            silence,
            Horizon < LeastHorizon ? null : Departures(losses),
            Band(gone, totals, purchaseRate, Leaving(silence, gone, losses.Count))
        );
    }

    private SilenceReport Silences()
    {
        var purchases = new List<Purchase>();
        var days = new List<int>();
        for (var i = 0; i < clients.Count; i++)
        {
            if (clients[i].IsCollective)
            {
                continue;
            }
            days.Clear();
            facts.PurchaseDays(i, days);
            // In the order they will be wanted in: many short lists are soon sorted.
            days.Sort();
            foreach (var day in days)
            {
                purchases.Add(new Purchase(i, DateOnly.FromDayNumber(day)));
            }
        }
        return Silences(Lifetimes.QuietClients(CollectionsMarshal.AsSpan(purchases), known));
    }

    private SilenceReport Silences(QuietReport quiet)
    {
        var silences = new List<Silence>(quiet.Clients.Count);
        foreach (var c in quiet.Clients)
        {
            silences.Add(
                new Silence(
                    clients[c.Client],
                    c.DaysSilent,
                    c.RecencyRank,
                    c.UsualGapDays,
                    c.Ratio,
                    c.ProbabilityAlive,
                    c.ProbabilityOfPurchase
                )
            );
        }
        return new SilenceReport(
            quiet.Method,
            quiet.Reason,
            quiet.Repeaters,
            quiet.FewestRepeaters,
            quiet.Days,
            silences.Count,
            silences
        );
    }

    // Only of a client whose rhythm is known can one say that it was broken.
    private static bool IsGone(Silence silence) =>
        silence.Client.UsualInterval is not null
        && silence.Ratio > GapsUntilGone
        && silence.DaysSilent > DaysUntilGone
        && silence.ProbabilityAlive < LikelyGone;

    private DateOnly GoneOn(Silence silence) =>
        known.AddDays((int)Math.Round(silence.UsualGapDays) - silence.DaysSilent);

    private List<Departure> LossesOf(IEnumerable<Silence> gone)
    {
        var losses = gone.Select(s => new Departure(s.Client, GoneOn(s)))
            .Where(d => known.DayNumber - d.On.DayNumber <= Horizon)
            .ToList();
        losses.Sort(
            (a, b) => a.On == b.On ? string.CompareOrdinal(a.Client.Code, b.Client.Code) : b.On.CompareTo(a.On)
        );
        return losses;
    }

    private DeparturesReport Departures(List<Departure> losses)
    {
        var verdict = Losses.Judge(
            losses.ConvertAll(l => l.On).ToArray(),
            known,
            new JudgeOptions { Scan = new ScanOptions { Horizon = Horizon } }
        );
        return new DeparturesReport(
            verdict.Level,
            losses,
            losses.Count,
            Horizon,
            verdict.Scan.PValue,
            verdict.Scan.Window,
            verdict.Scan.Observed,
            verdict.Scan.Expected,
            verdict.Detectable
        );
    }

    // Half a loss more than were seen: a year without any does not mean that none will ever leave (Jeffreys). Clients
    // without a rhythm are left out of both counts: their departure could not have been seen.
    private double Leaving(SilenceReport silence, Dictionary<string, Silence> gone, int losses)
    {
        double days = 0;
        foreach (var client in silence.Clients.Where(s => s.Client.UsualInterval is not null))
        {
            var end = gone.ContainsKey(client.Client.Code) ? GoneOn(client) : known;
            var start = Math.Max(client.Client.FirstInvoice?.DayNumber ?? 0, known.DayNumber - Horizon);
            days += Math.Max(0, end.DayNumber - start);
        }
        return 1 - Math.Exp(-(losses + 0.5) / Math.Max(LeastClientMonths, days / DaysInMonth));
    }

    /// <summary>How long the cash lasts in the simulated futures without one client; with all of them where null.</summary>
    public MonthsRange Lasts(Report report, ClientReport? without)
    {
        var gone = report.Outlook.Silence.Clients.Where(IsGone).ToDictionary(s => s.Client.Code, StringComparer.Ordinal);
        if (report.Outlook.Band is not { } known || Plan(gone, report.Totals, Margin(report.Runway.PurchaseRate), known.MonthlyLeaving, without) is not { } plan)
        {
            return new MonthsRange(null, null, null);
        }
        var months = Runway.Simulate(plan, MonthsAhead, seed: 1, Runs).Months;
        return new MonthsRange(First(m => m.Low), First(m => m.Median), First(m => m.High));

        int? First(Func<RunwayMonth, double> cash) => months.Where(m => cash(m) < 0).Select(m => (int?)m.Month).FirstOrDefault();
    }

    // What a client brings in a month, in euros.
    private Func<ClientReport, double> Margin(double purchaseRate) =>
        c => c.RevenueTwelveMonths / 100.0 / facts.MonthsCovered * (1 - purchaseRate);

    private BandReport? Band(Dictionary<string, Silence> gone, Totals totals, double purchaseRate, double leaving)
    {
        if (Plan(gone, totals, Margin(purchaseRate), leaving, without: null) is not { } plan)
        {
            return null;
        }
        var band = Runway.Simulate(plan, MonthsAhead, seed: 1, Runs);
        var ahead = new List<BandMonth>(MonthsAhead);
        foreach (var month in band.Months)
        {
            ahead.Add(
                new BandMonth(
                    month.Month,
                    Cents(month.Low),
                    Cents(month.Median),
                    Cents(month.High),
                    month.ProbabilityOut
                )
            );
        }
        return new BandReport(ahead, leaving, band.Runs, band.FirstMonthOutMedian);
    }

    /// <param name="gone">The clients taken for gone, by code.</param>
    /// <param name="totals">Cash and charges.</param>
    /// <param name="margin">What a client brings in a month, in euros.</param>
    /// <param name="leaving">Probability that a client leaves within a month.</param>
    /// <param name="without">A client that is lost at once; null: none.</param>
    /// <returns>Null where the books show no cash or no charges.</returns>
    private RunwayPlan? Plan(
        Dictionary<string, Silence> gone,
        Totals totals,
        Func<ClientReport, double> margin,
        double leaving,
        ClientReport? without
    )
    {
        if (totals is not { Cash: { } cash, MonthlyFixedCharges: > 0 })
        {
            return null;
        }
        // A crowd does not leave; neither does what was paid back to clients who bought nothing.
        double steady = 0;
        var staying = new List<double>();
        var back = new List<RunwayDeal>();
        foreach (var client in clients.Where(c => c.Code != without?.Code))
        {
            var monthly = margin(client);
            if (client.IsCollective || monthly <= 0)
            {
                steady += monthly;
            }
            else if (gone.TryGetValue(client.Code, out var silence))
            {
                // Perhaps they are still there: at once or never, at the chance the model gives them.
                back.Add(new RunwayDeal(monthly, silence.ProbabilityAlive, Month: 1, Recurring: true));
            }
            else
            {
                staying.Add(monthly);
            }
        }
        staying.Sort();
        staying.Reverse();
        back.Sort((a, b) => b.Amount.CompareTo(a.Amount));
        return new RunwayPlan
        {
            Cash = cash / 100.0,
            MonthlyCharges = totals.MonthlyFixedCharges / 100.0,
            Clients = Simulated(staying, steady + Expected(back), leaving),
            Deals = back.Count > SimulatedAlone ? back.GetRange(0, SimulatedAlone) : back,
        };
    }

    // The steady part, the largest each alone, the tail in groups of equal size.
    private static List<RunwayClient> Simulated(List<double> staying, double steady, double leaving)
    {
        var simulated = new List<RunwayClient> { new(steady, 0) };
        double tail = 0;
        for (var i = 0; i < staying.Count; i++)
        {
            if (i < SimulatedAlone)
            {
                simulated.Add(new RunwayClient(staying[i], leaving));
            }
            else
            {
                tail += staying[i];
            }
        }
        for (var i = 0; i < TailGroups && tail > 0; i++)
        {
            simulated.Add(new RunwayClient(tail / TailGroups, leaving));
        }
        return simulated;
    }

    // What those who are too many to be simulated bring back on average.
    private static double Expected(List<RunwayDeal> back)
    {
        double sum = 0;
        for (var i = SimulatedAlone; i < back.Count; i++)
        {
            sum += back[i].Amount * back[i].Probability;
        }
        return sum;
    }

    private static long Cents(double euros) => (long)Math.Round(euros * 100);
}
