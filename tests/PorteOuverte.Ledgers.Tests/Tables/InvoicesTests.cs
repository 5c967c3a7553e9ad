using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

public sealed class InvoicesTests
{
    private const string Lines =
        "N° facture;Client;Date;Désignation;Quantité;Montant ligne;Total HT;Total TTC\n"
        + "F1;Dupont;15/01/2025;Conseil;1;80,00;100,00;120,00\n"
        + "F1;Dupont;15/01/2025;Trajet;2;20,00;100,00;120,00\n"
        + "F2;Durand;16/01/2025;Conseil;1;50,00;50,00;60,00\n"
        + "F1;Durand;17/01/2025;Conseil;1;10,00;10,00;12,00\n";

    private static TableNotice? Noticed(TableReading<TableInvoice> reading, TableNoticeCode code) =>
        reading.Notices.FirstOrDefault(n => n.Code == code);

    [Fact]
    public void A_total_that_each_line_repeats_counts_once()
    {
        var reading = Sheets.Csv(Lines).Reading(out var invoices);
        invoices
            .Select(i => (i.Line, i.Rows, i.Number, i.ClientName, i.Net, i.Vat, i.Gross, i.Label))
            .ShouldBe([
                (2, 2, "F1", "Dupont", 10000, 2000, 12000, "Conseil"),
                (4, 1, "F2", "Durand", 5000, 1000, 6000, "Conseil"),
                (5, 1, "F1", "Durand", 1000, 200, 1200, "Conseil"),
            ]);
        reading.Notices.ShouldBe([
            new TableNotice(TableNoticeCode.AmountRepeated, 1, 2, "Total HT", "F1"),
            new TableNotice(TableNoticeCode.AmountRepeated, 1, 2, "Total TTC", "F1"),
        ]);
        reading.ProblemCount.ShouldBe(0);
    }

    [Fact]
    public void Amounts_of_lines_are_added()
    {
        var table = Sheets.Csv(
            "Numéro;Client;Date;Objet;Montant HT;TVA;Total TTC\nF1;A;15/01/2025;x;80,00;16,00;96,00\nF2;B;15/01/2025;x;10,00;2,00;12,00\nF1;A;15/01/2025;y;20,00;4,00;24,00\n"
        );
        var reading = table.Reading(out var invoices);
        invoices
            .Select(i => (i.Number, i.Line, i.Rows, i.Net, i.Vat, i.Gross))
            .ShouldBe([("F2", 3, 1, 1000, 200, 1200), ("F1", 2, 2, 10000, 2000, 12000)]);
        Noticed(reading, TableNoticeCode.AmountsAdded)!.Count.ShouldBe(1);
    }

    [Fact]
    public void Each_column_is_judged_by_itself()
    {
        var table = Sheets.Csv(
            "Numéro;Client;Date;HT;Total TTC\nF1;A;15/01/2025;80,00;120,00\nF1;A;15/01/2025;20,00;120,00\nF2;B;16/01/2025;1,00;1,20\n"
        );
        var reading = table.Reading(out var invoices);
        (invoices[0].Net, invoices[0].Vat, invoices[0].Gross).ShouldBe((10000, 2000, 12000));
        Noticed(reading, TableNoticeCode.AmountsAdded)!.Column.ShouldBe("HT");
        Noticed(reading, TableNoticeCode.AmountRepeated)!.Column.ShouldBe("Total TTC");
    }

    [Fact]
    public void Two_lines_of_one_amount_alone_are_added_and_many_such_invoices_repeat_their_total()
    {
        const string Header = "Numéro;Client;Date;Objet;Total\n";
        string Twice(int n) => $"F{n};A;15/01/2025;x;50,00\nF{n};A;15/01/2025;y;50,00\n";
        Sheets.Csv(Header + Twice(1)).Invoices().Single().Gross.ShouldBe(10000);
        Sheets
            .Csv(Header + Twice(1) + Twice(2) + Twice(3))
            .Invoices()
            .Select(i => i.Gross)
            .ShouldBe([5000, 5000, 5000]);
    }

