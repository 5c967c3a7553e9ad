namespace PorteOuverte.Analytics;

/// <summary>What is known beside the dates of the losses.</summary>
public sealed record JudgeOptions
{
    /// <summary>How the scan looks back; its horizon is the number of days observed.</summary>
    public ScanOptions Scan { get; init; } = new();

    /// <summary>Clients of the portfolio, the lost ones included; needed for shared causes.</summary>
    public int Clients { get; init; }

    /// <summary>Clients and losses by level of each factor; empty when nothing is known.</summary>
    public IReadOnlyList<CauseCount> Causes { get; init; } = [];

    /// <summary>Days that count as recent in the comparison and in what could have been detected.</summary>
    public int RecentDays { get; init; } = 91;

    /// <summary>Months between false alarms of the CUSUM.</summary>
    public double MonthsBetweenFalseAlarms { get; init; } = 120;
}

public static partial class Losses
{
    private const double DaysInMonth = 365.25 / 12;

    /// <summary>Is a loss an isolated case or the first of an avalanche? All tests at once, with their reasons.</summary>
    /// <param name="losses">Dates of the losses, in any order; may be empty.</param>
    /// <param name="today">The day of looking.</param>
    /// <param name="options">What else is known.</param>
    /// <returns>The verdict of <see cref="Verdict"/> with the scan, causes, CUSUM and detectability computed.</returns>
    /// <remarks>
    /// The CUSUM runs over months back from today. Its usual rate comes from the months before the recent days, its
    /// raised rate is twice that, its threshold gives the asked time between false alarms; it is not run with less
    /// than a year of months.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A loss lies in the future, or an option outside its range.</exception>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public static LossVerdict Judge(
        ReadOnlySpan<DateOnly> losses,
        DateOnly today,
        JudgeOptions? options = null
    )
    {
        options ??= new();
        var daysAgo = DaysAgo(losses, today);
        var horizon = options.Scan.Horizon;
        if (options.RecentDays <= 0 || options.RecentDays >= horizon)
            throw new ArgumentException("The recent days lie within the horizon.", nameof(options));
        var scan = Scan(daysAgo, options.Scan);
        var within = daysAgo.Count(d => d <= horizon);
        var causes =
            options.Causes.Count > 0 ? SharedCauses(options.Clients, within, options.Causes) : [];
        var past = daysAgo.Count(d => d <= horizon && d > options.RecentDays);
        var pastDays = (double)(horizon - options.RecentDays);
        var detectable = new Detectability(
            options.RecentDays,
            past,
            Detectable(past, pastDays, options.RecentDays, 0.05),
            Detectable(past, pastDays, options.RecentDays, 0.01)
        );
        var usual = (past + 0.5) / pastDays * DaysInMonth;
        var cusum = RunCusum(daysAgo, horizon, usual, options.MonthsBetweenFalseAlarms);
        return Verdict(scan, causes, cusum, detectable);
    }

    /// <summary>
    /// The verdict: <i>avalanche</i> when p ≤ 0.01 in the scan, or p ≤ 0.05 with a cause at q ≤ 0.05; <i>common
    /// cause</i> when q ≤ 0.05 alone; <i>watch</i> when p ≤ 0.10 or the CUSUM alarms; else no sign of clustering,
    /// with what could have been detected. Never "proven isolated".
    /// </summary>
    /// <param name="scan">The scan for a recent cluster.</param>
    /// <param name="causes">The causes tested.</param>
    /// <param name="cusum">The CUSUM of monthly counts, or null.</param>
    /// <param name="detectable">What could have been detected.</param>
    public static LossVerdict Verdict(
        LossScan scan,
        IReadOnlyList<SharedCause> causes,
        PoissonCusum? cusum,
        Detectability detectable
    )
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(causes);
        ArgumentNullException.ThrowIfNull(detectable);
        var shared = causes.Where(c => c.QValue <= 0.05).OrderBy(c => c.QValue).ToArray();
        var level =
            scan.PValue <= 0.01 || scan.PValue <= 0.05 && shared.Length > 0 ? LossLevel.Avalanche
            : shared.Length > 0 ? LossLevel.CommonCause
            : scan.PValue <= 0.10 || cusum is { Alarm: true } ? LossLevel.Watch
            : LossLevel.NoSignOfClustering;

        var reasons = new List<LossReason>();
        if (scan.PValue <= 0.10)
            reasons.Add(
                new(LossReasonKind.Cluster, scan.PValue, scan.Observed, scan.Expected, scan.Window)
            );
        foreach (var cause in shared)
            reasons.Add(
                new(
                    LossReasonKind.SharedCause,
                    cause.QValue,
                    cause.Cause.Losses,
                    cause.Expected,
                    null,
                    cause.Cause
                )
            );
        if (cusum is { Alarm: true })
            reasons.Add(new(LossReasonKind.CusumAlarm, null, cusum.Sums[^1], cusum.Threshold));
        if (level == LossLevel.CommonCause)
            // The cause decided, so it comes first; the sort is stable.
            reasons = [.. reasons.OrderBy(r => r.Kind == LossReasonKind.SharedCause ? 0 : 1)];
        if (reasons.Count == 0)
            reasons.Add(
                new(
                    LossReasonKind.NothingDetected,
                    scan.PValue,
                    scan.Observed,
                    scan.Expected,
                    scan.Window
                )
            );
        return new(level, reasons, scan, causes, cusum, detectable);
    }

    private static PoissonCusum? RunCusum(
        double[] daysAgo,
        int horizon,
        double usual,
        double between
    )
    {
        Guard.Positive(between);
        var months = (int)(horizon / DaysInMonth);
        if (months < 12)
            return null;
        var counts = new int[months];
        foreach (var days in daysAgo)
        {
            var month = months - 1 - (int)(days / DaysInMonth);
            if (month >= 0)
                counts[month]++;
        }
        // On a lattice of tenths (of ones where losses are many) the run length is exact and soon computed; the
        // threshold is the least with rare enough false alarms.
        var lattice = usual < 3 ? 10.0 : 1;
        var reference =
            Math.Max(1, Math.Round(CusumReference(usual, 2 * usual) * lattice)) / lattice;
        int low = 0,
            high = 10;
        while (CusumRunLength(usual, reference, high / lattice) < between && high < 1_000)
            (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) =
                CusumRunLength(usual, reference, middle / lattice) < between
                    ? (middle, high)
                    : (low, middle);
        }
        return Cusum(counts, reference, high / lattice);
    }
}
