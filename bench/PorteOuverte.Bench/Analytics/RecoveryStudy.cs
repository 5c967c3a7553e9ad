using System.Globalization;
using MathNet.Numerics.Distributions;
using PorteOuverte.Analytics;

namespace PorteOuverte.Bench.Analytics;

/// <summary>
/// Simulate from known parameters, fit, compare: is the estimate biased, and does its 95 % interval hold the truth
/// 95 times in a hundred?
/// </summary>
internal static class RecoveryStudy
{
    private const int Portfolios = 200;
    private const int Clients = 2_000;
    private const int Occasions = 6;

    public static int Write(TextWriter output)
    {
        output.WriteLine("# Recovery of known parameters");
        output.WriteLine();
        output.WriteLine(
            Invariant(
                $"{Portfolios} simulated portfolios of {Clients} clients for each model (observed 20 to 80 weeks; BG/BB: {Occasions} occasions; sBG: eight renewals), each fitted once. *Bias*: mean estimate − truth, in per cent of the truth, ± its simulation error. *Error said / seen*: mean standard error of the fits beside the standard deviation of the estimates. *Coverage*: share of estimate ± 1.96 errors holding the truth, on the plain and on the logarithmic scale (simulation error ± 1.5 points). Made by `dotnet run -c Release --project bench/PorteOuverte.Bench -- recovery > bench/results/recovery.md`."
            )
        );
        output.WriteLine();
        output.WriteLine(
            "| model | parameter | truth | bias % | error said / seen | coverage | coverage (log) | converged |"
        );
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        Of(
            output,
            "NBD",
            ["r", "α"],
            [.6, 5],
            (p, seed) => Fit(Lifetimes.FitNbd(Draw(new Nbd(p[0], p[1]), seed)))
        );
        Of(
            output,
            "BG/NBD",
            ["r", "α", "a", "b"],
            [.5, 5, .8, 2.4],
            (p, seed) => Fit(Lifetimes.FitBgNbd(Draw(new BgNbd(p[0], p[1], p[2], p[3]), seed)))
        );
        Of(
            output,
            "MBG/NBD",
            ["r", "α", "a", "b"],
            [.8, 5, .8, 2.4],
            (p, seed) => Fit(Lifetimes.FitMbgNbd(Draw(new MbgNbd(p[0], p[1], p[2], p[3]), seed)))
        );
        Of(
            output,
            "MBG/CNBD-3",
            ["r", "α", "a", "b"],
            [1.3, 2.8, .6, 2.4],
            (p, seed) =>
                Fit(Lifetimes.FitMbgCnbdK(Draw(new MbgCnbdK(3, p[0], p[1], p[2], p[3]), seed), 3))
        );
        Of(
            output,
            "Pareto/NBD",
            ["r", "α", "s", "β"],
            [.8, 6, .9, 20],
            (p, seed) =>
                Fit(Lifetimes.FitParetoNbd(Draw(new ParetoNbd(p[0], p[1], p[2], p[3]), seed)))
        );
        Of(
            output,
            "Gamma-Gamma",
            ["p", "q", "v"],
            [6.25, 3.74, 15.44],
            (p, seed) => Fit(Lifetimes.FitGammaGamma(Spend(p, seed)))
        );
        Of(
            output,
            "BG/BB",
            ["α", "β", "γ", "δ"],
            [1.2, .75, .66, 2.8],
            (p, seed) => Fit(Lifetimes.FitBgBb(Renewals(p, seed)))
        );
        Of(
            output,
            "sBG",
            ["α", "β"],
            [.7, 1.2],
            (p, seed) => Fit(Lifetimes.FitShiftedBetaGeometric(Cohort(p, seed)))
        );
        return 0;
    }

