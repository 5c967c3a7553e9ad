using MathNet.Numerics;

namespace PorteOuverte.Analytics;

/// <summary>Is a loss an isolated case or the first of an avalanche?</summary>
public static partial class Losses
{
    /// <summary>
    /// Prospective scan for a recent cluster: the largest log-likelihood ratio over windows that end now.
    /// </summary>
    /// <param name="daysAgo">Distances of the losses in days before today, in any order, each ≥ 0.</param>
    /// <param name="options">Windows, horizon, trigger rule, client-days; the defaults are those of the design.</param>
    /// <returns>The window that stands out most, and the probability of one as strong were losses even in time.</returns>
    /// <remarks>
    /// LLR(w) = c ln(c/μ) + (C − c) ln((C − c)/(C − μ)) when c &gt; μ, else 0, with c of C losses within w days and
    /// μ = C·E_w/E_H. Trigger rule: one looks <i>because</i> a loss just happened, so the latest loss is removed and
    /// time is measured back from it (Slivnyak–Mecke); a lone loss then proves nothing.
    /// Given C the losses fall multinomially into the nested windows; the p-value is that of the maximum, summed
    /// exactly over all counts up to 1 000 losses and by seeded Monte Carlo beyond.
    /// Source: M. Kulldorff, JRSS A 164 (2001).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A distance is negative or not a number.</exception>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public static LossScan Scan(ReadOnlySpan<double> daysAgo, ScanOptions? options = null) =>
        LossScan.Of(daysAgo, options ?? new ScanOptions());

    /// <summary>The same scan from dates; a loss after <paramref name="today"/> is refused.</summary>
    /// <param name="losses">Dates of the losses, in any order.</param>
    /// <param name="today">The day of looking.</param>
    /// <param name="options">As for the distances.</param>
    /// <exception cref="ArgumentOutOfRangeException">A loss lies in the future.</exception>
    public static LossScan Scan(
        ReadOnlySpan<DateOnly> losses,
        DateOnly today,
        ScanOptions? options = null
    ) => Scan(DaysAgo(losses, today), options);

    /// <summary>Compares recent losses with earlier ones: K₁ | K₀ + K₁ ~ Bin(K₀ + K₁, E₁/(E₀ + E₁)).</summary>
    /// <param name="recent">K₁, recent losses.</param>
    /// <param name="recentExposure">E₁, months (or client-months) they fell in, &gt; 0.</param>
    /// <param name="past">K₀, earlier losses.</param>
    /// <param name="pastExposure">E₀, months (or client-months) they fell in, &gt; 0.</param>
    /// <returns>Exact and mid p-values, and the posterior of both rates under Jeffreys' prior.</returns>
    /// <remarks>Source: J. Przyborowski and H. Wilenski, Biometrika 31 (1940); H. Jeffreys, <i>Theory of Probability</i>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or an exposure not positive.</exception>
    public static CountComparison Compare(
        int recent,
        double recentExposure,
        int past,
        double pastExposure
    ) => CountComparison.Of(recent, recentExposure, past, pastExposure);

    /// <summary>
    /// Gamma–Poisson predictive P(K ≥ k) = I_{E/(b+E)}(k, a) of the losses in a coming exposure.
    /// </summary>
    /// <param name="atLeast">k ≥ 0.</param>
    /// <param name="exposure">E, the exposure to come, &gt; 0.</param>
    /// <param name="shape">a of the rate's Gamma law, as k₀ + ½ after k₀ losses.</param>
    /// <param name="rate">b of the rate's Gamma law, as the exposure seen so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is negative, or another number is not positive.</exception>
    public static double PredictiveTail(int atLeast, double exposure, double shape, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atLeast);
        Guard.Positive(exposure);
        Guard.Positive(shape);
        Guard.Positive(rate);
        return atLeast == 0
            ? 1
            : SpecialFunctions.BetaRegularized(atLeast, shape, exposure / (rate + exposure));
    }

    /// <summary>
    /// What could have been detected: the least number of recent losses whose comparison with the past reaches a
    /// level. A verdict of "no sign" means little where this number is large.
    /// </summary>
    /// <param name="past">k₀, earlier losses.</param>
    /// <param name="pastExposure">E₀ &gt; 0.</param>
    /// <param name="recentExposure">E₁ &gt; 0.</param>
    /// <param name="level">The p-value to reach, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static int Detectable(int past, double pastExposure, double recentExposure, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(past);
        Guard.Positive(pastExposure);
        Guard.Positive(recentExposure);
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(
                nameof(level),
                level,
                "A level in (0, 1) is needed."
            );
        var share = recentExposure / (pastExposure + recentExposure);
        // The tail falls with the count, so doubling and halving finds the first that reaches the level.
        int low = 0,
            high = 1;
        while (CountComparison.Tail(high, past, share) > level && high < int.MaxValue / 2)
            (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) =
                CountComparison.Tail(middle, past, share) > level ? (middle, high) : (low, middle);
        }
        return high;
    }

    internal static double[] DaysAgo(ReadOnlySpan<DateOnly> losses, DateOnly today)
    {
        var days = new double[losses.Length];
        for (var i = 0; i < days.Length; i++)
        {
            if (losses[i] > today)
                throw new ArgumentOutOfRangeException(
                    nameof(losses),
                    losses[i],
                    "A loss lies after the day of looking."
                );
            days[i] = today.DayNumber - losses[i].DayNumber;
        }
        return days;
    }
}
