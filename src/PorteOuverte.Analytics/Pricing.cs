namespace PorteOuverte.Analytics;

/// <summary>What a price rise may cost, and what a client is still worth.</summary>
public static class Pricing
{
    /// <summary>Share of the clients that may leave after a price rise without losing contribution: p/(p + m).</summary>
    /// <param name="rise">p, the rise as a fraction of the old price (0.05 = 5 %), ≥ 0.</param>
    /// <param name="margin">m, the contribution margin as a fraction of the old price, &gt; 0.</param>
    /// <returns>A share in [0, 1).</returns>
    /// <remarks>From (1 − share)(m + p) = m. Source: T. Nagle, <i>The Strategy and Tactics of Pricing</i>, 1987.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The rise is negative or the margin not positive.</exception>
    public static double ToleratedLoss(double rise, double margin)
    {
        Guard.NotNegative(rise);
        Guard.Positive(margin);
        return rise / (rise + margin);
    }

    /// <summary>
    /// Residual value of a client: Σ M qᵗ = M q (1 − qⁿ)/(1 − q), q = (1 − c)/(1 + d), the margin of each coming
    /// month weighted with the probability that the client is still there and discounted.
    /// </summary>
    /// <param name="monthlyMargin">M, in any currency.</param>
    /// <param name="monthlyChurn">c, the monthly probability of leaving, in [0, 1].</param>
    /// <param name="monthlyDiscount">d, the monthly discount rate, ≥ 0.</param>
    /// <param name="months">n; null for ever.</param>
    /// <returns>A value in the margin's currency; ±∞ when it is for ever without churn or discount.</returns>
    /// <remarks>Source: S. Gupta and D. Lehmann, Journal of Interactive Marketing 17 (2003).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static double ResidualValue(
        double monthlyMargin,
        double monthlyChurn,
        double monthlyDiscount,
        int? months = null
    )
    {
        Guard.Finite(monthlyMargin);
        Guard.Probability(monthlyChurn);
        Guard.NotNegative(monthlyDiscount);
        if (months is < 0)
            throw new ArgumentOutOfRangeException(
                nameof(months),
                months,
                "A number of months is not negative."
            );
        if (monthlyMargin == 0 || months == 0)
            return 0;
        // 1 − q = (c + d)/(1 + d), written without the subtraction.
        var leaving = (monthlyChurn + monthlyDiscount) / (1 + monthlyDiscount);
        var staying = (1 - monthlyChurn) / (1 + monthlyDiscount);
        if (months is not { } n)
            return leaving == 0
                ? monthlyMargin * double.PositiveInfinity
                : monthlyMargin * staying / leaving;
        if (leaving == 0)
            return monthlyMargin * n;
        return staying == 0
            ? 0
            : -monthlyMargin
                * staying
                * Functions.ExpMinusOne(n * Functions.LogOnePlus(-leaving))
                / leaving;
    }
}
