namespace PorteOuverte.Analytics.Tests;

public class TransactionTests
{
    private static readonly DateOnly Start = new(2025, 1, 1);

    [Fact]
    public void A_summary_is_counted_by_hand()
    {
        Purchase[] purchases =
        [
            new(7, Start.AddDays(28), 30),
            new(7, Start, 500),
            new(7, Start.AddDays(14), 10),
            new(7, Start.AddDays(14), 20),
            new(7, Start.AddDays(100), 99),
            new(7, Start.AddDays(21), -40),
            new(3, Start.AddDays(7), 80),
            new(9, Start.AddDays(70), 80),
        ];
        var histories = Lifetimes.Summarise(purchases, Start.AddDays(70));

        histories.Select(h => h.Client).ShouldBe([3, 7]);
        var seven = histories[1];
        // Two purchases of one day count once, the credit note and the purchase of day 100 not at all.
        seven.Gaps.ShouldBe([14, 14]);
        seven.Summary.ShouldBe(new PurchaseSummary(2, 4, 10, 2 * Math.Log(2)));
        seven.DaysSilent.ShouldBe(42);
        seven.MeanRepeatSpend.ShouldBe(30);
        seven.Spend.ShouldBe(new SpendSummary(2, 30));
        histories[0].Summary.ShouldBe(new PurchaseSummary(0, 0, 9));
        histories[0].MeanRepeatSpend.ShouldBe(0);
    }

    [Fact]
    public void A_fit_from_transactions_is_the_fit_from_their_summaries()
    {
        var purchases = Portfolio(300, 3, out var end);
        var histories = Lifetimes.Summarise(purchases, end);
        var byHand = purchases
            .GroupBy(p => p.Client)
            .Select(g => g.Select(p => p.Date.DayNumber).Distinct().Order().ToArray())
            .Select(d => new PurchaseSummary(
                d.Length - 1,
                (d[^1] - d[0]) / 7.0,
                (end.DayNumber - d[0]) / 7.0
            ))
            .ToArray();

        Lifetimes
            .FitBgNbd(PurchaseSample.Of([.. histories.Select(h => h.Summary)]))
            .LogLikelihood.ShouldBeNear(
                Lifetimes.FitBgNbd(PurchaseSample.Of(byHand)).LogLikelihood,
                1e-12
            );
    }

    [Fact]
    public void Forty_repeaters_are_fitted_and_fewer_are_held_against_their_own_rhythm()
    {
        var large = Lifetimes.QuietClients(Portfolio(120, 1, out var end), end);
        large.Method.ShouldBe(QuietMethod.FittedModel);
        large.Reason.ShouldBe(QuietReason.Fitted);
        large.Fit!.Converged.ShouldBeTrue();

        var small = Lifetimes.QuietClients(Portfolio(25, 1, out end), end);
        small.Method.ShouldBe(QuietMethod.OwnRhythm);
        small.Reason.ShouldBe(QuietReason.TooFewRepeaters);
        small.Repeaters.ShouldBeLessThan(Lifetimes.FewestRepeaters);
        small.Fit.ShouldBeNull();
    }

    [Fact]
    public void Half_a_year_of_silence_is_alarming_for_a_monthly_client_and_not_for_a_yearly_one()
    {
        var today = Start.AddDays(1100);
        var monthly = Enumerable
            .Range(0, 30)
            .Select(i => new Purchase(1, today.AddDays(-180 - 30 * i + i % 3)));
        var yearly = Enumerable
            .Range(0, 3)
            .Select(i => new Purchase(2, today.AddDays(-180 - 365 * i)));
        var recent = Enumerable
            .Range(0, 30)
            .Select(i => new Purchase(3, today.AddDays(-20 - 30 * i + i % 2)));
        var report = Lifetimes.QuietClients([.. monthly, .. yearly, .. recent], today);

        report.Clients.Select(c => c.Client).First().ShouldBe(1);
        var byClient = report.Clients.ToDictionary(c => c.Client);
        byClient[1].Ratio.ShouldBe(6, .3);
        byClient[1].GapSpread.ShouldBeInRange(.05, .3);
        byClient[1].ProbabilityAlive.ShouldBeLessThan(.05);
        byClient[2].ProbabilityAlive.ShouldBeGreaterThan(.8);
        byClient[3].ProbabilityAlive.ShouldBeGreaterThan(.9);
        byClient[3].ProbabilityOfPurchase.ShouldBeGreaterThan(.85);
        // The baseline cannot tell the first two apart.
        byClient[1].RecencyRank.ShouldBe(byClient[2].RecencyRank);
        byClient[3].RecencyRank.ShouldBe(3);
    }

