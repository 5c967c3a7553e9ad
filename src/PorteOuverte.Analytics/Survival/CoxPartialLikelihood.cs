namespace PorteOuverte.Analytics;

/// <summary>The partial likelihood with its gradient and information, over rows sorted by falling time.</summary>
internal sealed class CoxPartialLikelihood
{
    private const int MostIterations = 50;
    private readonly ulong[] _keys;
    private readonly bool[] _ended;
    private readonly double[] _x;
    private readonly double[] _scale;
    private readonly int _p;
    private readonly Ties _ties;
    private readonly double[] _gradient;
    private readonly double[] _information;

    private CoxPartialLikelihood(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> covariates,
        Ties ties
    )
    {
        var n = times.Length;
        (_p, _ties) = (covariates.Length / n, ties);
        (_keys, _ended, _x) = (new ulong[n], new bool[n], new double[n * _p]);
        (_gradient, _information) = (new double[_p], new double[_p * _p]);
        var order = new int[n];
        for (var i = 0; i < n; i++)
        {
            Guard.NotNegative(times[i], nameof(times));
            (_keys[i], order[i]) = (~RadixSort.Key(times[i]), i);
        }
        RadixSort.Sort(_keys, n, order);

        // Centred and scaled, so that e^{xβ} stays in range and Newton's steps are comparable.
        var mean = new double[_p];
        _scale = new double[_p];
        for (var i = 0; i < n; i++)
        for (var c = 0; c < _p; c++)
        {
            Guard.Finite(covariates[i * _p + c], nameof(covariates));
            mean[c] += covariates[i * _p + c] / n;
        }
        for (var i = 0; i < n; i++)
        for (var c = 0; c < _p; c++)
            _scale[c] +=
                (covariates[i * _p + c] - mean[c]) * (covariates[i * _p + c] - mean[c]) / n;
        for (var c = 0; c < _p; c++)
            _scale[c] = _scale[c] > 0 ? Math.Sqrt(_scale[c]) : 1;
        for (var i = 0; i < n; i++)
        {
            _ended[i] = ended[order[i]];
            for (var c = 0; c < _p; c++)
                _x[i * _p + c] = (covariates[order[i] * _p + c] - mean[c]) / _scale[c];
        }
    }

    public static CoxFit Fit(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> covariates,
        Ties ties
    )
    {
        Guard.NotEmpty(times, nameof(times));
        Guard.SameLength(ended.Length, times.Length, nameof(ended));
        if (covariates.IsEmpty || covariates.Length % times.Length != 0)
            throw new ArgumentException(
                "The covariates are rows of equal length, one row per duration.",
                nameof(covariates)
            );
        if (ended.IndexOf(true) < 0)
            throw new ArgumentException(
                "Nothing has ended yet: hazards cannot be compared.",
                nameof(ended)
            );
        var likelihood = new CoxPartialLikelihood(times, ended, covariates, ties);
        return likelihood.Maximise(times, ended, covariates);
    }

