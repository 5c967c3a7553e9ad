using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>The Mann–Kendall test and Sen's slope of one series.</summary>
/// <param name="Count">n, the number of values.</param>
/// <param name="S">Σᵢ﹤ⱼ sign(xⱼ − xᵢ): positive when values rise.</param>
/// <param name="Variance">Variance of S under no trend, ties taken into account; 0 when all values are equal.</param>
/// <param name="Z">(S − sign S)/√Variance; 0 when S is 0.</param>
/// <param name="PValue">Two-sided p-value: exact when <paramref name="IsExact"/>, else normal with continuity correction.</param>
/// <param name="OneSidedPValue">P(S ≥ observed) when S ≥ 0, else P(S ≤ observed); same method as the two-sided one.</param>
/// <param name="IsExact">Whether the p-values come from the exact distribution (no ties, n ≤ 50).</param>
/// <param name="Slope">Sen's slope: the median of (xⱼ − xᵢ)/(j − i), in units of the values per step.</param>
/// <param name="SlopeLow">Lower end of the slope's interval.</param>
/// <param name="SlopeHigh">Upper end of the slope's interval.</param>
public sealed record PaymentTrend(
    int Count,
    long S,
    double Variance,
    double Z,
    double PValue,
    double OneSidedPValue,
    bool IsExact,
    double Slope,
    double SlopeLow,
    double SlopeHigh
)
{
    /// <summary>Beyond this length the normal approximation is as good as the exact count.</summary>
    internal const int LongestExact = 50;

    /// <summary>Sen's slope looks at every pair: a hundred megabytes here.</summary>
    internal const int Longest = 5_000;

    internal static PaymentTrend Of(ReadOnlySpan<double> series, double confidence)
    {
        var n = series.Length;
        long s = 0;
        var slopes = new double[(long)n * (n - 1) / 2];
        var pair = 0;
        for (var i = 0; i < n; i++)
        for (var j = i + 1; j < n; j++)
        {
            s += series[j].CompareTo(series[i]) switch
            {
                > 0 => 1,
                < 0 => -1,
                _ => 0,
            };
            // Halves first: the difference of two finite numbers may overflow.
            slopes[pair++] = Math.Clamp(
                2 * ((series[j] / 2 - series[i] / 2) / (j - i)),
                double.MinValue,
                double.MaxValue
            );
        }
        Array.Sort(slopes);

        var (variance, tied) = VarianceOf(series);
        var deviation = Math.Sqrt(variance);
        var z = s == 0 || variance == 0 ? 0 : (s - Math.Sign(s)) / deviation;
        var exact = !tied && n <= LongestExact;
        var oneSided =
            variance == 0 ? 1
            : exact ? ExactUpperTail(n, Math.Abs(s))
            : s == 0 ? 0.5
            : Normal.CDF(0, 1, -Math.Abs(z));
        var twoSided = Math.Min(1, 2 * oneSided);

        // Gilbert's ranks: the interval holds the slopes between ranks (N − C)/2 and (N + C)/2, C = z·sd.
        var c = Normal.InvCDF(0, 1, 1 - (1 - confidence) / 2) * deviation;
        var low = Math.Clamp((int)Math.Round((slopes.Length - c) / 2) - 1, 0, slopes.Length - 1);
        var high = Math.Clamp((int)Math.Round((slopes.Length + c) / 2), 0, slopes.Length - 1);
        var middle = slopes.Length / 2;
        var slope =
            slopes.Length % 2 == 1 ? slopes[middle] : slopes[middle - 1] / 2 + slopes[middle] / 2;
        return new(n, s, variance, z, twoSided, oneSided, exact, slope, slopes[low], slopes[high]);
    }

    private static (double Variance, bool Tied) VarianceOf(ReadOnlySpan<double> series)
    {
        var n = (double)series.Length;
        var variance = n * (n - 1) * (2 * n + 5);
        var sorted = series.ToArray();
        Array.Sort(sorted);
        var tied = false;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
                tied = true;
            double t = end - start;
            variance -= t * (t - 1) * (2 * t + 5);
        }
        return (variance / 18, tied);
    }

    /// <summary>P(S ≥ s) over all orders of n distinct values, s ≥ 0: S = n(n−1)/2 − 2·inversions.</summary>
    private static double ExactUpperTail(int n, long s)
    {
        var pairs = n * (n - 1) / 2;
        var probability = new double[pairs + 1];
        var next = new double[pairs + 1];
        probability[0] = 1;
        for (int size = 2, reach = 0; size <= n; size++)
        {
            // The new largest value adds 0 … size−1 inversions, each equally likely: a moving average.
            reach += size - 1;
            double window = 0;
            for (var inversions = 0; inversions <= reach; inversions++)
            {
                window = 0;
                for (var added = 0; added < size && added <= inversions; added++)
                    window += probability[inversions - added];
                next[inversions] = window / size;
            }
            (probability, next) = (next, probability);
        }
        var tail = 0.0;
        for (var inversions = 0; pairs - 2 * inversions >= s; inversions++)
            tail += probability[inversions];
        return Math.Min(1, tail);
    }
}
