namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §4.</summary>
public class MonthsTests
{
    [Fact]
    public void Cash_over_burn_is_the_runway() => Runway.Months(120_000, 15_000).ShouldBe(8);

    [Fact]
    public void A_growing_burn_is_as_published() =>
        Runway.Months(120_000, 15_000, .03).ShouldBeNear(7.27740515, 1e-9);

    [Fact]
    public void A_burn_that_shrinks_fast_never_ends_the_cash() =>
        Runway.Months(120_000, 15_000, -.15).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void A_burn_that_hardly_grows_is_a_constant_burn() =>
        Runway.Months(120_000, 15_000, 1e-13).ShouldBeNear(8, 1e-11);

    [Theory]
    [InlineData(1_000, 0, double.PositiveInfinity)]
    [InlineData(1_000, -5, double.PositiveInfinity)]
    [InlineData(0, 5, 0)]
    [InlineData(-10, 5, 0)]
    [InlineData(-10, 0, double.PositiveInfinity)]
    public void The_edges_are_said(double cash, double burn, double months) =>
        Runway.Months(cash, burn).ShouldBe(months);

    [Fact]
    public void Numbers_that_are_none_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Runway.Months(double.NaN, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Runway.Months(1, double.PositiveInfinity));
        Should.Throw<ArgumentOutOfRangeException>(() => Runway.Months(1, 1, -1));
    }
}
