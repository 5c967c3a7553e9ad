namespace PorteOuverte.Analytics;

/// <summary>A log-likelihood that also writes its gradient.</summary>
internal delegate double LogLikelihood(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Where a maximisation ended.</summary>
/// <param name="Point">The best point seen.</param>
/// <param name="Value">The function there.</param>
/// <param name="Converged">Whether it is an interior maximum: curvature negative definite, nothing left to gain.</param>
/// <param name="Evaluations">Calls of the function.</param>
/// <param name="Covariance">Inverse of minus the second derivatives; null where they are not those of a maximum.</param>
internal sealed record Maximum(
    double[] Point,
    double Value,
    bool Converged,
    int Evaluations,
    double[]? Covariance
);

/// <summary>
/// BFGS from a start, then Newton's method with second derivatives from central differences of the gradient: the
/// former is robust far away, the latter gives the certainty and the standard errors. Always ends.
/// </summary>
internal sealed class Maximiser(LogLikelihood function, double bound)
{
    private const int MostSteps = 200;
    private const int MostNewtonSteps = 12;
    private const double LongestStep = 2;
    private const double Difference = 1e-4;
    private double[] _point = [];
    private double[] _gradient = [];
    private double _value;
    private int _evaluations;

    /// <param name="start">First point; each coordinate within ±bound.</param>
    /// <param name="inverse">A first guess of the covariance (as from a smaller sample), or null.</param>
    public Maximum From(double[] start, double[]? inverse = null)
    {
        var n = start.Length;
        _point = [.. start];
        _gradient = new double[n];
        _value = Evaluate(_point, _gradient);
        if (!double.IsFinite(_value))
            return new(_point, double.NegativeInfinity, false, _evaluations, null);
        Climb(inverse);
        return Polish();
    }

    private double Evaluate(double[] point, double[] gradient)
    {
        _evaluations++;
        var value = function(point, gradient);
        if (!double.IsFinite(value))
            return double.NegativeInfinity;
        foreach (var g in gradient)
            if (!double.IsFinite(g))
                return double.NegativeInfinity;
        return value;
    }

    private void Climb(double[]? guess)
    {
        var n = _point.Length;
        var inverse = guess is null ? null : (double[])guess.Clone();
        var direction = new double[n];
        for (var step = 0; step < MostSteps; step++)
        {
            inverse ??= FirstGuess();
            Multiply(inverse, _gradient, direction);
            var slope = Dot(direction, _gradient);
            if (!(slope > 0))
            {
                inverse = null;
                if (step > 0 && Dot(_gradient, _gradient) < 1e-20)
                    return;
                continue;
            }
            if (slope < 1e-7)
                return;
            var (before, oldGradient, oldPoint) = (_value, _gradient, _point);
            if (!Step(direction, slope, 1e-4))
                return;
            Update(inverse, oldPoint, oldGradient);
            if (_value - before < 1e-13 * Math.Abs(_value))
                return;
        }
    }

    /// <summary>A diagonal that makes the first step a quarter long.</summary>
    private double[] FirstGuess()
    {
        var n = _point.Length;
        var inverse = new double[n * n];
        var norm = Math.Sqrt(Dot(_gradient, _gradient));
        for (var i = 0; i < n; i++)
            inverse[i * n + i] = 0.25 / Math.Max(norm, 1e-10);
        return inverse;
    }

    /// <summary>Backtracks along a direction until the value rises enough; false when it never does.</summary>
    private bool Step(double[] direction, double slope, double demanded)
    {
        var n = _point.Length;
        var longest = 0.0;
        foreach (var d in direction)
            longest = Math.Max(longest, Math.Abs(d));
        var length = longest > LongestStep ? LongestStep / longest : 1;
        var slack = 1e-13 * Math.Abs(_value);
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var (trial, gradient) = (new double[n], new double[n]);
            for (var i = 0; i < n; i++)
                trial[i] = Math.Clamp(_point[i] + length * direction[i], -bound, bound);
            var value = Evaluate(trial, gradient);
            if (value >= _value + demanded * length * slope - slack)
            {
                (_point, _gradient, _value) = (trial, gradient, value);
                return true;
            }
            // The parabola through both values and the slope says where its top lies.
            var top = double.IsFinite(value)
                ? slope * length / (2 * (_value + slope * length - value))
                : 0;
            length *= Math.Clamp(top, 0.1, 0.5);
        }
        return false;
    }

    private void Update(double[] inverse, double[] oldPoint, double[] oldGradient)
    {
        var n = _point.Length;
        var (s, y, hy) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
            (s[i], y[i]) = (_point[i] - oldPoint[i], oldGradient[i] - _gradient[i]);
        var sy = Dot(s, y);
        if (!(sy > 1e-12 * Math.Sqrt(Dot(s, s) * Dot(y, y))))
            return;
        Multiply(inverse, y, hy);
        var scale = (1 + Dot(y, hy) / sy) / sy;
        for (var i = 0; i < n; i++)
        for (var j = 0; j < n; j++)
            inverse[i * n + j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
    }

    private Maximum Polish()
    {
        for (var step = 0; ; step++)
        {
            var n = _point.Length;
            var factor = Cholesky.Of(Information(), n);
            var inside = Array.TrueForAll(_point, p => Math.Abs(p) < bound * 0.999);
            if (factor is null || !inside)
                return new(_point, _value, false, _evaluations, null);
            var direction = factor.Solve(_gradient);
            var slope = Dot(direction, _gradient);
            var covariance = factor.Inverse();
            // Half the slope is what Newton's step still gains; below 1e-9 a parameter moves by 5e-5 of its error.
            if (slope < 2e-9)
            {
                Step(direction, slope, 0);
                return new(_point, _value, true, _evaluations, covariance);
            }
            if (step == MostNewtonSteps || !Step(direction, slope, 1e-6))
                return new(_point, _value, false, _evaluations, covariance);
            // Near the top the second derivatives hardly change: a few more steps share them.
            for (var again = 0; again < 3 && slope < 1e-2; again++)
            {
                direction = factor.Solve(_gradient);
                slope = Dot(direction, _gradient);
                if (slope < 2e-9)
                    return new(_point, _value, true, _evaluations, covariance);
                if (!Step(direction, slope, 0))
                    break;
            }
        }
    }

    /// <summary>Minus the second derivatives, by central differences of the gradient.</summary>
    private double[] Information()
    {
        var n = _point.Length;
        var matrix = new double[n * n];
        var (moved, up, down) = ((double[])_point.Clone(), new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            moved[i] = _point[i] + Difference;
            Evaluate(moved, up);
            moved[i] = _point[i] - Difference;
            Evaluate(moved, down);
            moved[i] = _point[i];
            for (var j = 0; j < n; j++)
            {
                var second = (down[j] - up[j]) / (4 * Difference);
                matrix[i * n + j] += second;
                matrix[j * n + i] += second;
            }
        }
        return matrix;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Multiply(double[] matrix, double[] vector, double[] result)
    {
        for (var i = 0; i < vector.Length; i++)
            result[i] = Dot(matrix[(i * vector.Length)..((i + 1) * vector.Length)], vector);
    }
}
