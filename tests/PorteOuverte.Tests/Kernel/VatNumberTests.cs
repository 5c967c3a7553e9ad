using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Kernel;

public sealed class VatNumberTests
{
    [Theory]
    [InlineData("FR44732829320")]
    [InlineData("fr 44 732 829 320")]
    [InlineData("FR\u00A044\u202F732.829-320")]
    public void A_number_is_read_however_it_is_spaced(string typed)
    {
        var read = VatNumber.Read(typed).ShouldNotBeNull();
        read.Text.ShouldBe("FR44732829320");
        read.Proof.ShouldBe(VatProof.Right);
        read.Siren.ShouldBe(Siren.Read("732829320"));
    }

    [Fact]
    public void A_business_has_one_number_with_a_key_of_digits() =>
        VatNumber.Of(Siren.Read("732829320")!.Value).Text.ShouldBe("FR44732829320");

    [Fact]
    public void Every_other_key_of_digits_is_wrong()
    {
        foreach (var key in Enumerable.Range(0, 100).Where(k => k != 44))
        {
            VatNumber.Read($"FR{key:00}732829320")!.Value.Proof.ShouldBe(VatProof.Wrong);
        }
    }

    [Theory]
    [InlineData("FRK7732829320")]
    [InlineData("FR4K732829320")]
    [InlineData("DE136695976")]
    [InlineData("BE0776091951")]
    [InlineData("CHE123456789")]
    public void Keys_with_letters_and_other_countries_can_only_be_doubted(string typed) =>
        VatNumber.Read(typed)!.Value.Proof.ShouldBe(VatProof.Unproven);

    [Theory]
    [InlineData("FR4473282932")]
    [InlineData("FR447328293200")]
    [InlineData("FR44A32829320")]
    public void A_French_number_of_another_form_is_wrong(string typed) =>
        VatNumber.Read(typed)!.Value.Proof.ShouldBe(VatProof.Wrong);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("732829320")]
    [InlineData("FR")]
    [InlineData("FR44732829320000000")]
    [InlineData("FR44/732829320")]
    public void What_is_no_such_number_is_refused(string? typed) => VatNumber.Read(typed).ShouldBeNull();

    [Theory]
    [InlineData("732 829 320 00074", "732829320")]
    [InlineData("35600000000048", "356000000")]
    public void The_number_of_a_place_begins_with_that_of_its_business(string siret, string siren) =>
        Siren.FromSiret(siret).ShouldBe(Siren.Read(siren));

    [Theory]
    [InlineData("732829320")]
    [InlineData("73282932100074")]
    public void What_is_no_place_has_no_business(string typed) => Siren.FromSiret(typed).ShouldBeNull();
}
