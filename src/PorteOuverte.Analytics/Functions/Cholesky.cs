namespace PorteOuverte.Analytics;

/// <summary>Cholesky factor of a small symmetric positive definite matrix (row-major n×n).</summary>
internal sealed class Cholesky
{
    private readonly double[] _lower;
    private readonly int _n;

    private Cholesky(double[] lower, int n) => (_lower, _n) = (lower, n);

    /// <summary>Null when the matrix is not positive definite to working precision.</summary>
    public static Cholesky? Of(ReadOnlySpan<double> matrix, int n)
    {
        var l = new double[n * n];
        for (var i = 0; i < n; i++)
        for (var j = 0; j <= i; j++)
        {
            var sum = matrix[i * n + j];
            for (var k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            if (i != j)
                l[i * n + j] = sum / l[j * n + j];
            // A pivot that lost fourteen digits says the columns are dependent.
            else if (!(sum > 1e-14 * Math.Abs(matrix[i * n + i])) || !double.IsFinite(sum))
                return null;
            else
                l[i * n + i] = Math.Sqrt(sum);
        }
        return new(l, n);
    }

    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var i = 0; i < _n; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= _lower[i * _n + k] * x[k];
            x[i] /= _lower[i * _n + i];
        }
        for (var i = _n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < _n; k++)
                x[i] -= _lower[k * _n + i] * x[k];
            x[i] /= _lower[i * _n + i];
        }
        return x;
    }

    public double[] Inverse()
    {
        var inverse = new double[_n * _n];
        var unit = new double[_n];
        for (var column = 0; column < _n; column++)
        {
            unit[column] = 1;
            var x = Solve(unit);
            unit[column] = 0;
            for (var row = 0; row < _n; row++)
                inverse[row * _n + column] = x[row];
        }
        return inverse;
    }
}
