namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §4.</summary>
public class RunwayTests
{
    private static readonly RunwayPlan Small = new()
    {
        Cash = 15_000,
        MonthlyCharges = 19_000,
        Clients = [new(9000, .02), new(5000, .05), new(4000, .01), new(2500, .10)],
    };

    [Fact]
    public void The_exact_small_portfolio_is_as_published()
    {
        var exact = Runway.Exact(Small, 6);

        exact.ProbabilityOut.ShouldBeNear(.221027129255, 1e-11);
        exact.Mean.ShouldBeNear(10_226.21876680, 1e-11);
        exact.Deviation.ShouldBeNear(16_104.96341295, 1e-11);
    }

    [Fact]
    public void The_simulation_agrees_with_the_exact_portfolio_within_its_error()
    {
        const int runs = 40_000;
        var exact = Runway.Exact(Small, 6);
        var band = Runway.Simulate(Small, 6, seed: 4, runs);

        band.ProbabilityOut.ShouldBe(exact.ProbabilityOut, 4 * Math.Sqrt(.221 * .779 / runs));
        band.MeanFinalCash.ShouldBe(exact.Mean, 4 * exact.Deviation / Math.Sqrt(runs));
        band.FinalCashDeviation.ShouldBeNear(exact.Deviation, .02);
    }

    [Fact]
    public void Ruin_with_monthly_drift_is_as_published()
    {
        Runway.RuinProbability(60_000, 4_000, 25_000, 12).ShouldBeNear(.227420550, 1e-8);
        Runway.ContinuousRuinProbability(60_000, 4_000, 25_000, 12).ShouldBeNear(.3125903818, 1e-9);
    }

    [Fact]
    public void The_simulation_agrees_with_the_ruin_probability()
    {
        const int runs = 40_000;
        var plan = new RunwayPlan
        {
            Cash = 60_000,
            MonthlyCharges = -4_000,
            Volatility = 25_000,
        };

        Runway
            .Simulate(plan, 12, seed: 9, runs)
            .ProbabilityOut.ShouldBe(.227420550, 4 * Math.Sqrt(.2274 * .7726 / runs));
    }

    [Fact]
    public void Certain_months_give_the_closed_form()
    {
        var plan = new RunwayPlan
        {
            Cash = 120_000,
            MonthlyCharges = 25_000,
            Clients = [new(10_000, 0)],
        };
        var band = Runway.Simulate(plan, 12, seed: 1, runs: 100);

        // 120 / 15 = 8 months exactly: cash is 0 after the eighth and below in the ninth.
        Runway.Months(120_000, 15_000).ShouldBe(8);
        band.FirstMonthOutMedian.ShouldBe(9);
        band.Months[7].Median.ShouldBe(0);
        band.Months[7].Low.ShouldBe(band.Months[7].High);
        band.Months[7].ProbabilityOut.ShouldBe(0);
        band.Months[8].ProbabilityOut.ShouldBe(1);
    }

    [Fact]
    public void A_growing_burn_agrees_with_its_closed_form()
    {
        var plan = new RunwayPlan
        {
            Cash = 120_000,
            MonthlyCharges = 15_000,
            ChargesGrowth = .03,
        };

        // ANALYTICS.md §4: 7.277 months, hence below zero at the end of the eighth.
        Runway.Simulate(plan, 12, seed: 1, runs: 100).FirstMonthOutMedian.ShouldBe(8);
    }

    [Fact]
    public void The_same_seed_gives_the_same_band_and_another_seed_another()
    {
        var first = Runway.Simulate(Small, 6, seed: 4, runs: 500);

        Runway.Simulate(Small, 6, seed: 4, runs: 500).Months.ShouldBe(first.Months);
        Runway
            .Simulate(Small, 6, seed: 5, runs: 500)
            .MeanFinalCash.ShouldNotBe(first.MeanFinalCash);
    }

    [Fact]
    public void The_band_is_ordered_and_running_out_only_grows()
    {
        var band = Runway.Simulate(Small with { Volatility = 5_000 }, 24, seed: 2);

        var before = 0.0;
        foreach (var month in band.Months)
        {
            month.Low.ShouldBeLessThanOrEqualTo(month.Median);
            month.Median.ShouldBeLessThanOrEqualTo(month.High);
            month.ProbabilityOut.ShouldBeInRange(before, 1);
            before = month.ProbabilityOut;
        }
        band.FirstMonthOutLow.ShouldNotBeNull();
        band.FirstMonthOutLow!.Value.ShouldBeLessThanOrEqualTo(band.FirstMonthOutMedian ?? 25);
    }

    [Fact]
    public void Late_payments_delay_what_a_leaver_takes_away()
    {
        var plan = new RunwayPlan { Cash = 0, Clients = [new(1_000, 1, PaymentDelay: 2.5)] };
        var exact = Runway.Exact(plan, 6);

        // Gone from the first month, but two and a half months of earlier work are still paid.
        exact.Mean.ShouldBe(2_500);
        exact.Deviation.ShouldBe(0);
    }

    [Fact]
    public void Deals_come_with_their_probability()
    {
        var plan = new RunwayPlan
        {
            Deals = [new(6_000, .25, 2), new(100, .5, 3, Recurring: true)],
        };
        var exact = Runway.Exact(plan, 6);

        exact.Mean.ShouldBe(.25 * 6_000 + .5 * 400, 1e-9);
        Runway
            .Simulate(plan, 6, 3, 20_000)
            .MeanFinalCash.ShouldBe(exact.Mean, 4 * exact.Deviation / Math.Sqrt(20_000));
        Runway.Simulate(plan, 1, 3).Months[0].High.ShouldBe(0);
    }

    [Fact]
    public void Ruin_is_certain_or_impossible_at_the_edges()
    {
        Runway.RuinProbability(0, -1e6, 1, 12).ShouldBe(1, 1e-9);
        Runway.RuinProbability(1e9, 0, 1, 12).ShouldBe(0, 1e-12);
        Runway.RuinProbability(100, -10, 1e-6, 5).ShouldBe(0, 1e-12);
        Runway.ContinuousRuinProbability(1e6, -1e5, 1, 600).ShouldBe(1);
        for (var months = 1; months < 40; months += 6)
            Runway
                .RuinProbability(3, .1, 1, months)
                .ShouldBeLessThan(Runway.ContinuousRuinProbability(3, .1, 1, months));
    }

    [Fact]
    public void Bad_plans_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Runway.Simulate(Small with { Cash = double.NaN }, 6, 1)
        );
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Runway.Simulate(Small with { Clients = [new(1, 2)] }, 6, 1)
        );
        Should.Throw<ArgumentOutOfRangeException>(() => Runway.Simulate(Small, 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Runway.Simulate(Small, 6, 1, 10));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Runway.Exact(Small with { Deals = [new(1, .5, 0)] }, 6)
        );
        Should.Throw<ArgumentException>(() => Runway.Exact(Small with { Volatility = 1 }, 6));
        Should.Throw<ArgumentException>(() =>
            Runway.Exact(
                new RunwayPlan
                {
                    Clients =
                    [
                        .. Enumerable
                            .Range(1, 40)
                            .Select(i => new RunwayClient(Math.Sqrt(i) * 100, .1)),
                    ],
                },
                24
            )
        );
    }
}
