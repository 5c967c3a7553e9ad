namespace PorteOuverte.Analytics;

/// <summary>How clients pay: indicators, trends of their delays, penalties.</summary>
public static partial class Payments
{
    /// <summary>
    /// Mann–Kendall test of a monotone trend and Sen's slope with its interval, for values equally spaced in time.
    /// </summary>
    /// <param name="series">The values, oldest first; two to 5 000.</param>
    /// <param name="confidence">Level of Sen's interval, in (0, 1).</param>
    /// <returns>S, its variance with ties, Z, exact or approximate p-values and the slope per step.</returns>
    /// <remarks>
    /// S = Σᵢ﹤ⱼ sign(xⱼ − xᵢ); Var S = [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] / 18 over groups of t ties;
    /// Z = (S ∓ 1)/√Var S. Without ties and for n ≤ 50 the p-values are exact (permutations counted by inversions).
    /// Sources: H. B. Mann, Econometrica 13 (1945); M. G. Kendall, <i>Rank Correlation Methods</i>, 1975;
    /// P. K. Sen, JASA 63 (1968); R. O. Gilbert, <i>Statistical Methods for Environmental Pollution Monitoring</i>, 1987.
    /// </remarks>
    /// <exception cref="ArgumentException">Fewer than two values, or more than 5 000.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the level lies outside (0, 1).</exception>
    public static PaymentTrend Trend(ReadOnlySpan<double> series, double confidence = 0.95)
    {
        if (series.Length < 2)
            throw new ArgumentException("A trend needs at least two values.", nameof(series));
        if (series.Length > PaymentTrend.Longest)
            throw new ArgumentException(
                "All pairs of so long a series are too many; take its latest part.",
                nameof(series)
            );
        foreach (var value in series)
            Guard.Finite(value, nameof(series));
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(
                nameof(confidence),
                confidence,
                "A level in (0, 1) is needed."
            );
        return PaymentTrend.Of(series, confidence);
    }
}
