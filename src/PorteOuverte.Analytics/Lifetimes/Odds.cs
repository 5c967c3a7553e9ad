namespace PorteOuverte.Analytics;

/// <summary>Sums 1 + c·e^E of being alive and having left, for exponents of any size.</summary>
internal static class Odds
{
    /// <summary>1 / (1 + c·e^E).</summary>
    public static double Alive(double c, double exponent)
    {
        // Far out e^E overflows, while the answer is e^{−E}/c.
        if (exponent < 700)
            return 1 / (1 + c * Math.Exp(exponent));
        return Math.Exp(-exponent - Math.Log(c));
    }

    /// <summary>ln(1 + c·e^E).</summary>
    public static double LogOnePlusScaled(double c, double exponent) =>
        exponent < 700 ? Functions.LogOnePlus(c * Math.Exp(exponent)) : exponent + Math.Log(c);
}
