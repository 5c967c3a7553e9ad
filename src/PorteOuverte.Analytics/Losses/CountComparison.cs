using MathNet.Numerics;

namespace PorteOuverte.Analytics;

/// <summary>Recent losses beside earlier ones.</summary>
/// <param name="Recent">K₁.</param>
/// <param name="RecentExposure">E₁.</param>
/// <param name="Past">K₀.</param>
/// <param name="PastExposure">E₀.</param>
/// <param name="PValue">P(K ≥ K₁) for K ~ Bin(K₀ + K₁, E₁/(E₀ + E₁)).</param>
/// <param name="MidPValue">The same with half the probability of K₁ itself: less conservative for small counts.</param>
public sealed record CountComparison(
    int Recent,
    double RecentExposure,
    int Past,
    double PastExposure,
    double PValue,
    double MidPValue
)
{
    /// <summary>
    /// P(λ₁ &gt; c·λ₀) when each rate is Gamma(k + ½, E) a posteriori (Jeffreys): 1 − I_z(k₁ + ½, k₀ + ½) with
    /// z = cE₁/(cE₁ + E₀).
    /// </summary>
    /// <param name="factor">c ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">c is negative or not finite.</exception>
    public double ProbabilityRateExceeds(double factor)
    {
        Guard.NotNegative(factor);
        // The other tail directly: 1 − I_z(a, b) = I_{1−z}(b, a).
        var other = PastExposure / (factor * RecentExposure + PastExposure);
        return SpecialFunctions.BetaRegularized(Past + 0.5, Recent + 0.5, other);
    }

    internal static CountComparison Of(
        int recent,
        double recentExposure,
        int past,
        double pastExposure
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(recent);
        ArgumentOutOfRangeException.ThrowIfNegative(past);
        Guard.Positive(recentExposure);
        Guard.Positive(pastExposure);
        var share = recentExposure / (recentExposure + pastExposure);
        var tail = Tail(recent, past, share);
        return new(
            recent,
            recentExposure,
            past,
            pastExposure,
            tail,
            (tail + Tail(recent + 1, past - 1, share)) / 2
        );
    }

    /// <summary>P(K ≥ recent) for K ~ Bin(recent + past, share).</summary>
    internal static double Tail(int recent, int past, double share) =>
        recent == 0 ? 1
        : past < 0 ? 0
        : SpecialFunctions.BetaRegularized(recent, past + 1.0, share);
}
