namespace PorteOuverte.Analytics;

/// <summary>Clients who leave without saying so: fits, summaries from transactions, quiet clients, calibration.</summary>
public static partial class Lifetimes
{
    /// <summary>Logarithms of parameters beyond this are on their way to infinity.</summary>
    private const double Bound = 16;

    /// <summary>Samples with more rows are first fitted on a part of them.</summary>
    private const int LargeSample = 12_000;
    private const int PartOfLarge = 3_000;

    /// <summary>Fits the NBD (r, α).</summary>
    /// <param name="sample">The clients.</param>
    /// <exception cref="ArgumentException">No client has bought again.</exception>
    public static LifetimeFit<Nbd> FitNbd(PurchaseSample sample) =>
        Fit(
            sample,
            s => NbdLogLikelihood(s),
            s => [0, Math.Log(s.TotalAge / s.TotalRepeats)],
            p => new Nbd(p[0], p[1])
        );

    /// <summary>Fits the BG/NBD (r, α, a, b).</summary>
    /// <param name="sample">The clients.</param>
    /// <exception cref="ArgumentException">No client has bought again.</exception>
    public static LifetimeFit<BgNbd> FitBgNbd(PurchaseSample sample) =>
        Fit(
            sample,
            s => new BetaGeometricLikelihood(s, 1, false).Evaluate,
            s => StartOf(s, 1),
            p => new BgNbd(p[0], p[1], p[2], p[3])
        );

    /// <summary>Fits the MBG/NBD (r, α, a, b).</summary>
    /// <param name="sample">The clients.</param>
    /// <exception cref="ArgumentException">No client has bought again.</exception>
    public static LifetimeFit<MbgNbd> FitMbgNbd(PurchaseSample sample) =>
        Fit(
            sample,
            s => new BetaGeometricLikelihood(s, 1, true).Evaluate,
            s => StartOf(s, 1),
            p => new MbgNbd(p[0], p[1], p[2], p[3])
        );

