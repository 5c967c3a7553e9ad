using PorteOuverte.Analytics;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>What the past of the portfolio lets one expect: who is leaving, whether departures come in a row, how far the cash goes.</summary>
/// <param name="AsOf">The last day the files tell of, up to the day of the report: later silence is everybody's.</param>
/// <param name="DaysCovered">Days from the first entry to that day, both included.</param>
/// <param name="Departures">Null where the files cover less than a year.</param>
/// <param name="Band">Null where the books show no cash or no charges.</param>
public sealed record Outlook(
    DateOnly AsOf,
    int DaysCovered,
    SilenceReport Silence,
    DeparturesReport? Departures,
    BandReport? Band
);

/// <summary>How silent the clients are, the least likely to be still there first.</summary>
/// <param name="Repeaters">Clients who bought more than once.</param>
/// <param name="FewestRepeaters">How many of them a model of the whole portfolio asks for.</param>
/// <param name="Days">The coming days in which a purchase is expected.</param>
/// <param name="Count">How many there are, whether or not all are listed.</param>
public sealed record SilenceReport(
    QuietMethod Method,
    QuietReason Reason,
    int Repeaters,
    int FewestRepeaters,
    int Days,
    int Count,
    IReadOnlyList<Silence> Clients
);

/// <summary>One client's silence: its days and their rank are the plain measure, the probabilities the model's.</summary>
/// <param name="RecencyRank">Place by days silent alone, 1 for the longest.</param>
/// <param name="UsualGapDays">Median days between purchases; the portfolio's for who bought once.</param>
/// <param name="Ratio">Days silent ÷ usual gap.</param>
public sealed record Silence(
    ClientReport Client,
    int DaysSilent,
    int RecencyRank,
    double UsualGapDays,
    double Ratio,
    double ProbabilityAlive,
    double ProbabilityOfPurchase
);

/// <summary>Whether the clients who left did so in a row.</summary>
/// <param name="Losses">Clients taken for gone, the latest first.</param>
/// <param name="Count">How many there are, whether or not all are listed.</param>
/// <param name="HorizonDays">Days looked back over.</param>
/// <param name="PValue">Probability of such a cluster, or a closer one, by chance.</param>
/// <param name="WindowDays">The window before the latest loss that stands out most; null where none does.</param>
/// <param name="Observed">Losses within that window, the latest not counted: it is why one looks.</param>
/// <param name="Expected">Losses that chance would put there.</param>
/// <param name="Detectable">What would have been noticed.</param>
public sealed record DeparturesReport(
    LossLevel Level,
    IReadOnlyList<Departure> Losses,
    int Count,
    int HorizonDays,
    double PValue,
    int? WindowDays,
    int Observed,
    double Expected,
    Detectability Detectable
);

/// <param name="On">The day the next invoice was due and did not come.</param>
public sealed record Departure(ClientReport Client, DateOnly On);

/// <summary>Cash over the coming months if clients leave as they have left and nobody replaces them; cents.</summary>
/// <param name="MonthlyLeaving">Probability that a client leaves within a month.</param>
/// <param name="Runs">Simulated futures.</param>
/// <param name="MonthOut">The month by which half the futures have run out of cash; null beyond the horizon.</param>
public sealed record BandReport(IReadOnlyList<BandMonth> Months, double MonthlyLeaving, int Runs, int? MonthOut)
{
    public BandMonth Last => Months[^1];
}

/// <param name="Low">One future in ten has less.</param>
/// <param name="High">One future in ten has more.</param>
/// <param name="ProbabilityOut">Probability that cash was below zero by then.</param>
public sealed record BandMonth(int Month, long Low, long Median, long High, double ProbabilityOut);