    [Fact]
    public void A_client_without_repeats_is_held_against_the_portfolio_and_not_called_alive()
    {
        var report = Lifetimes.QuietClients(
            [
                .. Portfolio(15, 4, out var end),
                new(1000, end.AddDays(-700)),
                new(1001, end.AddDays(-5)),
            ],
            end
        );
        var once = report.Clients.Single(c => c.Client == 1000);

        once.HasOwnRhythm.ShouldBeFalse();
        once.ProbabilityAlive.ShouldBeLessThan(
            report.Clients.Single(c => c.Client == 1001).ProbabilityAlive
        );
        once.ProbabilityAlive.ShouldBeLessThan(.5);
    }

    [Fact]
    public void Probabilities_are_probabilities_whatever_the_portfolio()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var purchases = new List<Purchase>();
            for (var i = 0; i < random.Next(1, 200); i++)
                purchases.Add(new(random.Next(1, 30), Start.AddDays(random.Next(0, 400))));
            var report = Lifetimes.QuietClients(
                purchases.ToArray(),
                Start.AddDays(400),
                days: 30,
                fewestRepeaters: 10
            );
            foreach (var client in report.Clients)
            {
                client.ProbabilityAlive.ShouldBeInRange(0, 1);
                client.ProbabilityOfPurchase.ShouldBeInRange(0, client.ProbabilityAlive);
                client.Ratio.ShouldBeInRange(0, 400);
            }
        }
    }

    [Fact]
    public void A_hold_out_stands_beside_its_baseline()
    {
        var purchases = Portfolio(400, 8, out var end);
        var report = Lifetimes.HoldOut(purchases, end.AddDays(-91), end);

        report.Method.ShouldBe(QuietMethod.FittedModel);
        report.Result.Count.ShouldBe(report.Recency.Count);
        // The data come from the model: it is calibrated and beats both the base rate and recency alone.
        report.Result.Brier.ShouldBeLessThan(report.BaseRateBrier);
        report.Result.Brier.ShouldBeLessThan(report.Recency.Brier);
        report.Result.Auc!.Value.ShouldBeGreaterThan(report.Recency.Auc!.Value - .02);
        report.Recency.Auc!.Value.ShouldBeInRange(.6, .99);
        foreach (var bin in report.Result.Reliability.Where(b => b.Count >= 50))
            bin.Observed.ShouldBe(bin.Predicted, .15);
    }

    [Fact]
    public void A_hold_out_of_a_small_portfolio_says_it_used_rhythms()
    {
        var purchases = Portfolio(25, 2, out var end);
        var report = Lifetimes.HoldOut(purchases, end.AddDays(-91), end);

        report.Method.ShouldBe(QuietMethod.OwnRhythm);
        report.Result.Brier.ShouldBeInRange(0, .3);
        Should.Throw<ArgumentException>(() => Lifetimes.HoldOut(purchases, end, end));
        Should.Throw<ArgumentException>(() =>
            Lifetimes.HoldOut(purchases, Start.AddDays(-10), end)
        );
    }

    [Fact]
    public void A_calibration_is_counted_by_hand()
    {
        var result = Calibration.Of([.1, .4, .35, .8], [false, false, true, true]);

        result.Brier.ShouldBeNear((.01 + .16 + .4225 + .04) / 4, 1e-14);
        result.Auc.ShouldBe(.75);
        result.BaseRate.ShouldBe(.5);
        result.Reliability.Select(b => b.Count).ShouldBe([1, 1, 1, 1]);
        Calibration.Of([.5, .5], [true, true]).Auc.ShouldBeNull();
        Calibration.Of([.5, .5], [true, false]).Auc.ShouldBe(.5);
        Should.Throw<ArgumentOutOfRangeException>(() => Calibration.Of([1.2], [true]));
    }

    /// <summary>A regular service portfolio drawn from the MBG/CNBD-3, as dates.</summary>
    private static Purchase[] Portfolio(int clients, int seed, out DateOnly end)
    {
        end = Start.AddDays(900);
        var random = new Random(seed);
        var purchases = new List<Purchase>();
        for (var client = 0; client < clients; client++)
        {
            var day = Start.AddDays(random.Next(0, 300));
            var rate = MathNet.Numerics.Distributions.Gamma.Sample(random, 3, 4.0);
            var leaving = MathNet.Numerics.Distributions.Beta.Sample(random, .6, 6);
            while (day <= end)
            {
                purchases.Add(new(client, day, 100 + random.Next(50)));
                if (random.NextDouble() < leaving)
                    break;
                day = day.AddDays(
                    Math.Max(
                        1,
                        (int)
                            Math.Round(
                                7 * MathNet.Numerics.Distributions.Gamma.Sample(random, 3, rate)
                            )
                    )
                );
            }
        }
        return [.. purchases];
    }
}
