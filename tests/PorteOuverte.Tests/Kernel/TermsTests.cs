using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Kernel;

public sealed class TermsTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(30, false)]
    [InlineData(60, false)]
    [InlineData(45, true)]
    public void What_the_law_allows_may_be_agreed(int days, bool endOfMonth) =>
        new PaymentTerms(days, endOfMonth).IsLawful.ShouldBeTrue();

    [Theory]
    [InlineData(61, false)]
    [InlineData(46, true)]
    [InlineData(60, true)]
    [InlineData(-1, false)]
    public void Longer_is_refused(int days, bool endOfMonth) =>
        new PaymentTerms(days, endOfMonth).IsLawful.ShouldBeFalse();

    [Fact]
    public void Thresholds_rise_between_one_and_a_hundred()
    {
        Thresholds.InPercent(10, 20, 25).ShouldBe(new Thresholds(0.10, 0.20, 0.25));
        Thresholds.InPercent(1, 2, 100).ShouldNotBeNull();
        foreach (
            var (healthy, high, danger) in new[]
            {
                (0, 20, 25),
                (10, 10, 25),
                (10, 25, 25),
                (25, 20, 10),
                (10, 20, 101),
            }
        )
        {
            Thresholds.InPercent(healthy, high, danger).ShouldBeNull($"{healthy} {high} {danger}");
        }
    }
}
