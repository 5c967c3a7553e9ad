using System.Globalization;

namespace PorteOuverte.Analytics.Tests;

/// <summary>Closeness in relative terms, the way the reference values are printed.</summary>
internal static class Near
{
    public static void ShouldBeNear(this double actual, double expected, double relative = 1e-9)
    {
        var allowed = relative * Math.Max(Math.Abs(expected), double.Epsilon);
        (Math.Abs(actual - expected) <= allowed).ShouldBeTrue(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{actual:R} is not {expected:R} within {relative:R} (off by {Math.Abs(actual - expected) / Math.Abs(expected):E2})"
            )
        );
    }
}
