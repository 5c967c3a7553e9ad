using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Kernel;

public sealed class TypedTests
{
    [Theory]
    [InlineData("1 234,56", 123_456L)]
    [InlineData("1 234,56 €", 123_456L)]
    [InlineData("1\u202F234,56\u00A0€", 123_456L)]
    [InlineData("1234.56", 123_456L)]
    [InlineData("1.234,56", 123_456L)]
    [InlineData("1,234.56", 123_456L)]
    [InlineData("1,234,567", 123_456_700L)]
    [InlineData("640", 64_000L)]
    [InlineData("0,5", 50L)]
    [InlineData(",5", 50L)]
    [InlineData("1,234", null)]
    [InlineData("1.234", null)]
    [InlineData("12,345", null)]
    [InlineData("1,2,3", null)]
    [InlineData("1.23.456,7", null)]
    [InlineData("-5", null)]
    [InlineData("1e9", null)]
    [InlineData("beaucoup", null)]
    [InlineData("999999999999999999999", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_amount_is_read_or_asked_again(string? typed, long? cents) => Typed.Cents(typed).ShouldBe(cents);

    [Theory]
    [InlineData("7,5", 450)]
    [InlineData("7.5", 450)]
    [InlineData("7h30", 450)]
    [InlineData("7 h 30", 450)]
    [InlineData("7:30", 450)]
    [InlineData("7H", 420)]
    [InlineData("7h05", 425)]
    [InlineData("7h30min", 450)]
    [InlineData("0", 0)]
    [InlineData("0,3333", 20)]
    [InlineData("7h75", null)]
    [InlineData("7h5", null)]
    [InlineData("sept", null)]
    [InlineData("-1", null)]
    [InlineData("9999999", null)]
    [InlineData("", null)]
    public void A_time_is_read_or_asked_again(string typed, int? minutes) => Typed.Minutes(typed).ShouldBe(minutes);
}
