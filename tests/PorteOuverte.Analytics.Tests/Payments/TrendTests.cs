namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §5.</summary>
public class TrendTests
{
    [Fact]
    public void The_published_rising_series_is_reached()
    {
        var trend = Payments.Trend([31, 33, 30, 35, 38, 36, 41, 40, 45, 47, 44, 52]);

        trend.S.ShouldBe(54);
        trend.Variance.ShouldBeNear(212.6667, 1e-6);
        trend.Z.ShouldBeNear(3.634345051, 1e-9);
        trend.IsExact.ShouldBeTrue();
        trend.OneSidedPValue.ShouldBeNear(2.206464e-5, 1e-6);
        trend.PValue.ShouldBeNear(2 * 2.206464e-5, 1e-6);
        trend.Slope.ShouldBeNear(1.788888889, 1e-9);
        trend.SlopeLow.ShouldBeNear(1.3, 1e-12);
        trend.SlopeHigh.ShouldBeNear(2.125, 1e-12);
    }

    [Fact]
    public void The_published_series_with_ties_is_reached()
    {
        var trend = Payments.Trend([30, 30, 32, 31, 35, 35, 34, 38, 41, 41]);

        trend.S.ShouldBe(36);
        trend.Variance.ShouldBeNear(122, 1e-12);
        trend.Z.ShouldBeNear(3.168751111, 1e-9);
        trend.Slope.ShouldBeNear(1.285714286, 1e-9);
        trend.IsExact.ShouldBeFalse();
    }

    [Fact]
    public void A_falling_series_mirrors_the_rising_one()
    {
        var trend = Payments.Trend([52, 44, 47, 45, 40, 41, 36, 38, 35, 30, 33, 31]);

        trend.S.ShouldBe(-54);
        trend.Z.ShouldBeNear(-3.634345051, 1e-9);
        trend.OneSidedPValue.ShouldBeNear(2.206464e-5, 1e-6);
        trend.Slope.ShouldBeNear(-1.788888889, 1e-9);
    }

    [Fact]
    public void Two_values_prove_nothing()
    {
        var trend = Payments.Trend([30, 60]);

        trend.PValue.ShouldBe(1);
        trend.Slope.ShouldBe(30);
        trend.SlopeLow.ShouldBe(30);
        trend.SlopeHigh.ShouldBe(30);
    }

    [Fact]
    public void Equal_values_have_no_trend_and_no_NaN()
    {
        var trend = Payments.Trend([7, 7, 7, 7]);

        trend.ShouldBe(new PaymentTrend(4, 0, 0, 0, 1, 1, false, 0, 0, 0));
    }

    [Fact]
    public void Exact_and_approximate_p_values_agree_for_long_series()
    {
        // 50 distinct values with a weak trend: exact below, approximated with one tie added.
        var series = Enumerable
            .Range(0, 50)
            .Select(i => (double)(i * 37 % 101) + i * .4 + i * 1e-6)
            .ToArray();
        var exact = Payments.Trend(series);
        var approximate = 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Abs(exact.Z));

        exact.IsExact.ShouldBeTrue();
        exact.PValue.ShouldBe(approximate, 2e-3);
    }

    [Fact]
    public void Bad_series_are_refused()
    {
        Should.Throw<ArgumentException>(() => Payments.Trend([]));
        Should.Throw<ArgumentException>(() => Payments.Trend([1]));
        Should.Throw<ArgumentException>(() => Payments.Trend(new double[5_001]));
        Should.Throw<ArgumentOutOfRangeException>(() => Payments.Trend([1, double.NaN]));
        Should.Throw<ArgumentOutOfRangeException>(() => Payments.Trend([1, 2], 1));
    }
}
