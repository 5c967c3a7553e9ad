using System.Globalization;
using System.Security;
using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Ledgers.Tests.EInvoices;

/// <summary>Writes the facts of an e-invoice as XML of both syntaxes, with the amounts as they stand in the record.</summary>
internal static class Writing
{
    public static readonly EInvoice Plain = new()
    {
        Syntax = EInvoiceSyntax.Cii,
        Number = "FA-1",
        TypeCode = "380",
        IsCreditNote = false,
        AreAmountsTurned = false,
        IssueDate = new DateOnly(2026, 1, 31),
        DueDate = new DateOnly(2026, 3, 2),
        Currency = "EUR",
        NetTotal = 1000,
        VatTotal = 200,
        GrossTotal = 1200,
        Prepaid = 300,
        Rounding = 0,
        DuePayable = 900,
        Seller = Party("Agence Éclair", "732829320", "FR44732829320"),
        Buyer = Party("Dupont & Fils", "552100554", "FR27552100554"),
        BuyerReference = "SERVICE-7",
        OrderNumber = "PO1",
        PaymentTerms = "30 jours",
        PrecedingInvoices = [new PrecedingInvoice("FA-0", new DateOnly(2025, 12, 31))],
        Lines = [Line("1", 4, 150, 600), Line("2", 2, 200, 400)],
        AttachmentCount = 1,
        Notices = [],
    };

    public static EInvoiceParty Party(string name, string? siren, string? vat) =>
        new()
        {
            Name = name,
            Siren = siren,
            Siret = siren is null ? null : siren + "00017",
            VatNumber = vat,
            AddressLines = ["1 rue de l’Été", "Bâtiment <B>"],
            PostCode = "75001",
            City = "Paris",
            Country = "FR",
            Email = "compta@exemple.fr",
        };

    public static EInvoiceLine Line(string number, decimal quantity, decimal price, decimal net) =>
        new()
        {
            Number = number,
            Name = "Conseil " + number,
            Description = "Au mois",
            Quantity = quantity,
            Unit = "DAY",
            NetUnitPrice = price,
            NetAmount = net,
            VatRate = 20,
            IsCounted = true,
        };

    /// <summary>The same facts as a credit note.</summary>
    public static EInvoice Credited(this EInvoice i) =>
        i with
        {
            IsCreditNote = true,
            NetTotal = -i.NetTotal,
            VatTotal = -i.VatTotal,
            VatTotalInVatCurrency = -i.VatTotalInVatCurrency,
            GrossTotal = -i.GrossTotal,
            Prepaid = -i.Prepaid,
            Rounding = -i.Rounding,
            DuePayable = -i.DuePayable,
            Lines = [.. i.Lines.Select(l => l with { Quantity = -l.Quantity, NetAmount = -l.NetAmount })],
        };

