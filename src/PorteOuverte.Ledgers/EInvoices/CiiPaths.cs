using static PorteOuverte.Ledgers.EInvoices.Term;

namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>The paths of UN/CEFACT CII D16B (Factur-X 1, ZUGFeRD 2, XRechnung) and of its forerunner in ZUGFeRD 1.0.</summary>
/// <remarks>Source: EN 16931-3-3 (binding to CII), the Factur-X 1.0 and ZUGFeRD 1.0 specifications.</remarks>
internal static class CiiPaths
{
    private const string Head = "ExchangedDocument|HeaderExchangedDocument";
    private const string Trade = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction";
    private const string Agreement = Trade + "/ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement";
    private const string Settlement = Trade + "/ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement";
    private const string Totals =
        Settlement + "/SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation";
    private const string Number = "IssuerAssignedID|ID";

    // ISO dates stand in DateTime, those of format 102 in DateTimeString.
    private const string Day = "DateTimeString|DateTime";

    public static PathNode Of(string root) =>
        new PathNode("/" + root)
            .Is(
                "ExchangedDocumentContext|SpecifiedExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID",
                Profile
            )
            .Is(Head + "/ID", Term.Number)
            .Is(Head + "/TypeCode", Term.TypeCode)
            .Is(Head + "/IssueDateTime/" + Day, IssueDate)
            .Has(Trade + "/IncludedSupplyChainTradeLineItem", TermGroup.Line, Line)
            .Is(Agreement + "/BuyerReference", BuyerReference)
            .Has(Agreement + "/SellerTradeParty", TermGroup.Seller, Party)
            .Has(Agreement + "/BuyerTradeParty", TermGroup.Buyer, Party)
            .Is(Agreement + "/BuyerOrderReferencedDocument/" + Number, OrderNumber)
            .Has(Agreement + "/AdditionalReferencedDocument/AttachmentBinaryObject", TermGroup.Attachment)
            .Is(Settlement + "/TaxCurrencyCode", VatCurrency)
            .Is(Settlement + "/InvoiceCurrencyCode", Currency)
            .Is(Settlement + "/SpecifiedTradePaymentTerms/Description", PaymentTerms)
            .Is(Settlement + "/SpecifiedTradePaymentTerms/DueDateDateTime/" + Day, DueDate)
            .Is(Totals + "/ChargeTotalAmount", ChargeTotal)
            .Is(Totals + "/AllowanceTotalAmount", AllowanceTotal)
            .Is(Totals + "/TaxBasisTotalAmount", NetTotal)
            .Is(Totals + "/TaxTotalAmount", VatTotal)
            .Is(Totals + "/RoundingAmount", Rounding)
            .Is(Totals + "/GrandTotalAmount", GrossTotal)
            .Is(Totals + "/TotalPrepaidAmount", Prepaid)
            .Is(Totals + "/DuePayableAmount", DuePayable)
            .Has(Settlement + "/InvoiceReferencedDocument", TermGroup.PrecedingInvoice, Preceding);

    private static void Party(PathNode party) =>
        party
            .Is("GlobalID", Identifier)
            .Is("Name", Name)
            .Is("SpecifiedLegalOrganization/ID", Identifier)
            .Is("SpecifiedLegalOrganization/TradingBusinessName", TradingName)
            .Is("DefinedTradeContact/EmailURIUniversalCommunication/URIID", Email)
            .Is("PostalTradeAddress/LineOne|LineTwo|LineThree", AddressLine)
            .Is("PostalTradeAddress/PostcodeCode", PostCode)
            .Is("PostalTradeAddress/CityName", City)
            .Is("PostalTradeAddress/CountryID", Country)
            .Is("URIUniversalCommunication/URIID", Identifier)
            .Is("SpecifiedTaxRegistration/ID", TaxNumber);

    private static void Preceding(PathNode invoice) =>
        invoice.Is(Number, Term.Number).Is("FormattedIssueDateTime|IssueDateTime/" + Day, IssueDate);

    private static void Line(PathNode line)
    {
        const string agreement = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement";
        const string delivery = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery";
        const string settlement = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement";
        const string sum = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation";
        line.Is("AssociatedDocumentLineDocument/LineID", Term.Number)
            .Is("AssociatedDocumentLineDocument/LineStatusReasonCode", LineStatus)
            .Is("SpecifiedTradeProduct/Name", Name)
            .Is("SpecifiedTradeProduct/Description", Description)
            .Is(agreement + "/NetPriceProductTradePrice/ChargeAmount", Price)
            .Is(agreement + "/NetPriceProductTradePrice/BasisQuantity", PriceQuantity)
            .Is(delivery + "/BilledQuantity", Quantity)
            .Is(settlement + "/ApplicableTradeTax/RateApplicablePercent|ApplicablePercent", VatRate)
            .Is(settlement + "/" + sum + "/LineTotalAmount", NetAmount);
    }
}
