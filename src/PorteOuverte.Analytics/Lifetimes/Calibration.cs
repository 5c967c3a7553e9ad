using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>One bin of a reliability table.</summary>
/// <param name="Low">Least probability of the bin.</param>
/// <param name="High">Its end.</param>
/// <param name="Count">Clients in it.</param>
/// <param name="Predicted">Mean probability said.</param>
/// <param name="Observed">Share to whom it happened.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReliabilityBin(
    double Low,
    double High,
    int Count,
    double Predicted,
    double Observed
);

/// <summary>How well probabilities met what happened.</summary>
/// <param name="Count">Predictions judged.</param>
/// <param name="Brier">Mean (p − outcome)²: 0 is perfect; saying the base rate b to all gives b(1 − b).</param>
/// <param name="Auc">
/// Probability that one to whom it happened got the higher p (½ for equal ones); null when all outcomes are alike.
/// </param>
/// <param name="BaseRate">Share to whom it happened.</param>
/// <param name="Reliability">Ten bins of probability; empty ones are left out.</param>
public sealed record Calibration(
    int Count,
    double Brier,
    double? Auc,
    double BaseRate,
    IReadOnlyList<ReliabilityBin> Reliability
)
{
    private const int Bins = 10;

    /// <summary>Judges probabilities by outcomes.</summary>
    /// <param name="probabilities">Each in [0, 1].</param>
    /// <param name="outcomes">What happened, in the same order.</param>
    /// <remarks>Sources: G. W. Brier, Monthly Weather Review 78 (1950); A. P. Dawid, JASA 77 (1982).</remarks>
    /// <exception cref="ArgumentException">Nothing is given or the lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability lies outside [0, 1].</exception>
    public static Calibration Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes)
    {
        Guard.NotEmpty(probabilities, nameof(probabilities));
        Guard.SameLength(outcomes.Length, probabilities.Length, nameof(outcomes));
        var (count, predicted, observed) = (new int[Bins], new double[Bins], new double[Bins]);
        double brier = 0,
            happened = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            Guard.Probability(p, nameof(probabilities));
            double outcome = outcomes[i] ? 1 : 0;
            brier += (p - outcome) * (p - outcome);
            happened += outcome;
            var bin = Math.Min(Bins - 1, (int)(p * Bins));
            count[bin]++;
            predicted[bin] += p;
            observed[bin] += outcome;
        }
        var table = new List<ReliabilityBin>();
        for (var bin = 0; bin < Bins; bin++)
            if (count[bin] > 0)
                table.Add(
                    new(
                        (double)bin / Bins,
                        (bin + 1.0) / Bins,
                        count[bin],
                        predicted[bin] / count[bin],
                        observed[bin] / count[bin]
                    )
                );
        var n = probabilities.Length;
        return new(n, brier / n, AreaUnderCurve(probabilities, outcomes), happened / n, table);
    }

    /// <summary>The rank statistic of Mann and Whitney; null when all outcomes are alike.</summary>
    internal static double? AreaUnderCurve(ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes)
    {
        var (keys, order) = (scores.ToArray(), new int[scores.Length]);
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(keys, order);
        double below = 0,
            positives = 0,
            wins = 0;
        for (int start = 0, end; start < keys.Length; start = end)
        {
            double up = 0,
                down = 0;
            for (end = start; end < keys.Length && keys[end] == keys[start]; end++)
                _ = outcomes[order[end]] ? up++ : down++;
            wins += up * (below + down / 2);
            below += down;
            positives += up;
        }
        return positives == 0 || below == 0 ? null : wins / (positives * below);
    }
}
