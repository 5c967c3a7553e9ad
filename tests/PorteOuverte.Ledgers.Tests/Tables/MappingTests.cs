using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

public sealed class MappingTests
{
    private static string Guessed(string header, string row) =>
        Guessed(Sheets.Csv(header + "\n" + row + "\n" + row + "\n"));

    private static string Guessed(TableFile table) =>
        string.Join(
            ", ",
            TableMapping.Guess(table).Columns.OrderBy(c => c.Key).Select(c => $"{c.Key}={table.Column(c.Value)!.Name}")
        );

    [Theory]
    [InlineData(
        "N° facture;Date de facture;Date d'échéance;Code client;Raison sociale;Objet;Montant HT;Montant TVA;Montant TTC;Réglé;Date de règlement;Reste à payer",
        "FA1;15/01/2025;14/02/2025;C001;Dupont;Conseil;100,00;20,00;120,00;60,00;13/02/2025;60,00",
        "ClientName=Raison sociale, ClientCode=Code client, Number=N° facture, Date=Date de facture, DueDate=Date d'échéance, PaidOn=Date de règlement, Net=Montant HT, Vat=Montant TVA, Gross=Montant TTC, Paid=Réglé, Outstanding=Reste à payer, Label=Objet"
    )]
    [InlineData(
        "Invoice Number;Invoice Date;Due Date;Customer;Email;Subtotal;Tax;Total;Currency;Status;Paid at",
        "A1;2025-01-15;2025-02-14;Smith;a@b.fr;100.00;20.00;120.00;USD;paid;2025-02-01",
        "ClientName=Customer, ClientEmail=Email, Number=Invoice Number, Date=Invoice Date, DueDate=Due Date, PaidOn=Paid at, Net=Subtotal, Vat=Tax, Gross=Total, Currency=Currency"
    )]
    [InlineData(
        "Type;Numéro;Émise le;Client;SIRET;N° TVA intracommunautaire;Total HT;Taux de TVA;Net à payer;Devise",
        "Facture;F1;15/01/2025;Dupont;73282932000074;FR44732829320;100,00;20 %;120,00;EUR",
        "ClientName=Client, Siren=SIRET, VatNumber=N° TVA intracommunautaire, Number=Numéro, Kind=Type, Date=Émise le, Net=Total HT, Gross=Net à payer, VatRate=Taux de TVA, Currency=Devise"
    )]
    [InlineData(
        "DATE;PIECE;TIERS;LIBELLE;PRIX UNITAIRE HT;QUANTITE;MONTANT",
        "15/01/2025;F1;Dupont;Conseil;50,00;2;100,00",
        "ClientName=TIERS, Number=PIECE, Date=DATE, Net=PRIX UNITAIRE HT, Gross=MONTANT, Label=LIBELLE"
    )]
    public void Columns_are_guessed_by_their_names(string header, string row, string expected) =>
        Guessed(header, row).ShouldBe(expected);

    [Fact]
    public void Columns_without_known_names_are_guessed_by_what_they_hold() =>
        Guessed("alpha;beta;gamma;delta", "Dupont;732 829 320;compta@dupont.fr;EUR")
            .ShouldBe("ClientEmail=gamma, Siren=beta, Currency=delta");

    [Fact]
    public void A_mapping_is_remembered_for_the_same_names_in_another_order_below_another_preamble()
    {
        var first = Sheets.Csv(
            "Client;Date;Payé le;Montant\nDupont;01/02/2025;01/03/2025;1.234\nDurand;02/03/2025;04/03/2025;2.345\n"
        );
        var mapping = TableMapping.Guess(first);
        mapping
            .Questions(first)
            .Select(q => q.Field)
            .Order()
            .ShouldBe([TableField.Date, TableField.PaidOn, TableField.Gross]);
        mapping = mapping with
        {
            Dates = new Dictionary<string, DateForm> { ["date"] = DateForm.MonthFirst, ["paye"] = DateForm.DayFirst },
            DecimalMarks = new Dictionary<string, char> { ["montant"] = ',' },
            SharedNumber = SharedNumber.OwnInvoice,
            Currency = "CHF",
        };
        mapping.Questions(first).ShouldBeEmpty();
        var json = mapping.ToJson();
        json.ShouldContain("\"Gross\":\"montant\"");
        var known = TableMapping.FromJson(json)!;
        known.ToJson().ShouldBe(json);
        var second = Sheets.Csv(
            "Export\n\nMONTANT,Payé le,client,Date\n\"3.456\",05/06/2025,Martin,06/07/2025\n\"3.456\",05/06/2025,Martin,06/07/2025\n"
        );
        second.Fingerprint.ShouldBe(known.Fingerprint);
        var invoice = second.Invoices(known)[0];
        (invoice.Gross, invoice.Date, invoice.PaidOn, invoice.Currency).ShouldBe(
            (345600, new DateOnly(2025, 6, 7), new DateOnly(2025, 6, 5), "CHF")
        );
        Sheets.Csv("Client;Date;Montant\nA;01/02/2025;1\nB;01/02/2025;1\n").Fingerprint.ShouldNotBe(known.Fingerprint);
    }

    [Fact]
    public void What_is_no_mapping_is_none()
    {
        TableMapping.FromJson("{}").ShouldBeNull();
        TableMapping.FromJson("[").ShouldBeNull();
        TableMapping.FromJson("{\"fingerprint\":\"x\",\"columns\":{\"Nonsense\":\"a\"}}").ShouldBeNull();
    }

    [Fact]
    public void A_mapping_without_a_client_a_date_or_an_amount_reads_nothing()
    {
        var table = Sheets.Csv("a;b\nx;y\nz;t\n");
        var mapping = new TableMapping { Fingerprint = table.Fingerprint };
        mapping.Missing(TableContent.Invoices).ShouldBe([TableField.ClientName, TableField.Date, TableField.Gross]);
        Should.Throw<ArgumentException>(() => TableInvoices.Read(table, mapping));
    }
}
