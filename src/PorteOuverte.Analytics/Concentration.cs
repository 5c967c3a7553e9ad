namespace PorteOuverte.Analytics;

/// <summary>How much a portfolio depends on its largest clients, and what would change it.</summary>
/// <remarks>
/// Sources: O. C. Herfindahl, <i>Concentration in the Steel Industry</i>, 1950; C. Gini, <i>Variabilità e
/// mutabilità</i>, 1912; C. E. Shannon, <i>A Mathematical Theory of Communication</i>, 1948.
/// </remarks>
public static class Concentration
{
    /// <summary>Measures the concentration of a portfolio.</summary>
    /// <param name="revenues">One revenue per client, in any one currency, in any order; each ≥ 0.</param>
    /// <returns>Shares, HHI, effective number of clients, Gini and Shannon measures.</returns>
    /// <exception cref="ArgumentException">The span is empty, or every revenue is zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A revenue is negative, infinite or not a number.</exception>
    public static ConcentrationProfile Of(ReadOnlySpan<double> revenues)
    {
        if (revenues.IsEmpty)
            throw new ArgumentException("At least one client is needed.", nameof(revenues));
        var total = 0.0;
        foreach (var revenue in revenues)
        {
            Guard.NotNegative(revenue, nameof(revenues));
            total += revenue;
        }
        if (total <= 0)
            throw new ArgumentException("At least one revenue must be positive.", nameof(revenues));
        return new ConcentrationProfile(revenues, total);
    }

    /// <summary>
    /// New revenue to win from <i>other</i> clients for a client to fall to the share θ: max(0, Rᵢ/θ − R).
    /// </summary>
    /// <param name="revenue">Rᵢ, the client's revenue.</param>
    /// <param name="total">R, the revenue of all clients, this one included.</param>
    /// <param name="threshold">θ, the share to reach, in (0, 1].</param>
    /// <returns>Revenue in the unit of the inputs; 0 when the client already stands at or below θ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A revenue is negative or not finite, the client's is more than the total, or θ lies outside (0, 1].
    /// </exception>
    public static double ToWinElsewhere(double revenue, double total, double threshold)
    {
        Guard.NotNegative(revenue);
        Guard.NotNegative(total);
        if (revenue > total)
            throw new ArgumentOutOfRangeException(
                nameof(revenue),
                revenue,
                "A client cannot exceed the total."
            );
        if (!(threshold > 0 && threshold <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(threshold),
                threshold,
                "The share to reach lies in (0, 1]."
            );
        return Math.Max(0, revenue / threshold - total);
    }

    /// <summary>
    /// Number m of new clients of one size a that brings the HHI to h: the larger root of
    /// h a² m² + (2 h R a − a²) m + h R² − Σrᵢ² = 0, since (Σrᵢ² + m a²) / (R + m a)² = h.
    /// </summary>
    /// <param name="revenues">One revenue per present client, each ≥ 0.</param>
    /// <param name="hhi">h, the index to reach, in (0, 1].</param>
    /// <param name="size">a, the revenue of each new client, &gt; 0.</param>
    /// <returns>The real-valued root (round up for whole clients); 0 when the index is already at or below h.</returns>
    /// <exception cref="ArgumentException">The revenues are empty or all zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A revenue, h or a lies outside its range.</exception>
    public static double ClientsToReach(ReadOnlySpan<double> revenues, double hhi, double size)
    {
        var profile = Of(revenues);
        if (!(hhi > 0 && hhi <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(hhi),
                hhi,
                "The index to reach lies in (0, 1]."
            );
        Guard.Positive(size);
        if (profile.Hhi <= hhi)
            return 0;
        // In units of the total, so that huge or tiny currencies do not overflow the squares.
        var a = size / profile.Total;
        var linear = 2 * hhi * a - a * a;
        var constant = hhi - profile.Hhi;
        // The constant is negative, hence one positive root; this form does not subtract when linear > 0.
        var root = Math.Sqrt(linear * linear - 4 * hhi * a * a * constant);
        return linear > 0 ? -2 * constant / (linear + root) : (root - linear) / (2 * hhi * a * a);
    }
}
