using MathNet.Numerics;

namespace PorteOuverte.Analytics;

/// <summary>One level of a factor (service, manager, reason, site, sector) with its clients and losses.</summary>
/// <param name="Factor">The factor's name, as "manager".</param>
/// <param name="Level">The level's name.</param>
/// <param name="Clients">K, clients of this level, the lost ones included.</param>
/// <param name="Losses">x, how many of them were lost.</param>
public readonly record struct CauseCount(string Factor, string Level, int Clients, int Losses);

/// <summary>How surprising the losses of one level are.</summary>
/// <param name="Cause">The level.</param>
/// <param name="Expected">nK/N, losses expected by chance.</param>
/// <param name="PValue">P(X ≥ x), hypergeometric.</param>
/// <param name="QValue">Adjusted by Benjamini–Hochberg over all levels tested.</param>
public sealed record SharedCause(CauseCount Cause, double Expected, double PValue, double QValue);

public static partial class Losses
{
    /// <summary>Fewer losses than this at a level share nothing.</summary>
    private const int FewestShared = 2;

    /// <summary>
    /// Which causes the losses share: hypergeometric upper tail per level with at least two losses, adjusted for
    /// looking at many levels (Benjamini–Hochberg).
    /// </summary>
    /// <param name="clients">N, clients of the portfolio, the lost ones included.</param>
    /// <param name="losses">n, clients lost.</param>
    /// <param name="causes">The levels; those with fewer than two losses are not tested and not returned.</param>
    /// <returns>The tested levels, the most surprising first.</returns>
    /// <exception cref="ArgumentException">A level holds more losses than clients, or than there are.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or n exceeds N.</exception>
    public static IReadOnlyList<SharedCause> SharedCauses(
        int clients,
        int losses,
        IEnumerable<CauseCount> causes
    )
    {
        ArgumentNullException.ThrowIfNull(causes);
        var tested = causes.Where(c => c.Losses >= FewestShared).ToArray();
        var p = Array.ConvertAll(
            tested,
            c => HypergeometricTail(clients, c.Clients, losses, c.Losses)
        );
        var q = BenjaminiHochberg(p);
        return
        [
            .. tested
                .Select(
                    (c, i) => new SharedCause(c, (double)losses * c.Clients / clients, p[i], q[i])
                )
                .OrderBy(c => c.PValue),
        ];
    }

    /// <summary>P(X ≥ x) when n clients are drawn from N, K of which are marked.</summary>
    /// <param name="population">N.</param>
    /// <param name="marked">K.</param>
    /// <param name="drawn">n.</param>
    /// <param name="atLeast">x.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or K or n exceeds N, or x exceeds K or n.</exception>
    public static double HypergeometricTail(int population, int marked, int drawn, int atLeast)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(marked);
        ArgumentOutOfRangeException.ThrowIfNegative(drawn);
        ArgumentOutOfRangeException.ThrowIfNegative(atLeast);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(marked, population);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(drawn, population);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atLeast, Math.Min(marked, drawn));
        var all = SpecialFunctions.BinomialLn(population, drawn);
        var sum = 0.0;
        for (
            var x = Math.Max(atLeast, drawn - (population - marked));
            x <= Math.Min(marked, drawn);
            x++
        )
            sum += Math.Exp(
                SpecialFunctions.BinomialLn(marked, x)
                    + SpecialFunctions.BinomialLn(population - marked, drawn - x)
                    - all
            );
        return Math.Min(1, sum);
    }

    /// <summary>Benjamini–Hochberg adjusted p-values q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎·m/j, at most 1.</summary>
    /// <param name="pValues">m p-values in any order; may be empty.</param>
    /// <returns>m q-values in the same order.</returns>
    /// <remarks>Source: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A p-value lies outside [0, 1].</exception>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        foreach (var p in pValues)
            Guard.Probability(p, nameof(pValues));
        var (sorted, order) = (pValues.ToArray(), Enumerable.Range(0, pValues.Length).ToArray());
        Array.Sort(sorted, order);
        var adjusted = new double[sorted.Length];
        var least = 1.0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            // The quotient first: p·m/m may come out below p.
            least = Math.Min(least, sorted[i] * ((double)sorted.Length / (i + 1)));
            adjusted[order[i]] = least;
        }
        return adjusted;
    }
}
