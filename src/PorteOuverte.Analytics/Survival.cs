using MathNet.Numerics;

namespace PorteOuverte.Analytics;

/// <summary>Contracts and durations, some of them still running (right-censored).</summary>
/// <remarks>
/// A duration is a time ≥ 0 in any one unit; its event flag says whether it ended (true) or is still running (false).
/// </remarks>
public static class Survival
{
    /// <summary>Kaplan–Meier estimate S(t) = Π_{tᵢ ≤ t} (1 − dᵢ/nᵢ) with Greenwood's variance.</summary>
    /// <param name="times">Durations, one per client.</param>
    /// <param name="ended">One flag per client: true when the duration ended, false when it is still running.</param>
    /// <param name="confidence">Level of the band, in (0, 1).</param>
    /// <remarks>
    /// The band is exp(−exp(ln(−ln S) ± z·se)), which stays within [0, 1].
    /// Source: E. L. Kaplan and P. Meier, JASA 53 (1958); M. Greenwood, <i>The Errors of Sampling of the Survivorship
    /// Tables</i>, 1926.
    /// </remarks>
    /// <exception cref="ArgumentException">The sample is empty or the lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative or not finite.</exception>
    public static KaplanMeierCurve KaplanMeier(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        double confidence = 0.95
    )
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(
                nameof(confidence),
                confidence,
                "A level in (0, 1) is needed."
            );
        return new KaplanMeierCurve(RiskTable.Of(times, ended), confidence);
    }

    /// <summary>Nelson–Aalen estimate of the cumulative hazard H(t) = Σ_{tᵢ ≤ t} dᵢ/nᵢ, ties not smoothed.</summary>
    /// <param name="times">Durations, one per client.</param>
    /// <param name="ended">One flag per client: true when the duration ended.</param>
    /// <remarks>Variance Σ dᵢ/nᵢ². Source: O. Aalen, Annals of Statistics 6 (1978).</remarks>
    /// <exception cref="ArgumentException">The sample is empty or the lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative or not finite.</exception>
    public static NelsonAalenCurve NelsonAalen(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended
    ) => new(RiskTable.Of(times, ended));

    /// <summary>Log-rank test that two or more groups share one hazard.</summary>
    /// <param name="times">Durations, one per client.</param>
    /// <param name="ended">One flag per client: true when the duration ended.</param>
    /// <param name="groups">The group of each client, numbered from 0 without gaps.</param>
    /// <returns>χ² with groups − 1 degrees of freedom and its p-value.</returns>
    /// <remarks>Hypergeometric variance at tied times. Source: N. Mantel, Cancer Chemotherapy Reports 50 (1966).</remarks>
    /// <exception cref="ArgumentException">The sample is empty, lengths differ, or there are not two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative or not finite, or a group is negative.</exception>
    public static LogRankTest LogRank(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<int> groups
    ) => LogRankTest.Of(times, ended, groups);

    /// <summary>Cox's proportional hazards h(t|x) = h₀(t)·e^{xβ} by Newton's method on the partial likelihood.</summary>
    /// <param name="times">Durations, n of them.</param>
    /// <param name="ended">n flags: true when the duration ended.</param>
    /// <param name="covariates">n × p numbers, row by row, without a constant.</param>
    /// <param name="ties">How tied endings are treated.</param>
    /// <remarks>Sources: D. R. Cox, JRSS B 34 (1972); B. Efron, JASA 72 (1977); N. Breslow, Biometrics 30 (1974).</remarks>
    /// <exception cref="ArgumentException">The sample is empty, lengths differ, or nothing ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative or a number is not finite.</exception>
    public static CoxFit Cox(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> covariates,
        Ties ties = Ties.Efron
    ) => CoxPartialLikelihood.Fit(times, ended, covariates, ties);

    /// <summary>Weibull accelerated failure time: S(t|x) = exp(−(t/λ)^ρ), ln λ = β₀ + xβ, by Newton's method.</summary>
    /// <param name="times">Durations, n of them, each &gt; 0.</param>
    /// <param name="ended">n flags: true when the duration ended.</param>
    /// <param name="covariates">n × p numbers, row by row, without a constant; empty for a plain Weibull fit.</param>
    /// <remarks>Source: J. D. Kalbfleisch and R. L. Prentice, <i>The Statistical Analysis of Failure Time Data</i>, 1980.</remarks>
    /// <exception cref="ArgumentException">The sample is empty, lengths differ, or nothing ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is not positive or a number is not finite.</exception>
    public static WeibullFit WeibullAft(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> covariates = default
    ) => WeibullLikelihood.Fit(times, ended, covariates);

    /// <summary>Harrell's concordance: the share of comparable pairs in which the riskier client ended first.</summary>
    /// <param name="times">Durations.</param>
    /// <param name="ended">One flag per duration: true when it ended.</param>
    /// <param name="risks">One score per duration, higher for an earlier end; equal scores count one half.</param>
    /// <returns>A number in [0, 1]; 0.5 when no pair can be compared.</returns>
    /// <remarks>
    /// A pair is comparable when the shorter duration ended; at equal durations, when just one ended.
    /// Source: F. E. Harrell et al., JAMA 247 (1982). O(n log n).
    /// </remarks>
    /// <exception cref="ArgumentException">The sample is empty or the lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative or a number is not finite.</exception>
    public static double Concordance(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> risks
    )
    {
        Guard.NotEmpty(times, nameof(times));
        Guard.SameLength(ended.Length, times.Length, nameof(ended));
        Guard.SameLength(risks.Length, times.Length, nameof(risks));
        foreach (var time in times)
            Guard.NotNegative(time, nameof(times));
        foreach (var risk in risks)
            Guard.Finite(risk, nameof(risks));
        return ConcordanceCount.Of(times, ended, risks);
    }

    internal static double ChiSquareTail(double chiSquare, double degrees) =>
        chiSquare <= 0 ? 1
        : chiSquare > 1400 + 4 * degrees ? 0
        : SpecialFunctions.GammaUpperRegularized(degrees / 2, chiSquare / 2);
}