    private CoxFit Maximise(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> covariates
    )
    {
        var (beta, trial) = (new double[_p], new double[_p]);
        var none = Evaluate(beta);
        var (current, converged, iterations) = (none, false, 0);
        Cholesky? factor;
        while (true)
        {
            factor = Cholesky.Of(_information, _p);
            if (factor is null || iterations >= MostIterations)
                break;
            var step = factor.Solve(_gradient);
            // Newton's decrement is the gain still expected: far below what a likelihood can tell.
            var gain = 0.0;
            for (var c = 0; c < _p; c++)
                gain += step[c] * _gradient[c] / 2;
            if (gain < 1e-14 * Math.Max(1, Math.Abs(current)))
            {
                converged = true;
                break;
            }
            iterations++;
            var length = 1.0;
            double next;
            do
            {
                for (var c = 0; c < _p; c++)
                    trial[c] = beta[c] + length * step[c];
                next = Evaluate(trial);
                length /= 2;
            } while (!(next >= current - 1e-9 * Math.Abs(current)) && length > 1e-6);
            if (!(next >= current - 1e-9 * Math.Abs(current)))
                break;
            (beta, trial, current) = (trial, beta, next);
            // A coefficient this many standard deviations out is on its way to infinity (separated groups).
            if (Array.Exists(beta, b => Math.Abs(b) > 30))
                break;
        }

        var inverse = factor?.Inverse();
        var (coefficients, errors) = (new double[_p], new double[_p]);
        for (var c = 0; c < _p; c++)
        {
            // Separated groups flatten the likelihood on its way to infinity: no gain is left, nor any curvature.
            if (inverse is null || Math.Sqrt(inverse[c * _p + c]) > 1000)
                converged = false;
            coefficients[c] = beta[c] / _scale[c];
            errors[c] = inverse is null
                ? double.PositiveInfinity
                : Math.Sqrt(inverse[c * _p + c]) / _scale[c];
        }
        var risks = new double[times.Length];
        for (var i = 0; i < risks.Length; i++)
        for (var c = 0; c < _p; c++)
            risks[i] += coefficients[c] * covariates[i * _p + c];
        var concordance = ConcordanceCount.Of(times, ended, risks);
        return new(coefficients, errors, current, none, converged, iterations, concordance);
    }

    /// <summary>Log-likelihood at β; fills the gradient and the information (minus the second derivatives).</summary>
    private double Evaluate(ReadOnlySpan<double> beta)
    {
        var p = _p;
        var half = p * (p + 1) / 2;
        Array.Clear(_gradient);
        // s0, s1, s2: sums of w, w·x, w·x·xᵀ over the risk set; t0, t1, t2 over those ending now; u over half a matrix.
        Span<double> s1 = new double[p],
            t1 = new double[p],
            s2 = new double[half],
            t2 = new double[half];
        Span<double> information = new double[half];
        double s0 = 0,
            t0,
            log = 0;
        ReadOnlySpan<double> x = _x;
        for (int start = 0, end; start < _keys.Length; start = end)
        {
            var d = 0;
            t0 = 0;
            for (end = start; end < _keys.Length && _keys[end] == _keys[start]; end++)
            {
                var row = x.Slice(end * p, p);
                var eta = 0.0;
                for (var c = 0; c < row.Length; c++)
                    eta += row[c] * beta[c];
                var w = Math.Exp(eta);
                s0 += w;
                Accumulate(row, w, s1, s2);
                if (!_ended[end])
                    continue;
                if (d++ == 0)
                {
                    t1.Clear();
                    t2.Clear();
                }
                log += eta;
                for (var c = 0; c < row.Length; c++)
                    _gradient[c] += row[c];
                // A lone ending needs no tie sums: their fraction is 0.
                if (_ties == Ties.Efron)
                {
                    t0 += w;
                    Accumulate(row, w, t1, t2);
                }
            }
            for (var l = 0; l < d; l++)
            {
                var f = _ties == Ties.Efron ? (double)l / d : 0;
                var inverse = 1 / (s0 - f * t0);
                log += Math.Log(inverse);
                for (int a = 0, k = 0; a < p; a++)
                {
                    var mean = (s1[a] - f * t1[a]) * inverse;
                    _gradient[a] -= mean;
                    for (var b = 0; b <= a; b++, k++)
                        information[k] +=
                            (s2[k] - f * t2[k]) * inverse - mean * (s1[b] - f * t1[b]) * inverse;
                }
            }
        }
        for (int a = 0, k = 0; a < p; a++)
        for (var b = 0; b <= a; b++, k++)
            _information[a * p + b] = _information[b * p + a] = information[k];
        return log;
    }

    private static void Accumulate(
        ReadOnlySpan<double> row,
        double w,
        Span<double> first,
        Span<double> second
    )
    {
        for (int a = 0, k = 0; a < row.Length; a++)
        {
            var wx = w * row[a];
            first[a] += wx;
            for (var b = 0; b <= a; b++, k++)
                second[k] += wx * row[b];
        }
    }
}
