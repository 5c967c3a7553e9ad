namespace PorteOuverte.Analytics;

/// <summary>How long the cash lasts.</summary>
public static partial class Runway
{
    /// <summary>Months until the cash is spent at a constant burn: C₀ / b.</summary>
    /// <param name="cash">C₀, cash at hand; may be negative.</param>
    /// <param name="monthlyBurn">b, what each month costs net of what it brings, in the same unit.</param>
    /// <returns>Months; +∞ when the burn is zero or negative; 0 when there is a burn and no cash.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not a finite number.</exception>
    public static double Months(double cash, double monthlyBurn) => Months(cash, monthlyBurn, 0);

    /// <summary>
    /// Months until the cash is spent when the burn grows by a fraction g a month: ln(1 + g C₀/b) / ln(1 + g).
    /// </summary>
    /// <param name="cash">C₀, cash at hand; may be negative.</param>
    /// <param name="monthlyBurn">b, the first month's net cost, in the same unit.</param>
    /// <param name="monthlyGrowth">g, growth of the burn by month (0.03 = 3 %), greater than −1.</param>
    /// <returns>
    /// Months; +∞ when the burn is zero or negative, or shrinks so fast that its sum −b/g never reaches the cash;
    /// 0 when there is a burn and no cash.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not finite, or g ≤ −1.</exception>
    public static double Months(double cash, double monthlyBurn, double monthlyGrowth)
    {
        Guard.Finite(cash);
        Guard.Finite(monthlyBurn);
        Guard.Finite(monthlyGrowth);
        if (monthlyGrowth <= -1)
            throw new ArgumentOutOfRangeException(
                nameof(monthlyGrowth),
                monthlyGrowth,
                "Growth is greater than −1."
            );
        if (monthlyBurn <= 0)
            return double.PositiveInfinity;
        if (cash <= 0)
            return 0;
        if (monthlyGrowth == 0)
            return cash / monthlyBurn;
        var spent = monthlyGrowth * (cash / monthlyBurn);
        if (spent <= -1)
            return double.PositiveInfinity;
        var growth = Functions.LogOnePlus(monthlyGrowth);
        return double.IsFinite(spent)
            ? Functions.LogOnePlus(spent) / growth
            : (Math.Log(Math.Abs(monthlyGrowth)) + Math.Log(cash) - Math.Log(monthlyBurn)) / growth;
    }
}
