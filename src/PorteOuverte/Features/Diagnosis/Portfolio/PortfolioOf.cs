using PorteOuverte.Analytics;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Diagnosis.Portfolio;

/// <summary>What the diagnosis is made of, wherever it comes from: accounting files, or the entries of a workspace.</summary>
internal sealed record PortfolioFacts
{
    /// <summary>The day to look from.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>How many months up to that day count.</summary>
    public int Months { get; init; } = 12;

    /// <summary>The first day that is told of.</summary>
    public required DateOnly First { get; init; }

    /// <summary>The last day that is told of, up to <see cref="AsOf"/>.</summary>
    public required DateOnly Known { get; init; }

    /// <summary>How many of the months are told of: monthly sales are divided by it.</summary>
    public required int MonthsCovered { get; init; }

    /// <summary>One report for each client.</summary>
    public required IReadOnlyList<ClientReport> Clients { get; init; }

    /// <summary>Adds the days of the last three years on which a client bought, by its place in <see cref="Clients"/>.</summary>
    public required Action<int, List<int>> PurchaseDays { get; init; }

    /// <summary>Bank and cash, in cents; null where nothing tells of them.</summary>
    public required long? Cash { get; init; }

    public required long MonthlyFixedCharges { get; init; }

    /// <summary>Purchases of the months, in cents: they follow the sales.</summary>
    public required long Purchases { get; init; }

    public required IReadOnlyList<AgeBand> Ages { get; init; }

    /// <summary>What is agreed where nothing else was.</summary>
    public required int Terms { get; init; }

    public required Thresholds Thresholds { get; init; }

    public IReadOnlyList<LedgerFile> Files { get; init; } = [];

    public static DateOnly FirstOf(DateOnly asOf, int months) => asOf.AddMonths(-months).AddDays(1);
}

/// <summary>The report on a portfolio.</summary>
internal static class PortfolioOf
{
    private const int MonthsAhead = 60;
    private const int LossesShown = 5;

    public static Report Report(PortfolioFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var clients = facts.Clients.ToList();
        clients.Sort(LargestFirst);
        var totals = new Totals(
            clients.Sum(c => c.Revenue),
            clients.Sum(c => c.RevenueTwelveMonths),
            clients.Sum(c => c.Invoices),
            clients.Sum(c => c.CreditNotes),
            clients.Sum(c => c.Payments),
            clients.Sum(c => c.OpenBalance),
            facts.Cash,
            facts.MonthlyFixedCharges
        );
        var from = PortfolioFacts.FirstOf(facts.AsOf, facts.Months);
        var concentration = Concentrate(clients, from, facts.AsOf, facts.Thresholds);
        var runway = CashRunway(concentration, totals, facts.Purchases, facts.MonthsCovered);
        // The one long computation: on the second processor while the first begins to write.
        var outlook = Task.Run(() => new OutlookOf(facts).Compute(totals, runway.PurchaseRate));
        var (late, quiet) = (LatePayers(clients), Quiet(clients));
        return new Report(() => outlook.GetAwaiter().GetResult())
        {
            AsOf = facts.AsOf,
            Months = facts.Months,
            FirstEntry = facts.First,
            Terms = facts.Terms,
            Thresholds = facts.Thresholds,
            Files = facts.Files,
            Totals = totals,
            Concentration = concentration,
            Clients = clients,
            Runway = runway,
            MonthsCovered = facts.MonthsCovered,
            Ages = facts.Ages,
            LatePayers = late,
            LateCount = late.Count,
            Quiet = quiet,
            QuietCount = quiet.Count,
            ClientCount = clients.Count,
        };
    }

    // By code where two weigh the same, whatever the language of the machine.
    private static int LargestFirst(ClientReport a, ClientReport b)
    {
        var order = b.RevenueTwelveMonths.CompareTo(a.RevenueTwelveMonths);
        return order != 0 ? order : string.CompareOrdinal(a.Code, b.Code);
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
            return new ConcentrationReport(from, asOf, total, 0, null, 0, 0, 0, 0, weights);
        }
        // A crowd of small buyers adds to the whole and, being many, next to nothing to the sum of squares.
        var profile = Concentration.Of([.. single.ConvertAll(w => (double)w.Client.RevenueTwelveMonths)]);
        var part = profile.Total / total;
        var hhi = profile.Hhi * part * part;
        return new ConcentrationReport(from, asOf, total, hhi, 1 / hhi, single[0].Share, single.Take(3).Sum(w => w.Share), single.Count, single.Sum(w => w.Client.RevenueTwelveMonths), weights);
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

    // Slow by their median over at least three payments, and still buying or still owing.
    private static List<ClientReport> LatePayers(List<ClientReport> clients) =>
        [
            .. clients
                .Where(c => c.StillPays && c.Payments >= 3 && c.MedianDelay > c.Terms)
                .OrderByDescending(c => (c.MedianDelay!.Value - c.Terms) * Math.Max(c.RevenueTwelveMonths, c.OpenBalance))
                .ThenBy(c => c.Code, StringComparer.Ordinal),
        ];

    // Silent for more than twice their own rhythm, and not so long that everybody knows, nor put away because one knows.
    private static List<ClientReport> Quiet(List<ClientReport> clients) =>
        [
            .. clients
                .Where(c => c is { IsCollective: false, IsArchived: false } && c.UsualInterval > 0 && c.DaysSilent > 2 * c.UsualInterval && c.DaysSilent > 30 && c.DaysSilent <= 730)
                .OrderByDescending(c => Math.Max(c.RevenueTwelveMonths, c.RevenueYearBefore))
                .ThenBy(c => c.Code, StringComparer.Ordinal),
        ];

    public static long Rounded(long cents, int months) => (long)Math.Round((decimal)cents / months, MidpointRounding.AwayFromZero);
}
