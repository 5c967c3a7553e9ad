namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §3, points 2 to 6.</summary>
public class LossTests
{
    [Fact]
    public void Four_losses_in_three_months_against_eight_in_twenty_four_are_as_published()
    {
        var counts = Losses.Compare(4, 3, 8, 24);

        counts.PValue.ShouldBeNear(.03624261196, 1e-9);
        counts.MidPValue.ShouldBeNear(.02154032193, 1e-9);
        counts.ProbabilityRateExceeds(1).ShouldBe(.98365, 5e-6);
        counts.ProbabilityRateExceeds(2).ShouldBe(.87362, 5e-6);
        counts.ProbabilityRateExceeds(3).ShouldBe(.69433, 5e-6);
        counts.ProbabilityRateExceeds(0).ShouldBe(1);
    }

    [Fact]
    public void The_predictive_tails_are_as_published()
    {
        Losses.PredictiveTail(4, 3, 8.5, 24).ShouldBe(.03111601, 5e-9);
        Losses.PredictiveTail(1, 3, 12.5, 27).ShouldBe(.73206, 5e-6);
        Losses.PredictiveTail(2, 3, 12.5, 27).ShouldBe(.39714, 5e-6);
        Losses.PredictiveTail(3, 3, 12.5, 27).ShouldBe(.17107, 5e-6);
        Losses.PredictiveTail(0, 3, 12.5, 27).ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 2, 3)]
    [InlineData(2, 3, 4)]
    [InlineData(4, 3, 4)]
    [InlineData(8, 4, 6)]
    [InlineData(10, 5, 6)]
    [InlineData(20, 7, 8)]
    public void What_could_have_been_detected_is_as_published(int past, int five, int one)
    {
        Losses.Detectable(past, 24, 3, .05).ShouldBe(five);
        Losses.Detectable(past, 24, 3, .01).ShouldBe(one);
    }

    [Theory]
    [InlineData(120, 18, 6, 4, .00455946361)]
    [InlineData(40, 10, 3, 3, .01214574899)]
    [InlineData(500, 60, 10, 5, .003321566104)]
    public void Hypergeometric_tails_are_as_published(
        int population,
        int marked,
        int drawn,
        int x,
        double p
    ) => Losses.HypergeometricTail(population, marked, drawn, x).ShouldBeNear(p, 1e-9);

    [Fact]
    public void Benjamini_Hochberg_is_as_published()
    {
        var q = Losses.BenjaminiHochberg([.0026, .019, .04, .2, .31, .62, .0008, .5]);

        double[] expected = [.0104, .0506667, .08, .32, .4133333, .62, .0064, .5714286];
        for (var i = 0; i < q.Length; i++)
            q[i].ShouldBe(expected[i], 5e-8);
    }

    [Fact]
    public void Causes_with_one_loss_are_not_tested_and_the_strongest_comes_first()
    {
        var causes = Losses.SharedCauses(
            120,
            6,
            [new("site", "Lyon", 60, 3), new("manager", "Ana", 18, 4), new("reason", "price", 9, 1)]
        );

        causes.Select(c => c.Cause.Level).ShouldBe(["Ana", "Lyon"]);
        causes[0].PValue.ShouldBeNear(.00455946361, 1e-9);
        causes[0].QValue.ShouldBeNear(2 * .00455946361, 1e-9);
        causes[0].Expected.ShouldBeNear(.9, 1e-12);
    }

    [Fact]
    public void Cusum_run_lengths_are_as_published()
    {
        Losses.CusumRunLength(.5, .9, 4).ShouldBeNear(541.666795, 1e-8);
        Losses.CusumRunLength(1, 1.5, 5).ShouldBeNear(273.649972, 1e-8);
    }

    [Fact]
    public void A_cusum_run_length_between_lattices_lies_between_its_neighbours()
    {
        var k = Losses.CusumReference(.5, 1.5);
        k.ShouldBeNear(1 / Math.Log(3), 1e-14);
        Losses
            .CusumRunLength(.5, k, 4)
            .ShouldBeInRange(Losses.CusumRunLength(.5, .9, 4), Losses.CusumRunLength(.5, .92, 4));
    }

    [Fact]
    public void The_cusum_alarms_when_its_sum_reaches_the_threshold()
    {
        var cusum = Losses.Cusum([0, 1, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0], .9, 3);

        cusum.FirstAlarm.ShouldBe(4);
        cusum.Sums[4].ShouldBeNear(3.4, 1e-12);
        cusum.Alarm.ShouldBeFalse();
        Losses.Cusum([4], 1, 3).Alarm.ShouldBeTrue();
    }

    [Fact]
    public void The_Poisson_binomial_tail_is_as_published()
    {
        double[] p = [.05, .1, .15, .8, .6, .3, .02, .02, .45, .25];

        Losses.PoissonBinomialTail(p, 4).ShouldBeNear(.2467987455, 1e-9);
        Losses.PoissonBinomial(p).Sum().ShouldBeNear(1, 1e-14);
        Losses.PoissonBinomialTail([], 0).ShouldBe(1);
        Losses.PoissonBinomialTail([], 1).ShouldBe(0);
    }

    [Fact]
    public void Online_change_points_are_as_published()
    {
        var runs = Losses.ChangePoints([0, 1, 0, 0, 1, 0, 0, 0, 3, 2, 2, 3], 1, 2, 1.0 / 24);

        runs.LogEvidence.ShouldBeNear(-17.1309031064, 1e-10);
        runs.ProbabilityBelow(6).ShouldBeNear(.75288266, 1e-8);
        runs.Probabilities.Sum().ShouldBeNear(1, 1e-14);
    }

    [Fact]
    public void The_Hawkes_fit_is_as_published()
    {
        var fit = Losses.Hawkes(
            [20, 95, 101, 104, 120, 260, 262, 270, 300, 420, 425, 428, 431, 600],
            730
        );

        fit.Converged.ShouldBeTrue();
        fit.LogLikelihood.ShouldBeNear(-64.94529735, 1e-9);
        fit.Background.ShouldBe(.010572, 1e-6);
        fit.Branching.ShouldBe(.448747, 1e-5);
        fit.Decay.ShouldBe(.149764, 1e-5);
        fit.LogLikelihood.ShouldBeGreaterThan(fit.PoissonLogLikelihood);
        fit.StandardErrors.ShouldAllBe(e => e > 0 && double.IsFinite(e));
    }

    [Fact]
    public void Evenly_spaced_losses_excite_nothing()
    {
        var fit = Losses.Hawkes([.. Enumerable.Range(1, 20).Select(i => i * 35.0)], 720);

        fit.Branching.ShouldBeLessThan(1e-3);
        double.IsNaN(fit.LogLikelihood).ShouldBeFalse();
    }

    [Fact]
    public void Bad_counts_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.Compare(-1, 3, 8, 24));
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.Compare(1, 0, 8, 24));
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.HypergeometricTail(10, 11, 2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.BenjaminiHochberg([double.NaN]));
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.PoissonBinomial([1.1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.Cusum([-1], 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.CusumReference(1, 1));
        Should.Throw<ArgumentException>(() => Losses.Hawkes([3, 2], 10));
        Should.Throw<ArgumentException>(() => Losses.Hawkes([3], 10));
    }
}
