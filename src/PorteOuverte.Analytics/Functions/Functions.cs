namespace PorteOuverte.Analytics;

/// <summary>Elementary functions that keep their relative accuracy where the plain expression cancels.</summary>
internal static partial class Functions
{
    /// <summary>ln(1 + x), relative error below 4·10⁻¹⁶ (Kahan's correction of ln u).</summary>
    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        if (u == 1)
            return x;
        // Beyond 2⁵³ the correction is lost anyway, and u − 1 may overflow to NaN for infinite x.
        return Math.Abs(x) > 1e15 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>eˣ − 1, relative error below 4·10⁻¹⁶ (Kahan).</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.5)
            return Math.Exp(x) - 1;
        var u = Math.Exp(x);
        if (u == 1)
            return x;
        var minusOne = u - 1;
        return minusOne == -1 ? -1 : minusOne * (x / Math.Log(u));
    }

    /// <summary>(1 − e^(−c·l)) / c, which is l at c = 0: the discounted length of a span l ≥ 0 at rate c.</summary>
    public static double DiscountedLength(double c, double l)
    {
        var cl = c * l;
        return Math.Abs(cl) < 1e-300 ? l : -ExpMinusOne(-cl) / c;
    }
}
