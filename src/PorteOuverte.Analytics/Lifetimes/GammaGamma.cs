namespace PorteOuverte.Analytics;

/// <summary>
/// Gamma-Gamma spend: each purchase is Gamma(p, ν) with ν ~ Gamma(q, v) by client, independent of how often they buy.
/// </summary>
/// <remarks>Source: P. S. Fader and B. G. S. Hardie, <i>The Gamma-Gamma Model of Monetary Value</i>, 2013.</remarks>
/// <param name="P">p &gt; 0.</param>
/// <param name="Q">q &gt; 0; the mean exists when q &gt; 1.</param>
/// <param name="V">v &gt; 0, in the currency.</param>
public sealed record GammaGamma(double P, double Q, double V)
{
    /// <summary>E[M | x, z̄] = p(v + x z̄)/(p x + q − 1), from pv/(q−1) at x = 0 towards z̄.</summary>
    /// <param name="repeats">x ≥ 0.</param>
    /// <param name="meanSpend">z̄ &gt; 0, mean of the x purchases; ignored at x = 0.</param>
    /// <returns>A mean spend; +∞ where p x + q ≤ 1 and the mean does not exist.</returns>
    /// <exception cref="ArgumentOutOfRangeException">x is negative, or z̄ not positive with x &gt; 0.</exception>
    public double ExpectedSpend(int repeats, double meanSpend)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(repeats);
        if (repeats > 0)
            Guard.Positive(meanSpend);
        var denominator = P * repeats + (Q - 1);
        return denominator > 0
            ? P * (V + (repeats > 0 ? repeats * meanSpend : 0)) / denominator
            : double.PositiveInfinity;
    }

    /// <summary>
    /// ln f(z̄ | x) = ln Γ(px+q)/(Γ(px)Γ(q)) + q ln v + (px−1) ln z̄ + px ln x − (px+q) ln(v + x z̄).
    /// </summary>
    /// <param name="repeats">x ≥ 1.</param>
    /// <param name="meanSpend">z̄ &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">x or z̄ is not positive.</exception>
    public double LogLikelihood(int repeats, double meanSpend)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repeats);
        Guard.Positive(meanSpend);
        double x = repeats,
            px = P * x;
        return -Functions.LogBeta(px, Q)
            + Q * Math.Log(V)
            + (px - 1) * Math.Log(meanSpend)
            + px * Math.Log(x)
            - (px + Q) * Math.Log(V + x * meanSpend);
    }
}

/// <summary>Mean spend of one client.</summary>
/// <param name="Repeats">x, purchases the mean is taken over.</param>
/// <param name="MeanSpend">z̄, their mean, &gt; 0 where x &gt; 0.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct SpendSummary(int Repeats, double MeanSpend);
