namespace PorteOuverte.Analytics;

/// <summary>
/// Shifted-beta-geometric: at each renewal a client leaves with probability θ ~ Beta(α, β), so that those who stay
/// are ever more loyal.
/// </summary>
/// <remarks>Source: P. S. Fader and B. G. S. Hardie, Journal of Interactive Marketing 21 (2007).</remarks>
/// <param name="Alpha">α &gt; 0.</param>
/// <param name="Beta">β &gt; 0.</param>
public sealed record ShiftedBetaGeometric(double Alpha, double Beta)
{
    /// <summary>S(t) = B(α, β+t)/B(α, β), the share still there after t renewals.</summary>
    /// <param name="renewals">t ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is negative.</exception>
    public double Survival(int renewals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(renewals);
        return Math.Exp(Functions.LogStay(Alpha, Beta, renewals));
    }

    /// <summary>P(T = t) = B(α+1, β+t−1)/B(α, β), leaving at renewal t.</summary>
    /// <param name="renewal">t ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is not positive.</exception>
    public double Probability(int renewal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(renewal);
        return Survival(renewal - 1) * Alpha / (Alpha + Beta + (renewal - 1));
    }

    /// <summary>Retention rate r(t) = S(t)/S(t−1) = (β+t−1)/(α+β+t−1): it rises with t.</summary>
    /// <param name="renewal">t ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is not positive.</exception>
    public double Retention(int renewal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(renewal);
        return (Beta + (renewal - 1)) / (Alpha + Beta + (renewal - 1));
    }

    /// <summary>
    /// Discounted expected residual renewals Σ_{t≥n} S(t)/S(n−1)·(1+d)^−(t−n) of a client about to renew for the n-th
    /// time.
    /// </summary>
    /// <param name="renewal">n ≥ 1.</param>
    /// <param name="discount">d &gt; 0 per period.</param>
    /// <exception cref="ArgumentOutOfRangeException">n or d is not positive.</exception>
    public double DiscountedResidualRenewals(int renewal, double discount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(renewal);
        Guard.Positive(discount);
        double term = 1,
            sum = 0;
        for (var t = renewal; ; t++)
        {
            term *= Retention(t);
            sum += term;
            term /= 1 + discount;
            // What is left is less than a geometric series in the discount alone.
            if (term < 1e-16 * sum * discount / (1 + discount) || t - renewal > 100_000_000)
                return sum;
        }
    }
}
