using W = PorteOuverte.Analytics.Tests.Wide;

namespace PorteOuverte.Analytics.Tests;

/// <summary>BG/NBD, MBG/NBD and MBG/CNBD-k at the corners of <see cref="Limits"/>.</summary>
public class BetaGeometricLimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Beta_geometric_models_hold_at_their_limits(bool atOnce)
    {
        var points = 0;
        foreach (var (r, alpha, a, b) in Limits.Geometric)
        {
            LifetimeModel model = atOnce ? new MbgNbd(r, alpha, a, b) : new BgNbd(r, alpha, a, b);
            foreach (var client in Limits.Clients)
            {
                var (log, alive) = PreciseModels.BetaGeometric(atOnce, 1, r, alpha, a, b, client);
                points += Limits.Near(
                    model.ProbabilityAlive(client),
                    alive,
                    2e-12,
                    $"P(alive) {model} {client}"
                );
                points += Limits.LogNear(model.LogLikelihood(client), log, client);
                foreach (var t in (double[])[1e-6, 39, 520])
                {
                    var alpha2 = (W)alpha + client.Age;
                    var cet =
                        alive
                        * PreciseModels.Dropout(
                            (W)r + client.Repeats,
                            alpha2,
                            a,
                            (W)b + client.Repeats + (atOnce ? 1 : 0),
                            t
                        );
                    points += Limits.Near(
                        model.ConditionalExpectedPurchases(client, t),
                        cet,
                        5e-12,
                        $"CET({t}) {model} {client}"
                    );
                    var any =
                        alive
                        * PreciseModels
                            .NegativeBinomial(1, (W)r + client.Repeats, alpha2, t)
                            .AtLeast;
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
                var start = atOnce ? (W)b / ((W)a + b) : W.One;
                var expected =
                    start * PreciseModels.Dropout(r, alpha, a, (W)b + (atOnce ? 1.0 : 0), t);
                points += Limits.Near(
                    model.ExpectedPurchases(t),
                    expected,
                    5e-12,
                    $"E[X({t})] {model}"
                );
                foreach (var n in (int[])[0, 1, 10, 200])
                {
                    var (exactly, atLeast) = PreciseModels.NegativeBinomial(n, r, alpha, t);
                    var stay = W.Exp(
                        PreciseModels.LogRising(b, n) - PreciseModels.LogRising((W)a + b, n)
                    );
                    var pmf =
                        atOnce ? stay / ((W)a + b + n) * (((W)b + n) * exactly + (W)a * atLeast)
                        : n == 0 ? exactly
                        : stay * (exactly + (W)a / ((W)b + (n - 1.0)) * atLeast);
                    // The check itself loses the tail as one minus the head where that is below 1e-20.
                    if (atLeast.High > 1e-18)
                        points += Limits.Near(
                            model.Probability(n, t),
                            pmf,
                            1e-11,
                            $"P(X({t}) = {n}) {model}"
                        );
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
        foreach (var (r, alpha, a, b) in Limits.Geometric)
        {
            var model = new MbgCnbdK(k, r, alpha, a, b);
            foreach (var bare in Limits.Clients)
            {
                var client = bare with { LogGaps = bare.Repeats * -.3 };
                var (log, alive) = PreciseModels.BetaGeometric(true, k, r, alpha, a, b, client);
                points += Limits.Near(
                    model.ProbabilityAlive(client),
                    alive,
                    2e-11,
                    $"P(alive) {model} {client}"
                );
                points += Limits.LogNear(model.LogLikelihood(client), log, client, k);
            }
            // Expected purchases: the mean over the ticks already made, each a sum of tails.
            foreach (
                var client in (PurchaseSummary[])
                    [new(0, 0, 38.86), new(3, 30, 52), new(26, 30.86, 31)]
            )
            {
                var cet = model.ConditionalExpectedPurchases(client, 39);
                W c = (W)r + (double)k * client.Repeats,
                    end = (W)alpha + client.Age,
                    weight = W.One,
                    weights = W.Zero,
                    sum = W.Zero;
                for (var j = 0; j < k; j++)
                {
                    if (j > 0)
                        weight = weight * (c + (j - 1.0)) / j * ((W)client.Age - client.Last) / end;
                    weights += weight;
                    sum +=
                        weight
                        * PreciseModels.RegularDropout(
                            c + (double)j,
                            end,
                            a,
                            (W)b + client.Repeats + 1.0,
                            39,
                            k,
                            j
                        );
                }
                var (_, alive) = PreciseModels.BetaGeometric(true, k, r, alpha, a, b, client);
                points += Limits.Near(cet, alive * sum / weights, 5e-12, $"CET {model} {client}");
            }
            // A tail of 1e-22 is where the check stops; a tiny time has tails below it from the second purchase on.
            points += Limits.Near(
                model.ExpectedPurchases(52),
                (W)b / ((W)a + b) * PreciseModels.RegularDropout(r, alpha, a, (W)b + 1.0, 52, k, 0),
                5e-12,
                $"E[X] {model}"
            );
        }
        points.ShouldBeGreaterThan(500);
    }
}