    public static string Cii(this EInvoice i, string type = "380") =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <a:CrossIndustryInvoice xmlns:a="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:t="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
        <a:ExchangedDocument>{Leaf("ID", i.Number)}{Leaf("TypeCode", type)}{CiiDay("IssueDateTime", i.IssueDate)}</a:ExchangedDocument>
        <a:SupplyChainTradeTransaction>
        {string.Join('\n', i.Lines.Select(l => $"""
            <IncludedSupplyChainTradeLineItem>
            <AssociatedDocumentLineDocument>{Leaf("LineID", l.Number)}</AssociatedDocumentLineDocument>
            <SpecifiedTradeProduct>{Leaf("Name", l.Name)}{Leaf("Description", l.Description)}</SpecifiedTradeProduct>
            <SpecifiedLineTradeAgreement><NetPriceProductTradePrice>{Leaf("ChargeAmount", l.NetUnitPrice)}<BasisQuantity>1</BasisQuantity></NetPriceProductTradePrice></SpecifiedLineTradeAgreement>
            <SpecifiedLineTradeDelivery><BilledQuantity unitCode="{l.Unit}">{Text(l.Quantity)}</BilledQuantity></SpecifiedLineTradeDelivery>
            <SpecifiedLineTradeSettlement><ApplicableTradeTax>{Leaf("RateApplicablePercent", l.VatRate)}</ApplicableTradeTax>
            <SpecifiedTradeSettlementLineMonetarySummation>{Leaf("LineTotalAmount", l.NetAmount)}</SpecifiedTradeSettlementLineMonetarySummation></SpecifiedLineTradeSettlement>
            </IncludedSupplyChainTradeLineItem>
            """))}
        <ApplicableHeaderTradeAgreement>{Leaf("BuyerReference", i.BuyerReference)}
        <SellerTradeParty>{CiiParty(i.Seller)}</SellerTradeParty>
        <BuyerTradeParty>{CiiParty(i.Buyer)}</BuyerTradeParty>
        <BuyerOrderReferencedDocument>{Leaf("IssuerAssignedID", i.OrderNumber)}</BuyerOrderReferencedDocument>
        {string.Concat(Enumerable.Repeat("<AdditionalReferencedDocument><AttachmentBinaryObject>UEsD</AttachmentBinaryObject></AdditionalReferencedDocument>", i.AttachmentCount))}
        </ApplicableHeaderTradeAgreement>
        <ApplicableHeaderTradeSettlement>{Leaf("TaxCurrencyCode", i.VatCurrency)}{Leaf("InvoiceCurrencyCode", i.Currency)}
        <SpecifiedTradePaymentTerms>{Leaf("Description", i.PaymentTerms)}{CiiDay("DueDateDateTime", i.DueDate)}</SpecifiedTradePaymentTerms>
        <SpecifiedTradeSettlementHeaderMonetarySummation>
        {Leaf("TaxBasisTotalAmount", i.NetTotal)}<TaxTotalAmount currencyID="{i.Currency}">{Text(i.VatTotal)}</TaxTotalAmount>
        {(i.VatCurrency is null ? "" : $"""<TaxTotalAmount currencyID="{i.VatCurrency}">{Text(i.VatTotalInVatCurrency)}</TaxTotalAmount>""")}
        {Leaf("RoundingAmount", i.Rounding)}{Leaf("GrandTotalAmount", i.GrossTotal)}{Leaf("TotalPrepaidAmount", i.Prepaid)}{Leaf("DuePayableAmount", i.DuePayable)}
        </SpecifiedTradeSettlementHeaderMonetarySummation>
        {string.Concat(i.PrecedingInvoices.Select(p => $"<InvoiceReferencedDocument>{Leaf("IssuerAssignedID", p.Number)}{CiiDay("FormattedIssueDateTime", p.IssueDate)}</InvoiceReferencedDocument>"))}
        </ApplicableHeaderTradeSettlement>
        </a:SupplyChainTradeTransaction>
        </a:CrossIndustryInvoice>
        """;

    public static string Ubl(this EInvoice i, string type = "380", string root = "Invoice") =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        {Leaf("b:ID", i.Number)}{Leaf("b:IssueDate", Iso(i.IssueDate))}{(root == "Invoice" ? Leaf("b:DueDate", Iso(i.DueDate)) : "")}{Leaf($"b:{root}TypeCode", type)}
        {Leaf("b:DocumentCurrencyCode", i.Currency)}{Leaf("b:TaxCurrencyCode", i.VatCurrency)}{Leaf("b:BuyerReference", i.BuyerReference)}
        <c:OrderReference>{Leaf("b:ID", i.OrderNumber)}</c:OrderReference>
        {string.Concat(i.PrecedingInvoices.Select(p => $"<c:BillingReference><c:InvoiceDocumentReference>{Leaf("b:ID", p.Number)}{Leaf("b:IssueDate", Iso(p.IssueDate))}</c:InvoiceDocumentReference></c:BillingReference>"))}
        {string.Concat(Enumerable.Repeat("<c:AdditionalDocumentReference><c:Attachment><b:EmbeddedDocumentBinaryObject>UEsD</b:EmbeddedDocumentBinaryObject></c:Attachment></c:AdditionalDocumentReference>", i.AttachmentCount))}
        <c:AccountingSupplierParty><c:Party>{UblParty(i.Seller)}</c:Party></c:AccountingSupplierParty>
        <c:AccountingCustomerParty><c:Party>{UblParty(i.Buyer)}</c:Party></c:AccountingCustomerParty>
        {(root == "Invoice" ? "" : $"<c:PaymentMeans>{Leaf("b:PaymentDueDate", Iso(i.DueDate))}</c:PaymentMeans>")}
        <c:PaymentTerms>{Leaf("b:Note", i.PaymentTerms)}</c:PaymentTerms>
        {(i.VatCurrency is null ? "" : $"""<c:TaxTotal><b:TaxAmount currencyID="{i.VatCurrency}">{Text(i.VatTotalInVatCurrency)}</b:TaxAmount></c:TaxTotal>""")}
        <c:TaxTotal>{Money("b:TaxAmount", i.VatTotal, i.Currency)}</c:TaxTotal>
        <c:LegalMonetaryTotal>{Money("b:TaxExclusiveAmount", i.NetTotal, i.Currency)}{Money("b:TaxInclusiveAmount", i.GrossTotal, i.Currency)}{Money("b:PrepaidAmount", i.Prepaid, i.Currency)}{Money("b:PayableRoundingAmount", i.Rounding, i.Currency)}{Money("b:PayableAmount", i.DuePayable, i.Currency)}</c:LegalMonetaryTotal>
        {string.Join('\n', i.Lines.Select(l => $"""
            <c:{root}Line>{Leaf("b:ID", l.Number)}<b:{(root == "Invoice" ? "Invoiced" : "Credited")}Quantity unitCode="{l.Unit}">{Text(l.Quantity)}</b:{(root == "Invoice" ? "Invoiced" : "Credited")}Quantity>{Money("b:LineExtensionAmount", l.NetAmount, i.Currency)}
            <c:Item>{Leaf("b:Description", l.Description)}{Leaf("b:Name", l.Name)}<c:ClassifiedTaxCategory>{Leaf("b:Percent", l.VatRate)}</c:ClassifiedTaxCategory></c:Item>
            <c:Price>{Leaf("b:PriceAmount", l.NetUnitPrice)}<b:BaseQuantity>1</b:BaseQuantity></c:Price></c:{root}Line>
            """))}
        </{root}>
        """;

