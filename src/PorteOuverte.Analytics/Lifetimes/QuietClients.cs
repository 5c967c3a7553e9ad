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

    /// <summary>
    /// Who is leaving without saying so? Fits the MBG/CNBD-k where enough clients bought again, else holds each
    /// client against their own rhythm, and says which; days silent stand beside it as the baseline.
    /// </summary>
    /// <param name="purchases">All purchases, in any order.</param>
    /// <param name="today">The day of looking; later purchases are not yet known.</param>
    /// <param name="days">The coming days in which a purchase is expected, &gt; 0.</param>
    /// <param name="fewestRepeaters">Clients with repeat purchases a fit asks for.</param>
    /// <returns>All clients whose first purchase lies before today; none when there are none.</returns>
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
        var rhythm = new RhythmModel(histories);
        var fitted = reason == QuietReason.Fitted;
        var rank = RecencyRanks(histories);
        var clients = histories.Select(
            (h, i) =>
            {
                var usual = rhythm.UsualGap(h);
                return new QuietClient(
                    h.Client,
                    h.DaysSilent,
                    rank[i],
                    usual,
                    rhythm.Spread(h),
                    h.DaysSilent / usual,
                    h.Gaps.Count > 0,
                    fitted ? fit!.Model.ProbabilityAlive(h.Summary) : rhythm.Alive(h),
                    fitted
                        ? fit!.Model.ProbabilityOfAny(h.Summary, days / 7.0)
                        : rhythm.Any(h, days)
                );
            }
        );
        return new(
            fitted ? QuietMethod.FittedModel : QuietMethod.OwnRhythm,
            reason,
            repeaters,
            fewestRepeaters,
            days,
            fit,
            [
                .. clients
                    .OrderBy(c => c.ProbabilityAlive)
                    .ThenByDescending(c => c.Ratio)
                    .ThenBy(c => c.Client),
            ]
        );
    }

    private static LifetimeFit<MbgCnbdK> FitRhythm(IReadOnlyList<ClientHistory> histories)
    {
        var sample = PurchaseSample.Of(histories.Select(h => h.Summary).ToArray());
        // All gaps of one week: their logarithms are zero and k cannot be told.
        return sample.LogGaps == 0 ? FitMbgCnbdK(sample, 1) : FitMbgCnbdK(sample);
    }

    private static int[] RecencyRanks(IReadOnlyList<ClientHistory> histories)
    {
        var sorted = histories.Select(h => -h.DaysSilent).Order().ToArray();
        return [.. histories.Select(h => FirstPlace(sorted, -h.DaysSilent) + 1)];

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
