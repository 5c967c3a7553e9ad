using PorteOuverte.Analytics;
using PorteOuverte.Features.Diagnosis;

namespace PorteOuverte.Tests.Diagnosis.Alerts;

/// <summary>Alerts that end though nothing got better: nobody claims it did, and what comes again is no news.</summary>
public sealed class AlertsTakenBackTests
{
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
}
