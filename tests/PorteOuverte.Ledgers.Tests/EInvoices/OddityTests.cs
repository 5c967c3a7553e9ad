using System.Text;
using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Ledgers.Tests.EInvoices;

/// <summary>What is odd is said, with its place, and does not stop the reading.</summary>
public sealed class OddityTests
{
    private static readonly string Xml = Writing.Plain.Ubl();

    private static EInvoice Read(string from, string to)
    {
        Xml.ShouldContain(from);
        return Reading.Read(Xml.Replace(from, to, StringComparison.Ordinal));
    }

    private static void ShouldBe(EInvoiceNotice? notice, string place, string? read, string? assumed)
    {
        notice.ShouldNotBeNull();
        (notice.Place, notice.Read, notice.Assumed).ShouldBe((place, read, assumed));
    }

    [Fact]
    public void Net_and_VAT_that_do_not_make_the_gross_total_are_noticed()
    {
        var invoice = Read("TaxAmount currencyID=\"EUR\">200<", "TaxAmount currencyID=\"EUR\">190<");
        (invoice.NetTotal, invoice.VatTotal, invoice.GrossTotal).ShouldBe((1000, 190, 1200));
        var notice = invoice.Noticed(EInvoiceNoticeCode.TotalsDiffer);
        ShouldBe(notice, "BT-112", "1190", "1200");
        Xml.Split('\n')[notice!.FirstLine - 1].ShouldContain("TaxInclusiveAmount");
    }

    [Theory]
    [InlineData("199.98", false)]
    [InlineData("199.97", true)]
    public void A_cent_of_rounding_is_no_contradiction(string vat, bool isNoticed) =>
        (
            Read("TaxAmount currencyID=\"EUR\">200<", $"TaxAmount currencyID=\"EUR\">{vat}<")
                .Noticed(EInvoiceNoticeCode.TotalsDiffer)
            is not null
        ).ShouldBe(isNoticed);

    [Fact]
    public void Lines_that_do_not_add_up_are_noticed() =>
        ShouldBe(
            Reading
                .Read((Writing.Plain with { Lines = [Writing.Line("1", 4, 150, 600)] }).Cii())
                .Noticed(EInvoiceNoticeCode.LinesDiffer),
            "BT-109",
            "600",
            "1000"
        );

    [Fact]
    public void An_amount_due_that_does_not_follow_is_noticed() =>
        ShouldBe(
            (Reading.Read((Writing.Plain with { DuePayable = 1000 }).Cii())).Noticed(EInvoiceNoticeCode.DueDiffers),
            "BT-115",
            "900",
            "1000"
        );

    [Fact]
    public void Headings_and_lines_of_information_are_not_counted()
    {
        var invoice = Reading.Read(
            Writing
                .Plain.Cii()
                .Replace(
                    "<LineID>2</LineID>",
                    "<LineID>2</LineID><LineStatusReasonCode>GROUP</LineStatusReasonCode>",
                    StringComparison.Ordinal
                )
        );
        invoice.Lines.Select(l => l.IsCounted).ShouldBe([true, false]);
        ShouldBe(invoice.Noticed(EInvoiceNoticeCode.LinesDiffer), "BT-109", "600", "1000");
    }

