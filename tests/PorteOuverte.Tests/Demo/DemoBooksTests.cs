using PorteOuverte.Analytics;
using PorteOuverte.Features.Clients.Demo;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.Demo;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Kernel;
using PorteOuverte.Tests.Diagnosis.MakeSample;

namespace PorteOuverte.Tests.Demo;

/// <summary>What the made-up books say, on whichever day they end.</summary>
public sealed class DemoBooksTests
{
    public static TheoryData<string> Days => ["2026-11-22", "2027-01-04", "2028-02-29", "2026-07-31", "2027-05-16"];

    private static (Report Report, IReadOnlyList<(string Name, byte[] Content)> Files) Of(string day)
    {
        var end = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var files = DemoBooks.Write(end, end, DemoBooks.FirstYear(end));
        return (DiagnoseLedgerHandler.Of(SampleBytes.Read(files), end, 30, Thresholds.Default), files);
    }

    [Theory, MemberData(nameof(Days))]
    public void One_client_weighs_too_much_three_others_follow_and_the_rest_is_small(string day)
    {
        var (report, _) = Of(day);
        var clients = report.Concentration.Clients;
        clients[0].Client.Code.ShouldBe(Cast.Giant);
        clients[0].Share.ShouldBe(0.31, 0.015);
        clients[1].Share.ShouldBe(0.18, 0.012);
        clients[2].Share.ShouldBe(0.12, 0.01);
        clients[3].Share.ShouldBe(0.08, 0.007);
        clients.Single(c => c.Client.Code == Cast.Leaving).Share.ShouldBeInRange(0.06, 0.08);
        clients.Skip(5).ShouldAllBe(c => c.Share < 0.04);
        report.Files.ShouldAllBe(f => f.Rejected == 0 && f.Debit == f.Credit);
    }

    [Theory, MemberData(nameof(Days))]
    public void The_cash_lasts_fourteen_months_and_half_as_long_without_the_first(string day)
    {
        var (report, files) = Of(day);
        report.Runway.MonthsNow!.Value.ShouldBeInRange(13.5, 15);
        report.Runway.IfLost[0].Months!.Value.ShouldBeInRange(6.5, 8);
        files
            .SelectMany(f => System.Text.Encoding.UTF8.GetString(f.Content).Split('\n'))
            .Select(line => line.Split('\t').ElementAtOrDefault(4))
            .Where(account => account?[0] == '6')
            .Distinct(StringComparer.Ordinal)
            .Count()
            .ShouldBeGreaterThanOrEqualTo(24);
    }

    [Theory, MemberData(nameof(Days))]
    public void Two_pay_late_one_of_them_later_each_month_and_something_is_owed_in_every_band(string day)
    {
        var (report, _) = Of(day);
        report.LatePayers.Select(c => c.Code).Order(StringComparer.Ordinal).ShouldBe(["BASTION", "JAUBERT"]);
        report.LatePayers.Count(c => c.DelayTrend!.IsRising && c.DelayTrend.P < 0.001).ShouldBe(1);
        report.Ages.ShouldAllBe(a => a.Items > 0 && a.Amount > 0);
    }

    [Theory, MemberData(nameof(Days))]
    public void Three_fall_silent_and_the_last_losses_come_close_together(string day)
    {
        var (report, _) = Of(day);
        void Silent(string code, int days, int usual)
        {
            var client = report.Clients.Single(c => c.Code == code);
            client.DaysSilent.ShouldBe(days, code);
            client.UsualInterval!.Value.ShouldBe(usual, 5, code);
        }
        Silent("TALLEC", 108, 31);
        Silent("HAUTSMUR", 98, 45);
        Silent("HALAGE", 66, 30);
        var departures = report.Outlook.Departures!;
        departures.Level.ShouldBeOneOf(LossLevel.Watch, LossLevel.Avalanche);
        departures.Losses.Count.ShouldBe(6);
        departures.Losses.Take(3).ShouldAllBe(l => report.AsOf.DayNumber - l.On.DayNumber <= 85);
        (report.AsOf.DayNumber - departures.Losses[3].On.DayNumber).ShouldBeGreaterThan(250);
    }

    [Fact]
    public void What_was_known_then_stands_in_the_later_books_unchanged()
    {
        var (end, known) = (new DateOnly(2026, 11, 22), new DateOnly(2025, 9, 30));
        var before = DemoBooks.Write(end, known, 2024);
        var after = DemoBooks.Write(end, end, 2024);
        before[1].Name.ShouldBe("123456782FEC20250930.txt");
        static string[] Sales(byte[] content) =>
            [
                .. System
                    .Text.Encoding.UTF8.GetString(content)
                    .Split('\n')
                    .Where(l => l.StartsWith("VE\t", StringComparison.Ordinal))
                    // But for the letters, which later payments bring.
                    .Select(l => string.Join('\t', l.Split('\t').Take(13))),
            ];
        var then = Sales(before[1].Content);
        Sales(after[1].Content).Take(then.Length).ShouldBe(then);
    }
}
