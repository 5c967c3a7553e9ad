using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>How the probabilities of a portfolio were found.</summary>
public enum QuietMethod
{
    /// <summary>Each client's own rhythm: days silent against the usual gap, with its spread.</summary>
    OwnRhythm,

    /// <summary>The MBG/CNBD-k fitted to the whole portfolio.</summary>
    FittedModel,
}

/// <summary>Why this method.</summary>
public enum QuietReason
{
    /// <summary>Enough clients bought again for a fit to make sense, and it converged.</summary>
    Fitted,

    /// <summary>Too few clients bought again: a fit would invent precision.</summary>
    TooFewRepeaters,

    /// <summary>A fit was tried and did not converge.</summary>
    FitDidNotConverge,
}

/// <summary>How silent one client is.</summary>
/// <param name="Client">The client's number.</param>
/// <param name="DaysSilent">Days since the latest purchase: the recency baseline.</param>
/// <param name="RecencyRank">Place by days silent alone, 1 for the longest silence; equal silences share a place.</param>
/// <param name="UsualGapDays">Median days between purchases; the portfolio's where <paramref name="HasOwnRhythm"/> is false.</param>
/// <param name="GapSpread">
/// Spread of the logarithms of the gaps, shrunk towards the portfolio's: 0.3 means within about a third of the usual gap,
/// two times in three.
/// </param>
/// <param name="Ratio">Days silent ÷ usual gap.</param>
/// <param name="HasOwnRhythm">Whether the client has bought again at all.</param>
/// <param name="ProbabilityAlive">Probability that the client is still one.</param>
/// <param name="ProbabilityOfPurchase">Probability of at least one purchase within the coming days asked for.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QuietClient(
    int Client,
    int DaysSilent,
    int RecencyRank,
    double UsualGapDays,
    double GapSpread,
    double Ratio,
    bool HasOwnRhythm,
    double ProbabilityAlive,
    double ProbabilityOfPurchase
);

/// <summary>A portfolio's silences.</summary>
/// <param name="Method">How the probabilities were found.</param>
/// <param name="Reason">Why so.</param>
/// <param name="Repeaters">Clients who bought again.</param>
/// <param name="FewestRepeaters">How many a fit asks for.</param>
/// <param name="Days">The coming days <see cref="QuietClient.ProbabilityOfPurchase"/> looks at.</param>
/// <param name="Fit">The fit, where one was tried.</param>
/// <param name="Clients">The clients, the least likely to be alive first.</param>
public sealed record QuietReport(
    QuietMethod Method,
    QuietReason Reason,
    int Repeaters,
    int FewestRepeaters,
    int Days,
    LifetimeFit<MbgCnbdK>? Fit,
    IReadOnlyList<QuietClient> Clients
);

public static partial class Lifetimes
{
    /// <summary>Clients with repeat purchases below which no model is fitted.</summary>
    public const int FewestRepeaters = 40;

    /// <summary>Clients k is chosen from: with so many it is told beyond doubt, and seven fits in eight are small.</summary>
    private const int ClientsForRegularity = 500;

    /// <summary>Clients from which a second core is worth its start.</summary>
    private const int WorthSharing = 500;

    /// <summary>
    /// Who is leaving without saying so? Fits the MBG/CNBD-k where enough clients bought again, else holds each
    /// client against their own rhythm, and says which; days silent stand beside it as the baseline.
    /// </summary>
    /// <param name="purchases">All purchases, in any order.</param>
    /// <param name="today">The day of looking; later purchases are not yet known.</param>
    /// <param name="days">The coming days in which a purchase is expected, &gt; 0.</param>
    /// <param name="fewestRepeaters">Clients with repeat purchases a fit asks for.</param>
    /// <returns>All clients whose first purchase lies before today; none when there are none.</returns>
    /// <remarks>From a thousand clients on, k is chosen on every n-th of them; the parameters are those of all.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The days are not positive, or an amount is not finite.</exception>
    public static QuietReport QuietClients(
        ReadOnlySpan<Purchase> purchases,
        DateOnly today,
        int days = 91,
        int fewestRepeaters = FewestRepeaters
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfNegative(fewestRepeaters);
        return QuietClients(Summarise(purchases, today), days, fewestRepeaters);
    }

