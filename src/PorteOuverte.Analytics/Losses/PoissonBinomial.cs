namespace PorteOuverte.Analytics;

public static partial class Losses
{
    /// <summary>
    /// Law of the number of losses when client i is lost with probability pᵢ, independently of the others
    /// (as 1 − P(alive)): the Poisson-binomial law, by convolution.
    /// </summary>
    /// <param name="probabilities">pᵢ, in any order; may be empty.</param>
    /// <returns>P(N = 0), …, P(N = n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A probability lies outside [0, 1].</exception>
    public static double[] PoissonBinomial(ReadOnlySpan<double> probabilities)
    {
        var law = new double[probabilities.Length + 1];
        law[0] = 1;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            Guard.Probability(p, nameof(probabilities));
            for (var n = i + 1; n > 0; n--)
                law[n] = law[n] * (1 - p) + law[n - 1] * p;
            law[0] *= 1 - p;
        }
        return law;
    }

    /// <summary>P(N ≥ k) under the Poisson-binomial law.</summary>
    /// <param name="probabilities">pᵢ, in any order.</param>
    /// <param name="atLeast">k ≥ 0; 0 beyond the number of clients.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability lies outside [0, 1] or k is negative.</exception>
    public static double PoissonBinomialTail(ReadOnlySpan<double> probabilities, int atLeast)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atLeast);
        var law = PoissonBinomial(probabilities);
        var sum = 0.0;
        for (var n = law.Length - 1; n >= atLeast; n--)
            sum += law[n];
        return Math.Min(1, sum);
    }
}
