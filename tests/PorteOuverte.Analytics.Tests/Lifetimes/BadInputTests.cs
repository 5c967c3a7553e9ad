namespace PorteOuverte.Analytics.Tests;

/// <summary>Impossible clients are refused by name; hopeless samples end, and say that they did not converge.</summary>
public class BadInputTests
{
    private static readonly LifetimeModel[] Models =
    [
        new Nbd(.5, 4),
        new BgNbd(.243, 4.414, .793, 2.426),
        new MbgNbd(.525, 6.183, .891, 1.614),
        new MbgCnbdK(3, .525, 6.183, .891, 1.614),
        new ParetoNbd(.553, 10.578, .606, 11.669),
    ];

    [Theory]
    [InlineData(1, -1, 10)]
    [InlineData(1, double.NaN, 10)]
    [InlineData(1, 11, 10)]
    [InlineData(1, 0, 10)]
    [InlineData(0, 3, 10)]
    [InlineData(-1, 0, 10)]
    [InlineData(1, 1, double.NaN)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, double.PositiveInfinity)]
    public void Impossible_clients_are_refused(int x, double last, double age)
    {
        var client = new PurchaseSummary(x, last, age);
        foreach (var model in Models)
        {
            Should
                .Throw<ArgumentException>(() => model.ProbabilityAlive(client))
                .Message.ShouldContain("x = ");
            Should.Throw<ArgumentException>(() => model.ConditionalExpectedPurchases(client, 1));
            Should.Throw<ArgumentException>(() => model.ProbabilityOfAny(client, 1));
            Should.Throw<ArgumentException>(() => model.LogLikelihood(client));
            Should.Throw<ArgumentException>(() => model.DiscountedResidualPurchases(client, .01));
        }
        Should.Throw<ArgumentException>(() => PurchaseSample.Of([client]));
    }

    [Fact]
    public void Times_and_counts_that_are_none_are_refused()
    {
        var client = new PurchaseSummary(2, 5, 10);
        foreach (var model in Models)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => model.ExpectedPurchases(-1));
            Should.Throw<ArgumentOutOfRangeException>(() => model.ExpectedPurchases(double.NaN));
            Should.Throw<ArgumentOutOfRangeException>(() =>
                model.ConditionalExpectedPurchases(client, double.PositiveInfinity)
            );
            Should.Throw<ArgumentOutOfRangeException>(() => model.Probability(-1, 1));
            Should.Throw<ArgumentOutOfRangeException>(() =>
                model.DiscountedResidualPurchases(client, 0)
            );
            Should.Throw<ArgumentOutOfRangeException>(() =>
                model.LifetimeValue(client, 1, -1, 1, 0)
            );
        }
    }

    [Fact]
    public void An_empty_sample_is_refused() =>
        Should.Throw<ArgumentException>(() => PurchaseSample.Of([]));

    [Fact]
    public void A_sample_without_repeat_purchases_is_refused()
    {
        var sample = PurchaseSample.Of([new(0, 0, 10), new(0, 0, 20)]);
        foreach (var fit in Fits(sample))
            Should.Throw<ArgumentException>(() => fit()).Message.ShouldContain("bought again");
    }

    [Fact]
    public void One_client_or_equal_clients_do_not_converge_and_say_so()
    {
        foreach (
            var clients in (PurchaseSummary[][])
                [
                    [new(3, 20, 30, 3)],
                    [.. Enumerable.Repeat(new PurchaseSummary(3, 20, 30, 3), 50)],
                ]
        )
        {
            var sample = PurchaseSample.Of(clients);
            var fit = Lifetimes.FitBgNbd(sample);
            fit.Converged.ShouldBeFalse();
            fit.Model.Parameters.ShouldAllBe(p => p > 0 && double.IsFinite(p));
            fit.StandardErrors.ShouldAllBe(e => !double.IsNaN(e));
            Lifetimes.FitMbgNbd(sample).Converged.ShouldBeFalse();
            Lifetimes.FitParetoNbd(sample).Converged.ShouldBeFalse();
            Lifetimes.FitNbd(sample).Converged.ShouldBeFalse();
        }
    }

    [Fact]
    public void Any_sample_ends_with_numbers()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var clients = new PurchaseSummary[random.Next(1, 12)];
            for (var i = 0; i < clients.Length; i++)
            {
                var age = Math.Pow(10, random.Next(-3, 4)) * (.1 + random.NextDouble());
                var x = random.Next(0, 4) * random.Next(0, 30);
                clients[i] =
                    x == 0
                        ? new(0, 0, age)
                        : new(
                            x,
                            age * (.001 + .999 * random.NextDouble()),
                            age,
                            random.NextDouble() - .5
                        );
            }
            clients[0] = new(1, 1, 2, .1);
            foreach (var fit in Fits(PurchaseSample.Of(clients)))
            {
                var (logLikelihood, parameters, errors) = fit();
                double.IsNaN(logLikelihood).ShouldBeFalse();
                parameters.ShouldAllBe(p => p > 0 && double.IsFinite(p));
                errors.ShouldAllBe(e => e > 0);
            }
        }
    }

    [Fact]
    public void The_other_fits_refuse_what_they_cannot_learn_from()
    {
        Should.Throw<ArgumentException>(() => Lifetimes.FitGammaGamma([]));
        Should.Throw<ArgumentException>(() => Lifetimes.FitGammaGamma([new(0, 0)]));
        Should.Throw<ArgumentOutOfRangeException>(() => Lifetimes.FitGammaGamma([new(1, -3)]));
        Lifetimes.FitGammaGamma([new(3, 10)]).Converged.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Lifetimes.FitShiftedBetaGeometric([100]));
        Should.Throw<ArgumentException>(() => Lifetimes.FitShiftedBetaGeometric([100, 120]));
        Should.Throw<ArgumentException>(() => Lifetimes.FitShiftedBetaGeometric([100, 100]));
        Lifetimes.FitShiftedBetaGeometric([100, 50]).Converged.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Lifetimes.FitBgBb([]));
        Should.Throw<ArgumentException>(() => Lifetimes.FitBgBb([new(0, 0, 6, 10)]));
        Should.Throw<ArgumentException>(() => Lifetimes.FitBgBb([new(3, 2, 6)]));
        Should.Throw<ArgumentException>(() =>
            Lifetimes.FitMbgCnbdK(PurchaseSample.Of([new(2, 5, 9)]))
        );
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Lifetimes.FitMbgCnbdK(PurchaseSample.Of([new(2, 5, 9, 1)]), 0)
        );
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new ShiftedBetaGeometric(1, 1).Survival(-1)
        );
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new GammaGamma(6, 4, 15).ExpectedSpend(-1, 3)
        );
        new GammaGamma(6, .5, 15).ExpectedSpend(0, 0).ShouldBe(double.PositiveInfinity);
    }

    private static IEnumerable<
        Func<(double LogLikelihood, IReadOnlyList<double> Parameters, IReadOnlyList<double> Errors)>
    > Fits(PurchaseSample sample)
    {
        yield return () =>
            Lifetimes.FitNbd(sample) is var f
                ? (f.LogLikelihood, f.Model.Parameters, f.StandardErrors)
                : default;
        yield return () =>
            Lifetimes.FitBgNbd(sample) is var f
                ? (f.LogLikelihood, f.Model.Parameters, f.StandardErrors)
                : default;
        yield return () =>
            Lifetimes.FitMbgNbd(sample) is var f
                ? (f.LogLikelihood, f.Model.Parameters, f.StandardErrors)
                : default;
        yield return () =>
            Lifetimes.FitMbgCnbdK(sample, 3) is var f
                ? (f.LogLikelihood, f.Model.Parameters, f.StandardErrors)
                : default;
        yield return () =>
            Lifetimes.FitParetoNbd(sample) is var f
                ? (f.LogLikelihood, f.Model.Parameters, f.StandardErrors)
                : default;
    }
}
