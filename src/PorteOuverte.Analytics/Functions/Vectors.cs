using System.Runtime.Intrinsics;

namespace PorteOuverte.Analytics;

/// <summary>Logarithm and exponential of four numbers at a time, to about an ulp.</summary>
/// <remarks>
/// The library's own are an order slower in a program compiled ahead of time: there they fall back to one number at a
/// time. Plain products and sums only, so that every processor gives the same digits.
/// </remarks>
internal static class Vectors
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.4426950408889634;
    private const double RootHalf = 0.70710678118654752;
    private const long Exponent = 0x7FFL << 52;
    private const long Half = 1022L << 52;

    /// <summary>2 artanh z = ln m with z = (m − 1)/(m + 1), m within a factor √2 of one, and the exponent apart.</summary>
    /// <param name="x">Normal and positive.</param>
    public static Vector256<double> Log(Vector256<double> x)
    {
        var bits = x.AsInt64();
        // m in [1/2, 1), doubled where below √½.
        var m = ((bits & Vector256.Create(~Exponent)) | Vector256.Create(Half)).AsDouble();
        var below = Vector256.LessThan(m, Vector256.Create(RootHalf));
        m += m & below;
        var power =
            Small(Vector256.ShiftRightLogical(bits, 52)) - Vector256.Create(1022.0) - (Vector256<double>.One & below);
        var z = (m - Vector256<double>.One) / (m + Vector256<double>.One);
        var w = z * z;
        var sum = Vector256.Create(1 / 23.0);
        sum = sum * w + Vector256.Create(1 / 21.0);
        sum = sum * w + Vector256.Create(1 / 19.0);
        sum = sum * w + Vector256.Create(1 / 17.0);
        sum = sum * w + Vector256.Create(1 / 15.0);
        sum = sum * w + Vector256.Create(1 / 13.0);
        sum = sum * w + Vector256.Create(1 / 11.0);
        sum = sum * w + Vector256.Create(1 / 9.0);
        sum = sum * w + Vector256.Create(1 / 7.0);
        sum = sum * w + Vector256.Create(1 / 5.0);
        sum = sum * w + Vector256.Create(1 / 3.0);
        var twice = z + z;
        return power * Vector256.Create(Ln2High) + (twice + (twice * w * sum + power * Vector256.Create(Ln2Low)));
    }

    /// <summary>2ⁿ eʳ with |r| ≤ ln 2 / 2, the latter by its series; 0 below the least normal number.</summary>
    /// <param name="x">At most 709.</param>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        // Added and taken off again it rounds to a whole number, which stands in its low bits meanwhile.
        var shift = Vector256.Create(6755399441055744.0);
        var moved = x * Vector256.Create(Log2E) + shift;
        var n = moved - shift;
        var r = x - n * Vector256.Create(Ln2High) - n * Vector256.Create(Ln2Low);
        var sum = Vector256.Create(1 / 6227020800.0);
        sum = sum * r + Vector256.Create(1 / 479001600.0);
        sum = sum * r + Vector256.Create(1 / 39916800.0);
        sum = sum * r + Vector256.Create(1 / 3628800.0);
        sum = sum * r + Vector256.Create(1 / 362880.0);
        sum = sum * r + Vector256.Create(1 / 40320.0);
        sum = sum * r + Vector256.Create(1 / 5040.0);
        sum = sum * r + Vector256.Create(1 / 720.0);
        sum = sum * r + Vector256.Create(1 / 120.0);
        sum = sum * r + Vector256.Create(1 / 24.0);
        sum = sum * r + Vector256.Create(1 / 6.0);
        sum = sum * r + Vector256.Create(0.5);
        sum = sum * r * r + r + Vector256<double>.One;
        var scaled = (sum.AsInt64() + Vector256.ShiftLeft(moved.AsInt64(), 52)).AsDouble();
        return scaled & Vector256.GreaterThan(x, Vector256.Create(-708.0));
    }

    /// <summary>Whole numbers below 2⁵² as floating-point ones: set into the digits of 2⁵², which is taken off again.</summary>
    private static Vector256<double> Small(Vector256<long> whole)
    {
        var digits = Vector256.Create(4503599627370496.0);
        return (whole | digits.AsInt64()).AsDouble() - digits;
    }
}
