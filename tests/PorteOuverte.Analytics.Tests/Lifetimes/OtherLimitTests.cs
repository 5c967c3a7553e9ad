using W = PorteOuverte.Analytics.Tests.Wide;

namespace PorteOuverte.Analytics.Tests;

/// <summary>NBD, BG/BB, the contract model and Gamma-Gamma at the corners of <see cref="Limits"/>.</summary>
public class OtherLimitTests
{
    [Fact]
    public void NBD_holds_at_its_limits()
    {
        var points = 0;
        foreach (var (r, alpha, _, _) in Limits.Geometric)
        {
            var model = new Nbd(r, alpha);
            foreach (var client in Limits.Clients)
            {
                var log =
                    PreciseModels.LogRising(r, client.Repeats)
                    + (W)r * W.Log(alpha)
                    - ((W)r + client.Repeats) * W.Log((W)alpha + client.Age);
                points += Limits.LogNear(model.LogLikelihood(client), log, client);
            }
            foreach (var n in (int[])[0, 1, 30, 1000])
            foreach (var t in (double[])[1e-6, 5, 39, 400])
                points += Limits.Near(
                    model.Probability(n, t),
                    PreciseModels.NegativeBinomial(n, r, alpha, t).Exactly,
                    5e-12,
                    $"P({n}; {t}) {model}"
                );
        }
        points.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void BG_BB_holds_at_its_limits()
    {
        var points = 0;
        foreach (
            var (alpha, beta, gamma, delta) in ((double, double, double, double)[])
                [
                    (1.204, .75, .657, 2.783),
                    (.5, .5, 1, 1),
                    (3, .2, 1 + 1e-10, .1),
                    (1e-3, 2, 1 - 1e-10, 50),
                ]
        )
        {
            var model = new BgBb(alpha, beta, gamma, delta);
            foreach (
                var (x, last, n) in ((int, int, int)[])
                    [
                        (0, 0, 1),
                        (0, 0, 6),
                        (0, 0, 1000),
                        (1, 1, 1),
                        (1, 1, 60),
                        (5, 5, 6),
                        (6, 6, 6),
                        (700, 1000, 1000),
                        (5000, 9000, 9999),
                        (300, 900, 1000),
                    ]
            )
            {
                // Relative to the last purchase: ten thousand occasions are below any exponent.
                W LogBought(int i) =>
                    PreciseModels.LogRising(alpha, x)
                    + PreciseModels.LogRising(beta, i - x)
                    - PreciseModels.LogRising((W)alpha + beta, i);
                W LogStayed(int i) =>
                    PreciseModels.LogRising(delta, i)
                    - PreciseModels.LogRising((W)gamma + delta, i);
                var origin = LogBought(last) + LogStayed(last);
                W term = W.One,
                    gone = W.Zero;
                for (var i = last; i < n; i++)
                {
                    gone += term * ((W)gamma / ((W)gamma + delta + i));
                    term *= ((W)beta + (i - x)) / ((W)alpha + beta + i);
                    term *= ((W)delta + i) / ((W)gamma + delta + i);
                }
                var still = W.Exp(LogBought(n) + LogStayed(n) - origin);
                var likelihood = gone + still;
                var client = new RenewalSummary(x, last, n);
                points += Limits.Near(
                    model.LogLikelihood(client),
                    origin + W.Log(likelihood),
                    2e-11,
                    $"LL {model} {client}"
                );
                points += Limits.Near(
                    model.ProbabilityAlive(client),
                    still * W.Exp(LogStayed(n + 1) - LogStayed(n)) / likelihood,
                    5e-12,
                    $"P(alive) {model} {client}"
                );
                var later = W.Zero;
                for (var i = 1; i <= 12; i++)
                    later += W.Exp(LogStayed(n + i) - LogStayed(n));
                var cet = still * ((W)alpha + x) / ((W)alpha + beta + n) * later / likelihood;
                points += Limits.Near(
                    model.ConditionalExpectedPurchases(client, 12),
                    cet,
                    5e-12,
                    $"CET {model} {client}"
                );
            }
        }
        points.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_contract_model_holds_at_its_limits()
    {
        var points = 0;
        foreach (
            var (alpha, beta) in ((double, double)[])
                [(.704, 1.182), (1, 1), (1e-6, 3), (40, .01), (1, 1e-9), (1e4, 1e4)]
        )
        foreach (var t in (int[])[1, 2, 3, 8, 40, 61, 100, 1000, 10_000])
        {
            var model = new ShiftedBetaGeometric(alpha, beta);
            var survival = W.Exp(
                PreciseModels.LogRising(beta, t) - PreciseModels.LogRising((W)alpha + beta, t)
            );
            points += Limits.Near(model.Survival(t), survival, 5e-12, $"S({t}) {model}");
            points += Limits.Near(
                model.Retention(t),
                ((W)beta + (t - 1.0)) / ((W)alpha + beta + (t - 1.0)),
                1e-14,
                $"r({t}) {model}"
            );
        }
        points.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Gamma_Gamma_and_the_gamma_functions_hold_at_their_limits()
    {
        var points = 0;
        foreach (
            var x in (double[])[1e-8, .001, .243, .5, 1, 1.5, 2, 3.7, 9.99, 10, 55.5, 1000.25, 1e6]
        )
        {
            var log = W.LogGamma(x);
            // Near its zeros at 1 and 2 the logarithm is known absolutely, not relatively.
            Functions.LogGamma(x).ShouldBe((double)log, 4e-15 * Math.Max(1, Math.Abs(log.High)));
            foreach (var n in (int[])[0, 1, 5, 40, 41, 1000])
                points += Limits.Near(
                    Functions.LogRising(x, n) + 1,
                    PreciseModels.LogRising(x, n) + 1,
                    5e-15 * n.CompareTo(0) + 4e-15,
                    $"({x})_{n}"
                );
        }
        foreach (
            var (p, q, v) in ((double, double, double)[])
                [(6.25, 3.74, 15.44), (1, 1 + 1e-9, 1e-3), (.05, 40, 1e6), (30, 1, 1)]
        )
        foreach (var x in (int[])[1, 2, 30, 1000])
        foreach (var z in (double[])[1e-3, 35, 1e6])
        {
            var model = new GammaGamma(p, q, v);
            W px = (W)p * x,
                total = (W)x * z;
            var log =
                W.LogGamma(px + q)
                - W.LogGamma(px)
                - W.LogGamma(q)
                + (W)q * W.Log(v)
                - W.Log(z)
                + px * W.Log(total)
                - (px + q) * W.Log(total + v);
            model
                .LogLikelihood(x, z)
                .ShouldBe(
                    (double)log,
                    1e-14 * (Math.Abs(log.High) + 20 * p * x * Math.Log(1e6 * x) + 50)
                );
            points += Limits.Near(
                model.ExpectedSpend(x, z),
                (W)p * ((W)v + total) / (px + q - 1.0),
                1e-13,
                $"E[M] {model} {x} {z}"
            );
        }
        points.ShouldBeGreaterThan(100);
    }
}
