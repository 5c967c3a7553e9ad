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
        var any = -Functions.ExpMinusOne(-r * Functions.LogOnePlus(t / alpha));
        if (n == 1)
            return any;
        // Long spans: terms fall so slowly that those before n are fewer, and small against P(N ≥ 1) while n(1−z) < 1.
        if (z > 0.999 && r < 1 && n * (alpha / (alpha + t)) < 1)
        {
            double term = Probability(1, r, alpha, t),
                head = 0;
            for (var i = 1; i < n; i++)
            {
                head += term;
                term *= z * (r + i) / (i + 1);
            }
            return Math.Max(0, any - head);
        }
        if (z > 0.99999)
            return MathNet.Numerics.SpecialFunctions.BetaRegularized(n, r, z);
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
            down *= i / (z * (r + (i - 1)));
        }
        return Math.Max(0, 1 - before);
    }
}
