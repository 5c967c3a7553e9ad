namespace PorteOuverte.Analytics;

internal static partial class Functions
{
    /// <summary>ln Γ(x), x &gt; 0: Stirling's series above 10, the recurrence below; about 2·10⁻¹⁵ of max(1, |ln Γ|).</summary>
    public static double LogGamma(double x)
    {
        var product = 1.0;
        while (x < 10)
        {
            product *= x;
            x++;
        }
        return (x - 0.5) * Math.Log(x)
            - x
            + 0.91893853320467274178
            + StirlingSeries(x)
            - Math.Log(product);
    }

    /// <summary>Σ B₂ₙ/(2n(2n−1)x^(2n−1)), for x ≥ 10.</summary>
    private static double StirlingSeries(double x)
    {
        var inverse = 1 / x;
        var square = inverse * inverse;
        return inverse
            * (
                1.0 / 12
                + square
                    * (
                        -1.0 / 360
                        + square
                            * (
                                1.0 / 1260
                                + square
                                    * (
                                        -1.0 / 1680
                                        + square
                                            * (
                                                1.0 / 1188
                                                + square * (-691.0 / 360360 + square * (1.0 / 156))
                                            )
                                    )
                            )
                    )
            );
    }

    /// <summary>ψ(x), x &gt; 0, by the same two steps.</summary>
    public static double Digamma(double x)
    {
        var sum = 0.0;
        while (x < 10)
        {
            sum -= 1 / x;
            x++;
        }
        var square = 1 / (x * x);
        return sum
            + Math.Log(x)
            - 0.5 / x
            - square
                * (
                    1.0 / 12
                    - square
                        * (
                            1.0 / 120
                            - square
                                * (
                                    1.0 / 252
                                    - square
                                        * (
                                            1.0 / 240
                                            - square
                                                * (
                                                    1.0 / 132
                                                    - square * (691.0 / 32760 - square / 12)
                                                )
                                        )
                                )
                        )
                );
    }

    /// <summary>ln (r)ₙ = ln Γ(r + n) − ln Γ(r), without the cancellation for short products.</summary>
    public static double LogRising(double r, double n)
    {
        if (n != Math.Floor(n))
            return LogGamma(r + n) - LogGamma(r);
        if (n > 60)
            // Two large logarithms of Γ would cancel: Stirling's parts are subtracted one by one.
            return r < 10 ? LogRising(r, 10) + LogRisingFar(r + 10, n - 10) : LogRisingFar(r, n);
        double product = 1,
            log = 0;
        for (var i = 0; i < n; i++)
        {
            product *= r + i;
            if (product is > 1e200 or < 1e-200)
                (log, product) = (log + Math.Log(product), 1);
        }
        return log + Math.Log(product);
    }

    /// <summary>
    /// ln (b)ₙ/(a+b)ₙ = ln B(a, b+n)/B(a, b), n whole: a product while short, else Γ(b+n)/Γ(a+b+n) as one step of a.
    /// </summary>
    public static double LogStay(double a, double b, double n)
    {
        // A step of a large a would cancel more than a long product rounds.
        var shortest = Math.Max(60, Math.Min(20 * a, 20_000));
        double product = 1,
            log = 0;
        var factors = n <= shortest ? n : 10;
        for (var i = 0; i < factors; i++)
        {
            product *= (b + i) / (a + b + i);
            if (product < 1e-200)
                (log, product) = (log + Math.Log(product), 1);
        }
        log += Math.Log(product);
        return n <= shortest ? log : log + LogRisingFar(b + factors, a) - LogRisingFar(b + n, a);
    }

    private static double LogRisingFar(double r, double n) =>
        (r - 0.5) * LogOnePlus(n / r)
        + n * (Math.Log(r + n) - 1)
        + StirlingSeries(r + n)
        - StirlingSeries(r);

    /// <summary>ψ(r + n) − ψ(r).</summary>
    public static double DigammaRise(double r, double n)
    {
        if (n > 20 || n != Math.Floor(n))
            return Digamma(r + n) - Digamma(r);
        var sum = 0.0;
        for (var i = 0; i < n; i++)
            sum += 1 / (r + i);
        return sum;
    }

    /// <summary>ln B(a, b).</summary>
    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);
}
