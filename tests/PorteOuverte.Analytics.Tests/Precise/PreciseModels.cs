using W = PorteOuverte.Analytics.Tests.Wide;

namespace PorteOuverte.Analytics.Tests;

/// <summary>The formulas of the papers in 31 digits, by other ways than the library's.</summary>
internal static class PreciseModels
{
    /// <summary>(r)ₙ as a logarithm: a product.</summary>
    public static W LogRising(W r, int n)
    {
        W log = W.Zero,
            product = W.One;
        for (var i = 0; i < n; i++)
        {
            product *= r + i;
            if (product.High is > 1e200 or < 1e-200)
                (log, product) = (log + W.Log(product), W.One);
        }
        return log + W.Log(product);
    }

    /// <summary>
    /// The common form of BG, MBG and CNBD-k: ln of stay·[S·(α+T)^−c + odds·(α+t_x)^−c]·(r)_{kx} α^r, and P(alive).
    /// </summary>
    public static (W LogLikelihood, W Alive) BetaGeometric(
        bool atOnce,
        int k,
        double r,
        double alpha,
        double a,
        double b,
        PurchaseSummary client
    )
    {
        var (x, age, last) = (client.Repeats, (W)client.Age, (W)client.Last);
        W c = (W)r + (double)k * x,
            end = age + alpha,
            u = (age - last) / end,
            ticks = W.One,
            term = W.One;
        for (var j = 1; j < k; j++)
            ticks += term = term * (c + (j - 1.0)) / j * u;
        var survived = x + (atOnce ? 1 : 0);
        var stay = LogRising(b, survived) - LogRising((W)a + b, survived);
        var common = stay + LogRising(r, k * x) + (W)r * W.Log(alpha);
        if (!atOnce && x == 0)
            return (common - c * W.Log(end), W.One);
        var odds = (W)a / ((W)b + (survived - 1.0));
        var exponent = c * W.LogOnePlus((age - last) / (last + alpha));
        var fade = W.Exp(-exponent);
        var bracket = ticks * fade + odds;
        return (
            common
                - c * W.Log(last + alpha)
                + W.Log(bracket)
                + (k - 1.0) * (W)client.LogGaps
                - (double)x * LogRising(1, k - 1),
            ticks * fade / bracket
        );
    }

    /// <summary>E[(1 − (1 + pt/α)^−r)/p] over p ~ Beta(a, b), by trapezoids in the logit of p, beside their own norm.</summary>
    public static W Dropout(W r, W alpha, W a, W b, double t)
    {
        // So small a b spreads the law further than the trapezoids reach.
        if (b.High < 0.01)
            return RegularDropout(r, alpha, a, b, t, 1, 0);
        double centre = Math.Log(a.High / b.High),
            width = Math.Sqrt(1 / a.High + 1 / b.High);
        W norm = W.Zero,
            sum = W.Zero;
        for (var i = -240; i <= 240; i++)
        {
            var u = i / 40.0;
            W up = W.Exp(u),
                sinh = (up - W.One / up) * 0.5,
                cosh = (up + W.One / up) * 0.5;
            var logit = sinh * width + centre;
            var logP =
                logit.High < 0 ? logit - W.LogOnePlus(W.Exp(logit)) : -W.LogOnePlus(W.Exp(-logit));
            var logQ = logP - logit;
            var density =
                W.Exp(
                    a * logP
                        + b * logQ
                        + (a.High + b.High) * 0.7 * (a.High > 1 && b.High < 5 ? 1 : 0)
                ) * cosh;
            // A peaked law underflows unless measured from its top.
            if (b.High > 5)
                density =
                    W.Exp(
                        a * (logP - Math.Log(a.High / (a.High + b.High)))
                            + b * (logQ - Math.Log(b.High / (a.High + b.High)))
                    ) * cosh;
            if (!(density.High > 1e-40))
                continue;
            norm += density;
            var p = W.Exp(logP);
            var y = r * W.LogOnePlus(p * t / alpha);
            // 1 − e^−y, by its series where it would cancel.
            var lost = y.High < 1e-3 ? Series(y) : W.One - W.Exp(-y);
            sum += density * lost / p;
        }
        return sum / norm;
    }

    private static W Series(W y)
    {
        W term = y,
            sum = y;
        for (var n = 2; n < 12; n++)
            sum += term = -term * y / n;
        return sum;
    }

    /// <summary>Σᵢ P(M ≥ k(i+1) − j) (b)ᵢ/(a+b)ᵢ with the tails as one minus the head, 31 digits allowing.</summary>
    public static W RegularDropout(W r, W alpha, W a, W b, double t, int k, int elapsed)
    {
        W z = (W)t / (alpha + t),
            weight = W.Exp(-r * W.LogOnePlus((W)t / alpha)),
            head = weight,
            survival = W.One,
            sum = W.Zero;
        var purchases = 0;
        for (var n = 1; n < 200_000; n++)
        {
            var tail = W.One - head;
            if ((n + elapsed) % k == 0)
            {
                sum += tail * survival;
                survival = survival * (b + purchases) / (a + b + purchases);
                purchases++;
            }
            weight = weight * z * (r + (n - 1.0)) / n;
            head += weight;
            if (tail.High < 1e-29 && n > r.High * z.High)
                break;
        }
        return sum;
    }

    /// <summary>P(N = n) and P(N ≥ n) of the negative binomial.</summary>
    public static (W Exactly, W AtLeast) NegativeBinomial(int n, W r, W alpha, double t)
    {
        W z = (W)t / (alpha + t),
            weight = W.Exp(-r * W.LogOnePlus((W)t / alpha)),
            below = W.Zero;
        for (var i = 0; i < n; i++)
        {
            below += weight;
            weight = weight * z * (r + (double)i) / (i + 1.0);
        }
        return (weight, W.One - below);
    }

    /// <summary>s ∫ ((α+T)/(α+τ))^c ((β+T)/(β+τ))^s dτ/(β+τ) by tanh-sinh in τ itself; returned with its largest factor's log.</summary>
    public static (W Gone, W Exponent) Pareto(
        double r,
        double alpha,
        double s,
        double beta,
        PurchaseSummary client
    )
    {
        W c = (W)r + client.Repeats,
            startAlpha = (W)alpha + client.Last,
            startBeta = (W)beta + client.Last;
        var silence = (W)client.Age - client.Last;
        var exponent =
            c * W.LogOnePlus(silence / startAlpha) + (W)s * W.LogOnePlus(silence / startBeta);
        if (silence.High <= 0)
            return (W.Zero, W.Zero);
        // Only where the integrand lives: 75 e-folds from the start.
        var reach = Math.Min(
            (double)silence,
            Math.Min((double)startAlpha * (Math.Exp(75 / (double)c) - 1), 1e300)
        );
        var integral = W.Integral(
            0,
            reach == (double)silence ? silence : reach,
            d =>
                W.Exp(-c * W.LogOnePlus(d / startAlpha) - (W)s * W.LogOnePlus(d / startBeta))
                / (startBeta + d)
        );
        return (integral * s, exponent);
    }
}
