namespace PorteOuverte.Analytics;

/// <summary>
/// Expected purchases when each is survived with probability q ~ Beta(b, a) and there is time for
/// N ~ NB(r, z = t/(α+t)) of them: Σₙ P(N = n) Σ_{j&lt;n} E[qʲ], E[qʲ] = (b)ⱼ/(a+b)ⱼ.
/// </summary>
/// <remarks>
/// Equal to (a+b−1)/(a−1) · [1 − (α/(α+t))^r ₂F₁(r, b; a+b−1; z)], yet all its terms are positive: a = 1 is no
/// special case and nothing cancels at large counts. Relative error below 1e-12.
/// </remarks>
internal static class DropoutSum
{
    private const double MostTerms = 200_000;
    private const double Huge = 1e250;

    // k: ticks of the clock per purchase (Erlang-k gaps), 1 for the NBD; elapsed: ticks gone since the last one, below k.
    public static double Expected(
        double r,
        double alpha,
        double a,
        double b,
        double t,
        int k = 1,
        int elapsed = 0
    )
    {
        if (t <= 0)
            return 0;
        var z = t / (alpha + t);
        if (k == 1 && r * t / alpha + 40 / (1 - z) > MostTerms)
            return ByQuadrature(r, alpha, a, b, t);
        // Unnormalised weights, divided by their sum: (1−z)^r underflows long before the ratio does.
        double weight = 1,
            weights = 1,
            survival = 1,
            expected = 0,
            sum = 0;
        var untilPurchase = k - elapsed;
        double purchases = 0;
        for (var n = 1.0; ; n++)
        {
            weight *= z * (r + (n - 1)) / n;
            if (--untilPurchase == 0)
            {
                expected += survival;
                survival *= (b + purchases) / (a + b + purchases);
                purchases++;
                untilPurchase = k;
            }
            var term = weight * expected;
            weights += weight;
            sum += term;
            // Once the ratio of terms stays below ρ < 1, what is left is less than term·ρ/(1−ρ).
            var ratio = z * (1 + Math.Max(0, r - 1) / (n + 1)) * (1 + 1 / n);
            if (ratio < 1 && expected > 0 && term * ratio < 1e-17 * (1 - ratio) * sum)
                break;
            if (n > 100 * MostTerms || !(weights < double.MaxValue))
                break;
            if (weights > Huge)
                (weight, weights, sum) = (weight / Huge, weights / Huge, sum / Huge);
        }
        return sum / weights;
    }

    /// <summary>
    /// E[(1 − (1 + pt/α)^−r)/p] over p ~ Beta(a, b): trapezoids in the logit of p, stretched by a hyperbolic sine.
    /// For spans so long that the series would need very many terms.
    /// </summary>
    private static double ByQuadrature(double r, double alpha, double a, double b, double t)
    {
        double norm = 0,
            sum = 0;
        var centre = Math.Log(a / b);
        var width = Math.Sqrt(1 / a + 1 / b);
        for (var i = -256; i <= 256; i++)
        {
            var u = i / 32.0;
            var logit = centre + width * Math.Sinh(u);
            var (logP, logQ) =
                logit < 0
                    ? (
                        logit - Functions.LogOnePlus(Math.Exp(logit)),
                        -Functions.LogOnePlus(Math.Exp(logit))
                    )
                    : (
                        -Functions.LogOnePlus(Math.Exp(-logit)),
                        -logit - Functions.LogOnePlus(Math.Exp(-logit))
                    );
            var peak = a * -Functions.LogOnePlus(b / a) + b * -Functions.LogOnePlus(a / b);
            var density = Math.Exp(a * logP + b * logQ - peak) * Math.Cosh(u);
            if (!(density > 0))
                continue;
            norm += density;
            var reached = logP + Math.Log(t) - Math.Log(alpha);
            // ln(1 + pt/α) without overflow; for tiny p the quotient tends to r t/α.
            var log = reached > 40 ? reached : Functions.LogOnePlus(Math.Exp(reached));
            sum +=
                density
                * (
                    reached < -36
                        ? r * t / alpha
                        : -Functions.ExpMinusOne(-r * log) * Math.Exp(-logP)
                );
        }
        return Math.Min(sum / norm, r * t / alpha);
    }
}
