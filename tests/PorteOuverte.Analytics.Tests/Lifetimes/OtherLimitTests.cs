using W = PorteOuverte.Analytics.Tests.Wide;

namespace PorteOuverte.Analytics.Tests;

/// <summary>NBD, BG/BB, the contract model and Gamma-Gamma at the corners of <see cref="Limits"/>.</summary>
public class OtherLimitTests
{
    [Fact]
    public void NBD_BG_BB_and_the_contract_model_hold_at_their_limits()
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
        foreach (
            var (alpha, beta, gamma, delta) in ((double, double, double, double)[])
                [(1.204, .75, .657, 2.783), (.5, .5, 1, 1), (3, .2, 1 + 1e-10, .1)]
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
                        (300, 900, 1000),
                    ]
            )
            {
                W Bought(int i) =>
                    W.Exp(
                        PreciseModels.LogRising(alpha, x)
                            + PreciseModels.LogRising(beta, i - x)
                            - PreciseModels.LogRising((W)alpha + beta, i)
                    );
                W Stayed(int i) =>
                    W.Exp(
                        PreciseModels.LogRising(delta, i)
                            - PreciseModels.LogRising((W)gamma + delta, i)
                    );
                var likelihood = Bought(n) * Stayed(n);
                for (var i = last; i < n; i++)
                    likelihood += Bought(i) * Stayed(i) * (W)gamma / ((W)gamma + delta + i);
                var client = new RenewalSummary(x, last, n);
                points += Limits.Near(
                    model.LogLikelihood(client),
                    W.Log(likelihood),
                    1e-12,
                    $"LL {model} {client}"
                );
                points += Limits.Near(
                    model.ProbabilityAlive(client),
                    Bought(n) * Stayed(n + 1) / likelihood,
                    5e-12,
                    $"P(alive) {model} {client}"
                );
                var later = W.Zero;
                for (var i = 1; i <= 12; i++)
                    later += Stayed(n + i);
                var cet = Bought(n) * ((W)alpha + x) / ((W)alpha + beta + n) * later / likelihood;
                points += Limits.Near(
                    model.ConditionalExpectedPurchases(client, 12),
                    cet,
                    5e-12,
                    $"CET {model} {client}"
                );
            }
        }
        foreach (
            var (alpha, beta) in ((double, double)[])[(.704, 1.182), (1, 1), (1e-6, 3), (40, .01)]
        )
        foreach (var t in (int[])[1, 2, 8, 100, 1000])
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
        points.ShouldBeGreaterThan(200);
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
            // Limits.Near its zeros at 1 and 2 the logarithm is known absolutely, not relatively.
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
                [(6.25, 3.74, 15.44), (1, 1 + 1e-9, 1e-3), (.05, 40, 1e6)]
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
