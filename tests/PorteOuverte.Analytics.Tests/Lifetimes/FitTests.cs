namespace PorteOuverte.Analytics.Tests;

/// <summary>Maximum likelihood on the data of ANALYTICS.md §1: parameters to 1e-4, log-likelihood to 1e-4.</summary>
public class FitTests
{
    private static readonly PurchaseSample Cdnow = PurchaseSample.Of([
        .. Corpus
            .Rows("cdnow_customers_summary.csv")
            .Select(r => new PurchaseSummary(
                (int)Corpus.Number(r[1]),
                Corpus.Number(r[2]),
                Corpus.Number(r[3])
            )),
    ]);

    private static void Parameters(LifetimeModel model, double relative, params double[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
            model.Parameters[i].ShouldBeNear(expected[i], relative);
    }

    [Fact]
    public void BG_NBD_on_CDNOW_is_as_published()
    {
        var fit = Lifetimes.FitBgNbd(Cdnow);

        Cdnow.Clients.ShouldBe(2357);
        fit.Converged.ShouldBeTrue();
        fit.LogLikelihood.ShouldBe(-9582.425561, 1e-5);
        Parameters(fit.Model, 1e-6, .242592907, 4.41353156, .792886148, 2.42575344);
        double[] errors = [.01256, .3782, .1857, .7054];
        for (var i = 0; i < errors.Length; i++)
            fit.StandardErrors[i].ShouldBeNear(errors[i], 5e-4);
    }

    [Fact]
    public void MBG_NBD_on_CDNOW_is_as_published()
    {
        var fit = Lifetimes.FitMbgNbd(Cdnow);

        fit.Converged.ShouldBeTrue();
        fit.LogLikelihood.ShouldBe(-9582.132685, 1e-5);
        Parameters(fit.Model, 1e-6, .524837984, 6.18299202, .891356155, 1.61399933);
    }

    [Fact]
    public void Pareto_NBD_on_CDNOW_is_as_published()
    {
        var fit = Lifetimes.FitParetoNbd(Cdnow);

        fit.Converged.ShouldBeTrue();
        fit.LogLikelihood.ShouldBe(-9594.973930, 1e-5);
        Parameters(fit.Model, 1e-4, .553275509, 10.5776122, .606213569, 11.6679112);
        double[] errors = [.04763, .8427, .1873, 6.211];
        for (var i = 0; i < errors.Length; i++)
            fit.StandardErrors[i].ShouldBeNear(errors[i], 5e-4);
    }

    [Fact]
    public void Gamma_Gamma_on_CDNOW_is_as_published()
    {
        var fit = Lifetimes.FitGammaGamma([
            .. Corpus
                .Rows("cdnow_with_spend.csv")
                .Select(r => new SpendSummary((int)Corpus.Number(r[1]), Corpus.Number(r[4]))),
        ]);

        fit.Clients.ShouldBe(946);
        fit.Converged.ShouldBeTrue();
        fit.LogLikelihood.ShouldBe(-4055.923244, 1e-5);
        fit.Model.P.ShouldBeNear(6.24880249, 1e-6);
        fit.Model.Q.ShouldBeNear(3.74458845, 1e-6);
        fit.Model.V.ShouldBeNear(15.447748, 1e-6);
    }

    [Fact]
    public void Shifted_beta_geometric_on_Regular_is_as_published()
    {
        // Fader & Hardie (2007), "Regular".
        var fit = Lifetimes.FitShiftedBetaGeometric([1000, 631, 468, 382, 326, 289, 262, 241]);

        fit.Converged.ShouldBeTrue();
        fit.LogLikelihood.ShouldBe(-1680.265188, 1e-6);
        fit.Model.Alpha.ShouldBeNear(.70407732, 1e-6);
        fit.Model.Beta.ShouldBeNear(1.18204307, 1e-6);
        // The paper's Table: retention 63 %, 74 %, 82 % (actual) against .627, .756, .818 of the model.
        fit.Model.Survival(1).ShouldBe(.627, 5e-4);
    }

    [Fact]
    public void BG_BB_on_the_donations_is_as_in_its_paper()
    {
        // Fader, Hardie & Shang (2010), 11,104 donors over six occasions: α 1.204, β .750, γ .657, δ 2.783, LL −33225.6.
        var fit = Lifetimes.FitBgBb([
            new(6, 6, 6, 1203),
            new(5, 6, 6, 728),
            new(4, 6, 6, 512),
            new(3, 6, 6, 357),
            new(2, 6, 6, 234),
            new(1, 6, 6, 129),
            new(5, 5, 6, 335),
            new(4, 5, 6, 284),
            new(3, 5, 6, 225),
            new(2, 5, 6, 173),
            new(1, 5, 6, 119),
            new(4, 4, 6, 240),
            new(3, 4, 6, 181),
            new(2, 4, 6, 155),
            new(1, 4, 6, 78),
            new(3, 3, 6, 322),
            new(2, 3, 6, 255),
            new(1, 3, 6, 129),
            new(2, 2, 6, 613),
            new(1, 2, 6, 277),
            new(1, 1, 6, 1091),
            new(0, 0, 6, 3464),
        ]);

        fit.Converged.ShouldBeTrue();
        fit.LogLikelihood.ShouldBe(-33225.6, .05);
        fit.Model.Alpha.ShouldBe(1.204, 6e-4);
        fit.Model.Beta.ShouldBe(.750, 6e-4);
        fit.Model.Gamma.ShouldBe(.657, 6e-4);
        fit.Model.Delta.ShouldBe(2.783, 6e-4);
    }

    [Fact]
    public void The_points_at_the_rounded_parameters_are_as_published()
    {
        // ANALYTICS.md §1, the table of points: P(alive) and CET(39).
        (PurchaseSummary Client, double[] Expected)[] points =
        [
            (new(0, 0, 38.86), [1, .195098052, .389735081, .154012747, .295286605, .107081468]),
            (
                new(2, 30.43, 38.86),
                [.726578570, 1.226028175, .706202265, 1.262960623, .869167559, 1.455123193]
            ),
            (
                new(26, 30.86, 31),
                [.968915650, 20.74972614, .965566144, 19.45072265, .997918731, 20.11702608]
            ),
            (
                new(10, 20, 39),
                [.038114313, .276653662, .040120163, .281687102, .080434553, .555284192]
            ),
        ];
        LifetimeModel[] models =
        [
            new BgNbd(.243, 4.414, .793, 2.426),
            new MbgNbd(.525, 6.183, .891, 1.614),
            new ParetoNbd(.553, 10.578, .606, 11.669),
        ];
        foreach (var (client, expected) in points)
            for (var m = 0; m < models.Length; m++)
            {
                models[m].ProbabilityAlive(client).ShouldBe(expected[2 * m], 6e-10);
                models[m]
                    .ConditionalExpectedPurchases(client, 39)
                    .ShouldBeNear(expected[2 * m + 1], 5e-9);
            }
    }

    [Fact]
    public void One_clients_log_likelihood_is_as_published()
    {
        var (bg, mbg) = (new BgNbd(.25, 4, .8, 2.5), new MbgNbd(.25, 4, .8, 2.5));

        bg.LogLikelihood(new(0, 0, 40)).ShouldBe(-.59947382, 5e-9);
        mbg.LogLikelihood(new(0, 0, 40)).ShouldBe(-.41792826, 5e-9);
        bg.LogLikelihood(new(200, 38, 40)).ShouldBe(100.79569, 5e-6);
        mbg.LogLikelihood(new(200, 38, 40)).ShouldBe(100.78691, 5e-6);
    }

    [Fact]
    public void MBG_CNBD_2_is_alive_as_published()
    {
        var model = new MbgCnbdK(2, 1.32919727, 2.81260033, .42471558, .790040222);

        model.ProbabilityAlive(new(3, 30, 52)).ShouldBe(.450081529, 6e-10);
        model.ProbabilityAlive(new(3, 50, 52)).ShouldBe(.895974229, 6e-10);
        model.ProbabilityAlive(new(10, 45, 52)).ShouldBe(.836922375, 6e-10);
        model.ProbabilityAlive(new(0, 0, 52)).ShouldBe(.075090880, 6e-10);
    }

    [Fact]
    public void MBG_CNBD_1_is_the_MBG_NBD()
    {
        var (one, plain) = (
            new MbgCnbdK(1, .525, 6.183, .891, 1.614),
            new MbgNbd(.525, 6.183, .891, 1.614)
        );
        var client = new PurchaseSummary(4, 20, 39);

        one.LogLikelihood(client).ShouldBeNear(plain.LogLikelihood(client), 1e-13);
        one.ConditionalExpectedPurchases(client, 39)
            .ShouldBeNear(plain.ConditionalExpectedPurchases(client, 39), 1e-13);
        one.Probability(3, 39).ShouldBeNear(plain.Probability(3, 39), 1e-13);
        one.ProbabilityOfAny(client, 10).ShouldBeNear(plain.ProbabilityOfAny(client, 10), 1e-13);
        Lifetimes.FitMbgCnbdK(Cdnow, 1).LogLikelihood.ShouldBeNear(-9582.132685, 1e-9);
    }

    [Fact]
    public void A_samples_likelihood_is_the_sum_of_its_clients()
    {
        var clients = new MbgCnbdK(3, 1.2, 3, .4, 2).Simulate([.. Enumerable.Repeat(52.0, 500)], 3);
        var sample = PurchaseSample.Of(clients);
        var gradient = new double[4];
        double[] point = [Math.Log(.7), Math.Log(4), Math.Log(.8), Math.Log(1.7)];

        Check(new BetaGeometricLikelihood(sample, 1, false).Evaluate, new BgNbd(.7, 4, .8, 1.7));
        Check(new BetaGeometricLikelihood(sample, 1, true).Evaluate, new MbgNbd(.7, 4, .8, 1.7));
        Check(
            new BetaGeometricLikelihood(sample, 4, true).Evaluate,
            new MbgCnbdK(4, .7, 4, .8, 1.7)
        );
        Check(new ParetoLikelihood(sample).Evaluate, new ParetoNbd(.7, 4, .8, 1.7));

        void Check(LogLikelihood likelihood, LifetimeModel model)
        {
            likelihood(point, gradient).ShouldBeNear(clients.Sum(model.LogLikelihood), 1e-12);
            // The gradient against central differences of the value.
            var other = new double[4];
            for (var i = 0; i < 4; i++)
            {
                double[] up = [.. point],
                    down = [.. point];
                up[i] += 1e-5;
                down[i] -= 1e-5;
                gradient[i]
                    .ShouldBe(
                        (likelihood(up, other) - likelihood(down, other)) / 2e-5,
                        2e-6 * Math.Abs(likelihood(up, other))
                    );
            }
        }
    }

    [Fact]
    public void Many_rows_on_all_cores_give_the_same_fit_as_few()
    {
        var truth = new BgNbd(.5, 5, .8, 2.4);
        var random = new Random(1);
        var clients = truth.Simulate(
            [.. Enumerable.Range(0, 60_000).Select(_ => 20 + random.NextDouble() * 60)],
            9
        );
        var fit = Lifetimes.FitBgNbd(PurchaseSample.Of(clients));

        fit.Converged.ShouldBeTrue();
        for (var i = 0; i < 4; i++)
            Math.Abs(fit.Model.Parameters[i] - truth.Parameters[i])
                .ShouldBeLessThan(3.5 * fit.StandardErrors[i]);
        fit.LogLikelihood.ShouldBeNear(clients.Sum(fit.Model.LogLikelihood), 1e-11);
    }

    [Fact]
    public void The_regularity_of_the_gaps_is_recovered()
    {
        var truth = new MbgCnbdK(3, 1.3, 2.8, .42, 2);
        var fit = Lifetimes.FitMbgCnbdK(
            PurchaseSample.Of(truth.Simulate([.. Enumerable.Repeat(60.0, 1500)], 5))
        );

        fit.Converged.ShouldBeTrue();
        fit.Model.K.ShouldBe(3);
        for (var i = 0; i < 4; i++)
            Math.Abs(fit.Model.Parameters[i] - truth.Parameters[i])
                .ShouldBeLessThan(3.5 * fit.StandardErrors[i]);
    }
}
