namespace PorteOuverte.Analytics;

/// <summary>The log-rank test of groups that might share one hazard.</summary>
/// <param name="ChiSquare">The statistic (O − E)ᵀ V⁻ (O − E).</param>
/// <param name="DegreesOfFreedom">Groups − 1.</param>
/// <param name="PValue">P(χ² ≥ statistic).</param>
/// <param name="Observed">Endings observed in each group.</param>
/// <param name="Expected">Endings expected in each group were the hazard shared.</param>
public sealed record LogRankTest(
    double ChiSquare,
    int DegreesOfFreedom,
    double PValue,
    double[] Observed,
    double[] Expected
)
{
    internal static LogRankTest Of(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<int> groups
    )
    {
        Guard.NotEmpty(times, nameof(times));
        Guard.SameLength(ended.Length, times.Length, nameof(ended));
        Guard.SameLength(groups.Length, times.Length, nameof(groups));
        var count = 0;
        foreach (var group in groups)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(group, nameof(groups));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                group,
                groups.Length,
                nameof(groups)
            );
            count = Math.Max(count, group + 1);
        }
        if (count < 2)
            throw new ArgumentException("A comparison needs at least two groups.", nameof(groups));

        var (keys, order) = (new ulong[times.Length], new int[times.Length]);
        var atRisk = new double[count];
        for (var i = 0; i < keys.Length; i++)
        {
            Guard.NotNegative(times[i], nameof(times));
            (keys[i], order[i]) = (RadixSort.Key(times[i]), i);
            atRisk[groups[i]]++;
        }
        if (Array.IndexOf(atRisk, 0.0) >= 0)
            throw new ArgumentException("Groups are numbered from 0 without gaps.", nameof(groups));
        RadixSort.Sort(keys, keys.Length, order);

        var (observed, expected) = (new double[count], new double[count]);
        var last = count - 1;
        var variance = new double[last * last];
        var leaving = new double[count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            Array.Clear(leaving);
            var d = 0.0;
            for (end = start; end < order.Length && keys[end] == keys[start]; end++)
            {
                leaving[groups[order[end]]]++;
                if (!ended[order[end]])
                    continue;
                d++;
                observed[groups[order[end]]]++;
            }
            double n = order.Length - start;
            for (var g = 0; d > 0 && g < count; g++)
            {
                expected[g] += d * atRisk[g] / n;
                for (var h = 0; n > 1 && g < last && h < last; h++)
                    variance[g * last + h] +=
                        d
                        * (n - d)
                        / (n - 1)
                        * (atRisk[g] / n)
                        * ((g == h ? 1 : 0) - atRisk[h] / n);
            }
            for (var g = 0; g < count; g++)
                atRisk[g] -= leaving[g];
        }

        var difference = new double[last];
        for (var g = 0; g < last; g++)
            difference[g] = observed[g] - expected[g];
        // Without endings, or with one group always alone at risk, nothing can be told apart: χ² = 0.
        var chiSquare = 0.0;
        if (Cholesky.Of(variance, last)?.Solve(difference) is { } solved)
            for (var g = 0; g < last; g++)
                chiSquare += difference[g] * solved[g];
        return new(chiSquare, last, Survival.ChiSquareTail(chiSquare, last), observed, expected);
    }
}
