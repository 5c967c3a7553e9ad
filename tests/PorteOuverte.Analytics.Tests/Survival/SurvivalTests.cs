namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §2, on gehan.dat, rossi.csv and waltons_dataset.csv.</summary>
public class SurvivalTests
{
    private static readonly double[][] Gehan =
    [
        .. Corpus
            .Lines("gehan.dat")
            .Where(l => l.Length > 0)
            .Select(l => l.Split(' ').Select(Corpus.Number).ToArray()),
    ];

    private static readonly double[] Weeks = [.. Gehan.Select(r => r[1])];
    private static readonly bool[] Relapsed = [.. Gehan.Select(r => r[2] == 1)];
    private static readonly double[] Placebo = [.. Gehan.Select(r => r[0] == 1 ? 1.0 : 0)];

    private static (double[] Times, bool[] Ended) Mercaptopurine() =>
        (
            [.. Gehan.Where(r => r[0] == 2).Select(r => r[1])],
            [.. Gehan.Where(r => r[0] == 2).Select(r => r[2] == 1)]
        );

    private static readonly double[][] Rossi =
    [
        .. Corpus.Rows("rossi.csv").Select(r => r.Select(Corpus.Number).ToArray()),
    ];
    private static readonly double[] RossiWeeks = [.. Rossi.Select(r => r[0])];
    private static readonly bool[] Arrested = [.. Rossi.Select(r => r[1] == 1)];
    private static readonly double[] RossiCovariates = [.. Rossi.SelectMany(r => r.Skip(2))];

    [Fact]
    public void Kaplan_Meier_of_the_6_MP_arm_is_as_published()
    {
        var (times, ended) = Mercaptopurine();
        var curve = Survival.KaplanMeier(times, ended);

        curve.Times.ShouldBe([6, 7, 10, 13, 16, 22, 23]);
        double[] expected = [.857143, .806723, .752941, .690196, .627451, .537815, .448179];
        for (var i = 0; i < expected.Length; i++)
            curve.Survival[i].ShouldBeNear(expected[i], 1e-6);
        curve.Median.ShouldBe(23);
        curve.At(5.9).ShouldBe(1);
        curve.At(30).ShouldBe(curve.Survival[^1]);
        // Greenwood at week 6: S·√(3 / (21·18)).
        curve.StandardErrors[0].ShouldBeNear(18 / 21.0 * Math.Sqrt(3 / (21.0 * 18)), 1e-12);
        curve.Low[0].ShouldBeInRange(0, curve.Survival[0]);
        curve.High[0].ShouldBeInRange(curve.Survival[0], 1);
    }

    [Fact]
    public void Nelson_Aalen_of_the_6_MP_arm_is_as_published()
    {
        var (times, ended) = Mercaptopurine();

        Survival.NelsonAalen(times, ended).At(23).ShouldBeNear(.7521135727, 1e-9);
    }

    [Fact]
    public void Log_rank_of_6_MP_against_placebo_is_as_published()
    {
        var test = Survival.LogRank(Weeks, Relapsed, [.. Placebo.Select(p => (int)p)]);

        test.ChiSquare.ShouldBeNear(16.79294099, 1e-9);
        test.PValue.ShouldBeNear(4.168809e-5, 1e-6);
        test.DegreesOfFreedom.ShouldBe(1);
        test.Observed.Sum().ShouldBe(30);
        test.Expected.Sum().ShouldBe(30, 1e-9);
    }

    [Theory]
    [InlineData(Ties.Efron, 1.5721251)]
    [InlineData(Ties.Breslow, 1.5091914)]
    public void Cox_on_6_MP_is_as_published(Ties ties, double coefficient)
    {
        var fit = Survival.Cox(Weeks, Relapsed, Placebo, ties);

        fit.Converged.ShouldBeTrue();
        fit.Coefficients[0].ShouldBeNear(coefficient, 1e-7);
    }