    [Theory]
    [InlineData("2026-03-02T00:00:00", null)]
    [InlineData("2026-03-02+01:00", null)]
    [InlineData("2026-03-02Z", null)]
    [InlineData("20260302", null)]
    [InlineData("202603021200", null)]
    [InlineData("02/03/2026", EInvoiceNoticeCode.DateFormat)]
    [InlineData("2.3.2026", EInvoiceNoticeCode.DateFormat)]
    public void Dates_are_read_in_the_forms_met(string written, EInvoiceNoticeCode? code)
    {
        var invoice = Read(">2026-03-02<", $">{written}<");
        invoice.DueDate.ShouldBe(new DateOnly(2026, 3, 2));
        invoice.Notices.Select(n => (EInvoiceNoticeCode?)n.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("20261301")]
    [InlineData("demain")]
    [InlineData("0000-00-00")]
    [InlineData("2026-03")]
    public void A_date_that_is_no_day_is_absent_and_noticed(string written)
    {
        var invoice = Read(">2026-03-02<", $">{written}<");
        invoice.DueDate.ShouldBeNull();
        ShouldBe(invoice.Noticed(EInvoiceNoticeCode.UnreadableDate), "/Invoice/DueDate", written, null);
    }

    [Theory]
    [InlineData("1 200,00")]
    [InlineData("1,200.00")]
    [InlineData("1E3")]
    [InlineData("1200 EUR")]
    [InlineData("99999999999999999999999999999999999")]
    [InlineData("NaN")]
    public void A_gross_total_that_is_no_number_is_worked_out_and_noticed(string written)
    {
        var invoice = Read("\"EUR\">1200<", $"\"EUR\">{written}<");
        invoice.GrossTotal.ShouldBe(1200);
        ShouldBe(
            invoice.Noticed(EInvoiceNoticeCode.UnreadableNumber),
            "/Invoice/LegalMonetaryTotal/TaxInclusiveAmount",
            written,
            null
        );
        ShouldBe(invoice.Noticed(EInvoiceNoticeCode.MissingTotal), "BT-112", null, "1200");
    }

    [Fact]
    public void Where_only_the_amount_due_is_known_it_is_the_gross_total()
    {
        var invoice = Reading.Read(
            (Writing.Plain with { NetTotal = null, VatTotal = null, Lines = [] })
                .Ubl()
                .Replace(
                    "<b:TaxInclusiveAmount currencyID=\"EUR\">1200</b:TaxInclusiveAmount>",
                    "",
                    StringComparison.Ordinal
                )
                .Replace("<b:PrepaidAmount currencyID=\"EUR\">300</b:PrepaidAmount>", "", StringComparison.Ordinal)
        );
        (invoice.NetTotal, invoice.VatTotal, invoice.GrossTotal, invoice.Prepaid, invoice.DuePayable).ShouldBe(
            (null, null, 900, 0, 900)
        );
    }

    [Fact]
    public void Type_and_currency_are_assumed_where_absent()
    {
        var invoice = Reading.Read(
            Xml.Replace("<b:InvoiceTypeCode>380</b:InvoiceTypeCode>", "", StringComparison.Ordinal)
                .Replace("<b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>", "", StringComparison.Ordinal)
                .Replace("\"EUR\"", "\"CHF\"", StringComparison.Ordinal)
        );
        (invoice.TypeCode, invoice.Currency).ShouldBe(("380", "CHF"));
        ShouldBe(invoice.Noticed(EInvoiceNoticeCode.MissingTypeCode), "BT-3", null, "380");
        ShouldBe(invoice.Noticed(EInvoiceNoticeCode.MissingCurrency), "BT-5", null, "CHF");
    }

    [Fact]
    public void An_amount_in_another_currency_is_noticed() =>
        ShouldBe(
            Read("\"EUR\">1200<", "\"USD\">1200<").Noticed(EInvoiceNoticeCode.OtherCurrency),
            "/Invoice/LegalMonetaryTotal/TaxInclusiveAmount",
            "USD",
            "EUR"
        );

    [Fact]
    public void Of_several_due_dates_the_last_counts()
    {
        var invoice = Read("<c:PaymentTerms>", "<c:PaymentTerms><b:PaymentDueDate>2026-04-30</b:PaymentDueDate>");
        invoice.DueDate.ShouldBe(new DateOnly(2026, 4, 30));
        ShouldBe(invoice.Noticed(EInvoiceNoticeCode.SeveralDueDates), "/Invoice/DueDate", "2026-03-02", "2026-04-30");
    }

    [Fact]
    public void A_SIRET_under_the_scheme_of_the_SIREN_is_a_SIRET_and_anything_else_is_noticed()
    {
        Read(">732829320<", ">732 829 320 00017<")
            .Seller.ShouldSatisfyAllConditions(
                s => s.Siren.ShouldBe("732829320"),
                s => s.Siret.ShouldBe("73282932000017")
            );
        var wrong = Read(">732829320<", ">RCS 732<");
        wrong.Seller.Siren.ShouldBe("732829320");
        ShouldBe(
            wrong.Noticed(EInvoiceNoticeCode.UnreadableIdentifier),
            "/Invoice/AccountingSupplierParty/Party/PartyLegalEntity/CompanyID",
            "RCS 732",
            null
        );
    }

    [Fact]
    public void A_text_without_end_is_shortened_and_never_in_the_middle_of_a_character()
    {
        var invoice = Read(">30 jours<", $">x{string.Concat(Enumerable.Repeat("😀", 20_000))}<");
        invoice.PaymentTerms!.Length.ShouldBe(10_001);
        char.IsHighSurrogate(invoice.PaymentTerms[^1]).ShouldBeFalse();
        invoice.Noticed(EInvoiceNoticeCode.TextShortened)!.Place.ShouldBe("/Invoice/PaymentTerms/Note");
    }

    [Fact]
    public void The_same_oddity_in_many_lines_is_one_notice()
    {
        var lines = Enumerable.Range(1, 5000).Select(n => Writing.Line($"{n}", 1, 1, 1)).ToList();
        var xml = (Writing.Plain with { Lines = lines })
            .Cii()
            .Replace("<RateApplicablePercent>20<", "<RateApplicablePercent>vingt<", StringComparison.Ordinal);
        Reading
            .Read(xml)
            .Noticed(EInvoiceNoticeCode.UnreadableNumber)!
            .ShouldSatisfyAllConditions(
                n => n.Count.ShouldBe(5000),
                n => xml.Split('\n')[n.FirstLine - 1].ShouldContain("vingt")
            );
    }

    [Theory]
    [InlineData("100", 1.5, false)]
    [InlineData("0.5", 300, false)]
    [InlineData("0", 150, true)]
    [InlineData("-1", 150, true)]
    [InlineData("0.0000000000000000000000000001", 150, true)]
    public void A_price_stands_for_a_quantity(string written, double price, bool isNoticed)
    {
        var invoice = Read("<b:BaseQuantity>1<", $"<b:BaseQuantity>{written}<");
        invoice.Lines[0].NetUnitPrice.ShouldBe((decimal)price);
        (invoice.Noticed(EInvoiceNoticeCode.UnreadableNumber)?.Count).ShouldBe(isNoticed ? 2 : null);
    }

    [Fact]
    public void Comments_CDATA_and_line_breaks_in_a_text_do_not_matter() =>
        Read(">30 jours<", ">\n  30 <!-- trente -->\t<![CDATA[ jours ]]>\n<").PaymentTerms.ShouldBe("30 jours");

    [Fact]
    public void Elements_of_other_namespaces_and_unknown_ones_are_passed_over()
    {
        var invoice = Read(
            "<b:ID>FA-1</b:ID>",
            "<x:ID xmlns:x=\"urn:x\">X</x:ID><b:Unknown><b:ID>Y</b:ID></b:Unknown><b:Empty/><b:ID>FA-1</b:ID>"
        );
        invoice.Facts().ShouldBe(Writing.Plain.Facts());
        invoice.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void ZUGFeRD_1_is_read_as_well()
    {
        var old = Writing
            .Plain.Cii()
            .Replace(
                "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
                "urn:ferd:CrossIndustryDocument:invoice:1p0",
                StringComparison.Ordinal
            )
            .Replace("Entity:100", "Entity:12", StringComparison.Ordinal)
            .Replace("CrossIndustryInvoice", "CrossIndustryDocument", StringComparison.Ordinal)
            .Replace("a:ExchangedDocument", "a:HeaderExchangedDocument", StringComparison.Ordinal)
            .Replace(
                "a:SupplyChainTradeTransaction",
                "a:SpecifiedSupplyChainTradeTransaction",
                StringComparison.Ordinal
            )
            .Replace("ApplicableHeaderTrade", "ApplicableSupplyChainTrade", StringComparison.Ordinal)
            .Replace("SpecifiedLineTrade", "SpecifiedSupplyChainTrade", StringComparison.Ordinal)
            .Replace("SettlementHeaderMonetary", "SettlementMonetary", StringComparison.Ordinal)
            .Replace("SettlementLineMonetary", "SettlementMonetary", StringComparison.Ordinal)
            .Replace("RateApplicablePercent", "ApplicablePercent", StringComparison.Ordinal)
            .Replace("IssuerAssignedID", "ID", StringComparison.Ordinal);
        var invoice = Reading.Read(old);
        invoice.Syntax.ShouldBe(EInvoiceSyntax.Zugferd1);
        invoice.Facts().ShouldBe(Writing.Plain.Facts());
    }

    public static TheoryData<string> Encodings =>
        ["utf-8", "utf-16", "utf-16BE", "iso-8859-1", "iso-8859-15", "windows-1252", "ibm850"];

    [Theory, MemberData(nameof(Encodings))]
    public void Encodings_are_what_the_XML_says(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        // ’ is not in every one of them.
        var facts = Writing.Plain with
        {
            Seller = Writing.Party("Éléonore", "732829320", "FR44732829320") with { AddressLines = ["5 allée"] },
            Buyer = Writing.Party("Noël", null, null) with { AddressLines = [] },
        };
        var xml = facts.Ubl().Replace("utf-8", name, StringComparison.Ordinal);
        Reading.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(xml)]).Facts().ShouldBe(facts.Facts());
    }
}
