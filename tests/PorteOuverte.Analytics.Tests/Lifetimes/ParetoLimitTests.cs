using W = PorteOuverte.Analytics.Tests.Wide;

namespace PorteOuverte.Analytics.Tests;

/// <summary>Pareto/NBD at the corners of <see cref="Limits"/>, and discounted purchases.</summary>
public class ParetoLimitTests
{
    [Fact]
    public void Pareto_NBD_holds_at_its_limits()
    {
        var points = 0;
        foreach (var (r, alpha, s, beta) in Limits.Paretos)
        {
            var model = new ParetoNbd(r, alpha, s, beta);
            foreach (var client in Limits.Clients)
            {
                var (gone, exponent) = PreciseModels.Pareto(r, alpha, s, beta, client);
                var fade = W.Exp(-exponent);
                var alive = fade / (fade + gone);
                points += Limits.Near(
                    model.ProbabilityAlive(client),
                    alive,
                    5e-12,
                    $"P(alive) {model} {client}"
                );
                W c = (W)r + client.Repeats,
                    endAlpha = (W)alpha + client.Age,
                    endBeta = (W)beta + client.Age;
                var log =
                    PreciseModels.LogRising(r, client.Repeats)
                    + (W)r * W.Log(alpha)
                    + (W)s * W.Log(beta)
                    - c * W.Log(endAlpha)
                    - (W)s * W.Log(endBeta)
                    + exponent
                    + W.Log(fade + gone);
                points += Limits.LogNear(model.LogLikelihood(client), log, client);
                foreach (var t in (double[])[1e-6, 39, 520])
                {
                    var cet = alive * c / endAlpha * Length(s, endBeta, t);
                    points += Limits.Near(
                        model.ConditionalExpectedPurchases(client, t),
                        cet,
                        5e-12,
                        $"CET({t}) {model} {client}"
                    );
                    var any =
                        alive
                        * c
                        / endAlpha
                        * W.Integral(
                            0,
                            t,
                            d =>
                                W.Exp(
                                    -(c + 1.0) * W.LogOnePlus(d / endAlpha)
                                        - (W)s * W.LogOnePlus(d / endBeta)
                                ),
                            24
                        );
                    points += Limits.Near(
                        model.ProbabilityOfAny(client, t),
                        any,
                        5e-12,
                        $"any({t}) {model} {client}"
                    );
                }
            }
            foreach (var t in (double[])[1e-6, 1, 39, 5200])
            {
                points += Limits.Near(
                    model.ExpectedPurchases(t),
                    (W)r / alpha * Length(s, beta, t),
                    5e-12,
                    $"E[X({t})] {model}"
                );
                foreach (var n in (int[])[0, 1, 10])
                {
                    var pmf =
                        PreciseModels.NegativeBinomial(n, r, alpha, t).Exactly
                            * W.Exp(-(W)s * W.LogOnePlus((W)t / beta))
                        + (W)s
                            * W.Integral(
                                0,
                                t,
                                d =>
                                    Binomial(n, r, alpha, d)
                                    * W.Exp(-((W)s + 1.0) * W.LogOnePlus(d / beta))
                                    / beta,
                                32
                            );
                    points += Limits.Near(
                        model.Probability(n, t),
                        pmf,
                        1e-10,
                        $"P(X({t}) = {n}) {model}"
                    );
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
            W term = log,
                sum = log;
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
    public void Discounted_purchases_are_the_integral_of_the_expected_ones()
    {
        foreach (var (r, alpha, s, beta) in Limits.Paretos)
        foreach (var delta in (double[])[.0027, .05])
        {
            var model = new ParetoNbd(r, alpha, s, beta);
            var client = new PurchaseSummary(7, 35, 77.86);
            model
                .DiscountedResidualPurchases(client, delta)
                .ShouldBeNear(
                    Functions.HalfLine(u => model.ConditionalExpectedPurchases(client, u / delta)),
                    1e-9
                );
        }
        // BG/NBD, by hand over a long horizon of weeks: Σ ΔCET e^{−δ(week − ½)}, the error of half weeks being small.
        var bg = new BgNbd(.243, 4.414, .793, 2.426);
        var buyer = new PurchaseSummary(7, 70, 77.86);
        double sum = 0,
            before = 0;
        for (var week = 1; week <= 4000; week++)
        {
            var now = bg.ConditionalExpectedPurchases(buyer, week);
            sum += (now - before) * Math.Exp(-.01 * (week - .5));
            before = now;
        }
        bg.DiscountedResidualPurchases(buyer, .01).ShouldBeNear(sum, 1e-5);
    }
}