    [Fact]
    public void A_number_that_comes_back_under_another_date_is_another_invoice()
    {
        var table = Sheets.Csv(
            "Contrat n°;Numéro;Client;Date;Total\nx;C1;A;31/01/2025;50,00\nx;C1;A;28/02/2025;50,00\nx;C1;A;31/03/2025;50,00\nx;C2;B;31/03/2025;50,00\n"
        );
        var reading = table.Reading(out var invoices);
        invoices.Count.ShouldBe(4);
        reading
            .Notices.Single(n => n.Code == TableNoticeCode.NumberOnOtherDate)
            .ShouldBe(new TableNotice(TableNoticeCode.NumberOnOtherDate, 2, 3, "Numéro", "C1"));
        table
            .Invoices(TableMapping.Guess(table) with { SharedNumber = SharedNumber.AmountsAdded })
            .Select(i => i.Gross)
            .ShouldBe([15000, 5000], ignoreOrder: true);
    }

    [Fact]
    public void An_amount_of_three_decimals_is_rounded_and_said() =>
        Noticed(
                Sheets.Csv("Client;Date;HT;TTC\nA;15/01/2025;0,125;0,15\nB;15/01/2025;1,00;1,20\n").Reading(out _),
                TableNoticeCode.AmountRounded
            )
            .ShouldBe(new TableNotice(TableNoticeCode.AmountRounded, 1, 2, "HT", "0,125"));

    [Fact]
    public void A_person_decides_what_a_shared_number_means()
    {
        var table = Sheets.Csv(Lines);
        var mapping = TableMapping.Guess(table);
        table.Invoices(mapping with { SharedNumber = SharedNumber.AmountsAdded })[0].Gross.ShouldBe(24000);
        table.Invoices(mapping with { SharedNumber = SharedNumber.OwnInvoice }).Count.ShouldBe(4);
        table.Invoices(mapping with { SharedNumber = SharedNumber.TotalRepeated })[0].Gross.ShouldBe(12000);
    }

    [Fact]
    public void Totals_that_differ_where_all_others_repeat_are_added_and_said()
    {
        var table = Sheets.Csv(
            Lines
                + "F9;Z;18/01/2025;a;1;1,00;10,00;12,00\nF9;Z;18/01/2025;b;1;2,00;20,00;24,00\n"
                + Lines.Split('\n', 2)[1].Replace("F1", "F3", StringComparison.Ordinal)
        );
        var reading = table.Reading(out var invoices);
        invoices.Single(i => i.Number == "F9").Gross.ShouldBe(3600);
        reading
            .Problems.Select(p => (p.Line, p.Column, p.Reason))
            .ShouldBe([
                (7, "Total HT", TableProblemReason.TotalsDiffer),
                (7, "Total TTC", TableProblemReason.TotalsDiffer),
            ]);
    }

    [Fact]
    public void A_total_on_the_first_line_only_counts_once()
    {
        var table = Sheets.Csv(
            "Name,Customer,Date,Total,Lineitem price\n#1,Smith,2025-01-15,120.00,100.00\n#1,Smith,2025-01-15,,20.00\n#2,Brown,2025-01-15,5.00,5.00\n"
        );
        var guess = TableMapping.Guess(table);
        var mapping = guess with
        {
            Columns = new Dictionary<TableField, string>
            {
                [TableField.Number] = "name",
                [TableField.ClientName] = "customer",
                [TableField.Date] = "date",
                [TableField.Gross] = "total",
            },
        };
        var reading = table.Reading(out var invoices, mapping);
        reading.Problems.ShouldBeEmpty();
        invoices.Select(i => i.Gross).ShouldBe([12000, 500]);
        Noticed(reading, TableNoticeCode.LineWithoutAmount)
            .ShouldBe(new TableNotice(TableNoticeCode.LineWithoutAmount, 1, 3, null, "#1"));
    }

