using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>What an accounting file says about the clients of a business. Amounts in cents, shares as fractions.</summary>
public sealed record Report
{
    private readonly Lazy<Outlook> outlook;

    public Report(Func<Outlook> outlook) => this.outlook = new Lazy<Outlook>(outlook);

    public required DateOnly AsOf { get; init; }

    /// <summary>How many months up to that day are counted.</summary>
    public int Months { get; init; } = 12;

    /// <summary>The first day that is told of.</summary>
    public required DateOnly FirstEntry { get; init; }

    /// <summary>Days an invoice may take before it is late.</summary>
    public required int Terms { get; init; }
    public required Thresholds Thresholds { get; init; }
    public required IReadOnlyList<LedgerFile> Files { get; init; }
    public required Totals Totals { get; init; }
    public required ConcentrationReport Concentration { get; init; }

    /// <summary>Every client, the largest of the last twelve months first; of a kept report only those it speaks of.</summary>
    public required IReadOnlyList<ClientReport> Clients { get; init; }
    public required RunwayReport Runway { get; init; }

    /// <summary>Months of the twelve that the files cover: monthly figures are divided by it.</summary>
    public required int MonthsCovered { get; init; }

    /// <summary>What clients owe, by days past the terms.</summary>
    public required IReadOnlyList<AgeBand> Ages { get; init; }

    /// <summary>Late payers, those that cost most first.</summary>
    public required IReadOnlyList<ClientReport> LatePayers { get; init; }

    /// <summary>Clients silent for longer than their rhythm explains, the largest first.</summary>
    public required IReadOnlyList<ClientReport> Quiet { get; init; }

    /// <summary>How many clients are quiet, whether or not all are listed.</summary>
    public required int QuietCount { get; init; }

    /// <summary>How many pay late, whether or not all are listed.</summary>
    public required int LateCount { get; init; }

    /// <summary>How many clients there are, whether or not all are listed.</summary>
    public required int ClientCount { get; init; }

    /// <summary>What the past lets one expect; being computed until it is asked for.</summary>
    public Outlook Outlook => outlook.Value;

    public int RejectedLines => Files.Sum(f => f.Rejected);
}

/// <param name="Cash">Bank and cash; null where the books have no such account.</param>
public sealed record Totals(
    long Revenue,
    long RevenueTwelveMonths,
    int Invoices,
    int CreditNotes,
    int Payments,
    long Receivable,
    long? Cash,
    long MonthlyFixedCharges
);

/// <summary>Concentration of the revenue of twelve months; negative clients are left out, crowds are not one client.</summary>
/// <param name="Singles">How many clients of the whole are no crowd.</param>
/// <param name="SinglesRevenue">Their revenue.</param>
/// <param name="EffectiveClients">The number of equal clients that would weigh as much; null where there is none.</param>
public sealed record ConcentrationReport(
    DateOnly From,
    DateOnly To,
    long Revenue,
    double Hhi,
    double? EffectiveClients,
    double TopShare,
    double TopThreeShare,
    int Singles,
    long SinglesRevenue,
    IReadOnlyList<ClientWeight> Clients
);

/// <param name="Level">Null for a crowd of buyers.</param>
/// <param name="ToWinElsewhere">Revenue to win from others to fall to each threshold; null for a crowd.</param>
public sealed record ClientWeight(ClientReport Client, double Share, Level? Level, ToWinElsewhere? ToWinElsewhere);

/// <summary>Cents to win from other clients to fall to each line.</summary>
public sealed record ToWinElsewhere(long Danger, long High, long Healthy);

public sealed record ClientReport
{
    private readonly Lazy<Trend?> trend;

    public ClientReport(Func<Trend?> trend) => this.trend = new Lazy<Trend?>(trend);

    public required string Code { get; init; }

    /// <summary>The name in the file; empty where it has none.</summary>
    public required string Name { get; init; }
    public required bool IsCollective { get; init; }

    /// <summary>Put away: it counts in what was, and nobody waits for it any more.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Days the client may take to pay; where documents say when they are due, by them.</summary>
    public required int Terms { get; init; }
    public required long Revenue { get; init; }
    public required long RevenueTwelveMonths { get; init; }

    /// <summary>Revenue of the twelve months before the last twelve.</summary>
    public required long RevenueYearBefore { get; init; }
    public required int Invoices { get; init; }
    public required int CreditNotes { get; init; }
    public required int Payments { get; init; }
    public required long OpenBalance { get; init; }
    public required int? OldestOpenDays { get; init; }
    public required double? MedianDelay { get; init; }
    public required double? MeanDelay { get; init; }
    public required double? WeightedDelay { get; init; }
    public required double? LateShare { get; init; }
    public required DateOnly? FirstInvoice { get; init; }
    public required DateOnly? LastInvoice { get; init; }
    public required double? UsualInterval { get; init; }
    public required int? DaysSilent { get; init; }

    /// <summary>It still buys or owes: of others there are no delays to speak of.</summary>
    public bool StillPays => !IsCollective && (OpenBalance > 0 || (RevenueTwelveMonths > 0 && !IsArchived));

    /// <summary>Whether the delays of payment rise or fall; computed when asked for.</summary>
    public Trend? DelayTrend => trend.Value;
}

/// <summary>Mann–Kendall's S with its two-sided p, and Sen's slope in days per invoice.</summary>
public sealed record Trend(long S, double P, double Slope)
{
    public bool IsRising => P <= 0.10 && Slope > 0;

    public bool IsFalling => P <= 0.10 && Slope < 0;
}

/// <param name="FromDays">Days past the terms from which the band begins; null for what is not yet due.</param>
public sealed record AgeBand(int? FromDays, int? ToDays, long Amount, int Items);

/// <param name="MonthsNow">How long the cash lasts with every client; null for more than sixty months.</param>
/// <param name="PurchaseRate">Purchases (class 60) per euro of sales: they follow the sales.</param>
public sealed record RunwayReport(double? MonthsNow, double PurchaseRate, IReadOnlyList<LossReport> IfLost);

/// <summary>What the loss of one client would cost.</summary>
public sealed record LossReport(ClientReport Client, long MonthlyShortfall, double? Months);
