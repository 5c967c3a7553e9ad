using FsCheck;
using FsCheck.Fluent;

namespace PorteOuverte.Analytics.Tests;

/// <summary>What must hold for any parameters and any client, drawn by FsCheck.</summary>
public class LifetimePropertyTests
{
    private static readonly Config Many = Drawn.Times(300);

    private static Gen<double> Between(double low, double high) =>
        Gen.Choose(0, 1_000_000).Select(i => low + (high - low) * i / 1_000_000.0);

    /// <summary>Log-uniform from a hundredth to a hundred.</summary>
    private static readonly Gen<double> Parameter = Between(-4.6, 4.6).Select(Math.Exp);

    private static readonly Gen<LifetimeModel> Models =
        from r in Parameter
        from alpha in Parameter
        from a in Parameter
        from b in Parameter
        from kind in Gen.Choose(0, 7)
        select (LifetimeModel)(
            kind switch
            {
                0 => new Nbd(r, alpha),
                1 or 2 => new BgNbd(r, alpha, a, b),
                3 => new MbgNbd(r, alpha, a, b),
                4 or 5 => new MbgCnbdK(2 + (int)(alpha * 10) % 7, r, alpha, a, b),
                _ => new ParetoNbd(r, alpha, a, b),
            }
        );

    private static readonly Gen<PurchaseSummary> Clients =
        from x in Gen.Frequency(
            (1, Gen.Constant(0)),
            (4, Gen.Choose(1, 12)),
            (1, Gen.Choose(13, 400))
        )
        from age in Between(-3, 6).Select(Math.Exp)
        from share in Gen.Frequency((1, Gen.Constant(1.0)), (5, Between(.001, 1)))
        select x == 0
            ? new PurchaseSummary(0, 0, age)
            : new PurchaseSummary(x, Math.Min(age, age * share), age);

    private static readonly Gen<(LifetimeModel Model, PurchaseSummary Client, double Time)> Cases =
        from model in Models
        from client in Clients
        from time in Between(-3, 6).Select(Math.Exp)
        select (model, client, time);

    private static void Hold(Func<LifetimeModel, PurchaseSummary, double, bool> property) =>
        Check.One(Many, Prop.ForAll(Cases.ToArbitrary(), c => property(c.Model, c.Client, c.Time)));

    [Fact]
    public void Probabilities_lie_between_nought_and_one() =>
        Hold(
            (model, client, time) =>
                model.ProbabilityAlive(client) is >= 0 and <= 1
                && model.ProbabilityOfAny(client, time) is >= 0 and <= 1
                && model.Probability(client.Repeats % 20, time) is >= 0 and <= 1 + 1e-12
        );

    [Fact]
    public void A_purchase_asks_for_being_alive() =>
        Hold(
            (model, client, time) =>
                model.ProbabilityOfAny(client, time) <= model.ProbabilityAlive(client) * (1 + 1e-12)
        );

    [Fact]
    public void At_least_one_purchase_is_no_likelier_than_many_are_expected() =>
        Hold(
            (model, client, time) =>
                model.ProbabilityOfAny(client, time)
                <= model.ConditionalExpectedPurchases(client, time) * (1 + 1e-10) + 1e-300
        );

    [Fact]
    public void Expected_purchases_are_not_negative_and_grow_with_time() =>
        Hold(
            (model, client, time) =>
            {
                var (some, more) = (
                    model.ConditionalExpectedPurchases(client, time),
                    model.ConditionalExpectedPurchases(client, 1.5 * time)
                );
                return some >= 0
                    && more >= some * (1 - 1e-12)
                    && double.IsFinite(more)
                    && model.ConditionalExpectedPurchases(client, 0) == 0;
            }
        );

    [Fact]
    public void Longer_silence_never_makes_a_client_likelier_to_be_alive() =>
        Hold(
            (model, client, time) =>
                model.ProbabilityAlive(client with { Age = client.Age + time })
                <= model.ProbabilityAlive(client) * (1 + 1e-12)
        );

    [Fact]
    public void A_log_likelihood_is_a_number() =>
        Hold((model, client, _) => double.IsFinite(model.LogLikelihood(client)));

    [Fact]
    public void The_counts_of_a_new_client_have_probability_one_in_all_and_the_expected_mean() =>
        Hold(
            (model, _, time) =>
            {
                // Where t/α is large the counts have tails far longer than the 4 000 added up here.
                if (
                    model.Parameters[0] / model.Parameters[1] * time > 30
                    || time / model.Parameters[1] > 60
                )
                    return true;
                double all = 0,
                    mean = 0;
                for (var n = 0; n < 4000; n++)
                {
                    var p = model.Probability(n, time);
                    (all, mean) = (all + p, mean + n * p);
                    if (n > 20 && p * n < 1e-13)
                        break;
                }
                var expected = model.ExpectedPurchases(time);
                return Math.Abs(all - 1) < 1e-6
                    && Math.Abs(mean - expected) <= 2e-4 * expected + 1e-6;
            }
        );

    [Fact]
    public void A_client_who_bought_just_now_is_alive_under_the_Pareto_NBD() =>
        Hold(
            (model, client, _) =>
                model is not ParetoNbd
                || client.Repeats == 0
                || model.ProbabilityAlive(client with { Last = client.Age }) == 1
        );

    [Fact]
    public void Under_BG_NBD_a_client_who_bought_just_now_may_only_have_left_with_that_purchase() =>
        // 1/(1 + a/(b+x−1)), as in cases_examples.csv at (132, 200, 200): .99409…; it tends to 1 with x, and is 1 at x = 0.
        Hold(
            (model, client, _) =>
            {
                if (model is not BgNbd bg)
                    return true;
                if (client.Repeats == 0)
                    return bg.ProbabilityAlive(client) == 1;
                var chance = (bg.B + client.Repeats - 1) / (bg.A + bg.B + client.Repeats - 1);
                return Math.Abs(bg.ProbabilityAlive(client with { Last = client.Age }) - chance)
                    < 1e-14;
            }
        );

    [Fact]
    public void Value_is_bounded_by_the_undiscounted_purchases() =>
        Hold(
            (model, client, time) =>
            {
                var undiscounted = model.ConditionalExpectedPurchases(client, 12 * time);
                var value = model.LifetimeValue(client, 1, 12, time, .02);
                return value >= -1e-12
                    && value <= undiscounted * (1 + 1e-9)
                    && value >= undiscounted * Math.Pow(1.02, -12) * (1 - 1e-9);
            }
        );

    [Fact]
    public void Simulated_clients_are_possible_clients() =>
        Check.One(
            Drawn.Times(40),
            Prop.ForAll(
                (
                    from model in Models
                    from seed in Gen.Choose(1, 1_000_000)
                    select (model, seed)
                ).ToArbitrary(),
                c =>
                {
                    // A draw may buy without end where the rate is extreme; those are not worth the wait.
                    if (c.model.Parameters[0] / c.model.Parameters[1] > 20)
                        return true;
                    PurchaseSample.Of(c.model.Simulate([1, 5, 20], c.seed));
                    return true;
                }
            )
        );
}
