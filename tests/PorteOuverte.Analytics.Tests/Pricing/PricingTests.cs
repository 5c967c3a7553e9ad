namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §4.</summary>
public class PricingTests
{
    [Theory]
    [InlineData(.05, .4, .11111111)]
    [InlineData(.08, .4, .16666667)]
    [InlineData(0, .4, 0)]
    public void The_tolerated_loss_of_a_price_rise_is_as_published(
        double rise,
        double margin,
        double share
    ) => Pricing.ToleratedLoss(rise, margin).ShouldBe(share, 5e-9);

    [Fact]
    public void The_tolerated_loss_keeps_the_contribution()
    {
        var share = Pricing.ToleratedLoss(.07, .31);
        ((1 - share) * (.31 + .07)).ShouldBeNear(.31, 1e-14);
    }

    [Fact]
    public void The_residual_value_is_as_published()
    {
        Pricing.ResidualValue(1500, .01, .008).ShouldBeNear(82_500, 1e-12);
        Pricing.ResidualValue(1500, .01, .008, 36).ShouldBeNear(39_373.739874, 1e-10);
    }

    [Fact]
    public void The_residual_value_is_the_sum_of_its_months()
    {
        var sum = Enumerable.Range(1, 36).Sum(t => 1500 * Math.Pow(.99 / 1.008, t));
        Pricing.ResidualValue(1500, .01, .008, 36).ShouldBeNear(sum, 1e-12);
        Pricing.ResidualValue(100, 0, 0, 12).ShouldBe(1200);
        Pricing.ResidualValue(100, 0, 0).ShouldBe(double.PositiveInfinity);
        Pricing.ResidualValue(100, 1, 0).ShouldBe(0);
        Pricing.ResidualValue(100, 1, .1, 5).ShouldBe(0);
        Pricing.ResidualValue(0, 0, 0).ShouldBe(0);
    }

    [Fact]
    public void Bad_rates_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Pricing.ToleratedLoss(-.1, .4));
        Should.Throw<ArgumentOutOfRangeException>(() => Pricing.ToleratedLoss(.1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Pricing.ResidualValue(1, 1.1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Pricing.ResidualValue(1, .1, 0, -1));
    }
}
