using PorteOuverte.Analytics;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Diagnosis.Alerts;

/// <summary>W2, W3, L6: what is raised, what ends, over a year of made-up weeks.</summary>
public sealed class AlertRuleTests
{
    [Fact]
    public void A_year_of_weights()
    {
        var year = new Year();
        // The share of one client, and what the week says of it.
        (int Week, double Share, string Says)[] weeks =
        [
            (1, 0.08, ""),
            (2, 0.10, "+Weight Watch"),
            (3, 0.12, ""),
            (4, 0.095, ""),
            (5, 0.105, ""),
            (6, 0.085, "-Weight Watch Over"),
            (7, 0.099, ""),
            (8, 0.11, "+Weight Watch"),
            (9, 0.21, "-Weight Watch Worse, +Weight High"),
            (12, 0.19, ""),
            (13, 0.20, ""),
            (14, 0.31, "-Weight High Worse, +Weight Danger"),
            (20, 0.245, ""),
            (21, 0.26, ""),
            (22, 0.235, "-Weight Danger Eased, >Weight High"),
            (23, 0.245, ""),
            (26, 0.25, "-Weight High Worse, +Weight Danger"),
            (30, 0.05, "-Weight Danger Over"),
            (31, 0.30, "+Weight Danger"),
            (40, 0.15, "-Weight Danger Eased, >Weight Watch"),
            (44, 0.12, ""),
            (52, 0.02, "-Weight Watch Over"),
        ];
        foreach (var (week, share, says) in weeks)
        {
            year.Week(week, share: share).ShouldBe(says, $"week {week}");
        }
        year.Holding.ShouldBeEmpty();
    }

    [Fact]
    public void A_silence_ends_only_with_a_new_invoice()
    {
        var year = new Year();
        (int Week, int LastWeek, double Usual, string Says)[] weeks =
        [
            (5, 4, 31, ""),
            (14, 4, 31, "+Quiet Watch"),
            // Its rhythm is reckoned anew, and it would no longer count as silent: nothing has come yet.
            (15, 4, 60, ""),
            (16, 4, 31, ""),
            // An invoice of the past comes in late: the silence begins earlier, it is the same.
            (17, 3, 31, ""),
            (18, 18, 31, "-Quiet Watch Over"),
            (19, 18, 31, ""),
            (30, 18, 31, "+Quiet Watch"),
            // It bought once, long ago, and is silent again: another silence.
            (40, 29, 31, "-Quiet Watch Over, +Quiet Watch"),
            (52, 29, 31, ""),
            // Two years on, nobody waits any longer; that is no sign of life.
            (140, 29, 31, "-Quiet Watch Gone"),
            (141, 29, 31, ""),
        ];
        foreach (var (week, last, usual, says) in weeks)
        {
            year.Week(week, lastInvoice: last, usual: usual).ShouldBe(says, $"week {week}");
        }
    }

    [Fact]
    public void A_trend_of_delays_that_hovers_is_told_once()
    {
        var year = new Year();
        (int Week, double Delay, double P, double Slope, string Says)[] weeks =
        [
            (1, 40, 0.30, 1, ""),
            (2, 41, 0.10, 1, "+Delays Watch"),
            (3, 41, 0.11, 1, ""),
            (4, 41, 0.09, 1, ""),
            (5, 30, 0.05, 1, ""),
            (6, 33, 0.20, 1, ""),
            (7, 33, 0.21, 1, "-Delays Watch Over"),
            (8, 33, 0.15, 1, ""),
            (9, 33, 0.08, 1, "+Delays Watch"),
            (10, 33, 0.08, -1, "-Delays Watch Over"),
            (11, 35, 0.02, 2, "+Delays Watch"),
            (12, 28, 0.02, 2, "-Delays Watch Over"),
        ];
        foreach (var (week, delay, p, slope, says) in weeks)
        {
            year.Week(week, delay: delay, trend: new Trend(10, p, slope)).ShouldBe(says, $"week {week}");
        }
    }

    [Fact]
    public void Cash_that_runs_short_and_then_out_is_told_twice()
    {
        var year = new Year();
        (int Week, double? Months, long? Cash, string Says)[] weeks =
        [
            (1, 14, 60_000, ""),
            (2, 5.9, 25_000, "+Runway High"),
            (3, 6.2, 26_000, ""),
            (4, 5.8, 25_000, ""),
            (5, 0, -1_000, "-Runway High Worse, +Runway Danger"),
            (6, 0.2, 1_000, ""),
            (7, 1, 4_000, "-Runway Danger Eased, >Runway High"),
            (8, 6.5, 28_000, "-Runway High Over"),
            (9, null, 900_000, ""),
            (10, 3, 12_000, "+Runway High"),
            (11, null, null, "-Runway High Gone"),
        ];
        foreach (var (week, months, cash, says) in weeks)
        {
            year.Week(week, months: months, cash: cash).ShouldBe(says, $"week {week}");
        }
    }

