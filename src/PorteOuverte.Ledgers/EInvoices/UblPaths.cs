using static PorteOuverte.Ledgers.EInvoices.Term;

namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>The paths of an Invoice and of a CreditNote in UBL 2.x.</summary>
/// <remarks>Source: EN 16931-3-2 (binding to UBL 2.1), OASIS UBL 2.1.</remarks>
internal static class UblPaths
{
    private const string Totals = "LegalMonetaryTotal";

    public static PathNode Of(string root) =>
        new PathNode("/" + root)
            .Is("CustomizationID", Profile)
            .Is("ID", Number)
            .Is("IssueDate", IssueDate)
            .Is("DueDate", DueDate)
            .Is("InvoiceTypeCode|CreditNoteTypeCode", Term.TypeCode)
            .Is("DocumentCurrencyCode", Currency)
            .Is("TaxCurrencyCode", VatCurrency)
            .Is("BuyerReference", BuyerReference)
            .Is("OrderReference/ID", OrderNumber)
            .Has(
                "BillingReference/InvoiceDocumentReference|CreditNoteDocumentReference",
                TermGroup.PrecedingInvoice,
                Preceding
            )
            .Has("AdditionalDocumentReference/Attachment/EmbeddedDocumentBinaryObject", TermGroup.Attachment)
            .Has("AccountingSupplierParty/Party", TermGroup.Seller, Party)
            .Has("AccountingCustomerParty/Party", TermGroup.Buyer, Party)
            .Is("PaymentMeans|PaymentTerms/PaymentDueDate", DueDate)
            .Is("PaymentTerms/Note", PaymentTerms)
            .Is("TaxTotal/TaxAmount", VatTotal)
            .Is(Totals + "/TaxExclusiveAmount", NetTotal)
            .Is(Totals + "/TaxInclusiveAmount", GrossTotal)
            .Is(Totals + "/AllowanceTotalAmount", AllowanceTotal)
            .Is(Totals + "/ChargeTotalAmount", ChargeTotal)
            .Is(Totals + "/PrepaidAmount", Prepaid)
            .Is(Totals + "/PayableRoundingAmount", Rounding)
            .Is(Totals + "/PayableAmount", DuePayable)
            .Has("InvoiceLine|CreditNoteLine", TermGroup.Line, Line);

    private static void Party(PathNode party) =>
        party
            .Is("EndpointID", Identifier)
            .Is("PartyIdentification/ID", Identifier)
            .Is("PartyName/Name", TradingName)
            .Is("PostalAddress/StreetName|AdditionalStreetName", AddressLine)
            .Is("PostalAddress/AddressLine/Line", AddressLine)
            .Is("PostalAddress/PostalZone", PostCode)
            .Is("PostalAddress/CityName", City)
            .Is("PostalAddress/Country/IdentificationCode", Country)
            .Has(
                "PartyTaxScheme",
                TermGroup.TaxRegistration,
                tax => tax.Is("CompanyID", TaxNumber).Is("TaxScheme/ID", TaxScheme)
            )
            .Is("PartyLegalEntity/RegistrationName", Name)
            .Is("PartyLegalEntity/CompanyID", Identifier)
            .Is("Contact/ElectronicMail", Email);

    private static void Preceding(PathNode invoice) => invoice.Is("ID", Number).Is("IssueDate", IssueDate);

    private static void Line(PathNode line) =>
        line.Is("ID", Number)
            .Is("InvoicedQuantity|CreditedQuantity", Quantity)
            .Is("LineExtensionAmount", NetAmount)
            .Is("Item/Name", Name)
            .Is("Item/Description", Description)
            .Is("Item/ClassifiedTaxCategory/Percent", VatRate)
            .Is("Price/PriceAmount", Price)
            .Is("Price/BaseQuantity", PriceQuantity);
}
