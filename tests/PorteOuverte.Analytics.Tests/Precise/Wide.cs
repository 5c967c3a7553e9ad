using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics.Tests;

/// <summary>
/// A number of about 31 digits as an unevaluated sum of two doubles (T. J. Dekker 1971), to check the library against
/// computations of its formulas that can afford to cancel.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Wide(double High, double Low = 0)
{
    private static readonly Wide LogTwo = new(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly Wide[] InverseFactorials =
    [
        .. Enumerable.Range(0, 10).Select(InverseFactorial),
    ];
    public static readonly Wide One = new(1);
    public static readonly Wide Zero = new(0);

    public static implicit operator Wide(double value) => new(value);

    public static explicit operator double(Wide value) => value.High + value.Low;

    private static Wide Sum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new(sum, a - (sum - part) + (b - part));
    }

    public static Wide operator +(Wide a, Wide b)
    {
        var (high, low) = (Sum(a.High, b.High), Sum(a.Low, b.Low));
        var first = Sum(high.High, high.Low + low.High);
        return Sum(first.High, first.Low + low.Low);
    }

    public static Wide operator -(Wide a) => new(-a.High, -a.Low);

    public static Wide operator -(Wide a, Wide b) => a + -b;

    public static Wide operator *(Wide a, Wide b)
    {
        var product = a.High * b.High;
        var rest =
            Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High);
        return Sum(product, rest);
    }

    public static Wide operator /(Wide a, Wide b)
    {
        var first = a.High / b.High;
        var left = a - b * first;
        var second = left.High / b.High;
        left -= b * second;
        return Sum(first, second) + left.High / b.High;
    }

    public static Wide Exp(Wide x)
    {
        if (x.High < -740)
            return Zero;
        var twos = Math.Round(x.High / LogTwo.High);
        var r = (x - LogTwo * twos) * (1.0 / 512);
        // e^r − 1 by its series, then nine doublings of it: no digit is lost against the 1.
        Wide term = r,
            sum = r;
        for (var n = 2; n < 10; n++)
        {
            term *= r;
            sum += term * InverseFactorials[n];
        }
        for (var i = 0; i < 9; i++)
            sum = sum + sum + sum * sum;
        sum += One;
        return new(Math.ScaleB(sum.High, (int)twos), Math.ScaleB(sum.Low, (int)twos));
    }

    public static Wide Log(Wide x)
    {
        // One step of Newton doubles the sixteen digits.
        Wide y = Math.Log(x.High);
        return y + x * Exp(-y) - One;
    }

    /// <summary>ln(1 + x) without losing small x.</summary>
    public static Wide LogOnePlus(Wide x)
    {
        if (Math.Abs(x.High) > 1e-4)
            return Log(One + x);
        Wide power = x,
            sum = x;
        for (var n = 2; n < 12; n++)
        {
            power = -power * x;
            sum += power / n;
        }
        return sum;
    }

    private static Wide InverseFactorial(int n)
    {
        Wide value = new(1);
        for (var i = 2; i <= n; i++)
            value /= i;
        return value;
    }

    public static Wide Power(Wide x, Wide y) => Exp(y * Log(x));

    /// <summary>ln Γ(x) by Stirling's series beyond 50.</summary>
    public static Wide LogGamma(Wide x)
    {
        var product = One;
        var log = Zero;
        while (x.High < 50)
        {
            product *= x;
            x += One;
            if (product.High > 1e200)
                (log, product) = (log + Log(product), One);
        }
        (double, double)[] bernoulli =
        [
            (1, 6),
            (-1, 30),
            (1, 42),
            (-1, 30),
            (5, 66),
            (-691, 2730),
            (7, 6),
            (-3617, 510),
            (43867, 798),
            (-174611, 330),
        ];
        Wide series = Zero,
            power = One / x;
        for (var n = 1; n <= bernoulli.Length; n++)
        {
            var (top, bottom) = bernoulli[n - 1];
            series += (Wide)top / bottom / (2.0 * n * (2 * n - 1)) * power;
            power = power / (x * x);
        }
        var halfLogTwoPi = new Wide(0.9189385332046728, -3.8782941580672414e-17);
        return (x - 0.5) * Log(x) - x + halfLogTwoPi + series - log - Log(product);
    }

    /// <summary>∫ f over [from, to] for f smooth inside, by the tanh-sinh rule; f gets the distances to both ends too.</summary>
    public static Wide Integral(Wide from, Wide to, Func<Wide, Wide> fromStart, int steps = 48)
    {
        var width = to - from;
        var h = 1.0 / steps;
        var sum = Zero;
        for (var i = -4 * steps; i <= 4 * steps; i++)
        {
            var u = i * h;
            Wide up = Exp((Wide)u),
                half = (up - One / up) * 0.5,
                cosh = (up + One / up) * 0.5;
            var s = half * new Wide(3.141592653589793, 1.2246467991473532e-16);
            // Position 1/(1 + e^−s) of the width, s = π sinh u.
            var e = Exp(-s);
            if (!double.IsFinite(e.High))
                continue;
            var position = One / (One + e);
            var weight =
                e
                / ((One + e) * (One + e))
                * cosh
                * new Wide(3.141592653589793, 1.2246467991473532e-16);
            if (weight.High < 1e-60)
                continue;
            sum += fromStart(position * width) * weight;
        }
        return sum * width * h;
    }
}