    private static void Of(
        TextWriter output,
        string model,
        string[] names,
        double[] truth,
        Func<
            double[],
            int,
            (bool Converged, IReadOnlyList<double> Estimates, IReadOnlyList<double> Errors)
        > fit
    )
    {
        var fits = new (
            bool Converged,
            IReadOnlyList<double> Estimates,
            IReadOnlyList<double> Errors
        )[Portfolios];
        Parallel.For(0, Portfolios, i => fits[i] = fit(truth, 1_000 + i));
        var good = fits.Where(f => f.Converged).ToArray();
        for (var p = 0; p < truth.Length; p++)
        {
            double n = good.Length,
                mean = good.Average(f => f.Estimates[p]),
                said = good.Average(f => f.Errors[p]);
            var seen = Math.Sqrt(good.Sum(f => Math.Pow(f.Estimates[p] - mean, 2)) / (n - 1));
            var plain =
                good.Count(f => Math.Abs(f.Estimates[p] - truth[p]) <= 1.96 * f.Errors[p]) / n;
            var log =
                good.Count(f =>
                    Math.Abs(Math.Log(f.Estimates[p] / truth[p]))
                    <= 1.96 * f.Errors[p] / f.Estimates[p]
                ) / n;
            output.WriteLine(
                Invariant(
                    $"| {(p == 0 ? model : "")} | {names[p]} | {truth[p]} | {100 * (mean / truth[p] - 1):+0.0;−0.0;0.0} ± {100 * seen / Math.Sqrt(n) / truth[p]:0.0} | {said:0.####} / {seen:0.####} | {plain:0.000} | {log:0.000} | {(p == 0 ? Invariant($"{good.Length} of {Portfolios}") : "")} |"
                )
            );
        }
    }

    private static (bool, IReadOnlyList<double>, IReadOnlyList<double>) Fit<T>(
        LifetimeFit<T> fit
    ) =>
        (
            fit.Converged,
            fit.Model switch
            {
                LifetimeModel m => m.Parameters,
                GammaGamma g => [g.P, g.Q, g.V],
                BgBb b => [b.Alpha, b.Beta, b.Gamma, b.Delta],
                ShiftedBetaGeometric s => [s.Alpha, s.Beta],
                _ => throw new InvalidOperationException("A model without parameters."),
            },
            fit.StandardErrors
        );

    private static PurchaseSample Draw(LifetimeModel model, int seed)
    {
        var random = new Random(seed);
        return PurchaseSample.Of(
            model.Simulate(
                [.. Enumerable.Range(0, Clients).Select(_ => 20 + 60 * random.NextDouble())],
                seed
            )
        );
    }

    private static SpendSummary[] Spend(double[] p, int seed)
    {
        var random = new Random(seed);
        var clients = new SpendSummary[Clients];
        for (var i = 0; i < Clients; i++)
        {
            var (x, scale) = (
                1 + (int)(random.NextDouble() * random.NextDouble() * 12),
                Gamma.Sample(random, p[1], p[2])
            );
            clients[i] = new(x, Gamma.Sample(random, p[0] * x, scale) / x);
        }
        return clients;
    }

    private static RenewalSummary[] Renewals(double[] p, int seed)
    {
        var random = new Random(seed);
        var clients = new RenewalSummary[Clients];
        for (var i = 0; i < Clients; i++)
        {
            var (buys, leaves, x, last) = (
                Beta.Sample(random, p[0], p[1]),
                Beta.Sample(random, p[2], p[3]),
                0,
                0
            );
            for (var n = 1; n <= Occasions && random.NextDouble() >= leaves; n++)
                if (random.NextDouble() < buys)
                    (x, last) = (x + 1, n);
            clients[i] = new(x, last, Occasions);
        }
        return clients;
    }

    private static double[] Cohort(double[] p, int seed)
    {
        var random = new Random(seed);
        var left = new double[9];
        for (var i = 0; i < Clients; i++)
        {
            var leaves = Beta.Sample(random, p[0], p[1]);
            left[0]++;
            for (var t = 1; t < left.Length && random.NextDouble() >= leaves; t++)
                left[t]++;
        }
        return left;
    }

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
