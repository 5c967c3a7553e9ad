using System.Globalization;
using System.Text;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Diagnosis.MakeSample;

public class SampleStoryTests
{
    private static Report Default { get; } =
        DiagnoseLedgerHandler.Of(
            SampleBytes.Of(new SampleOptions()).Read(),
            new DateOnly(2025, 12, 31),
            30,
            Thresholds.Default
        );

    [Fact]
    public void The_first_client_is_a_danger_and_the_next_two_are_to_be_watched()
    {
        var largest = Default.Concentration.Clients;

        largest[0].Share.ShouldBe(0.31, 0.015);
        largest[0].Level.ShouldBe(Level.Danger);
        largest[1].Share.ShouldBe(0.18, 0.015);
        largest[1].Level.ShouldBe(Level.Watch);
        largest[2].Share.ShouldBe(0.12, 0.01);
        largest[2].Level.ShouldBe(Level.Watch);
        largest.Skip(3).ShouldAllBe(c => c.Share < 0.05);
        largest.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void The_cash_lasts_with_every_client_and_some_months_without_the_first()
    {
        Default.Runway.MonthsNow.ShouldBeNull();
        Default.Runway.IfLost[0].Months!.Value.ShouldBeInRange(6, 12);
        Default.Runway.IfLost[1].Months!.Value.ShouldBeGreaterThan(12);
    }

    [Fact]
    public void Three_clients_pay_late_and_one_of_them_later_and_later()
    {
        Default.LatePayers.Count.ShouldBe(3);
        Default.LatePayers.Count(c => c.DelayTrend!.IsRising && c.DelayTrend.P < 0.001).ShouldBe(1);
    }

    [Fact]
    public void Two_or_three_clients_have_gone_quiet() => Default.Quiet.Count.ShouldBeInRange(2, 3);

    [Fact]
    public void Something_was_credited_something_contested_and_something_lost()
    {
        var sample = SampleBytes.Of(new SampleOptions());
        var text = Encoding.UTF8.GetString(sample.Files[^1]) + Encoding.UTF8.GetString(sample.Files[^2]);

        Default.Totals.CreditNotes.ShouldBeInRange(2, 12);
        Default.Ages.Count(a => a.Items > 0).ShouldBeGreaterThan(2);
        text.ShouldContain("\t654000\t");
        text.ShouldContain("\t416000\t");
    }

    [Fact]
    public void Nothing_in_the_files_surprises_the_reader() =>
        // The openings of the second and third year repeat the years before, as they should.
        Default
            .Files.SelectMany(f => f.Notices)
            .Select(n => n.Code).Distinct()
            .ShouldBe([PorteOuverte.Ledgers.NoticeCode.RepeatedOpening]);

    [Fact]
    public void The_first_two_hundred_clients_have_names_of_their_own_without_numbers()
    {
        var names = SampleBytes.Of(new SampleOptions(Clients: 200, Years: 1)).Truth.Clients;

        names.Select(c => c.Name).ShouldBeUnique();
        names.Select(c => c.Code).ShouldBeUnique();
        names.ShouldAllBe(c => !c.Name.Any(char.IsDigit));
        names.ShouldContain(c => c.Name.Contains('œ'));
        names.ShouldContain(c => c.Name.Contains('\''));
    }

    [Fact]
    public void The_agency_has_a_valid_number_and_its_files_the_names_of_the_norm()
    {
        var sum = Sample.Siren.Reverse().Select((c, i) => (c - '0') * (1 + (i % 2))).Sum(d => d > 9 ? d - 9 : d);

        (sum % 10).ShouldBe(0);
        Sample
            .FileNames(new SampleOptions(Years: 2))
            .ShouldBe(["123456782FEC20241231.txt", "123456782FEC20251231.txt"]);
        Sample.FileNames(new SampleOptions(Years: 1, Dialect: Dialect.Xml)).ShouldBe(["123456782FEC20251231.xml"]);
    }

    [Fact]
    public void A_seed_makes_the_same_bytes_each_time_and_another_seed_makes_others()
    {
        var first = SampleBytes.Of(new SampleOptions(Seed: 5)).Files;
        var again = SampleBytes.Of(new SampleOptions(Seed: 5)).Files;
        var other = SampleBytes.Of(new SampleOptions(Seed: 6)).Files;

        first.Zip(again, (a, b) => a.AsSpan().SequenceEqual(b)).ShouldAllBe(same => same);
        first.Zip(other, (a, b) => a.AsSpan().SequenceEqual(b)).ShouldAllBe(same => !same);
    }

    [Fact]
    public void Every_entry_balances_is_numbered_without_a_gap_and_pays_on_working_days()
    {
        foreach (var file in SampleBytes.Of(new SampleOptions()).Files)
        {
            var lines = Encoding
                .UTF8.GetString(file)
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(l => l.Split('\t'))
                .ToList();
            var entries = lines.GroupBy(f => int.Parse(f[2], CultureInfo.InvariantCulture)).ToList();

            entries.Select(e => e.Key).ShouldBe(Enumerable.Range(1, entries.Count));
            entries.Select(e => e.Sum(f => Cents(f[11]) - Cents(f[12]))).ShouldAllBe(balance => balance == 0);
            entries.Select(e => e.First()[3]).ShouldBeInOrder();
            lines.ShouldAllBe(f => f.Length == 18);
            lines
                .Where(f => f[0] == "BQ")
                .ShouldAllBe(f =>
                    DateOnly.ParseExact(f[3], "yyyyMMdd", CultureInfo.InvariantCulture).DayOfWeek != DayOfWeek.Sunday
                );
        }

        static long Cents(string amount) =>
            long.Parse(amount.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 30)]
    [InlineData(7, 1)]
    public void However_few_the_clients_the_files_are_whole(int clients, int years)
    {
        var sample = SampleBytes.Of(new SampleOptions(clients, years));

        sample.Read().Files.ShouldAllBe(f => f.Lines > 0 && f.Debit == f.Credit && f.Rejected == 0);
        sample.Truth.Clients.Count.ShouldBeLessThanOrEqualTo(clients);
    }
}