    [Fact]
    public void Departures_get_worse_at_once_and_better_after_four_weeks()
    {
        var year = new Year();
        (int Week, LossLevel Verdict, string Says)[] weeks =
        [
            (1, LossLevel.NoSignOfClustering, ""),
            (2, LossLevel.Watch, "+Departures Watch"),
            (3, LossLevel.NoSignOfClustering, ""),
            (4, LossLevel.Watch, ""),
            (6, LossLevel.Avalanche, "-Departures Watch Worse, +Departures Danger"),
            (7, LossLevel.CommonCause, ""),
            (9, LossLevel.CommonCause, ""),
            (10, LossLevel.CommonCause, "-Departures Danger Eased, >Departures High"),
            (13, LossLevel.NoSignOfClustering, ""),
            (14, LossLevel.NoSignOfClustering, "-Departures High Over"),
            (15, LossLevel.Watch, "+Departures Watch"),
        ];
        foreach (var (week, verdict, says) in weeks)
        {
            year.Week(week, verdict: verdict).ShouldBe(says, $"week {week}");
        }
    }

    [Fact]
    public void A_client_that_is_gone_takes_its_alerts_along()
    {
        var year = new Year();
        year.Week(1, share: 0.30, delay: 50, trend: new Trend(9, 0.01, 1)).ShouldBe("+Weight Danger, +Delays Watch");
        year.Week(2, share: null).ShouldBe("-Weight Danger Gone, -Delays Watch Gone");
    }

    [Fact]
    public void A_silence_that_only_a_mistaken_day_made_ends_unsaid()
    {
        var year = new Year();
        year.Week(22, lastInvoice: 20).ShouldBe("");
        year.Week(46, lastInvoice: 20).ShouldBe("+Quiet Watch");
        year.Week(23, lastInvoice: 20).ShouldBe("-Quiet Watch Gone");
        // That it was told by mistake does not hush what is true.
        year.Week(31, lastInvoice: 20).ShouldBe("+Quiet Watch");
    }

    [Fact]
    public void Departures_that_only_a_mistaken_day_made_end_at_once_and_unsaid()
    {
        var year = new Year();
        year.Week(40, verdict: LossLevel.Avalanche).ShouldBe("+Departures Danger");
        year.Week(20).ShouldBe("-Departures Danger Gone");
    }

    [Fact]
    public void Who_only_stopped_buying_does_not_pay_better()
    {
        var year = new Year();
        var late = new Trend(9, 0.01, 1);
        year.Week(1, delay: 50, trend: late).ShouldBe("+Delays Watch");
        year.Week(2, share: 0, delay: 50, trend: late, open: 900).ShouldBe("");
        year.Week(3, share: 0, delay: 50, trend: late).ShouldBe("-Delays Watch Gone");
    }

    [Fact]
    public void Who_is_put_away_is_called_neither_silent_nor_heavy_but_may_owe()
    {
        var year = new Year();
        var late = new Trend(9, 0.01, 1);
        year.Week(20, share: 0.30, lastInvoice: 4, delay: 50, trend: late, open: 900)
            .ShouldBe("+Weight Danger, +Quiet High, +Delays Watch");
        year.Week(21, share: 0.30, lastInvoice: 4, delay: 50, trend: late, open: 900, archived: true)
            .ShouldBe("-Weight Danger Gone, -Quiet High Gone");
        year.Week(22, share: 0.30, lastInvoice: 4, delay: 50, trend: late, archived: true)
            .ShouldBe("-Delays Watch Gone");
        year.Week(23, share: 0.30, lastInvoice: 4, delay: 50, trend: late, archived: true).ShouldBe("");
        year.Week(24, share: 0.30, lastInvoice: 4, delay: 50, trend: late)
            .ShouldBe(">Weight Danger, >Quiet High, >Delays Watch");
    }

