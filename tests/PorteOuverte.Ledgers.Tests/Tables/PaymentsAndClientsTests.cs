using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

public sealed class PaymentsAndClientsTests
{
    [Fact]
    public void Payments_are_read_one_by_one()
    {
        var table = Sheets.Csv(
            "Date de paiement;Client;Facture;Montant payé;Libellé\n15/01/2025;Dupont;F1;1 200,00 €;Virement\n16/01/2025;Dupont;F1;-50,00 €;Rejet\n17/01/2025;;F2;10,00 €;\n18/01/2025;;;10,00 €;\n19/01/2025;Durand;F3;dix;\nTotal;;;1 170,00 €;\n"
        );
        var mapping = TableMapping.Guess(table);
        mapping.Missing(TableContent.Payments).ShouldBeEmpty();
        var reading = TablePayments.Read(table, mapping);
        reading
            .Select(p => (p.Line, p.ClientName, p.Number, p.PaidOn.Day, p.Amount, p.Currency, p.Label))
            .ShouldBe([
                (2, "Dupont", "F1", 15, 120000, "EUR", "Virement"),
                (3, "Dupont", "F1", 16, -5000, "EUR", "Rejet"),
                (4, "", "F2", 17, 1000, "EUR", ""),
            ]);
        reading
            .Problems.Select(p => (p.Line, p.Reason))
            .ShouldBe([(5, TableProblemReason.NoClient), (6, TableProblemReason.Amount)]);
        reading.RowsLeftOut.ShouldBe(2);
        reading.Notices.ShouldBe([new TableNotice(TableNoticeCode.TotalRow, 1, 7, null, "Total")]);
    }

    [Fact]
    public void A_plain_date_and_amount_may_be_a_payment()
    {
        var table = Sheets.Csv("Date,Customer,Amount\n2025-01-15,Smith,$12.50\n2025-01-16,Brown,$-142.85\n");
        TablePayments
            .Read(table, TableMapping.Guess(table))
            .Select(p => (p.Amount, p.Currency))
            .ShouldBe([(1250, "USD"), (-14285, "USD")]);
    }

    [Fact]
    public void Clients_are_read_one_by_one()
    {
        var table = Sheets.Csv(
            "Code client;Raison sociale;SIRET;N° TVA;E-mail\nC1;\"Dupont &amp; fils\";732 829 320 00074;FR44732829320;a@b.fr\n;;;;orphelin@b.fr\nC3;;;;\n"
        );
        var mapping = TableMapping.Guess(table);
        var reading = TableClients.Read(table, mapping);
        reading.ShouldBe([
            new TableClient
            {
                Line = 2,
                Code = "C1",
                Name = "Dupont & fils",
                Siren = "732829320",
                VatNumber = "FR44732829320",
                Email = "a@b.fr",
            },
            new TableClient { Line = 4, Code = "C3" },
        ]);
        reading
            .Problems.ShouldHaveSingleItem()
            .ShouldBe(new TableProblem(3, null, TableProblemReason.NoClient, "orphelin@b.fr", true));
        Should.Throw<ArgumentException>(() => TablePayments.Read(table, mapping));
    }
}