    [Fact]
    public void What_is_missing_of_net_vat_and_gross_is_derived()
    {
        static (long?, long?, long?) Of(string header, string row)
        {
            var invoice = Sheets.Csv($"Client;Date;{header}\nA;15/01/2025;{row}\nA;15/01/2025;{row}\n").Invoices()[0];
            return (invoice.Net, invoice.Vat, invoice.Gross);
        }
        Of("HT;TVA", "100,00;20,00").ShouldBe((10000, 2000, 12000));
        Of("HT;TTC", "100,00;120,00").ShouldBe((10000, 2000, 12000));
        Of("TVA;TTC", "20,00;120,00").ShouldBe((10000, 2000, 12000));
        Of("HT;Taux TVA", "100,00;20 %").ShouldBe((10000, 2000, 12000));
        Of("HT;Taux TVA", "100,00;5,5").ShouldBe((10000, 550, 10550));
        Of("TTC;Taux TVA", "120,00;0,2").ShouldBe((10000, 2000, 12000));
        Of("TTC;Taux TVA", "120,00;0").ShouldBe((12000, 0, 12000));
        Of("TTC", "120,00").ShouldBe((null, null, 12000));
        Of("HT", "120,00").ShouldBe((12000, null, null));
    }

    [Fact]
    public void What_cannot_be_derived_or_disagrees_is_said()
    {
        Noticed(
            Sheets.Csv("Client;Date;TTC\nA;15/01/2025;1,00\nB;15/01/2025;1,00\n").Reading(out _),
            TableNoticeCode.NoNet
        )!
            .Count.ShouldBe(2);
        Noticed(
            Sheets.Csv("Client;Date;HT\nA;15/01/2025;1,00\nB;15/01/2025;1,00\n").Reading(out _),
            TableNoticeCode.NoGross
        )!
            .Count.ShouldBe(2);
        var reading = Sheets
            .Csv("Client;Date;HT;TVA;TTC\nA;15/01/2025;100,00;20,00;150,00\nB;15/01/2025;1,00;0,20;1,20\n")
            .Reading(out var invoices);
        Noticed(reading, TableNoticeCode.AmountsDisagree)!.FirstLine.ShouldBe(2);
        (invoices[0].Net, invoices[0].Vat, invoices[0].Gross).ShouldBe((10000, 2000, 15000));
    }

    [Fact]
    public void Credit_notes_are_negative_however_they_are_written()
    {
        var reading = Sheets
            .Csv(
                "Type;Numéro;Client;Date;HT;TTC\nAvoir;A1;X;15/01/2025;100,00;120,00\nFacture;F2;X;15/01/2025;-10,00;-12,00\nCredit note;A3;X;15/01/2025;-1,00;-1,20\nFacture;F4;X;15/01/2025;1,00;1,20\nDevis;D5;X;15/01/2025;9,00;9,90\n"
            )
            .Reading(out var invoices);
        invoices
            .Select(i => (i.Kind, i.Net, i.Gross))
            .ShouldBe([
                (TableInvoiceKind.CreditNote, -10000, -12000),
                (TableInvoiceKind.CreditNote, -1000, -1200),
                (TableInvoiceKind.CreditNote, -100, -120),
                (TableInvoiceKind.Invoice, 100, 120),
            ]);
        Noticed(reading, TableNoticeCode.NegativeAmount)!.Read.ShouldBe("F2");
        Noticed(reading, TableNoticeCode.NotAnInvoice)
            .ShouldBe(new TableNotice(TableNoticeCode.NotAnInvoice, 1, 6, "Type", "Devis"));
    }