    [Fact]
    public void Cox_on_the_Rossi_data_is_as_published()
    {
        var fit = Survival.Cox(RossiWeeks, Arrested, RossiCovariates);

        double[] expected =
        [
            -.37942217,
            -.05743774,
            .31389979,
            -.14979570,
            -.43370388,
            -.08487108,
            .09149708,
        ];
        for (var i = 0; i < expected.Length; i++)
            fit.Coefficients[i].ShouldBe(expected[i], 1e-8);
        fit.NullLogLikelihood.ShouldBeNear(-675.3806323, 1e-10);
        fit.LogLikelihood.ShouldBeNear(-658.7476594, 1e-10);
        fit.LikelihoodRatio.ShouldBeNear(33.26594580, 1e-9);
        fit.Concordance.ShouldBeNear(.6403292471, 1e-9);
        // R, coxph(Surv(week, arrest) ~ …): se(fin) = 0.19138, se(prio) = 0.02865.
        fit.StandardErrors[0].ShouldBe(.19138, 1e-5);
        fit.StandardErrors[6].ShouldBe(.02865, 1e-5);
        fit.PValue.ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void Weibull_on_the_Rossi_data_is_as_published()
    {
        var fit = Survival.WeibullAft(RossiWeeks, Arrested, RossiCovariates);

        fit.Converged.ShouldBeTrue();
        fit.Intercept.ShouldBe(3.99013480, 1e-7);
        double[] expected =
        [
            .27216336,
            .04071380,
            -.22480244,
            .10655659,
            .31127327,
            .05882725,
            -.06581690,
        ];
        for (var i = 0; i < expected.Length; i++)
            fit.Coefficients[i].ShouldBe(expected[i], 1e-7);
        fit.Shape.ShouldBeNear(1.4036952743, 1e-8);
        fit.LogLikelihood.ShouldBeNear(-679.9165639, 1e-10);
        fit.StandardErrors.ShouldAllBe(e => e > 0 && e < 1);
    }

    [Fact]
    public void Waltons_flies_are_as_published()
    {
        var rows = Corpus.Rows("waltons_dataset.csv");
        var times = rows.Select(r => Corpus.Number(r[0])).ToArray();
        var ended = rows.Select(r => Corpus.Number(r[1]) == 1).ToArray();
        var groups = rows.Select(r => r[2] == "control" ? 0 : 1).ToArray();

        Survival.LogRank(times, ended, groups).ChiSquare.ShouldBeNear(122.2491256, 1e-9);
        var fit = Survival.WeibullAft(times, ended);
        fit.Scale().ShouldBeNear(55.7331, 1e-6);
        fit.Shape.ShouldBeNear(3.4505, 2e-5);
        fit.LogLikelihood.ShouldBeNear(-672.0621873, 1e-10);
        fit.At(fit.Scale()).ShouldBeNear(Math.Exp(-1), 1e-12);
    }

    [Fact]
    public void Kaplan_Meier_never_rises_and_stays_within_its_band()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var n = random.Next(1, 60);
            var times = Enumerable
                .Range(0, n)
                .Select(_ => Math.Floor(random.NextDouble() * 20))
                .ToArray();
            var ended = Enumerable.Range(0, n).Select(_ => random.NextDouble() < .6).ToArray();
            var curve = Survival.KaplanMeier(times, ended);
            var before = 1.0;
            for (var i = 0; i < curve.Times.Length; i++)
            {
                curve.Survival[i].ShouldBeInRange(0, before);
                curve.Low[i].ShouldBeInRange(0, curve.Survival[i] + 1e-15);
                curve.High[i].ShouldBeInRange(curve.Survival[i] - 1e-15, 1);
                before = curve.Survival[i];
            }
        }
    }

    [Fact]
    public void Log_rank_p_values_are_uniform_when_groups_are_alike()
    {
        var random = new Random(7);
        const int trials = 1000;
        var p = new double[trials];
        for (var t = 0; t < trials; t++)
        {
            var times = Enumerable
                .Range(0, 80)
                .Select(_ => -Math.Log(1 - random.NextDouble()))
                .ToArray();
            var ended = Enumerable.Range(0, 80).Select(_ => random.NextDouble() < .8).ToArray();
            p[t] = Survival
                .LogRank(times, ended, [.. Enumerable.Range(0, 80).Select(i => i % 2)])
                .PValue;
        }
        Array.Sort(p);
        // Kolmogorov–Smirnov at the 0.1 % level.
        var distance = p.Select(
                (v, i) =>
                    Math.Max(Math.Abs(v - (double)i / trials), Math.Abs(v - (i + 1.0) / trials))
            )
            .Max();
        distance.ShouldBeLessThan(1.95 / Math.Sqrt(trials));
    }

    [Fact]
    public void Concordance_equals_the_count_over_all_pairs()
    {
        var random = new Random(3);
        var times = Enumerable
            .Range(0, 1500)
            .Select(_ => Math.Floor(random.NextDouble() * 60))
            .ToArray();
        var ended = times.Select(_ => random.NextDouble() < .5).ToArray();
        var risks = times.Select(t => Math.Round(-t / 20 + random.NextDouble() * 4, 1)).ToArray();
        double pairs = 0,
            score = 0;
        for (var i = 0; i < times.Length; i++)
        for (var j = 0; j < times.Length; j++)
        {
            if (!ended[i] || i == j || !(times[i] < times[j] || times[i] == times[j] && !ended[j]))
                continue;
            pairs++;
            score +=
                risks[i] > risks[j] ? 1
                : risks[i] == risks[j] ? .5
                : 0;
        }

        Survival.Concordance(times, ended, risks).ShouldBeNear(score / pairs, 1e-14);
    }

    [Fact]
    public void Separated_groups_do_not_converge_and_say_so()
    {
        var fit = Survival.Cox(
            [1, 2, 3, 4, 5, 6],
            [true, true, true, true, true, true],
            [1, 1, 1, 0, 0, 0]
        );

        fit.Converged.ShouldBeFalse();
        double.IsNaN(fit.Coefficients[0]).ShouldBeFalse();
        fit.Concordance.ShouldBeGreaterThan(.5);
    }

    [Fact]
    public void Dependent_covariates_do_not_converge_and_say_so()
    {
        var doubled = RossiWeeks
            .Select((_, i) => Rossi[i][3])
            .SelectMany(age => new[] { age, 2 * age })
            .ToArray();
        var fit = Survival.Cox(RossiWeeks, Arrested, doubled);

        fit.Converged.ShouldBeFalse();
        fit.StandardErrors.ShouldAllBe(e => double.IsPositiveInfinity(e));
    }

    [Fact]
    public void Equal_durations_have_no_Weibull_maximum_and_say_so()
    {
        var fit = Survival.WeibullAft([5, 5, 5, 5], [true, true, true, true]);

        fit.Converged.ShouldBeFalse();
        double.IsNaN(fit.LogLikelihood).ShouldBeFalse();
    }

    [Fact]
    public void One_client_and_no_ending_are_answered()
    {
        var curve = Survival.KaplanMeier([4], [false]);
        curve.Median.ShouldBe(double.PositiveInfinity);
        curve.At(10).ShouldBe(1);
        Survival.KaplanMeier([4], [true]).At(4).ShouldBe(0);
        Survival.LogRank([1, 2], [false, false], [0, 1]).PValue.ShouldBe(1);
    }

    [Fact]
    public void Bad_durations_are_refused()
    {
        Should.Throw<ArgumentException>(() => Survival.KaplanMeier([], []));
        Should.Throw<ArgumentException>(() => Survival.KaplanMeier([1, 2], [true]));
        Should.Throw<ArgumentOutOfRangeException>(() => Survival.KaplanMeier([-1], [true]));
        Should.Throw<ArgumentOutOfRangeException>(() => Survival.KaplanMeier([double.NaN], [true]));
        Should.Throw<ArgumentException>(() => Survival.LogRank([1, 2], [true, true], [0, 0]));
        Should.Throw<ArgumentException>(() =>
            Survival.LogRank([1, 2, 3], [true, true, true], [0, 2, 2])
        );
        Should.Throw<ArgumentException>(() => Survival.Cox([1, 2], [false, false], [0, 1]));
        Should.Throw<ArgumentException>(() => Survival.Cox([1, 2], [true, true], [0, 1, 2]));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Survival.Cox([1, 2], [true, true], [0, double.NaN])
        );
        Should.Throw<ArgumentOutOfRangeException>(() => Survival.WeibullAft([0, 2], [true, true]));
    }
}
