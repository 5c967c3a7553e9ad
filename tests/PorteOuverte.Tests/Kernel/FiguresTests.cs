using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Kernel;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(123_456, "1\u202F234,56\u00A0€", "€1,234.56")]
    [InlineData(-5, "−0,05\u00A0€", "−€0.05")]
    [InlineData(0, "0,00\u00A0€", "€0.00")]
    [InlineData(
        long.MaxValue,
        "92\u202F233\u202F720\u202F368\u202F547\u202F758,07\u00A0€",
        "€92,233,720,368,547,758.07"
    )]
    public void Amounts_have_cents(long cents, string french, string english)
    {
        Figures.French.Amount(cents).ShouldBe(french);
        Figures.English.Amount(cents).ShouldBe(english);
    }

    [Theory]
    [InlineData(123_450, "1\u202F235\u00A0€")]
    [InlineData(-49, "0\u00A0€")]
    [InlineData(-50, "−1\u00A0€")]
    public void Euros_are_rounded_and_never_minus_nothing(long cents, string french) =>
        Figures.French.Euros(cents).ShouldBe(french);

    [Theory]
    [InlineData(0.25, 0, "25\u00A0%", "25%")]
    [InlineData(0.0549, 1, "5,5\u00A0%", "5.5%")]
    [InlineData(-0.125, 0, "−13\u00A0%", "−13%")]
    public void Shares_are_percentages(double share, int decimals, string french, string english)
    {
        Figures.French.Percent(share, decimals).ShouldBe(french);
        Figures.English.Percent(share, decimals).ShouldBe(english);
    }

    [Fact]
    public void Dates_are_written_as_each_language_does()
    {
        var day = new DateOnly(2026, 11, 1);
        Figures.French.Date(day).ShouldBe("01/11/2026");
        Figures.English.Date(day).ShouldBe("2026-11-01");
        Figures.French.LongDate(day).ShouldBe("1er\u00A0novembre 2026");
        Figures.English.LongDate(day).ShouldBe("1\u00A0November 2026");
    }

    [Fact]
    public void An_instant_is_shown_as_the_clock_there_shows_it()
    {
        var instant = new DateTime(2026, 7, 5, 22, 4, 0, DateTimeKind.Utc);
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        Figures.French.Instant(instant, paris).ShouldBe("06/07/2026\u00a0à\u00a00\u00a0h\u00a004");
        Figures.English.Instant(instant, paris).ShouldBe("2026-07-06 00:04");
    }
}
