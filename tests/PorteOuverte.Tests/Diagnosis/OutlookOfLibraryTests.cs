using System.Text.Json;
using PorteOuverte.Analytics;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Ledgers;
using PorteOuverte.Tests.Architecture;
using PorteOuverte.Tests.Diagnosis.MakeSample;

namespace PorteOuverte.Tests.Diagnosis;

/// <summary>The figures of the report are the library's, computed here from the same invoices by another way.</summary>
public sealed class OutlookOfLibraryTests
{
    private static readonly DateOnly End = SmallBooks.End;

    // All invoices of named clients, backwards and with their amounts: the library must not care.
    private static Purchase[] Purchases(LedgerFacts facts) =>
        [
            .. facts
                .Clients.Select((c, i) => (Client: c, Number: i))
                .Where(c => !c.Client.IsCollective)
                .SelectMany(c => c.Client.Invoices.Select(i => new Purchase(c.Number, i.Date, i.Net)))
                .Where(p => p.Amount > 0 && p.Date >= facts.Day.AddDays(-1095))
                .Reverse(),
        ];

    [Theory]
    [InlineData(20, 3, "ownRhythm", "tooFewRepeaters")]
    [InlineData(60, 3, "ownRhythm", "fitDidNotConverge")]
    [InlineData(110, 1, "fittedModel", "fitted")]
    public void Silences_are_those_of_the_library_on_the_same_invoices(
        int clients,
        int seed,
        string method,
        string reason
    )
    {
        var ledger = SampleBytes.Of(new SampleOptions(clients, Years: 3, seed)).Read();
        var facts = ledger.AsOf(End);

        var expected = Lifetimes.QuietClients(Purchases(facts), End);
        var silence = SmallBooks.Json(SmallBooks.Report(ledger, End)).GetProperty("silence");

        silence.GetProperty("method").GetString().ShouldBe(method);
        silence.GetProperty("reason").GetString().ShouldBe(reason);
        silence.GetProperty("repeaters").GetInt32().ShouldBe(expected.Repeaters);
        var told = silence
            .GetProperty("clients")
            .EnumerateArray()
            .ToDictionary(c => c.GetProperty("code").GetString()!);
        told.Count.ShouldBe(expected.Clients.Count);
        foreach (var client in expected.Clients)
        {
            var one = told[facts.Clients[client.Client].Code];
            one.GetProperty("daysSilent").GetInt32().ShouldBe(client.DaysSilent);
            one.GetProperty("recencyRank").GetInt32().ShouldBe(client.RecencyRank);
            one.GetProperty("usualGapDays").GetDouble().ShouldBe(client.UsualGapDays, 0.051);
            one.GetProperty("ratio").GetDouble().ShouldBe(client.Ratio, 1e-6);
            one.GetProperty("probabilityAlive").GetDouble().ShouldBe(client.ProbabilityAlive, 1e-6);
            one.GetProperty("probabilityOfPurchase").GetDouble().ShouldBe(client.ProbabilityOfPurchase, 1e-6);
        }
    }

    [Fact]
    public void The_verdict_is_that_of_the_library_on_the_same_departures()
    {
        var ledger = SampleBytes.Of(new SampleOptions(Clients: 60, Years: 3, Seed: 1)).Read();
        var facts = ledger.AsOf(End);
        var gone = Lifetimes
            .QuietClients(Purchases(facts), End)
            .Clients.Where(c => c is { Ratio: > 3, DaysSilent: > 60, ProbabilityAlive: < 0.5 })
            .Where(c => facts.Clients[c.Client].Invoices.Count >= 4)
            .Select(c => facts.Clients[c.Client].LastInvoice!.Value.AddDays((int)Math.Round(c.UsualGapDays)))
            .ToArray();

        var expected = Losses.Judge(gone, End, new JudgeOptions { Scan = new ScanOptions { Horizon = 730 } });
        var avalanche = SmallBooks.Json(SmallBooks.Report(ledger, End)).GetProperty("avalanche");

        gone.Length.ShouldBeGreaterThan(2);
        avalanche
            .GetProperty("losses")
            .EnumerateArray()
            .Select(l => l.GetProperty("on").GetDateTime())
            .ShouldBe(gone.OrderDescending().Select(d => d.ToDateTime(TimeOnly.MinValue)));
        avalanche.GetProperty("level").GetString().ShouldBe(JsonReport.CodeOf(expected.Level));
        avalanche.GetProperty("p").GetDouble().ShouldBe(expected.Scan.PValue, 1e-6);
        avalanche.GetProperty("observed").GetInt32().ShouldBe(expected.Scan.Observed);
        avalanche
            .GetProperty("detectable")
            .GetProperty("atFivePercent")
            .GetInt32()
            .ShouldBe(expected.Detectable.AtFivePercent);
    }

