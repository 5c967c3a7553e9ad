using System.Globalization;
using System.Text;
using PorteOuverte.Features.Clients.Demo;
using PorteOuverte.Platform.Demo;

namespace PorteOuverte.Features.Accounting.Demo;

/// <summary>An invoice of the agency as a program of invoices writes it (UBL).</summary>
internal static class ElectronicInvoice
{
    private const string Buyer = "FERRAND";
    private const int DaysAgo = 3;
    private const decimal Net = 1_320m;
    private const decimal Vat = Net / 5;

    public static byte[] For(DemoStory story)
    {
        var (date, buyer) = (story.Today.AddDays(-DaysAgo), Cast.Of(Buyer));
        var place = buyer.Place.Split(" · ");
        return Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                <?xml version="1.0" encoding="UTF-8"?>
                <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
                  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
                  <cbc:ID>FE{date.Year}-0007</cbc:ID>
                  <cbc:IssueDate>{date:yyyy-MM-dd}</cbc:IssueDate>
                  <cbc:DueDate>{date.AddDays(30):yyyy-MM-dd}</cbc:DueDate>
                  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
                  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
                  <cac:AccountingSupplierParty>{Party(
                    "Agence Corvaine",
                    "123456782",
                    "14 rue des Poulies",
                    "49100",
                    "Angers"
                )}</cac:AccountingSupplierParty>
                  <cac:AccountingCustomerParty>{Party(
                    buyer.Name,
                    buyer.Siren.Digits,
                    place[0],
                    place[1][..5],
                    place[1][6..]
                )}</cac:AccountingCustomerParty>
                  <cac:TaxTotal>
                    <cbc:TaxAmount currencyID="EUR">{Vat:0.00}</cbc:TaxAmount>
                    <cac:TaxSubtotal>
                      <cbc:TaxableAmount currencyID="EUR">{Net:0.00}</cbc:TaxableAmount>
                      <cbc:TaxAmount currencyID="EUR">{Vat:0.00}</cbc:TaxAmount>
                      <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
                    </cac:TaxSubtotal>
                  </cac:TaxTotal>
                  <cac:LegalMonetaryTotal>
                    <cbc:LineExtensionAmount currencyID="EUR">{Net:0.00}</cbc:LineExtensionAmount>
                    <cbc:TaxExclusiveAmount currencyID="EUR">{Net:0.00}</cbc:TaxExclusiveAmount>
                    <cbc:TaxInclusiveAmount currencyID="EUR">{Net + Vat:0.00}</cbc:TaxInclusiveAmount>
                    <cbc:PayableAmount currencyID="EUR">{Net + Vat:0.00}</cbc:PayableAmount>
                  </cac:LegalMonetaryTotal>
                  <cac:InvoiceLine>
                    <cbc:ID>1</cbc:ID>
                    <cbc:InvoicedQuantity unitCode="HUR">12</cbc:InvoicedQuantity>
                    <cbc:LineExtensionAmount currencyID="EUR">{Net:0.00}</cbc:LineExtensionAmount>
                    <cac:Item><cbc:Name>Conseil, douze heures</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
                    <cac:Price><cbc:PriceAmount currencyID="EUR">110.00</cbc:PriceAmount></cac:Price>
                  </cac:InvoiceLine>
                </Invoice>
                """
            )
        );
    }

    private static string Party(string name, string siren, string street, string code, string town) =>
        $"""<cac:Party><cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:StreetName>{street}</cbc:StreetName><cbc:CityName>{town}</cbc:CityName><cbc:PostalZone>{code}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName><cbc:CompanyID schemeID="0002">{siren}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>""";
}
