using System.Text.Json;
using PorteOuverte.Analytics;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Ledgers;
using PorteOuverte.Tests.Diagnosis.MakeSample;

namespace PorteOuverte.Tests.Diagnosis;

public sealed class OutlookTests
{
    private static readonly DateOnly End = SmallBooks.End;

    [Fact]
    public void A_client_who_stops_is_among_the_quiet()
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 20, Years: 3, Seed: 1));
        // Regular until then, and not one invoice in the last hundred days.
        var stopped = sample.Truth.Clients.Where(c =>
            c.Invoices(End) >= 12 && c.Invoices(End) == c.Invoices(End.AddDays(-100))
        );

        var outlook = SmallBooks.Report(sample.Read(), End).Outlook;

        var quiet = outlook.Silence.Clients.Where(s => s.ProbabilityAlive < 0.1).Select(s => s.Client.Code).ToList();
        stopped.Select(c => c.Code).ShouldNotBeEmpty();
        stopped.ShouldAllBe(c => quiet.Contains(c.Code));
    }

    [Fact]
    public void Several_departures_close_together_are_an_avalanche()
    {
        var first = new DateOnly(2024, 1, 1);
        var books = SmallBooks.Steady(15, first);
        for (var i = 0; i < 4; i++)
        {
            books.Monthly($"Parti{i}", 2 + (5 * i), first, new DateOnly(2025, 6, 1));
        }

        var outlook = books.Report().Outlook;

        outlook.Departures!.Level.ShouldBe(LossLevel.Avalanche);
        outlook.Departures.Losses.Count.ShouldBe(4);
        outlook.Departures.Observed.ShouldBe(3);
        outlook.Departures.WindowDays.ShouldBe(30);
    }

    [Fact]
    public void Two_departures_close_together_are_to_be_watched()
    {
        var first = new DateOnly(2024, 1, 1);
        var last = new DateOnly(2025, 6, 1);
        var books = SmallBooks.Steady(15, first).Monthly("PartiA", 3, first, last).Monthly("PartiB", 12, first, last);

        books.Report().Outlook.Departures!.Level.ShouldBe(LossLevel.Watch);
    }

    [Fact]
    public void Without_departures_it_says_what_could_have_been_detected()
    {
        var departures = SmallBooks.Steady(15, new DateOnly(2024, 1, 1)).Report().Outlook.Departures!;

        departures.Level.ShouldBe(LossLevel.NoSignOfClustering);
        departures.Losses.ShouldBeEmpty();
        departures.HorizonDays.ShouldBe(730);
        departures.Detectable.AtFivePercent.ShouldBe(Losses.Detectable(0, 639, 91, 0.05));
    }

    [Fact]
    public void Under_a_year_no_verdict_is_given()
    {
        var report = SmallBooks.Steady(5, new DateOnly(2025, 2, 1)).Report();

        report.Outlook.Departures.ShouldBeNull();
        report.Outlook.DaysCovered.ShouldBe(334);
        SmallBooks.Json(report).GetProperty("avalanche").ValueKind.ShouldBe(JsonValueKind.Null);
        SmallBooks.Json(report).GetProperty("runwayBand").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public void One_whole_year_is_enough() =>
        SmallBooks.Steady(5, new DateOnly(2025, 1, 1)).Report().Outlook.Departures!.HorizonDays.ShouldBe(365);

    [Fact]
    public void Without_cash_or_without_charges_there_is_no_band()
    {
        var first = new DateOnly(2024, 1, 1);
        var noCash = new SmallBooks().Monthly("A", 4, first, End);
        SmallBooks.Json(noCash.Report()).GetProperty("runwayBand").ValueKind.ShouldBe(JsonValueKind.Null);
        noCash.Bank(first, capital: 5_000, rent: 0);
        SmallBooks.Json(noCash.Report()).GetProperty("runwayBand").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void The_same_file_twice_gives_the_same_bytes()
    {
        var sample = SampleBytes.Of(new SampleOptions(Clients: 110, Years: 3, Seed: 1));

        SmallBooks
            .Bytes(SmallBooks.Report(sample.Read(), End))
            .ShouldBe(SmallBooks.Bytes(SmallBooks.Report(sample.Read(), End)));
    }

    [Fact]
    public void Looking_from_a_day_of_the_past_knows_nothing_later()
    {
        var first = new DateOnly(2023, 1, 1);
        var books = SmallBooks
            .Steady(12, first)
            .Monthly("PartiA", 3, first, new DateOnly(2024, 5, 1))
            .Monthly("PartiB", 9, first, new DateOnly(2025, 3, 1));
        var day = new DateOnly(2025, 4, 1);

        var then = SmallBooks.Json(books.Report(day));
        var known = SmallBooks.Json(books.Report(day, until: day));

        foreach (var member in new[] { "silence", "avalanche", "runwayBand" })
        {
            then.GetProperty(member).GetRawText().ShouldBe(known.GetProperty(member).GetRawText());
        }
        then.GetProperty("avalanche").GetProperty("losses").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void Beyond_the_last_entry_nobody_grows_more_silent()
    {
        var books = SmallBooks.Steady(12, new DateOnly(2024, 1, 1));

        var outlook = books.Report(new DateOnly(2026, 6, 30)).Outlook;

        outlook.AsOf.ShouldBe(End);
        outlook.Departures!.Losses.ShouldBeEmpty();
        outlook.Silence.Clients.ShouldAllBe(s => s.ProbabilityAlive > 0.8);
    }
}
