namespace PorteOuverte.Analytics.Tests;

/// <summary>The examples of docs/guide/en/analytics.md, word for word; GuideTests holds the page to this file.</summary>
public class GuideExamples
{
    [Fact]
    public void Quiet_clients()
    {
        var today = new DateOnly(2026, 3, 1);
        Purchase[] invoices =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(month => new Purchase(1, today.AddDays(-150 - 30 * month))),
            .. Enumerable
                .Range(0, 12)
                .Select(month => new Purchase(2, today.AddDays(-12 - 30 * month))),
        ];

        var report = Lifetimes.QuietClients(invoices, today, days: 91);

        report.Method.ShouldBe(QuietMethod.OwnRhythm); // two clients: no model is fitted
        report.Reason.ShouldBe(QuietReason.TooFewRepeaters); // fewer than Lifetimes.FewestRepeaters bought again
        var quietest = report.Clients[0];
        quietest.Client.ShouldBe(1);
        quietest.DaysSilent.ShouldBe(150); // the baseline, with its RecencyRank
        quietest.Ratio.ShouldBe(5); // five times the usual 30 days
        quietest.ProbabilityAlive.ShouldBeLessThan(.01);
        report.Clients[1].ProbabilityOfPurchase.ShouldBeGreaterThan(.9);
    }

    [Fact]
    public void Hold_out()
    {
        var first = new DateOnly(2024, 1, 1);
        var invoices = Enumerable
            .Range(0, 60)
            .SelectMany(c =>
                Enumerable
                    .Range(0, c % 3 == 0 ? 12 : 26)
                    .Select(m => new Purchase(c, first.AddDays(28 * m + c)))
            )
            .ToArray();

        var judged = Lifetimes.HoldOut(invoices, cut: first.AddDays(600), end: first.AddDays(690));

        judged.Result.Brier.ShouldBeLessThan(judged.BaseRateBrier); // mean (p − outcome)² on purchases it had not seen
        judged.Recency.Auc.ShouldNotBeNull(); // days of silence alone, always beside it
        judged.Result.Reliability.Sum(bin => bin.Count).ShouldBe(60);
    }

    [Fact]
    public void Lifetime_models()
    {
        var truth = new BgNbd(R: .5, Alpha: 5, A: .8, B: 2.4);
        PurchaseSummary[] clients = truth.Simulate([.. Enumerable.Repeat(52.0, 4000)], seed: 1);
        var sample = PurchaseSample.Of(clients); // or from invoices: Lifetimes.Summarise(invoices, today)

        var fit = Lifetimes.FitBgNbd(sample); // also FitNbd, FitMbgNbd, FitMbgCnbdK, FitParetoNbd

        fit.Converged.ShouldBeTrue();
        fit.Model.R.ShouldBe(.5, 3 * fit.StandardErrors[0]);
        var client = new PurchaseSummary(Repeats: 8, Last: 45, Age: 52); // (x, t_x, T) in weeks
        fit.Model.ProbabilityAlive(client).ShouldBeInRange(.7, .9);
        fit.Model.ConditionalExpectedPurchases(client, 13).ShouldBeInRange(1, 2.5);
        fit.Model.ProbabilityOfAny(client, 13).ShouldBeInRange(.6, 1);
        fit.Model.LifetimeValue(client, value: 400, periods: 12, period: 4.345, discount: .008)
            .ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Spend_and_renewals()
    {
        var spend = new GammaGamma(P: 6.25, Q: 3.74, V: 15.44); // or Lifetimes.FitGammaGamma(spendSummaries)
        spend.ExpectedSpend(repeats: 2, meanSpend: 22.35).ShouldBe(24.66, .01);

        var contracts = Lifetimes.FitShiftedBetaGeometric([
            1000,
            631,
            468,
            382,
            326,
            289,
            262,
            241,
        ]);
        contracts.Model.Retention(8).ShouldBe(.92, .01); // who stayed seven times mostly stays again

        var donors = new BgBb(1.204, .750, .657, 2.783); // or Lifetimes.FitBgBb(renewalSummaries)
        donors
            .ProbabilityAlive(new RenewalSummary(Renewals: 4, Last: 5, Occasions: 6))
            .ShouldBe(.697, .001);
    }

    [Fact]
    public void Survival_of_contracts()
    {
        double[] months = [6, 7, 10, 13, 16, 22, 23, 9, 11, 17];
        bool[] ended = [true, true, true, true, true, true, true, false, false, false];

        Survival.KaplanMeier(months, ended).Median.ShouldBe(16); // running contracts are censored, not ignored
        Survival.NelsonAalen(months, ended).At(6).ShouldBe(.1);
        Survival
            .LogRank(months, ended, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
            .PValue.ShouldBeLessThan(.05);
        var cox = Survival.Cox(months, ended, [1, 1, 0, 1, 0, 0, 0, 1, 0, 0]);
        cox.Coefficients[0].ShouldBeGreaterThan(0); // the covariate shortens contracts
        Survival
            .Concordance(months, ended, [1, 1, 0, 1, 0, 0, 0, 1, 0, 0])
            .ShouldBe(cox.Concordance);
        Survival.WeibullAft(months, ended).Shape.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Avalanche()
    {
        var today = new DateOnly(2026, 3, 1);
        DateOnly[] losses =
        [
            today.AddDays(-2),
            today.AddDays(-15),
            today.AddDays(-28),
            today.AddDays(-500),
        ];

        var verdict = Losses.Judge(
            losses,
            today,
            new JudgeOptions { Clients = 40, Causes = [new("manager", "Ana", 10, 3)] }
        );

        verdict.Level.ShouldBe(LossLevel.Avalanche);
        verdict.Reasons[0].Kind.ShouldBe(LossReasonKind.Cluster); // as data: a screen phrases it
        verdict.Reasons[0].WindowDays.ShouldBe(30);
        verdict.Reasons[0].Probability!.Value.ShouldBe(.00635, 1e-5);
        verdict.Detectable.AtFivePercent.ShouldBe(2); // so many in 91 days would have been noticed
    }

    [Fact]
    public void Tests_of_losses()
    {
        Losses.Scan([3, 9, 20, 41, 190, 333, 480, 611]).PValue.ShouldBe(.0263, 1e-4);
        Losses
            .Compare(recent: 4, recentExposure: 3, past: 8, pastExposure: 24)
            .PValue.ShouldBe(.0362, 1e-4);
        Losses.Detectable(past: 8, pastExposure: 24, recentExposure: 3, level: .05).ShouldBe(4);
        Losses.PredictiveTail(atLeast: 1, exposure: 3, shape: 12.5, rate: 27).ShouldBe(.732, 1e-3);
        Losses
            .SharedCauses(120, 6, [new("manager", "Ana", 18, 4)])[0]
            .PValue.ShouldBe(.00456, 1e-5);
        Losses
            .HypergeometricTail(population: 120, marked: 18, drawn: 6, atLeast: 4)
            .ShouldBe(.00456, 1e-5);
        Losses.BenjaminiHochberg([.01, .02, .9])[0].ShouldBe(.03, 1e-12);
        Losses.CusumReference(usual: .5, raised: 1.5).ShouldBe(.91, .001);
        Losses.CusumRunLength(mean: .5, reference: .9, threshold: 4).ShouldBe(541.67, .01);
        Losses.Cusum([0, 1, 0, 2, 3, 2], reference: .9, threshold: 4).FirstAlarm.ShouldBe(5);
        Losses.PoissonBinomial([.5, .5])[1].ShouldBe(.5);
        Losses.PoissonBinomialTail([.05, .1, .8, .6], atLeast: 2).ShouldBe(.544, .001);
        Losses.ChangePoints([0, 1, 0, 0, 0, 0, 3, 2, 4]).ProbabilityBelow(4).ShouldBe(.69, .01);
        Losses
            .Hawkes([20, 95, 101, 104, 120, 260, 262, 270], horizon: 300)
            .Branching.ShouldBeGreaterThan(.2);
        Losses
            .Verdict(Losses.Scan([5.0]), [], null, new(91, 0, 2, 3))
            .Level.ShouldBe(LossLevel.NoSignOfClustering);
    }

    [Fact]
    public void Concentration_and_price()
    {
        double[] revenues = [42_000, 18_000, 15_000, 9_000, 6_000, 5_000, 3_000, 2_000];
        var profile = Concentration.Of(revenues);

        profile.Hhi.ShouldBe(.2468, 1e-12);
        profile.EffectiveClients.ShouldBe(4.05, .01);
        profile.Top(3).ShouldBe(.75, 1e-12);
        profile.HhiAfterLosing(0).ShouldBe(.2093, 1e-4);
        Concentration.ToWinElsewhere(42_000, 100_000, threshold: .25).ShouldBe(68_000);
        Math.Ceiling(Concentration.ClientsToReach(revenues, hhi: .15, size: 3_000)).ShouldBe(11);
        Pricing.ToleratedLoss(rise: .05, margin: .40).ShouldBe(1 / 9.0, 1e-12);
        Pricing
            .ResidualValue(monthlyMargin: 1_500, monthlyChurn: .01, monthlyDiscount: .008)
            .ShouldBe(82_500, 1e-6);
    }

    [Fact]
    public void Runway_and_its_band()
    {
        var plan = new RunwayPlan
        {
            Cash = 15_000,
            MonthlyCharges = 19_000,
            Clients =
            [
                new(9_000, .02),
                new(5_000, .05),
                new(4_000, .01),
                new(2_500, .10, PaymentDelay: 1.5),
            ],
            Deals = [new(6_000, .5, Month: 3)],
        };

        var band = Runway.Simulate(plan, months: 24, seed: 1);

        band.Months[5].Low.ShouldBeLessThan(band.Months[5].Median); // 10 %, 50 %, 90 % of cash after six months
        band.FirstMonthOutMedian!.Value.ShouldBeInRange(8, 16); // null: beyond the horizon
        band.ProbabilityOut.ShouldBeGreaterThan(.8);
        Runway.Exact(plan, months: 6).ProbabilityOut.ShouldBe(band.Months[5].ProbabilityOut, .02);
        Runway.Months(cash: 120_000, monthlyBurn: 15_000).ShouldBe(8);
        Runway.RuinProbability(60_000, 4_000, 25_000, 12).ShouldBe(.2274, 1e-4);
        Runway.ContinuousRuinProbability(60_000, 4_000, 25_000, 12).ShouldBe(.3126, 1e-4);
    }

    [Fact]
    public void Payments_and_penalties()
    {
        InvoicePayment[] invoices =
        [
            new(new(2026, 1, 5), new(2026, 2, 4), new(2026, 2, 14), 1_200),
            new(new(2026, 1, 20), new(2026, 2, 19), null, 800),
        ];

        Payments.Delays(invoices, asOf: new(2026, 3, 1)).WeightedLateness.ShouldBe(10);
        Payments.Trend([31, 33, 30, 35, 38, 36, 41]).Slope.ShouldBe(1.6, .1); // days later with each invoice
        Payments.DaysSalesOutstanding(250, 600, 90).ShouldBe(37.5);
        Payments.AverageDaysDelinquent(250, 170, 600, 90).ShouldBe(12, 1e-12);
        Payments.CountBack(250, [120, 90, 100], [31, 28, 31]).ShouldBe(71.4, 1e-12);
        Payments.CollectionEffectiveness(6_200, 10_890, 6_340, 3_590).ShouldBe(.796, .001);
        var owed = Payments.Penalty(
            1_200,
            new(2026, 1, 31),
            new(2026, 3, 2),
            Payments.KnownFrenchRates
        );
        owed.Interest.ShouldBe(11.98m);
        owed.Indemnity.ShouldBe(40m);
        Calibration.Of([.9, .2], [true, false]).Brier.ShouldBe(.025, 1e-12);
    }
}
