using FsCheck;
using FsCheck.Fluent;

namespace PorteOuverte.Analytics.Tests;

/// <summary>Laws of the smaller functions, for any input FsCheck draws.</summary>
public class PropertyTests
{
    private static readonly Config Many = Drawn.Times(300);

    private static readonly Gen<double[]> Revenues =
        from n in Gen.Choose(1, 40)
        from values in Gen.ArrayOf(Gen.Choose(0, 100_000).Select(i => i / 7.0), n)
        select (double[])[.. values, 1];

    private static readonly Gen<double[]> Probabilities =
        from n in Gen.Choose(0, 40)
        from values in Gen.ArrayOf(Gen.Choose(0, 1000).Select(i => i / 1000.0), n)
        select values;

    [Fact]
    public void Concentration_stays_within_its_bounds() =>
        Check.One(
            Many,
            Prop.ForAll(
                Revenues.ToArbitrary(),
                r =>
                {
                    var c = Concentration.Of(r);
                    return c.Hhi >= 1.0 / r.Length * (1 - 1e-12)
                        && c.Hhi <= 1
                        && c.Normalised is >= 0 and <= 1
                        && c.Gini >= 0
                        && c.Gini <= 1 - 1.0 / r.Length + 1e-12
                        && c.ShannonClients >= c.EffectiveClients * (1 - 1e-12)
                        && Math.Abs(c.Top(r.Length) - 1) < 1e-12;
                }
            )
        );

    [Fact]
    public void Winning_elsewhere_brings_a_client_to_the_line() =>
        Check.One(
            Many,
            Prop.ForAll(
                (
                    from r in Revenues
                    from t in Gen.Choose(1, 100)
                    select (r, t / 100.0)
                ).ToArbitrary(),
                c =>
                {
                    var (total, largest) = (c.r.Sum(), c.r.Max());
                    var won = Concentration.ToWinElsewhere(largest, total, c.Item2);
                    return won >= 0
                        && largest / (total + won) <= c.Item2 * (1 + 1e-12)
                        && (won == 0 || Math.Abs(largest / (total + won) / c.Item2 - 1) < 1e-9);
                }
            )
        );

    [Fact]
    public void A_Poisson_binomial_has_its_mean_and_adds_up() =>
        Check.One(
            Many,
            Prop.ForAll(
                Probabilities.ToArbitrary(),
                p =>
                {
                    var law = Losses.PoissonBinomial(p);
                    return Math.Abs(law.Sum() - 1) < 1e-12
                        && Math.Abs(law.Select((q, n) => q * n).Sum() - p.Sum()) < 1e-10
                        && law.All(q => q is >= 0 and <= 1 + 1e-12);
                }
            )
        );

    [Fact]
    public void Benjamini_Hochberg_keeps_the_order_and_never_lowers_a_p_value() =>
        Check.One(
            Many,
            Prop.ForAll(
                Probabilities.ToArbitrary(),
                p =>
                {
                    var q = Losses.BenjaminiHochberg(p);
                    for (var i = 0; i < p.Length; i++)
                    for (var j = 0; j < p.Length; j++)
                        if (p[i] < p[j] && q[i] > q[j])
                            return false;
                    return q.Zip(p).All(z => z.First >= z.Second && z.First <= 1);
                }
            )
        );

    [Fact]
    public void A_scan_is_a_probability_and_its_window_holds_more_than_expected() =>
        Check.One(
            Many,
            Prop.ForAll(
                (
                    from n in Gen.Choose(0, 25)
                    from d in Gen.ArrayOf(Gen.Choose(0, 800).Select(i => (double)i), n)
                    select d
                ).ToArbitrary(),
                d =>
                {
                    var scan = Losses.Scan(d);
                    return scan.PValue is > 0 and <= 1
                        && scan.LogLikelihoodRatio >= 0
                        && (scan.Window is null) == (scan.LogLikelihoodRatio == 0)
                        && scan.Observed >= scan.Expected;
                }
            )
        );

    [Fact]
    public void Exact_Mann_Kendall_p_values_are_uniform_without_a_trend()
    {
        var random = new Random(12);
        const int trials = 4_000;
        var p = new double[trials];
        for (var i = 0; i < trials; i++)
            p[i] = Payments
                .Trend(Enumerable.Range(0, 15).Select(_ => random.NextDouble()).ToArray())
                .PValue;
        foreach (var level in (double[])[.01, .05, .1, .25, .5])
        {
            // Discrete but fine: P(p ≤ α) ≤ α, and within a step of it (S moves by 2 of some 100).
            var share = p.Count(v => v <= level) / (double)trials;
            share.ShouldBeLessThan(level + 3.5 * Math.Sqrt(level * (1 - level) / trials));
            share.ShouldBeGreaterThan(.7 * level - 3.5 * Math.Sqrt(level * (1 - level) / trials));
        }
    }

    [Fact]
    public void Mid_p_values_of_the_count_test_are_uniform_on_average()
    {
        var random = new Random(13);
        const int trials = 20_000;
        double mean = 0;
        var small = 0;
        for (var i = 0; i < trials; i++)
        {
            var (recent, past) = (Poisson(random, 3), Poisson(random, 12));
            var counts = Losses.Compare(recent, 3, past, 12);
            mean += counts.MidPValue / trials;
            small += counts.PValue <= .05 ? 1 : 0;
        }
        mean.ShouldBe(.5, 4 * .29 / Math.Sqrt(trials));
        (small / (double)trials).ShouldBeInRange(.01, .05 + 3.5 * Math.Sqrt(.05 * .95 / trials));
    }

    [Fact]
    public void A_ruin_probability_falls_with_cash_and_rises_with_time() =>
        Check.One(
            Drawn.Times(25),
            Prop.ForAll(
                (
                    from cash in Gen.Choose(0, 80)
                    from drift in Gen.Choose(-10, 10)
                    from months in Gen.Choose(1, 18)
                    select (cash / 10.0, drift / 10.0, months)
                ).ToArbitrary(),
                c =>
                {
                    var p = Runway.RuinProbability(c.Item1, c.Item2, 1, c.months);
                    return p is >= 0 and <= 1
                        && Runway.RuinProbability(c.Item1 + 1, c.Item2, 1, c.months) <= p + 1e-12
                        && Runway.RuinProbability(c.Item1, c.Item2, 1, c.months + 1) >= p - 1e-11;
                }
            )
        );

    private static int Poisson(Random random, double mean)
    {
        var (n, product) = (0, random.NextDouble());
        for (var limit = Math.Exp(-mean); product > limit; n++)
            product *= random.NextDouble();
        return n;
    }
}
