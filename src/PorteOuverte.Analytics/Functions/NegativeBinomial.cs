namespace PorteOuverte.Analytics;

/// <summary>
/// Purchases in a time t when the rate is Gamma(r, α): P(N = n) = (r)ₙ/n! (α/(α+t))^r (t/(α+t))ⁿ.
/// </summary>
internal static class NegativeBinomial
{
    public static double Probability(double n, double r, double alpha, double t)
    {
        if (t <= 0)
            return n == 0 ? 1 : 0;
        return Math.Exp(
            Functions.LogRising(r, n)
                - Functions.LogRising(1, n)
                - r * Functions.LogOnePlus(t / alpha)
                - n * Functions.LogOnePlus(alpha / t)
        );
    }

    /// <summary>P(N ≥ n), by positive terms from n on where they fall, else as one minus those before.</summary>
    public static double Tail(int n, double r, double alpha, double t)
    {
        if (n <= 0)
            return 1;
        if (t <= 0)
            return 0;
        var z = t / (alpha + t);
        if (z > 0.999)
            return MathNet.Numerics.SpecialFunctions.BetaRegularized(n, r, z);
        if (n == 1)
            return -Functions.ExpMinusOne(-r * Functions.LogOnePlus(t / alpha));
        if (n > r * t / alpha)
        {
            double term = Probability(n, r, alpha, t),
                sum = 0;
            for (var i = (double)n; term > sum * 1e-17; i++)
            {
                sum += term;
                term *= z * (r + i) / (i + 1);
            }
            return Math.Min(1, sum);
        }
        double down = Probability(n - 1, r, alpha, t),
            before = 0;
        for (double i = n - 1; i >= 0 && down > before * 1e-17; i--)
        {
            before += down;
            down *= i / (z * (r + i - 1));
        }
        return Math.Max(0, 1 - before);
    }
}
