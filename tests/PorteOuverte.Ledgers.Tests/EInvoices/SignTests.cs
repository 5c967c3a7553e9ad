using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Ledgers.Tests.EInvoices;

/// <summary>A credit note is negative in the facts, whatever its way of being written.</summary>
public sealed class SignTests
{
    private static readonly EInvoice Credit = Writing.Plain.Credited();

    [Fact]
    public void A_380_with_negative_amounts_and_its_381_with_positive_ones_say_the_same()
    {
        var negative = Reading.Read(Credit.Cii("380"));
        var positive = Reading.Read(Writing.Plain.Cii("381"));
        (negative.GrossTotal, negative.DuePayable, negative.IsCreditNote).ShouldBe((-1200, -900, true));
        (negative.Lines[0].Quantity, negative.Lines[0].NetUnitPrice, negative.Lines[0].NetAmount).ShouldBe(
            (-4, 150, -600)
        );
        (negative.AreAmountsTurned, positive.AreAmountsTurned).ShouldBe((false, true));
        positive.Facts().ShouldBe(negative.Facts());
        positive.Facts().ShouldBe(Credit.Facts());
        negative.Notices.Concat(positive.Notices).ShouldBeEmpty();
    }

    [Fact]
    public void So_do_their_likes_in_UBL()
    {
        Reading.Read(Credit.Ubl("380")).Facts().ShouldBe(Credit.Facts());
        Reading.Read(Writing.Plain.Ubl("381", "CreditNote")).Facts().ShouldBe(Credit.Facts());
        Reading.Read(Writing.Plain.Ubl("381")).Facts().ShouldBe(Credit.Facts());
    }

    [Theory]
    [InlineData("261")]
    [InlineData("262")]
    [InlineData("396")]
    [InlineData("502")]
    [InlineData("503")]
    public void Other_types_of_credit_notes_are_credit_notes(string type) =>
        Reading.Read(Writing.Plain.Cii(type)).Facts().ShouldBe(Credit.Facts());

    [Theory]
    [InlineData("326")]
    [InlineData("384")]
    [InlineData("386")]
    [InlineData("389")]
    public void Other_types_of_invoices_are_invoices(string type) =>
        Reading.Read(Writing.Plain.Cii(type)).Facts().ShouldBe(Writing.Plain.Facts());

    [Fact]
    public void A_UBL_credit_note_is_one_whatever_type_it_claims()
    {
        var claimed = Reading.Read(Writing.Plain.Ubl("380", "CreditNote"));
        (claimed.IsCreditNote, claimed.GrossTotal, claimed.TypeCode).ShouldBe((true, -1200, "380"));
    }

    [Fact]
    public void A_381_with_negative_amounts_is_taken_for_a_credit_note_and_noticed()
    {
        var doubly = Reading.Read(Credit.Cii("381"));
        doubly.Facts().ShouldBe(Credit.Facts());
        doubly.AreAmountsTurned.ShouldBeFalse();
        doubly.Noticed(EInvoiceNoticeCode.NegativeCreditNote)!.Place.ShouldBe("BT-112");
    }

    [Fact]
    public void A_line_that_runs_against_its_document_keeps_running_against_it()
    {
        var mixed = Writing.Plain with { Lines = [Writing.Line("1", 8, 150, 1200), Writing.Line("2", -1, 200, -200)] };
        Reading.Read(mixed.Cii("381")).Lines.Select(l => l.NetAmount).ShouldBe([-1200, 200]);
    }
}