    private static string CiiParty(EInvoiceParty p) =>
        $"""
            {Leaf(
                "Name",
                p.Name
            )}<SpecifiedLegalOrganization><ID schemeID="0002">{p.Siren}</ID></SpecifiedLegalOrganization><GlobalID schemeID="0009">{p.Siret}</GlobalID>
            <DefinedTradeContact><EmailURIUniversalCommunication>{Leaf(
                "URIID",
                p.Email
            )}</EmailURIUniversalCommunication></DefinedTradeContact>
            <PostalTradeAddress>{Leaf("PostcodeCode", p.PostCode)}{string.Concat(
                p.AddressLines.Zip(["LineOne", "LineTwo", "LineThree"], (l, n) => Leaf(n, l))
            )}{Leaf("CityName", p.City)}{Leaf("CountryID", p.Country)}</PostalTradeAddress>
            <SpecifiedTaxRegistration><ID schemeID="FC">17/123</ID></SpecifiedTaxRegistration><SpecifiedTaxRegistration><ID schemeID="VA">{p.VatNumber}</ID></SpecifiedTaxRegistration>
            """;

    private static string UblParty(EInvoiceParty p) =>
        $"""
            <c:PartyIdentification><b:ID schemeID="0009">{p.Siret}</b:ID></c:PartyIdentification>
            <c:PostalAddress>{string.Concat(
                p.AddressLines.Zip(["StreetName", "AdditionalStreetName"], (l, n) => Leaf("b:" + n, l))
            )}{Leaf("b:CityName", p.City)}{Leaf("b:PostalZone", p.PostCode)}<c:Country>{Leaf(
                "b:IdentificationCode",
                p.Country
            )}</c:Country></c:PostalAddress>
            <c:PartyTaxScheme>{Leaf(
                "b:CompanyID",
                "17/123"
            )}<c:TaxScheme><b:ID>LOC</b:ID></c:TaxScheme></c:PartyTaxScheme>
            <c:PartyTaxScheme>{Leaf(
                "b:CompanyID",
                p.VatNumber
            )}<c:TaxScheme><b:ID>VAT</b:ID></c:TaxScheme></c:PartyTaxScheme>
            <c:PartyLegalEntity>{Leaf(
                "b:RegistrationName",
                p.Name
            )}<b:CompanyID schemeID="0002">{p.Siren}</b:CompanyID></c:PartyLegalEntity>
            <c:Contact>{Leaf("b:ElectronicMail", p.Email)}</c:Contact>
            """;

    private static string CiiDay(string name, DateOnly? day) =>
        day is null
            ? ""
            : $"<{name}><t:DateTimeString format=\"102\">{day.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}</t:DateTimeString></{name}>";

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Money(string name, decimal? amount, string currency) =>
        amount is null ? "" : $"<{name} currencyID=\"{currency}\">{Text(amount)}</{name}>";

    private static string Leaf(string name, decimal? number) => Leaf(name, Text(number));

    private static string Leaf(string name, string? text) =>
        text is null ? "" : $"<{name}>{SecurityElement.Escape(text)}</{name}>";

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