    [Fact]
    public void Rows_of_totals_are_left_out_and_a_client_called_total_is_not()
    {
        var reading = Sheets
            .Csv(
                "Client;Date;Total\nTotal Énergies;15/01/2025;1,00\nDupont;15/01/2025;2,00\nSous-total Dupont;;2,00\nTOTAL GÉNÉRAL;;3,00\n"
            )
            .Reading(out var invoices);
        invoices.Select(i => i.Gross).ShouldBe([100, 200]);
        reading
            .Notices.Single(n => n.Code == TableNoticeCode.TotalRow)
            .ShouldBe(new TableNotice(TableNoticeCode.TotalRow, 2, 4, null, "Sous-total Dupont"));
        reading.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_read_is_said_with_its_place_and_the_rest_is_read()
    {
        var reading = Sheets
            .Csv(
                "Client;Date;Échéance;Total\nA;15/01/2025;32/13/2025;1,00\nB;31/02/2025;;2,00\nC;16/01/2025;;douze\n;17/01/2025;;4,00\nE;;;5,00\nF;18/01/2025;18/02/2025;6,00\nG;18/01/2025;19/02/2025;6,00\nH;18/01/2025;20/02/2025;6,00\nI;18/01/2025;21/02/2025;6,00\n"
            )
            .Reading(out var invoices);
        invoices.Select(i => i.Gross).ShouldBe([100, 600, 600, 600, 600]);
        reading.Problems.ShouldBe([
            new TableProblem(2, "Échéance", TableProblemReason.Date, "32/13/2025", false),
            new TableProblem(3, "Date", TableProblemReason.Date, "31/02/2025", true),
            new TableProblem(4, "Total", TableProblemReason.Amount, "douze", true),
            new TableProblem(5, null, TableProblemReason.NoClient, "17/01/2025 4,00", true),
            new TableProblem(6, null, TableProblemReason.NoDate, "E 5,00", true),
        ]);
    }

    [Fact]
    public void Currencies_come_from_the_column_the_amount_or_the_mapping()
    {
        Sheets
            .Csv(
                "Client;Date;Total;Devise\nA;15/01/2025;1,00;usd\nB;15/01/2025;1,00 €;£\nC;15/01/2025;$1,00;\nD;15/01/2025;1,00;pesos\n"
            )
            .Reading(out var invoices)
            .Problems.ShouldHaveSingleItem()
            .Reason.ShouldBe(TableProblemReason.Currency);
        invoices.Select(i => i.Currency).ShouldBe(["USD", "GBP", "USD"]);
    }

    [Fact]
    public void Payments_are_given_or_derived_from_what_remains()
    {
        Sheets
            .Csv("Client;Date;TTC;Reste à payer\nA;15/01/2025;120,00;20,00\nB;15/01/2025;10,00;10,00\n")
            .Invoices()
            .Select(i => i.Paid)
            .ShouldBe([10000, 0]);
        var paid = Sheets
            .Csv("Client;Date;TTC;Montant payé;Payée le\nA;15/01/2025;120,00;120,00;20/02/2025\nB;15/01/2025;10,00;;\n")
            .Invoices();
        paid.Select(i => (i.Paid, i.PaidOn)).ShouldBe([(12000, new DateOnly(2025, 2, 20)), (null, null)]);
    }

    [Fact]
    public void Companies_are_known_by_their_numbers()
    {
        var invoice = Sheets
            .Csv(
                "Client;SIRET;N° TVA;Code client;Date;Total\nA;732 829 320 00074;FR44732829320;C01;15/01/2025;1,00\nB;123;;C02;15/01/2025;1,00\n"
            )
            .Invoices();
        (invoice[0].Siren, invoice[0].VatNumber, invoice[0].ClientCode).ShouldBe(("732829320", "FR44732829320", "C01"));
        invoice[1].Siren.ShouldBeNull();
    }

    [Fact]
    public void Reading_twice_says_the_same()
    {
        var reading = Sheets.Csv(Lines + "F8;;15/01/2025;x;1;1,00;1,00;1,20\n").Reading(out var first);
        var problems = reading.Problems.ToList();
        reading.ToList().ShouldBe(first);
        reading.Problems.ShouldBe(problems);
    }
}
