namespace PorteOuverte.Analytics;

/// <summary>
/// Newton's method for the Weibull model with z = ρ(ln t − xβ): LL = Σ δ(ln ρ + z − ln t) − e^z,
/// in the parameters β (constant first) and κ = ln ρ.
/// </summary>
internal sealed class WeibullLikelihood
{
    private const int MostIterations = 100;
    private readonly double[] _logTimes;
    private readonly bool[] _ended;
    private readonly double[] _x;
    private readonly int _p;
    private readonly double[] _gradient;
    private readonly double[] _information;

    private WeibullLikelihood(double[] logTimes, bool[] ended, double[] x, int p)
    {
        (_logTimes, _ended, _x, _p) = (logTimes, ended, x, p);
        (_gradient, _information) = (new double[p + 1], new double[(p + 1) * (p + 1)]);
    }

    public static WeibullFit Fit(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> covariates
    )
    {
        Guard.NotEmpty(times, nameof(times));
        var n = times.Length;
        Guard.SameLength(ended.Length, n, nameof(ended));
        if (covariates.Length % n != 0)
            throw new ArgumentException(
                "The covariates are rows of equal length, one row per duration.",
                nameof(covariates)
            );
        if (ended.IndexOf(true) < 0)
            throw new ArgumentException(
                "Nothing has ended yet: a duration cannot be estimated.",
                nameof(ended)
            );
        var columns = covariates.Length / n;
        var (mean, deviation) = (new double[columns], new double[columns]);
        var logTimes = new double[n];
        for (var i = 0; i < n; i++)
        {
            Guard.Positive(times[i], nameof(times));
            logTimes[i] = Math.Log(times[i]);
            for (var c = 0; c < columns; c++)
            {
                Guard.Finite(covariates[i * columns + c], nameof(covariates));
                mean[c] += covariates[i * columns + c] / n;
            }
        }
        for (var i = 0; i < n; i++)
        for (var c = 0; c < columns; c++)
            deviation[c] += Math.Pow(covariates[i * columns + c] - mean[c], 2) / n;
        for (var c = 0; c < columns; c++)
            deviation[c] = deviation[c] > 0 ? Math.Sqrt(deviation[c]) : 1;
        var p = columns + 1;
        var x = new double[n * p];
        for (var i = 0; i < n; i++)
        {
            x[i * p] = 1;
            for (var c = 0; c < columns; c++)
                x[i * p + c + 1] = (covariates[i * columns + c] - mean[c]) / deviation[c];
        }
        return new WeibullLikelihood(logTimes, ended.ToArray(), x, p).Maximise(mean, deviation);
    }

    private WeibullFit Maximise(double[] mean, double[] deviation)
    {
        var (theta, trial) = (new double[_p + 1], new double[_p + 1]);
        theta[0] = MathNet.Numerics.Statistics.ArrayStatistics.Mean(_logTimes) + 0.5;
        var current = Evaluate(theta);
        var (converged, iterations) = (false, 0);
        Cholesky? factor = null;
        while (iterations < MostIterations)
        {
            factor = Cholesky.Of(_information, _p + 1);
            var step = (factor ?? Damped()).Solve(_gradient);
            var gain = 0.0;
            for (var c = 0; c <= _p; c++)
                gain += step[c] * _gradient[c] / 2;
            if (factor is not null && gain < 1e-14 * Math.Max(1, Math.Abs(current)))
            {
                converged = true;
                break;
            }
            iterations++;
            var length = 1.0;
            double next;
            do
            {
                for (var c = 0; c <= _p; c++)
                    trial[c] = theta[c] + Math.Clamp(length * step[c], -2, 2);
                next = Evaluate(trial);
                length /= 2;
            } while (!(next >= current - 1e-10 * Math.Abs(current)) && length > 1e-9);
            // All durations equal: the shape runs away and no maximum exists.
            if (!(next >= current - 1e-10 * Math.Abs(current)) || Math.Abs(trial[_p]) > 15)
                break;
            (theta, trial, current) = (trial, theta, next);
        }
        return Result(theta, current, converged, iterations, factor?.Inverse(), mean, deviation);
    }

    private WeibullFit Result(
        double[] theta,
        double logLikelihood,
        bool converged,
        int iterations,
        double[]? inverse,
        double[] mean,
        double[] deviation
    )
    {
        var (coefficients, errors) = (new double[_p - 1], new double[_p + 1]);
        Array.Fill(errors, double.PositiveInfinity);
        var intercept = theta[0];
        for (var c = 0; c < coefficients.Length; c++)
        {
            coefficients[c] = theta[c + 1] / deviation[c];
            intercept -= coefficients[c] * mean[c];
        }
        if (inverse is not null)
        {
            var n = _p + 1;
            var toIntercept = new double[n];
            toIntercept[0] = 1;
            for (var c = 0; c < coefficients.Length; c++)
            {
                toIntercept[c + 1] = -mean[c] / deviation[c];
                errors[c + 1] = Math.Sqrt(inverse[(c + 1) * n + c + 1]) / deviation[c];
            }
            var variance = 0.0;
            for (var a = 0; a < n; a++)
            for (var b = 0; b < n; b++)
                variance += toIntercept[a] * inverse[a * n + b] * toIntercept[b];
            errors[0] = Math.Sqrt(Math.Max(0, variance));
            errors[_p] = Math.Sqrt(inverse[_p * n + _p]);
        }
        return new(
            intercept,
            coefficients,
            Math.Exp(theta[_p]),
            errors,
            logLikelihood,
            converged,
            iterations
        );
    }

    /// <summary>Steepest ascent of a bounded length, while the curvature is not yet that of a maximum.</summary>
    private Cholesky Damped()
    {
        var norm = 0.0;
        foreach (var g in _gradient)
            norm = Math.Max(norm, Math.Abs(g));
        var identity = new double[(_p + 1) * (_p + 1)];
        for (var c = 0; c <= _p; c++)
            identity[c * (_p + 1) + c] = Math.Max(norm, 1);
        return Cholesky.Of(identity, _p + 1)!;
    }

    private double Evaluate(double[] theta)
    {
        var n = _p + 1;
        Array.Clear(_gradient);
        Array.Clear(_information);
        var (kappa, rho, log) = (theta[_p], Math.Exp(theta[_p]), 0.0);
        for (var i = 0; i < _logTimes.Length; i++)
        {
            var row = _x.AsSpan(i * _p, _p);
            var u = _logTimes[i];
            for (var c = 0; c < row.Length; c++)
                u -= row[c] * theta[c];
            double z = rho * u,
                e = Math.Exp(z),
                delta = _ended[i] ? 1 : 0;
            log += delta * (kappa + z - _logTimes[i]) - e;
            double slope = rho * (e - delta),
                cross = -rho * (e - delta + z * e),
                curve = rho * rho * e;
            for (var a = 0; a < row.Length; a++)
            {
                _gradient[a] += slope * row[a];
                _information[a * n + _p] += cross * row[a];
                for (var b = 0; b <= a; b++)
                    _information[a * n + b] += curve * row[a] * row[b];
            }
            _gradient[_p] += delta * (1 + z) - z * e;
            _information[_p * n + _p] += z * e + z * z * e - delta * z;
        }
        for (var a = 0; a < n; a++)
        for (var b = 0; b < a; b++)
            if (a == _p)
                _information[a * n + b] = _information[b * n + a];
            else
                _information[b * n + a] = _information[a * n + b];
        return log;
    }
}
