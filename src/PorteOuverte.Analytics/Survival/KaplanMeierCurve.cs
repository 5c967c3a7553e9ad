using System.Numerics;
using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>A Kaplan–Meier curve: one step per distinct ending time.</summary>
public sealed class KaplanMeierCurve
{
    internal KaplanMeierCurve(RiskTable table, double confidence)
    {
        Count = table.Count;
        Confidence = confidence;
        (Times, AtRisk, Endings) = (table.Times, table.AtRisk, table.Endings);
        var steps = Times.Length;
        (Survival, StandardErrors) = (new double[steps], new double[steps]);
        (Low, High) = (new double[steps], new double[steps]);
        var z = Normal.InvCDF(0, 1, 1 - (1 - confidence) / 2);
        double survival = 1,
            greenwood = 0;
        // Greenwood's sums wait in the array of the errors that they become.
        var sums = StandardErrors;
        for (var i = 0; i < steps; i++)
        {
            double n = AtRisk[i],
                d = Endings[i];
            survival *= (n - d) / n;
            // Greenwood's sum is infinite where nobody is left; the last step alone can be such.
            greenwood += d < n ? d / (n * (n - d)) : 0;
            (Survival[i], sums[i]) = (survival, greenwood);
        }
        Bands(sums, z);
        if (steps == 0 || Survival[^1] > 0)
            return;
        StandardErrors[^1] = Low[^1] = 0;
        High[^1] = steps > 1 ? High[^2] : 1;
    }

    /// <summary>exp(ln S · e^{±z √G / −ln S}); in vectors, or the logarithms would cost more than the sorting.</summary>
    private void Bands(double[] sums, double z)
    {
        var i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var (survival, root) = (
                new Vector<double>(Survival, i),
                Vector.SquareRoot(new Vector<double>(sums, i))
            );
            var log = Vector.Log(survival);
            var spread = Vector.Exp(root * z / -log);
            (survival * root).CopyTo(StandardErrors, i);
            Vector.Exp(log * spread).CopyTo(Low, i);
            Vector.Exp(log / spread).CopyTo(High, i);
        }
        for (; i < sums.Length; i++)
        {
            var (root, log) = (Math.Sqrt(sums[i]), Math.Log(Survival[i]));
            var spread = Math.Exp(root * z / -log);
            (StandardErrors[i], Low[i], High[i]) = (
                Survival[i] * root,
                Math.Exp(log * spread),
                Math.Exp(log / spread)
            );
        }
    }

    /// <summary>Number of durations.</summary>
    public int Count { get; }

    /// <summary>Level of the band.</summary>
    public double Confidence { get; }

    /// <summary>Distinct ending times, ascending.</summary>
    public double[] Times { get; }

    /// <summary>nᵢ: durations that reached this time.</summary>
    public int[] AtRisk { get; }

    /// <summary>dᵢ: durations that ended at this time.</summary>
    public int[] Endings { get; }

    /// <summary>S just after each time.</summary>
    public double[] Survival { get; }

    /// <summary>Greenwood's standard error S·√Σ d/(n(n−d)); 0 where S is 0.</summary>
    public double[] StandardErrors { get; }

    /// <summary>Lower end of the log(−log) band.</summary>
    public double[] Low { get; }

    /// <summary>Upper end of the log(−log) band.</summary>
    public double[] High { get; }

    /// <summary>First time at which S ≤ ½; +∞ when the curve stays above.</summary>
    public double Median => Quantile(0.5);

    /// <summary>First time at which S ≤ 1 − p; +∞ when the curve stays above.</summary>
    /// <param name="p">Share that has ended, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">p lies outside (0, 1).</exception>
    public double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A share in (0, 1) is needed.");
        for (var i = 0; i < Times.Length; i++)
            // S is a product of fractions: 1/2 may come out a few units of the last place high.
            if (Survival[i] <= (1 - p) * (1 + 1e-12))
                return Times[i];
        return double.PositiveInfinity;
    }

    /// <summary>S(t).</summary>
    /// <param name="time">t ≥ 0, in the unit of the durations.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is negative or not a number.</exception>
    public double At(double time)
    {
        Guard.NotNegative(time);
        var step = RiskTable.StepAt(Times, time);
        return step < 0 ? 1 : Survival[step];
    }
}

/// <summary>A Nelson–Aalen cumulative hazard: one step per distinct ending time.</summary>
public sealed class NelsonAalenCurve
{
    internal NelsonAalenCurve(RiskTable table)
    {
        (Times, AtRisk, Endings) = (table.Times, table.AtRisk, table.Endings);
        (CumulativeHazard, StandardErrors) = (new double[Times.Length], new double[Times.Length]);
        double hazard = 0,
            variance = 0;
        for (var i = 0; i < Times.Length; i++)
        {
            double n = AtRisk[i],
                d = Endings[i];
            hazard += d / n;
            variance += d / (n * n);
            CumulativeHazard[i] = hazard;
            StandardErrors[i] = Math.Sqrt(variance);
        }
    }

    /// <summary>Distinct ending times, ascending.</summary>
    public double[] Times { get; }

    /// <summary>nᵢ: durations that reached this time.</summary>
    public int[] AtRisk { get; }

    /// <summary>dᵢ: durations that ended at this time.</summary>
    public int[] Endings { get; }

    /// <summary>H just after each time.</summary>
    public double[] CumulativeHazard { get; }

    /// <summary>√Σ d/n².</summary>
    public double[] StandardErrors { get; }

    /// <summary>H(t).</summary>
    /// <param name="time">t ≥ 0, in the unit of the durations.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is negative or not a number.</exception>
    public double At(double time)
    {
        Guard.NotNegative(time);
        var step = RiskTable.StepAt(Times, time);
        return step < 0 ? 0 : CumulativeHazard[step];
    }
}