    /// <summary>Fits the MBG/CNBD-k for one k (r, α, a, b).</summary>
    /// <param name="sample">The clients, with the logarithms of their gaps.</param>
    /// <param name="k">Regularity, 1 … 100.</param>
    /// <exception cref="ArgumentException">No client has bought again.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k lies outside its range.</exception>
    public static LifetimeFit<MbgCnbdK> FitMbgCnbdK(PurchaseSample sample, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, 100);
        return Fit(
            sample,
            s => new BetaGeometricLikelihood(s, k, true).Evaluate,
            s => StartOf(s, k),
            p => new MbgCnbdK(k, p[0], p[1], p[2], p[3])
        );
    }

    /// <summary>Fits the MBG/CNBD-k for k = 1 … 8 and keeps the most likely.</summary>
    /// <param name="sample">The clients, with the logarithms of their gaps.</param>
    /// <returns>
    /// The most likely fit; where it did not converge, a less likely k that did would be no better answer.
    /// </returns>
    /// <exception cref="ArgumentException">No client has bought again, or the gaps are not given.</exception>
    public static LifetimeFit<MbgCnbdK> FitMbgCnbdK(PurchaseSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        // All gaps of exactly one unit would sum to 0 too, but then k is not told by the data either.
        if (sample.LogGaps == 0)
            throw new ArgumentException(
                "Choosing k needs the logarithms of the gaps in the summaries.",
                nameof(sample)
            );
        Maximum? best = null,
            near = null;
        var regularity = 1;
        for (var k = 1; k <= 8; k++)
        {
            near = MostLikely(sample, k, near);
            if (best is null || near.Value > best.Value)
                (best, regularity) = (near, k);
        }
        return Result(best!, sample.Clients, p => new MbgCnbdK(regularity, p[0], p[1], p[2], p[3]));
    }

    /// <summary>The most likely parameters for one k, begun from those for k − 1 where they are known.</summary>
    private static Maximum MostLikely(PurchaseSample sample, int k, Maximum? before)
    {
        if (before is { Converged: true })
        {
            // The clock ticks k/(k−1) times as fast for as many purchases; all else hardly changes.
            double[] start = [.. before.Point];
            start[1] -= Math.Log(k / (k - 1.0));
            var likelihood = new BetaGeometricLikelihood(sample, k, true);
            var found = new Maximiser(likelihood.Evaluate, Bound).From(start, before.Covariance);
            if (found.Converged)
                return found;
        }
        return Find(
            sample,
            s => new BetaGeometricLikelihood(s, k, true).Evaluate,
            s => StartOf(s, k)
        );
    }

    /// <summary>Fits the Pareto/NBD (r, α, s, β). Its surface is flat along s and β: expect large errors there.</summary>
    /// <param name="sample">The clients.</param>
    /// <exception cref="ArgumentException">No client has bought again.</exception>
    public static LifetimeFit<ParetoNbd> FitParetoNbd(PurchaseSample sample) =>
        Fit(
            sample,
            s => new ParetoLikelihood(s).Evaluate,
            s =>
                [
                    Math.Log(0.6),
                    Math.Log(0.6 * s.TotalAge / s.TotalRepeats),
                    Math.Log(0.6),
                    Math.Log(0.5 * s.TotalAge / s.Clients),
                ],
            p => new ParetoNbd(p[0], p[1], p[2], p[3])
        );

    private static double[] StartOf(PurchaseSample sample, int k) =>
        [
            Math.Log(0.6),
            Math.Log(0.6 / k * sample.TotalAge / sample.TotalRepeats),
            Math.Log(0.8),
            Math.Log(2),
        ];

    private static LogLikelihood NbdLogLikelihood(PurchaseSample sample) =>
        (logs, gradient) =>
        {
            double r = Math.Exp(logs[0]),
                alpha = Math.Exp(logs[1]);
            double value = sample.Clients * r * logs[1],
                toR = sample.Clients * logs[1],
                toAlpha = sample.Clients * r / alpha;
            for (var i = 0; i < sample.DistinctRepeats.Length; i++)
            {
                value +=
                    sample.RepeatWeights[i] * Functions.LogRising(r, sample.DistinctRepeats[i]);
                toR +=
                    sample.RepeatWeights[i] * Functions.DigammaRise(r, sample.DistinctRepeats[i]);
            }
            for (var i = 0; i < sample.Rows; i++)
            {
                double count = r + sample.Repeats[i],
                    end = alpha + sample.Age[i],
                    log = Math.Log(end);
                value -= sample.Weights[i] * count * log;
                toR -= sample.Weights[i] * log;
                toAlpha -= sample.Weights[i] * count / end;
            }
            (gradient[0], gradient[1]) = (toR * r, toAlpha * alpha);
            return value;
        };

    private static LifetimeFit<TModel> Fit<TModel>(
        PurchaseSample sample,
        Func<PurchaseSample, LogLikelihood> likelihood,
        Func<PurchaseSample, double[]> startOf,
        Func<double[], TModel> model
    )
    {
        ArgumentNullException.ThrowIfNull(sample);
        return Result(Find(sample, likelihood, startOf), sample.Clients, model);
    }

    private static Maximum Find(
        PurchaseSample sample,
        Func<PurchaseSample, LogLikelihood> likelihood,
        Func<PurchaseSample, double[]> startOf
    )
    {
        if (sample.TotalRepeats <= 0)
            throw new ArgumentException(
                "No client has bought again: there is nothing to learn from.",
                nameof(sample)
            );
        var start = startOf(sample);
        double[]? curvature = null;
        if (sample.Rows > LargeSample)
        {
            // A part of the rows leads close to the maximum and knows the curvature there, at a fraction of the cost.
            var part = sample.Thinned(PartOfLarge);
            var near = new Maximiser(likelihood(part), Bound).From(start);
            if (near.Converged)
            {
                start = near.Point;
                curvature = Array.ConvertAll(
                    near.Covariance!,
                    c => c * part.Clients / sample.Clients
                );
            }
        }
        return new Maximiser(likelihood(sample), Bound).From(start, curvature);
    }

    private static LifetimeFit<TModel> Result<TModel>(
        Maximum found,
        double clients,
        Func<double[], TModel> model
    )
    {
        var n = found.Point.Length;
        var parameters = Array.ConvertAll(found.Point, Math.Exp);
        var errors = new double[n];
        for (var i = 0; i < n; i++)
            errors[i] = found.Covariance is { } c
                ? parameters[i] * Math.Sqrt(c[i * n + i])
                : double.PositiveInfinity;
        return new(
            model(parameters),
            found.Value,
            errors,
            found.Converged,
            clients,
            found.Evaluations
        );
    }
}
