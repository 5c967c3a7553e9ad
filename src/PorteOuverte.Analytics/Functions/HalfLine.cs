namespace PorteOuverte.Analytics;

internal static partial class Functions
{
    /// <summary>
    /// ∫₀^∞ e^{−u} f(u) du for a smooth f, by trapezoids in v with u = exp(v − e^{−v}) (double exponential rule of
    /// H. Takahasi and M. Mori, 1974); about 1e-13 relative.
    /// </summary>
    public static double HalfLine(Func<double, double> f)
    {
        const double step = 1.0 / 16;
        var sum = 0.0;
        for (var i = -96; i <= 72; i++)
        {
            var v = i * step;
            var u = Math.Exp(v - Math.Exp(-v));
            if (u < 1e-300 || u > 700)
                continue;
            sum += Math.Exp(-u) * u * (1 + Math.Exp(-v)) * f(u);
        }
        return sum * step;
    }
}
