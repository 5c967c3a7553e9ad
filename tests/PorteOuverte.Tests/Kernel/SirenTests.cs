using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Kernel;

public sealed class SirenTests
{
    [Theory]
    [InlineData("732829320")]
    [InlineData("732 829 320")]
    [InlineData(" 732\u00A0829\u202F320 ")]
    // La Poste: its SIREN is proven like any other; only the numbers of its places (SIRET) are not.
    [InlineData("356 000 000")]
    public void A_number_is_read_however_it_is_spaced(string typed) =>
        Siren.Read(typed).ShouldNotBeNull().Digits.ShouldBe(string.Concat(typed.Where(char.IsAsciiDigit)));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("123 456 789")]
    [InlineData("73282932")]
    [InlineData("7328293200")]
    [InlineData("73282932O")]
    [InlineData("٧٣٢٨٢٩٣٢٠")]
    public void What_is_no_such_number_is_refused(string? typed) => Siren.Read(typed).ShouldBeNull();

    [Fact]
    public void One_digit_wrong_is_always_noticed()
    {
        foreach (var place in Enumerable.Range(0, 9))
        {
            foreach (var digit in "0123456789".Where(d => d != "732829320"[place]))
            {
                Siren.Read("732829320"[..place] + digit + "732829320"[(place + 1)..]).ShouldBeNull();
            }
        }
    }

    [Fact]
    public void It_is_shown_in_threes() => Siren.Read("732829320").ToString().ShouldBe("732\u00A0829\u00A0320");
}
