using System.Globalization;
using W = PorteOuverte.Analytics.Tests.Wide;

namespace PorteOuverte.Analytics.Tests;

/// <summary>
/// The corners of the models against computations in 31 digits by other ways (quadrature for series, series for
/// quadrature): x = 0 and 1000, t_x = T and nearly, T tiny, a = 1 and nearly, s = 1 and nearly, α below, at and above β.
/// </summary>
public class LimitTests
{
    private static readonly PurchaseSummary[] Clients =
    [
        new(0, 0, 1e-6), new(0, 0, 38.86), new(0, 0, 5e4),
        new(1, 1e-7, 1e-6), new(1, 1.71, 38.86), new(1, 38.86, 38.86),
        new(3, 38.85999999, 38.86), new(26, 30.86, 31), new(40, 1, 60),
        new(1000, 150, 150), new(1000, 149.9, 150), new(1000, 100, 150), new(1000, 1, 150),
    ];

    private static readonly (double R, double Alpha, double A, double B)[] Geometric =
    [
        (.243, 4.414, .793, 2.426),
        (.243, 4.414, 1, 2.426),
        (.243, 4.414, 1 + 1e-9, .3),
        (2.5, .05, 1 - 1e-9, 12),
        (.6, 200, 3.5, .8),
    ];

    private static readonly (double R, double Alpha, double S, double Beta)[] Paretos =
    [
        (.553, 10.578, .606, 11.669),
        (.553, 11.669, .606, 11.669),
        (.553, 11.669, 1, 11.669 * (1 + 1e-12)),
        (.553, 14, 1 + 1e-9, 3),
        (2.5, .05, 1 - 1e-9, 40),
        (.6, 300, 2.5, .02),
    ];

