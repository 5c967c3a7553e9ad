namespace PorteOuverte.Analytics.Tests;

/// <summary>Reference values: design, ANALYTICS.md §4.</summary>
public class ConcentrationTests
{
    private static readonly double[] Revenues =
    [
        42_000,
        18_000,
        15_000,
        9_000,
        6_000,
        5_000,
        3_000,
        2_000,
    ];

    [Fact]
    public void The_published_measures_of_eight_clients_are_reached()
    {
        var profile = Concentration.Of(Revenues);

        profile.Total.ShouldBe(100_000);
        profile.Hhi.ShouldBeNear(.2468, 1e-12);
        profile.Normalised.ShouldBeNear(.1392, 1e-12);
        profile.EffectiveClients.ShouldBeNear(4.0518638574, 1e-10);
        profile.ShannonClients.ShouldBeNear(5.3458764767, 1e-10);
        profile.Shannon.ShouldBeNear(Math.Log(5.3458764767), 1e-10);
        profile.Gini.ShouldBeNear(.485, 1e-12);
        profile.UnbiasedGini.ShouldBeNear(.5542857, 1e-7);
        profile.Top(3).ShouldBeNear(.75, 1e-12);
        profile.Top(100).ShouldBe(1);
        profile.Top(0).ShouldBe(0);
    }

    [Fact]
    public void The_order_of_the_clients_does_not_matter()
    {
        var reversed = Concentration.Of(Revenues.Reverse().ToArray());

        reversed.Gini.ShouldBeNear(.485, 1e-12);
        reversed.Shares[0].ShouldBe(.02);
    }

    [Fact]
    public void Losing_a_client_moves_the_index_as_published()
    {
        var profile = Concentration.Of(Revenues);

        profile.HhiAfterLosing(0).ShouldBeNear(.2092746730, 1e-9);
        profile.HhiAfterLosing(1).ShouldBeNear(.3188578227, 1e-9);
    }

    [Theory]
    [InlineData(.25, 68_000)]
    [InlineData(.30, 40_000)]
    [InlineData(.20, 110_000)]
    [InlineData(.50, 0)]
    public void Revenue_to_win_elsewhere_is_as_published(double threshold, double expected) =>
        Concentration.ToWinElsewhere(42_000, 100_000, threshold).ShouldBeNear(expected, 1e-12);

    [Fact]
    public void Eleven_clients_of_three_thousand_bring_the_index_to_fifteen_hundredths()
    {
        var needed = Concentration.ClientsToReach(Revenues, .15, 3_000);

        needed.ShouldBeNear(10.21239905, 1e-9);
        Concentration
            .Of([.. Revenues, .. Enumerable.Repeat(3_000.0, 11)])
            .Hhi.ShouldBeLessThan(.15);
        Concentration
            .Of([.. Revenues, .. Enumerable.Repeat(3_000.0, 10)])
            .Hhi.ShouldBeGreaterThan(.15);
        Concentration.ClientsToReach(Revenues, .3, 3_000).ShouldBe(0);
    }

    [Fact]
    public void A_single_client_is_everything()
    {
        var profile = Concentration.Of([5]);

        profile.Hhi.ShouldBe(1);
        profile.Normalised.ShouldBe(1);
        profile.Gini.ShouldBe(0);
        profile.UnbiasedGini.ShouldBe(0);
        profile.Shannon.ShouldBe(0);
        profile.HhiAfterLosing(0).ShouldBe(0);
    }

    [Fact]
    public void Bad_revenues_are_refused()
    {
        Should.Throw<ArgumentException>(() => Concentration.Of([]));
        Should.Throw<ArgumentException>(() => Concentration.Of([0, 0]));
        Should.Throw<ArgumentOutOfRangeException>(() => Concentration.Of([1, -1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Concentration.Of([1, double.NaN]));
        Should.Throw<ArgumentOutOfRangeException>(() => Concentration.ToWinElsewhere(1, 2, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Concentration.ToWinElsewhere(3, 2, .2));
        Should.Throw<ArgumentOutOfRangeException>(() => Concentration.Of([1]).HhiAfterLosing(1));
    }
}
