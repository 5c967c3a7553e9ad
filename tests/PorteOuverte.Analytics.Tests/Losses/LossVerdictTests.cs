namespace PorteOuverte.Analytics.Tests;

/// <summary>The rule of ANALYTICS.md §3, "Verdict".</summary>
public class LossVerdictTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);
    private static readonly Detectability Detectable = new(91, 8, 4, 6);

    private static LossScan Scan(double p) => new(7, 727, 60, 3, .5, 3, p, true, true);

    private static SharedCause Cause(double q) => new(new("manager", "Ana", 18, 4), .9, q, q);

    private static readonly PoissonCusum Alarm = new(.9, 3, [3.4], 0);
    private static readonly PoissonCusum Quiet = new(.9, 3, [0.4], null);

    [Theory]
    [InlineData(.01, 1, LossLevel.Avalanche)]
    [InlineData(.011, 1, LossLevel.Watch)]
    [InlineData(.05, .05, LossLevel.Avalanche)]
    [InlineData(.051, .05, LossLevel.CommonCause)]
    [InlineData(1, .05, LossLevel.CommonCause)]
    [InlineData(.1, .051, LossLevel.Watch)]
    [InlineData(.101, 1, LossLevel.NoSignOfClustering)]
    public void The_levels_follow_the_scan_and_the_causes(double p, double q, LossLevel level) =>
        Losses.Verdict(Scan(p), [Cause(q)], Quiet, Detectable).Level.ShouldBe(level);

    [Fact]
    public void A_cusum_alarm_alone_asks_for_watching()
    {
        var verdict = Losses.Verdict(Scan(.5), [], Alarm, Detectable);

        verdict.Level.ShouldBe(LossLevel.Watch);
        verdict.Reasons.ShouldHaveSingleItem().Kind.ShouldBe(LossReasonKind.CusumAlarm);
    }

    [Fact]
    public void No_sign_says_what_could_have_been_detected()
    {
        var verdict = Losses.Verdict(Scan(.5), [], Quiet, Detectable);

        verdict.Reasons.ShouldHaveSingleItem().Kind.ShouldBe(LossReasonKind.NothingDetected);
        verdict.Reasons[0].Probability.ShouldBe(.5);
        verdict.Detectable.AtFivePercent.ShouldBe(4);
        verdict.Detectable.AtOnePercent.ShouldBe(6);
    }

    [Fact]
    public void A_common_cause_is_the_first_reason_even_beside_a_weak_cluster()
    {
        var verdict = Losses.Verdict(Scan(.08), [Cause(.01)], Alarm, Detectable);

        verdict
            .Reasons.Select(r => r.Kind)
            .ShouldBe([
                LossReasonKind.SharedCause,
                LossReasonKind.Cluster,
                LossReasonKind.CusumAlarm,
            ]);
        verdict.Reasons[0].Cause!.Value.Level.ShouldBe("Ana");
    }

    [Fact]
    public void Three_losses_in_a_month_after_a_calm_year_are_an_avalanche()
    {
        var verdict = Losses.Judge(
            [.. new[] { 2, 15, 28, 500 }.Select(d => Today.AddDays(-d))],
            Today
        );

        verdict.Level.ShouldBe(LossLevel.Avalanche);
        verdict.Scan.PValue.ShouldBe(.00635412, 1e-8);
        verdict.Cusum.ShouldNotBeNull();
    }

    [Fact]
    public void Losses_spread_over_two_years_show_no_sign()
    {
        var verdict = Losses.Judge(
            [.. new[] { 12, 140, 260, 395, 520, 690 }.Select(d => Today.AddDays(-d))],
            Today
        );

        verdict.Level.ShouldBe(LossLevel.NoSignOfClustering);
        verdict.Detectable.PastLosses.ShouldBe(5);
        verdict.Detectable.AtFivePercent.ShouldBeInRange(3, 4);
    }

    [Fact]
    public void A_shared_manager_is_found_from_the_counts()
    {
        var verdict = Losses.Judge(
            [.. new[] { 12, 140, 260, 395, 520, 690 }.Select(d => Today.AddDays(-d))],
            Today,
            new JudgeOptions
            {
                Clients = 120,
                Causes = [new("manager", "Ana", 18, 4), new("manager", "Luc", 102, 2)],
            }
        );

        verdict.Level.ShouldBe(LossLevel.CommonCause);
    }

    [Fact]
    public void No_loss_at_all_is_no_sign_and_a_lone_loss_too()
    {
        Losses.Judge([], Today).Level.ShouldBe(LossLevel.NoSignOfClustering);
        Losses.Judge([Today.AddDays(-5)], Today).Level.ShouldBe(LossLevel.NoSignOfClustering);
    }

    [Fact]
    public void A_large_portfolio_is_judged_too()
    {
        // One loss every other day for two years, then four a day for a fortnight.
        var even = Enumerable.Range(7, 358).Select(i => Today.AddDays(-2 * i));
        var burst = Enumerable.Range(0, 56).Select(i => Today.AddDays(-(i / 4)));
        var verdict = Losses.Judge([.. even, .. burst], Today);

        verdict.Level.ShouldBe(LossLevel.Avalanche);
        verdict.Scan.PValue.ShouldBeInRange(1e-300, 1e-9);
        verdict.Cusum!.Alarm.ShouldBeTrue();
        Losses.Judge([.. even], Today).Level.ShouldBe(LossLevel.NoSignOfClustering);
    }

    [Fact]
    public void A_short_history_runs_no_cusum()
    {
        var options = new JudgeOptions { Scan = new ScanOptions { Horizon = 300 } };

        Losses.Judge([Today.AddDays(-5)], Today, options).Cusum.ShouldBeNull();
        Should.Throw<ArgumentException>(() =>
            Losses.Judge([], Today, options with { RecentDays = 300 })
        );
    }
}