    private static int Near(double actual, W expected, double relative, FormattableString what)
    {
        var wide = (double)expected;
        // Below 1e-290 either has run out of exponent.
        if (Math.Abs(wide) < 1e-290 && Math.Abs(actual) < 1e-290)
            return 1;
        (Math.Abs(actual - wide) <= relative * Math.Abs(wide)).ShouldBeTrue(
            string.Create(CultureInfo.InvariantCulture, $"{what.ToString(CultureInfo.InvariantCulture)}: {actual:R}, not {wide:R}, off by {Math.Abs(actual / wide - 1):E1}")
        );
        return 1;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Beta_geometric_models_hold_at_their_limits(bool atOnce)
    {
        var points = 0;
        foreach (var (r, alpha, a, b) in Geometric)
        {
            LifetimeModel model = atOnce ? new MbgNbd(r, alpha, a, b) : new BgNbd(r, alpha, a, b);
            foreach (var client in Clients)
            {
                var (log, alive) = PreciseModels.BetaGeometric(atOnce, 1, r, alpha, a, b, client);
                points += Near(model.ProbabilityAlive(client), alive, 2e-12, $"P(alive) {model} {client}");
                points += LogNear(model.LogLikelihood(client), log, client);
                foreach (var t in (double[])[1e-6, 39, 520])
                {
                    var alpha2 = (W)alpha + client.Age;
                    var cet = alive * PreciseModels.Dropout((W)r + client.Repeats, alpha2, a, (W)b + client.Repeats + (atOnce ? 1 : 0), t);
                    points += Near(model.ConditionalExpectedPurchases(client, t), cet, 5e-12, $"CET({t}) {model} {client}");
                    var any = alive * PreciseModels.NegativeBinomial(1, (W)r + client.Repeats, alpha2, t).AtLeast;
                    points += Near(model.ProbabilityOfAny(client, t), any, 5e-12, $"any({t}) {model} {client}");
                }
            }
            foreach (var t in (double[])[1e-6, 1, 39, 5200])
            {
                var start = atOnce ? (W)b / ((W)a + b) : W.One;
                var expected = start * PreciseModels.Dropout(r, alpha, a, (W)b + (atOnce ? 1.0 : 0), t);
                points += Near(model.ExpectedPurchases(t), expected, 5e-12, $"E[X({t})] {model}");
                foreach (var n in (int[])[0, 1, 10, 200])
                {
                    var (exactly, atLeast) = PreciseModels.NegativeBinomial(n, r, alpha, t);
                    var stay = W.Exp(PreciseModels.LogRising(b, n) - PreciseModels.LogRising((W)a + b, n));
                    var pmf = atOnce
                        ? stay / ((W)a + b + n) * (((W)b + n) * exactly + (W)a * atLeast)
                        : n == 0 ? exactly : stay * (exactly + (W)a / ((W)b + (n - 1.0)) * atLeast);
                    // The check itself loses the tail as one minus the head where that is below 1e-20.
                    if (atLeast.High > 1e-18)
                        points += Near(model.Probability(n, t), pmf, 1e-11, $"P(X({t}) = {n}) {model}");
                }
            }
        }
        points.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void MBG_CNBD_k_holds_at_its_limits()
    {
        var points = 0;
        foreach (var k in (int[])[1, 2, 5, 8])
        foreach (var (r, alpha, a, b) in Geometric)
        {
            var model = new MbgCnbdK(k, r, alpha, a, b);
            foreach (var bare in Clients)
            {
                var client = bare with { LogGaps = bare.Repeats * -.3 };
                var (log, alive) = PreciseModels.BetaGeometric(true, k, r, alpha, a, b, client);
                points += Near(model.ProbabilityAlive(client), alive, 2e-11, $"P(alive) {model} {client}");
                points += LogNear(model.LogLikelihood(client), log, client, k);
            }
            // Expected purchases: the mean over the ticks already made, each a sum of tails.
            foreach (var client in (PurchaseSummary[])[new(0, 0, 38.86), new(3, 30, 52), new(26, 30.86, 31)])
            {
                var cet = model.ConditionalExpectedPurchases(client, 39);
                W c = (W)r + (double)k * client.Repeats, end = (W)alpha + client.Age, weight = W.One, weights = W.Zero, sum = W.Zero;
                for (var j = 0; j < k; j++)
                {
                    if (j > 0)
                        weight = weight * (c + (j - 1.0)) / j * ((W)client.Age - client.Last) / end;
                    weights += weight;
                    sum += weight * PreciseModels.RegularDropout(c + (double)j, end, a, (W)b + client.Repeats + 1.0, 39, k, j);
                }
                var (_, alive) = PreciseModels.BetaGeometric(true, k, r, alpha, a, b, client);
                points += Near(cet, alive * sum / weights, 5e-12, $"CET {model} {client}");
            }
            // A tail of 1e-22 is where the check stops; a tiny time has tails below it from the second purchase on.
            points += Near(
                model.ExpectedPurchases(52),
                (W)b / ((W)a + b) * PreciseModels.RegularDropout(r, alpha, a, (W)b + 1.0, 52, k, 0),
                5e-12,
                $"E[X] {model}"
            );
        }
        points.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Pareto_NBD_holds_at_its_limits()
    {
        var points = 0;
        foreach (var (r, alpha, s, beta) in Paretos)
        {
            var model = new ParetoNbd(r, alpha, s, beta);
            foreach (var client in Clients)
            {
                var (gone, exponent) = PreciseModels.Pareto(r, alpha, s, beta, client);
                var fade = W.Exp(-exponent);
                var alive = fade / (fade + gone);
                points += Near(model.ProbabilityAlive(client), alive, 5e-12, $"P(alive) {model} {client}");
                W c = (W)r + client.Repeats, endAlpha = (W)alpha + client.Age, endBeta = (W)beta + client.Age;
                var log =
                    PreciseModels.LogRising(r, client.Repeats)
                    + (W)r * W.Log(alpha) + (W)s * W.Log(beta) - c * W.Log(endAlpha) - (W)s * W.Log(endBeta)
                    + exponent + W.Log(fade + gone);
                points += LogNear(model.LogLikelihood(client), log, client);
                foreach (var t in (double[])[1e-6, 39, 520])
                {
                    var cet = alive * c / endAlpha * Length(s, endBeta, t);
                    points += Near(model.ConditionalExpectedPurchases(client, t), cet, 5e-12, $"CET({t}) {model} {client}");
                    var any = alive * c / endAlpha * W.Integral(
                        0, t,
                        d => W.Exp(-(c + 1.0) * W.LogOnePlus(d / endAlpha) - (W)s * W.LogOnePlus(d / endBeta)),
                        24
                    );
                    points += Near(model.ProbabilityOfAny(client, t), any, 5e-12, $"any({t}) {model} {client}");
                }
            }
            foreach (var t in (double[])[1e-6, 1, 39, 5200])
            {
                points += Near(model.ExpectedPurchases(t), (W)r / alpha * Length(s, beta, t), 5e-12, $"E[X({t})] {model}");
                foreach (var n in (int[])[0, 1, 10])
                {
                    var pmf = PreciseModels.NegativeBinomial(n, r, alpha, t).Exactly * W.Exp(-(W)s * W.LogOnePlus((W)t / beta))
                        + (W)s * W.Integral(0, t, d => Binomial(n, r, alpha, d) * W.Exp(-((W)s + 1.0) * W.LogOnePlus(d / beta)) / beta, 32);
                    points += Near(model.Probability(n, t), pmf, 1e-10, $"P(X({t}) = {n}) {model}");
                }
            }
        }
        points.ShouldBeGreaterThan(500);

        // (β' − β'^s (β'+t)^(1−s))/(s−1), which is β' ln(1 + t/β') at s = 1.
        static W Length(double s, W beta, double t)
        {
            var log = W.LogOnePlus((W)t / beta);
            var power = ((W)s - 1.0) * log;
            if (Math.Abs(power.High) > 1e-3)
                return beta * (W.One - W.Exp(-power)) / ((W)s - 1.0);
            W term = log, sum = log;
            for (var n = 2; n < 12; n++)
                sum += term = -term * power / n;
            return beta * sum;
        }

        static W Binomial(int n, double r, double alpha, W t)
        {
            var z = t / (t + alpha);
            var value = W.Exp(-(W)r * W.LogOnePlus(t / alpha));
            for (var i = 0; i < n; i++)
                value = value * z * ((W)r + (double)i) / (i + 1.0);
            return value;
        }
    }

    [Fact]
    public void NBD_BG_BB_and_the_contract_model_hold_at_their_limits()
    {
        var points = 0;
        foreach (var (r, alpha, _, _) in Geometric)
        {
            var model = new Nbd(r, alpha);
            foreach (var client in Clients)
            {
                var log = PreciseModels.LogRising(r, client.Repeats) + (W)r * W.Log(alpha) - ((W)r + client.Repeats) * W.Log((W)alpha + client.Age);
                points += LogNear(model.LogLikelihood(client), log, client);
            }
            foreach (var n in (int[])[0, 1, 30, 1000])
            foreach (var t in (double[])[1e-6, 5, 39, 400])
                points += Near(model.Probability(n, t), PreciseModels.NegativeBinomial(n, r, alpha, t).Exactly, 5e-12, $"P({n}; {t}) {model}");
        }
        foreach (var (alpha, beta, gamma, delta) in ((double, double, double, double)[])[(1.204, .75, .657, 2.783), (.5, .5, 1, 1), (3, .2, 1 + 1e-10, .1)])
        {
            var model = new BgBb(alpha, beta, gamma, delta);
            foreach (var (x, last, n) in ((int, int, int)[])[(0, 0, 1), (0, 0, 6), (0, 0, 1000), (1, 1, 1), (1, 1, 60), (5, 5, 6), (6, 6, 6), (700, 1000, 1000), (300, 900, 1000)])
            {
                W Bought(int i) => W.Exp(PreciseModels.LogRising(alpha, x) + PreciseModels.LogRising(beta, i - x) - PreciseModels.LogRising((W)alpha + beta, i));
                W Stayed(int i) => W.Exp(PreciseModels.LogRising(delta, i) - PreciseModels.LogRising((W)gamma + delta, i));
                var likelihood = Bought(n) * Stayed(n);
                for (var i = last; i < n; i++)
                    likelihood += Bought(i) * Stayed(i) * (W)gamma / ((W)gamma + delta + i);
                var client = new RenewalSummary(x, last, n);
                points += Near(model.LogLikelihood(client), W.Log(likelihood), 1e-12, $"LL {model} {client}");
                points += Near(model.ProbabilityAlive(client), Bought(n) * Stayed(n + 1) / likelihood, 5e-12, $"P(alive) {model} {client}");
                var later = W.Zero;
                for (var i = 1; i <= 12; i++)
                    later += Stayed(n + i);
                var cet = Bought(n) * ((W)alpha + x) / ((W)alpha + beta + n) * later / likelihood;
                points += Near(model.ConditionalExpectedPurchases(client, 12), cet, 5e-12, $"CET {model} {client}");
            }
        }
        foreach (var (alpha, beta) in ((double, double)[])[(.704, 1.182), (1, 1), (1e-6, 3), (40, .01)])
        foreach (var t in (int[])[1, 2, 8, 100, 1000])
        {
            var model = new ShiftedBetaGeometric(alpha, beta);
            var survival = W.Exp(PreciseModels.LogRising(beta, t) - PreciseModels.LogRising((W)alpha + beta, t));
            points += Near(model.Survival(t), survival, 5e-12, $"S({t}) {model}");
            points += Near(model.Retention(t), ((W)beta + (t - 1.0)) / ((W)alpha + beta + (t - 1.0)), 1e-14, $"r({t}) {model}");
        }
        points.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Gamma_Gamma_and_the_gamma_functions_hold_at_their_limits()
    {
        var points = 0;
        foreach (var x in (double[])[1e-8, .001, .243, .5, 1, 1.5, 2, 3.7, 9.99, 10, 55.5, 1000.25, 1e6])
        {
            var log = W.LogGamma(x);
            // Near its zeros at 1 and 2 the logarithm is known absolutely, not relatively.
            Functions.LogGamma(x).ShouldBe((double)log, 4e-15 * Math.Max(1, Math.Abs(log.High)));
            foreach (var n in (int[])[0, 1, 5, 40, 41, 1000])
                points += Near(Functions.LogRising(x, n) + 1, PreciseModels.LogRising(x, n) + 1, 5e-15 * n.CompareTo(0) + 4e-15, $"({x})_{n}");
        }
        foreach (var (p, q, v) in ((double, double, double)[])[(6.25, 3.74, 15.44), (1, 1 + 1e-9, 1e-3), (.05, 40, 1e6)])
        foreach (var x in (int[])[1, 2, 30, 1000])
        foreach (var z in (double[])[1e-3, 35, 1e6])
        {
            var model = new GammaGamma(p, q, v);
            W px = (W)p * x, total = (W)x * z;
            var log = W.LogGamma(px + q) - W.LogGamma(px) - W.LogGamma(q) + (W)q * W.Log(v) - W.Log(z) + px * W.Log(total) - (px + q) * W.Log(total + v);
            model.LogLikelihood(x, z).ShouldBe((double)log, 1e-14 * (Math.Abs(log.High) + 20 * p * x * Math.Log(1e6 * x) + 50));
            points += Near(model.ExpectedSpend(x, z), (W)p * ((W)v + total) / (px + q - 1.0), 1e-13, $"E[M] {model} {x} {z}");
        }
        points.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Discounted_purchases_are_the_integral_of_the_expected_ones()
    {
        foreach (var (r, alpha, s, beta) in Paretos)
        foreach (var delta in (double[])[.0027, .05])
        {
            var model = new ParetoNbd(r, alpha, s, beta);
            var client = new PurchaseSummary(7, 35, 77.86);
            model.DiscountedResidualPurchases(client, delta).ShouldBeNear(
                Functions.HalfLine(u => model.ConditionalExpectedPurchases(client, u / delta)),
                1e-9
            );
        }
        // BG/NBD, by hand over a long horizon of weeks: Σ ΔCET e^{−δ(week − ½)}, the error of half weeks being small.
        var bg = new BgNbd(.243, 4.414, .793, 2.426);
        var buyer = new PurchaseSummary(7, 70, 77.86);
        double sum = 0, before = 0;
        for (var week = 1; week <= 4000; week++)
        {
            var now = bg.ConditionalExpectedPurchases(buyer, week);
            sum += (now - before) * Math.Exp(-.01 * (week - .5));
            before = now;
        }
        bg.DiscountedResidualPurchases(buyer, .01).ShouldBeNear(sum, 1e-5);
    }

    /// <summary>A log-likelihood is a sum of parts that cancel: its error is measured against the largest of them.</summary>
    private static int LogNear(double actual, W expected, PurchaseSummary client, int k = 1)
    {
        var parts = Math.Abs(expected.High) + k * client.Repeats * Math.Log(2 + k * client.Repeats) * 2 + 40;
        actual.ShouldBe((double)expected, 2e-14 * parts, client.ToString());
        return 1;
    }
}
