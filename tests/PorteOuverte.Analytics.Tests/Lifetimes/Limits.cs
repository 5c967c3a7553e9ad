using System.Globalization;
using W = PorteOuverte.Analytics.Tests.Wide;

namespace PorteOuverte.Analytics.Tests;

/// <summary>
/// The corners of the models: x = 0 and 1000, t_x = T and nearly, T tiny, a = 1 and nearly, s = 1 and nearly, α below,
/// at and above β. They are checked against computations in 31 digits by other ways than the library's (quadrature for
/// series, series for quadrature).
/// </summary>
internal static class Limits
{
    public static readonly PurchaseSummary[] Clients =
    [
        new(0, 0, 1e-6),
        new(0, 0, 38.86),
        new(0, 0, 5e4),
        new(1, 1e-7, 1e-6),
        new(1, 1.71, 38.86),
        new(1, 38.86, 38.86),
        new(3, 38.85999999, 38.86),
        new(26, 30.86, 31),
        new(40, 1, 60),
        new(1000, 150, 150),
        new(1000, 149.9, 150),
        new(1000, 100, 150),
        new(1000, 1, 150),
    ];

    public static readonly (double R, double Alpha, double A, double B)[] Geometric =
    [
        (.243, 4.414, .793, 2.426),
        (.243, 4.414, 1, 2.426),
        (.243, 4.414, 1 + 1e-9, .3),
        (2.5, .05, 1 - 1e-9, 12),
        (.6, 200, 3.5, .8),
        (1e-7, 3, .5, 1e-8),
    ];

    public static readonly (double R, double Alpha, double S, double Beta)[] Paretos =
    [
        (.553, 10.578, .606, 11.669),
        (.553, 11.669, .606, 11.669),
        (.553, 11.669, 1, 11.669 * (1 + 1e-12)),
        (.553, 14, 1 + 1e-9, 3),
        (2.5, .05, 1 - 1e-9, 40),
        (.6, 300, 2.5, .02),
    ];

    public static int Near(double actual, W expected, double relative, FormattableString what)
    {
        var wide = (double)expected;
        // Below 1e-290 either has run out of exponent.
        if (Math.Abs(wide) < 1e-290 && Math.Abs(actual) < 1e-290)
            return 1;
        (Math.Abs(actual - wide) <= relative * Math.Abs(wide)).ShouldBeTrue(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what.ToString(CultureInfo.InvariantCulture)}: {actual:R}, not {wide:R}, off by {Math.Abs(actual / wide - 1):E1}"
            )
        );
        return 1;
    }

    public static int LogNear(double actual, W expected, PurchaseSummary client, int k = 1)
    {
        var parts =
            Math.Abs(expected.High)
            + k * client.Repeats * Math.Log(2 + k * client.Repeats) * 2
            + 40;
        actual.ShouldBe((double)expected, 2e-14 * parts, client.ToString());
        return 1;
    }
}