    [Fact]
    public void What_was_taken_back_and_comes_again_is_no_news()
    {
        var year = new Year();
        year.Week(1, isFirst: true, share: 0.30);
        var settled = new DateTime(2026, 1, 13, 0, 0, 0, DateTimeKind.Utc);
        (year.Holding[0].SettledAt, year.Holding[0].ToldAt) = (settled, settled);
        year.Week(2, share: null).ShouldBe("-Weight Danger Gone");
        year.Week(3, share: 0.26).ShouldBe(">Weight Danger");
        var again = year.Holding.ShouldHaveSingleItem();
        (again.SettledAt, again.ToldAt, again.IsFirst).ShouldBe((settled, settled, true));
        year.Week(4, share: null).ShouldBe("-Weight Danger Gone");
        year.Week(5, share: 0.22).ShouldBe(">Weight High");
        // A line higher is another matter, even where that line was crossed before.
        year.Week(6, share: 0.30).ShouldBe("-Weight High Worse, +Weight Danger");
        // What was well again is news when it comes again.
        year.Week(7, share: null).ShouldBe("-Weight Danger Gone");
        year.Week(8, share: 0.30).ShouldBe(">Weight Danger");
        year.Week(9, share: 0.02).ShouldBe("-Weight Danger Over");
        year.Week(10, share: 0.30).ShouldBe("+Weight Danger");
        // Nobody remembers for ever.
        year.Week(11, share: null).ShouldBe("-Weight Danger Gone");
        year.Week(24, share: 0.30).ShouldBe("+Weight Danger");
    }

    [Fact]
    public void Another_silence_of_who_was_gone_meanwhile_is_news()
    {
        var year = new Year();
        year.Week(20, lastInvoice: 4).ShouldBe("+Quiet Watch");
        year.Week(21, share: null).ShouldBe("-Quiet Watch Gone");
        year.Week(32, lastInvoice: 22).ShouldBe("+Quiet Watch");
    }

    [Fact]
    public void What_held_at_the_first_picture_says_so()
    {
        var year = new Year();
        year.Week(1, isFirst: true, share: 0.30);
        year.Holding.ShouldHaveSingleItem().IsFirst.ShouldBeTrue();
        year.Week(2, share: 0.30, months: 2);
        year.Holding.Select(a => a.IsFirst).ShouldBe([true, false]);
    }

    [Fact]
    public void The_lesser_alert_rests_as_long_as_the_worse_did()
    {
        var year = new Year();
        year.Week(1, share: 0.30);
        var wakes = new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        (year.Holding[0].WakesAt, year.Holding[0].ToldAt) = (wakes, wakes);
        year.Week(2, share: 0.22).ShouldBe("-Weight Danger Eased, >Weight High");
        (year.Holding[0].WakesAt, year.Holding[0].ToldAt).ShouldBe((wakes, wakes));
        // Another line upward is another matter.
        year.Week(3, share: 0.30).ShouldBe("-Weight High Worse, +Weight Danger");
        (year.Holding[0].WakesAt, year.Holding[0].ToldAt).ShouldBe((null, null));
    }

    /// <summary>Whatever a year brings: what stands is told, nothing is told twice.</summary>
    [Fact]
    public void Over_random_years_none_is_lost_and_none_comes_twice()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var chance = new Random(seed);
            var year = new Year();
            var (share, months, delay, p) = (0.15, 8.0, 32.0, 0.2);
            var last = 0;
            for (var week = 1; week <= 52; week++)
            {
                share = Math.Clamp(share + ((chance.NextDouble() - 0.5) * 0.08), 0.01, 0.6);
                months = Math.Clamp(months + ((chance.NextDouble() - 0.5) * 3), -1, 30);
                delay = Math.Clamp(delay + ((chance.NextDouble() - 0.5) * 6), 10, 80);
                p = Math.Clamp(p + ((chance.NextDouble() - 0.5) * 0.1), 0, 1);
                last = chance.NextDouble() < 0.15 ? week : last;
                var verdict = Enum.GetValues<LossLevel>()[chance.Next(4)];
                year.Week(
                    week,
                    share: chance.NextDouble() < 0.02 ? null : share,
                    lastInvoice: last,
                    delay: delay,
                    trend: new Trend(5, p, chance.NextDouble() - 0.3),
                    months: Math.Max(0, months),
                    cash: (long)(months * 4_200),
                    verdict: verdict
                );
                year.Lost.ShouldBeEmpty($"seed {seed}, week {week}");
                year.Holding.Select(a => a.Holding).ShouldBeUnique($"seed {seed}, week {week}");
            }
            year.ToldTwice.ShouldBeEmpty($"seed {seed}");
        }
    }

    [Fact]
    public void A_share_that_trembles_about_a_line_is_told_once()
    {
        var chance = new Random(7);
        var year = new Year();
        var told = Enumerable
            .Range(1, 52)
            .Sum(week => year.Week(week, share: 0.25 + ((chance.NextDouble() - 0.5) * 0.018)).Split('+').Length - 1);
        // From High to Danger at the most: one each.
        told.ShouldBeInRange(1, 2);
        year.Holding.ShouldHaveSingleItem().Level.ShouldBe(Level.Danger);
    }
}