    internal static QuietReport QuietClients(
        IReadOnlyList<ClientHistory> histories,
        int days,
        int fewestRepeaters
    )
    {
        var repeaters = histories.Count(h => h.Gaps.Count > 0);
        LifetimeFit<MbgCnbdK>? fit = null;
        var reason = QuietReason.TooFewRepeaters;
        if (repeaters > 0 && repeaters >= fewestRepeaters)
        {
            fit = FitRhythm(histories);
            reason = fit.Converged ? QuietReason.Fitted : QuietReason.FitDidNotConverge;
        }
        var fitted = reason == QuietReason.Fitted;
        return new(
            fitted ? QuietMethod.FittedModel : QuietMethod.OwnRhythm,
            reason,
            repeaters,
            fewestRepeaters,
            days,
            fit,
            LeastAliveFirst(Silences(histories, days, fitted ? fit!.Model : null))
        );
    }

    private static QuietClient[] Silences(
        IReadOnlyList<ClientHistory> histories,
        int days,
        MbgCnbdK? model
    )
    {
        var rhythm = new RhythmModel(histories);
        var rank = RecencyRanks(histories);
        var clients = new QuietClient[histories.Count];
        Parallel.For(
            0,
            clients.Length,
            new ParallelOptions { MaxDegreeOfParallelism = clients.Length < WorthSharing ? 1 : -1 },
            i =>
            {
                var h = histories[i];
                var usual = rhythm.UsualGap(h);
                clients[i] = new QuietClient(
                    h.Client,
                    h.DaysSilent,
                    rank[i],
                    usual,
                    rhythm.Spread(h),
                    h.DaysSilent / usual,
                    h.Gaps.Count > 0,
                    model?.ProbabilityAlive(h.Summary) ?? rhythm.Alive(h),
                    model?.ProbabilityOfAny(h.Summary, days / 7.0) ?? rhythm.Any(h, days)
                );
            }
        );
        return clients;
    }

    private static List<QuietClient> LeastAliveFirst(QuietClient[] clients)
    {
        var order = new int[clients.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(
            order,
            (a, b) =>
            {
                ref readonly var one = ref clients[a];
                ref readonly var other = ref clients[b];
                var first = one.ProbabilityAlive.CompareTo(other.ProbabilityAlive);
                first = first != 0 ? first : other.Ratio.CompareTo(one.Ratio);
                return first != 0 ? first : one.Client.CompareTo(other.Client);
            }
        );
        var sorted = new List<QuietClient>(order.Length);
        foreach (var i in order)
            sorted.Add(clients[i]);
        return sorted;
    }

    private static LifetimeFit<MbgCnbdK> FitRhythm(IReadOnlyList<ClientHistory> histories)
    {
        var sample = Sample(histories, 1);
        // All gaps of one week: their logarithms are zero and k cannot be told.
        if (sample.LogGaps == 0)
            return FitMbgCnbdK(sample, 1);
        if (histories.Count < 2 * ClientsForRegularity)
            return FitMbgCnbdK(sample);
        // How regular clients are shows in a part of them; the parameters are then those of all.
        var part = Sample(histories, histories.Count / ClientsForRegularity);
        return part is { TotalRepeats: > 0, LogGaps: not 0 }
            ? FitMbgCnbdK(sample, FitMbgCnbdK(part).Model.K)
            : FitMbgCnbdK(sample);
    }

    private static PurchaseSample Sample(IReadOnlyList<ClientHistory> histories, int stride)
    {
        var summaries = new PurchaseSummary[(histories.Count + stride - 1) / stride];
        for (var i = 0; i < summaries.Length; i++)
            summaries[i] = histories[i * stride].Summary;
        return PurchaseSample.Of(summaries);
    }

    private static int[] RecencyRanks(IReadOnlyList<ClientHistory> histories)
    {
        var sorted = new int[histories.Count];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = -histories[i].DaysSilent;
        Array.Sort(sorted);
        var ranks = new int[sorted.Length];
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = FirstPlace(sorted, -histories[i].DaysSilent) + 1;
        return ranks;

        static int FirstPlace(int[] sorted, int value)
        {
            int low = 0,
                high = sorted.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
            }
            return low;
        }
    }
}
