namespace PorteOuverte.Analytics;

/// <summary>A one-sided Poisson CUSUM run over monthly counts.</summary>
/// <param name="Reference">k, what a month may lose without the sum rising.</param>
/// <param name="Threshold">h: an alarm when the sum reaches it.</param>
/// <param name="Sums">S after each month, S ← max(0, S + count − k); not reset by an alarm.</param>
/// <param name="FirstAlarm">Index of the first month with S ≥ h; null when there is none.</param>
public sealed record PoissonCusum(
    double Reference,
    double Threshold,
    double[] Sums,
    int? FirstAlarm
)
{
    /// <summary>Whether the sum stands at or above the threshold now.</summary>
    public bool Alarm => Sums.Length > 0 && Sums[^1] >= Threshold;
}

public static partial class Losses
{
    private const int FinestLattice = 100;
    private const int MostStates = 2_000;

    /// <summary>Best reference value k = (λ₁ − λ₀)/ln(λ₁/λ₀) to tell a rate λ₁ from λ₀.</summary>
    /// <param name="usual">λ₀ &gt; 0, losses a month in usual times.</param>
    /// <param name="raised">λ₁ &gt; λ₀, the rate to be alarmed by.</param>
    /// <remarks>Source: J. M. Lucas, Technometrics 27 (1985).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive, or λ₁ ≤ λ₀.</exception>
    public static double CusumReference(double usual, double raised)
    {
        Guard.Positive(usual);
        Guard.Positive(raised);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(raised, usual);
        return (raised - usual) / Functions.LogOnePlus((raised - usual) / usual);
    }

    /// <summary>Runs the CUSUM S ← max(0, S + count − k), alarm at S ≥ h.</summary>
    /// <param name="counts">Losses a month, oldest first; may be empty.</param>
    /// <param name="reference">k &gt; 0.</param>
    /// <param name="threshold">h &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or k or h is not positive.</exception>
    public static PoissonCusum Cusum(ReadOnlySpan<int> counts, double reference, double threshold)
    {
        Guard.Positive(reference);
        Guard.Positive(threshold);
        var sums = new double[counts.Length];
        int? alarm = null;
        var sum = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[i], nameof(counts));
            sums[i] = sum = Math.Max(0, sum + counts[i] - reference);
            // Sums of decimal fractions: 4 may come out as 3.9999999999999996.
            if (alarm is null && sum >= threshold * (1 - 1e-12))
                alarm = i;
        }
        return new(reference, threshold, sums, alarm);
    }

    /// <summary>
    /// Average run length: months until the first alarm, starting from 0, when counts are Poisson with one mean.
    /// </summary>
    /// <param name="mean">μ &gt; 0, losses a month.</param>
    /// <param name="reference">k &gt; 0.</param>
    /// <param name="threshold">h &gt; 0.</param>
    /// <returns>Months (at most 1e15); a false alarm about every so often when μ is the usual rate.</returns>
    /// <remarks>
    /// Markov chain of D. Brook and D. A. Evans, Biometrika 59 (1972): exact when k and h are multiples of 1/m for
    /// some m ≤ 100; otherwise both are rounded to the finest lattice with at most 2 000 states.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or h exceeds 2 000.</exception>
    public static double CusumRunLength(double mean, double reference, double threshold)
    {
        Guard.Positive(mean);
        Guard.Positive(reference);
        Guard.Positive(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, MostStates);
        var finest = Math.Clamp(
            (int)(MostStates / Math.Max(threshold, reference)),
            1,
            FinestLattice
        );
        var lattice = 1;
        while (lattice < finest && !(IsWhole(reference * lattice) && IsWhole(threshold * lattice)))
            lattice++;
        var down = Math.Max(1, (int)Math.Min(int.MaxValue / 2, Math.Round(reference * lattice)));
        var states = Math.Max(1, (int)Math.Round(threshold * lattice));

        // (I − Q) run = 1. A count c leads from i to max(0, i + c·m − k·m): rows are sparse, and as the matrix is
        // diagonally dominant, elimination needs no pivoting.
        var matrix = new double[states * (states + 1)];
        var width = states + 1;
        for (var i = 0; i < states; i++)
        {
            matrix[i * width + i] += 1;
            matrix[i * width + states] = 1;
            for (var count = 0; ; count++)
            {
                var to = i + (long)count * lattice - down;
                if (to >= states)
                    break;
                matrix[i * width + (int)Math.Max(0, to)] -= Poisson(count, mean);
            }
        }
        return Math.Min(1e15, FirstUnknown(matrix, states));

        static bool IsWhole(double x) => Math.Abs(x - Math.Round(x)) < 1e-9;
    }

    /// <summary>P(N = n) for a Poisson count, in logarithms so that large means do not underflow early.</summary>
    private static double Poisson(int n, double mean) =>
        Math.Exp(n * Math.Log(mean) - mean - MathNet.Numerics.SpecialFunctions.FactorialLn(n));

    /// <summary>Eliminates from the last unknown down, so that the first one is solved directly.</summary>
    private static double FirstUnknown(double[] matrix, int n)
    {
        var width = n + 1;
        for (var pivot = n - 1; pivot > 0; pivot--)
        {
            var pivotRow = matrix.AsSpan(pivot * width, width);
            for (var row = 0; row < pivot; row++)
            {
                var target = matrix.AsSpan(row * width, width);
                var factor = target[pivot] / pivotRow[pivot];
                if (factor == 0)
                    continue;
                for (var column = 0; column < pivot; column++)
                    target[column] -= factor * pivotRow[column];
                target[n] -= factor * pivotRow[n];
            }
        }
        return matrix[0] > 0 ? matrix[n] / matrix[0] : double.PositiveInfinity;
    }
}
