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
        double survival = 1, greenwood = 0;
        for (var i = 0; i < steps; i++)
        {
            double n = AtRisk[i], d = Endings[i];
            survival *= 1 - d / n;
            Survival[i] = survival;
            if (survival <= 0)
            {
                // Nobody is left: Greenwood's sum is infinite there, the curve itself is 0.
                High[i] = i > 0 ? High[i - 1] : 1;
                continue;
            }
            greenwood += d / (n * (n - d));
            StandardErrors[i] = survival * Math.Sqrt(greenwood);
            var log = Math.Log(survival);
            var spread = Math.Exp(z * Math.Sqrt(greenwood) / -log);
            Low[i] = Math.Exp(log * spread);
            High[i] = Math.Exp(log / spread);
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
        double hazard = 0, variance = 0;
        for (var i = 0; i < Times.Length; i++)
        {
            double n = AtRisk[i], d = Endings[i];
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
