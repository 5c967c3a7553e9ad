namespace PorteOuverte.Analytics;

/// <summary>What Bayesian online change-point detection believes after the last count.</summary>
/// <param name="Probabilities">P(run length = r), r = 0 … n: how many counts the present rate has lasted.</param>
/// <param name="LogEvidence">ln P(all counts).</param>
public sealed record RunLengths(double[] Probabilities, double LogEvidence)
{
    /// <summary>P(run length &lt; r): the probability that the rate changed within the last r counts.</summary>
    /// <param name="runLength">r ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">r is negative.</exception>
    public double ProbabilityBelow(int runLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(runLength);
        var sum = 0.0;
        for (var r = 0; r < Math.Min(runLength, Probabilities.Length); r++)
            sum += Probabilities[r];
        return Math.Min(1, sum);
    }
}

public static partial class Losses
{
    /// <summary>
    /// Bayesian online change-point detection: Poisson counts, a rate drawn from Gamma(shape, rate) that starts anew
    /// with a constant hazard.
    /// </summary>
    /// <param name="counts">Losses by period, oldest first; may be empty.</param>
    /// <param name="shape">Shape of the rate's prior, &gt; 0.</param>
    /// <param name="rate">Rate of the rate's prior, in periods, &gt; 0.</param>
    /// <param name="hazard">Probability of a change at each period, in (0, 1).</param>
    /// <remarks>
    /// Predictive of a run with Gamma(a, b): NB(x; a, b) = Γ(a+x)/(Γ(a) x!)·(b/(b+1))^a·(b+1)^−x.
    /// Source: R. P. Adams and D. J. C. MacKay, arXiv:0710.3742 (2007). O(n²).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or a parameter outside its range.</exception>
    public static RunLengths ChangePoints(
        ReadOnlySpan<int> counts,
        double shape = 1,
        double rate = 2,
        double hazard = 1.0 / 24
    )
    {
        Guard.Positive(shape);
        Guard.Positive(rate);
        if (!(hazard > 0 && hazard < 1))
            throw new ArgumentOutOfRangeException(
                nameof(hazard),
                hazard,
                "A probability in (0, 1) is needed."
            );
        var run = new double[counts.Length + 1];
        // Losses within the run of each length: its posterior is Gamma(shape + sum, rate + length).
        var sums = new double[counts.Length + 1];
        run[0] = 1;
        var log = 0.0;
        for (var t = 0; t < counts.Length; t++)
        {
            var x = counts[t];
            ArgumentOutOfRangeException.ThrowIfNegative(x, nameof(counts));
            double changed = 0,
                evidence = 0;
            for (var r = t; r >= 0; r--)
            {
                var joint = run[r] * Predictive(x, shape + sums[r], rate + r);
                evidence += joint;
                changed += joint * hazard;
                run[r + 1] = joint * (1 - hazard);
                sums[r + 1] = sums[r] + x;
            }
            run[0] = changed;
            sums[0] = 0;
            // A count of millions underflows everywhere: then the run is new for sure.
            if (!(evidence > 0))
                throw new ArgumentOutOfRangeException(
                    nameof(counts),
                    x,
                    "A count is too far from all others to compare."
                );
            for (var r = 0; r <= t + 1; r++)
                run[r] /= evidence;
            log += Math.Log(evidence);
        }
        return new(run, log);
    }

    private static double Predictive(int x, double a, double b) =>
        Math.Exp(
            MathNet.Numerics.SpecialFunctions.GammaLn(a + x)
                - MathNet.Numerics.SpecialFunctions.GammaLn(a)
                - MathNet.Numerics.SpecialFunctions.FactorialLn(x)
                - a * Functions.LogOnePlus(1 / b)
                - x * Math.Log(b + 1)
        );
}