    [Fact]
    public void The_band_is_that_of_the_library_with_the_departures_of_the_past()
    {
        // Ten clients for two years, one of whom left ten months ago: 11 months of invoices, due again on 1 March.
        var first = new DateOnly(2024, 1, 1);
        var books = SmallBooks.Steady(9, first, capital: 20_500).Monthly("Parti", 28, first, new DateOnly(2025, 2, 1));
        var report = books.Report();
        var gone = report.Outlook.Silence.Clients.Single(s => s.Client.Code == "Parti");
        var dueOn = new DateOnly(2025, 2, 28).AddDays((int)gone.UsualGapDays);
        var days = Enumerable.Range(0, 9).Sum(i => End.DayNumber - first.AddDays(i).DayNumber);
        days += dueOn.DayNumber - new DateOnly(2024, 1, 28).DayNumber;

        var leaving = 1 - Math.Exp(-1.5 / (days / (365.25 / 12)));
        var expected = Runway.Simulate(
            new RunwayPlan
            {
                Cash = 20_500,
                MonthlyCharges = 9_000,
                Clients = [new(0, 0), .. Enumerable.Repeat(new RunwayClient(1_000, leaving), 9)],
                Deals = [new(2_000 / 12.0, gone.ProbabilityAlive, 1, Recurring: true)],
            },
            24,
            seed: 1,
            runs: 4_000
        );

        var band = SmallBooks.Json(report).GetProperty("runwayBand");
        band.GetProperty("monthlyLeaving").GetDouble().ShouldBe(leaving, 1e-6);
        band.GetProperty("probabilityOut").GetDouble().ShouldBe(expected.ProbabilityOut, 1e-6);
        var months = band.GetProperty("months").EnumerateArray().ToList();
        months.Count.ShouldBe(24);
        foreach (var (month, law) in months.Zip(expected.Months))
        {
            month.GetProperty("month").GetInt32().ShouldBe(law.Month);
            month.GetProperty("low").GetDouble().ShouldBe(law.Low, 0.011);
            month.GetProperty("median").GetDouble().ShouldBe(law.Median, 0.011);
            month.GetProperty("high").GetDouble().ShouldBe(law.High, 0.011);
            month.GetProperty("probabilityOut").GetDouble().ShouldBe(law.ProbabilityOut, 1e-6);
        }
    }

    public static TheoryData<string> RealFiles =>
        [
            .. Directory
                .EnumerateFiles(Corpus(), "*FEC*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Corpus(), f))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(RealFiles))]
    public void Real_books_give_probabilities(string file)
    {
        var ledger = Ledger.Read(
            [LedgerSource.FromFile(Path.Combine(Corpus(), file))],
            cancellation: TestContext.Current.CancellationToken
        );

        var outlook = SmallBooks.Report(ledger, ledger.LastEntry).Outlook;

        outlook.Silence.Clients.ShouldAllBe(s =>
            IsProbability(s.ProbabilityAlive) && IsProbability(s.ProbabilityOfPurchase)
        );
        IsProbability(outlook.Departures?.PValue ?? 0).ShouldBeTrue();
        foreach (var month in outlook.Band?.Months ?? [])
        {
            IsProbability(month.ProbabilityOut).ShouldBeTrue();
            new[] { month.Low, month.Median, month.High }.ShouldBeInOrder();
        }
    }

    private static bool IsProbability(double p) => p is >= 0 and <= 1;

    // Beside the repository; its absence is an error, never a skipped test.
    private static string Corpus()
    {
        var root = SourceTree.Root;
        return Path.GetFullPath(Path.Combine(root, "..", "shared", "corpus", "fec"));
    }
}
