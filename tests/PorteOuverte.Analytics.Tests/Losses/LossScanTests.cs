namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §3, the table of scans.</summary>
public class LossScanTests
{
    public static TheoryData<double[], double, double, double, int?, int> Published =>
        new()
        {
            { [12, 140, 260, 395, 520, 690], 718, 0, 1, null, 0 },
            { [3, 9, 20, 41, 190, 333, 480, 611], 727, 3.04793474, .02628908, 60, 3 },
            { [2, 15, 28, 500], 728, 4.51074677, .00635412, 30, 2 },
            { [10, 35, 70, 95, 120, 160, 300, 410, 560, 700], 720, 1.89954591, .07353067, 180, 5 },
            { [0, 30, 60, 90, 365, 400], 730, 3.17779897, .02547438, 90, 3 },
        };

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_scans_are_reached(
        double[] losses,
        double horizon,
        double ratio,
        double p,
        int? window,
        int observed
    )
    {
        var scan = Losses.Scan(losses);

        scan.Horizon.ShouldBe(horizon);
        scan.LogLikelihoodRatio.ShouldBe(ratio, 1e-8);
        scan.PValue.ShouldBe(p, 1e-8);
        scan.Window.ShouldBe(window);
        scan.Observed.ShouldBe(observed);
        scan.IsExact.ShouldBeTrue();
    }

    [Fact]
    public void Without_the_trigger_rule_a_lone_loss_would_prove_a_cluster()
    {
        // ANALYTICS.md §3: "a lone loss five days ago proves a cluster (p = .041)".
        Losses
            .Scan([5], new ScanOptions { RemoveTrigger = false })
            .PValue.ShouldBeNear(30 / 730.0, 1e-12);
        Losses.Scan([5]).PValue.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void The_simulated_p_value_agrees_with_the_exact_one(
        double[] losses,
        double horizon,
        double ratio,
        double p,
        int? window,
        int observed
    )
    {
        var scan = Losses.Scan(
            losses,
            new ScanOptions
            {
                MostExact = 0,
                Runs = 40_000,
                Seed = 11,
            }
        );

        horizon.ShouldBe(scan.Horizon);
        ratio.ShouldBe(scan.LogLikelihoodRatio, 1e-8);
        (window, observed).ShouldBe((scan.Window, scan.Observed));
        scan.PValue.ShouldBe(p, 4 * Math.Sqrt(p * (1 - p) / 40_000) + 3e-5);
        scan.IsExact.ShouldBe(window is null);
    }

    [Fact]
    public void P_values_under_even_losses_are_valid_at_every_level_with_the_trigger_rule()
    {
        // Given C the scan's p-value is discrete; validity is P(p ≤ α) ≤ α, and not far below for a dozen losses.
        var random = new Random(5);
        const int trials = 4_000;
        var p = new double[trials];
        for (var i = 0; i < trials; i++)
            p[i] = Losses
                .Scan(Enumerable.Range(0, 13).Select(_ => random.NextDouble() * 730).ToArray())
                .PValue;
        foreach (var level in (double[])[.01, .05, .1])
        {
            var share = p.Count(v => v <= level) / (double)trials;
            share.ShouldBeLessThan(level + 3.5 * Math.Sqrt(level * (1 - level) / trials));
            share.ShouldBeGreaterThan(level / 4);
        }
    }

    [Fact]
    public void Looking_because_of_a_loss_without_the_rule_cries_wolf()
    {
        var random = new Random(6);
        int with = 0,
            without = 0;
        const int trials = 2_000;
        for (var i = 0; i < trials; i++)
        {
            // One looks on the day of a loss: its distance is 0, the others are even.
            double[] losses = [0, .. Enumerable.Range(0, 5).Select(_ => random.NextDouble() * 730)];
            with += Losses.Scan(losses).PValue <= .05 ? 1 : 0;
            without +=
                Losses.Scan(losses, new ScanOptions { RemoveTrigger = false }).PValue <= .05
                    ? 1
                    : 0;
        }
        (with / (double)trials).ShouldBeLessThan(.065);
        (without / (double)trials).ShouldBeGreaterThan(.12);
    }

    [Fact]
    public void Client_days_replace_days_where_the_portfolio_grew()
    {
        double[] losses = [3, 9, 20, 41, 190, 333, 480, 611];
        var constant = Losses.Scan(
            losses,
            new ScanOptions { ClientsByDay = [.. Enumerable.Repeat(40.0, 730)] }
        );
        constant.PValue.ShouldBe(.02628908, 1e-8);

        // Four times the clients in the last 200 days: four times the losses are no surprise.
        var grown = Losses.Scan(
            losses,
            new ScanOptions
            {
                ClientsByDay = [.. Enumerable.Range(0, 730).Select(d => d < 200 ? 80.0 : 20.0)],
            }
        );
        grown.PValue.ShouldBeGreaterThan(.2);
    }

    [Fact]
    public void Dates_count_as_distances()
    {
        var today = new DateOnly(2026, 3, 1);
        var scan = Losses.Scan(
            [today.AddDays(-2), today.AddDays(-15), today.AddDays(-28), today.AddDays(-500)],
            today
        );

        scan.PValue.ShouldBe(.00635412, 1e-8);
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.Scan([today.AddDays(1)], today));
    }

    [Fact]
    public void Odd_inputs_are_answered_or_refused()
    {
        Losses.Scan(ReadOnlySpan<double>.Empty).PValue.ShouldBe(1);
        Losses.Scan([729.5]).PValue.ShouldBe(1);
        Losses.Scan([900]).Losses.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.Scan([-1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Losses.Scan([double.NaN]));
        Should.Throw<ArgumentException>(() => Losses.Scan([1], new ScanOptions { Horizon = 0 }));
        Should.Throw<ArgumentException>(() => Losses.Scan([1], new ScanOptions { Windows = [] }));
        Should.Throw<ArgumentException>(() =>
            Losses.Scan([1], new ScanOptions { ClientsByDay = [1, 2] })
        );
    }
}
