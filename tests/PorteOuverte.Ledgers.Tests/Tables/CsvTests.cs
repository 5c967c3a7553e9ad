using System.Text;
using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

public sealed class CsvTests
{
    private const string French =
        "Client;N° facture;Date;Montant TTC\nDupont;FA1;15/01/2025;1 234,56 €\nDurand;FA2;03/02/2025;12,00 €\n";

    [Fact]
    public void Semicolon_and_decimal_comma_are_found()
    {
        var table = Sheets.Csv(French);
        (table.Format, table.Separator, table.Encoding, table.HeaderLine, table.RowCount).ShouldBe(
            (TableFormat.Csv, ';', "utf-8", 1, 2)
        );
        table
            .Columns.Select(c => c.Kind)
            .ShouldBe([ColumnKind.Text, ColumnKind.Code, ColumnKind.Date, ColumnKind.Amount]);
        table.Columns[2].Dates.ShouldBe(DateForm.DayFirst);
        table
            .Columns[3]
            .Amounts.ShouldBe(
                new AmountFormat
                {
                    DecimalMark = ',',
                    ThousandsMark = ' ',
                    Currency = "EUR",
                }
            );
        table.Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(';')]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Each_separator_is_found_whatever_the_text_holds(char separator)
    {
        var text = string.Join(
            '\n',
            "Client,Number,Date,Total,Label",
            "\"Smith, Jones; Co\",A1,2025-01-31,12.50,\"one | two\"",
            "Brown,A2,2025-02-28,\"1,100.00\",three"
        );
        var table = Sheets.Csv(string.Join('\n', text.Split('\n').Select(l => Separated(l, separator))));
        table.Separator.ShouldBe(separator);
        table.Rows().First()[0].Text.ShouldBe("Smith, Jones; Co");
        table.Invoices().Select(i => i.Gross).ShouldBe([1250, 110000]);
        table.IsQuoted.ShouldBeTrue();
    }

    // Commas outside quotes become the separator.
    private static string Separated(string line, char separator) =>
        string.Concat(
            line.Split('"').SelectMany((part, i) => i % 2 == 0 ? part.Replace(',', separator) : "\"" + part + "\"")
        );

    [Fact]
    public void A_comma_in_every_amount_does_not_make_a_comma_file() =>
        Sheets.Csv("Client;Montant\nDupont;12,50\nDurand;13,75\nMartin;14,10\n").Separator.ShouldBe(';');

    [Fact]
    public void Excel_may_name_the_separator() =>
        Sheets
            .Csv("sep=|\r\nClient|Montant\r\nA;b|1,00\r\nC;d|2,00\r\n")
            .Columns.Select(c => c.Name)
            .ShouldBe(["Client", "Montant"]);

    [Fact]
    public void Lines_before_the_header_are_skipped_and_said()
    {
        var table = Sheets.Csv("ACME SARL\n12 rue des Lilas;75011 Paris\n\nExport du 31/03/2025;;;\n" + French);
        table.HeaderLine.ShouldBe(5);
        table.Columns.Select(c => c.Name).ShouldBe(["Client", "N° facture", "Date", "Montant TTC"]);
        table
            .Notices.ShouldHaveSingleItem()
            .ShouldBe(new TableNotice(TableNoticeCode.Preamble, 3, 1, null, "ACME SARL"));
        table.Invoices().Select(i => i.Line).ShouldBe([6, 7]);
        table.Fingerprint.ShouldBe(Sheets.Csv(French).Fingerprint);
    }

    [Fact]
    public void A_person_may_point_at_the_header()
    {
        var table = Sheets.Csv("a;b\nc;d\nClient;Montant\nDupont;1,00\n", new TableChoices { HeaderLine = 2 });
        table.Columns.Select(c => c.Name).ShouldBe(["c", "d"]);
        table.RowCount.ShouldBe(2);
        var bare = Sheets.Csv("a;b\nc;d\n", new TableChoices { HeaderLine = 0 });
        (bare.RowCount, bare.HeaderLine).ShouldBe((2, 0));
        bare.Columns.Select(c => c.Key).ShouldBe(["@A", "@B"]);
    }

    [Fact]
    public void Rows_without_a_header_are_all_data()
    {
        var table = Sheets.Csv("Dupont;15/01/2025;12,50\nDurand;16/01/2025;13,50\n");
        (table.HeaderLine, table.RowCount).ShouldBe((0, 2));
        table.Notices.ShouldContain(n => n.Code == TableNoticeCode.NoHeader);
        table.Invoices().Select(i => (i.ClientName, i.Gross)).ShouldBe([("Dupont", 1250), ("Durand", 1350)]);
    }

    [Fact]
    public void Quotes_hold_separators_quotes_and_line_ends()
    {
        var table = Sheets.Csv(
            "Client;Objet;Date;Total\r\n\"Dupont; fils\";\"dit \"\"le grand\"\"\r\nsur deux lignes\";15/01/2025;1,00\r\nDu\"rand;x;16/01/2025;2,00\r\n"
        );
        table.Rows().Select(r => r.Line).ShouldBe([2, 4]);
        table.Rows().First()[1].Text.ShouldBe("dit \"le grand\"\nsur deux lignes");
        table.Invoices().Select(i => i.Label).ShouldBe(["dit \"le grand\" sur deux lignes", "x"]);
        table.Rows().Last()[0].Text.ShouldBe("Du\"rand");
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16le", true)]
    [InlineData("utf-16be", true)]
    [InlineData("windows-1252", false)]
    public void Encodings_are_found(string encoding, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text =
            "Société;Créée le;Numéro;Montant\r\nÉlégance – l’été;15/01/2025;œ1;12,00 €\r\nHélène & Çelik;16/01/2025;œ2;14,00 €\r\n";
        var codec = Encoding.GetEncoding(encoding);
        var table = Sheets.Csv(mark ? [.. codec.GetPreamble(), .. codec.GetBytes(text)] : codec.GetBytes(text));
        table.Encoding.ShouldBe(encoding);
        table.Columns[0].Name.ShouldBe("Société");
        table.Columns[0].Samples[0].ShouldBe("Élégance – l’été");
    }

    [Fact]
    public void A_person_may_choose_the_encoding_and_the_separator()
    {
        var bytes = Encoding.Latin1.GetBytes("Société;Total\nÉlan;1,50\nÉté;2,50\n");
        Sheets.Csv(bytes, new TableChoices { Encoding = "ibm850" }).Columns[0].Name.ShouldNotBe("Société");
        Sheets.Csv(bytes, new TableChoices { Separator = ',', HeaderLine = 1 }).Columns.Count.ShouldBe(2);
    }

    [Fact]
    public void Trailing_separators_make_no_column()
    {
        var table = Sheets.Csv("Client;Montant;;;\nDupont;1,00;;;\nDurand;2,00;;;\n");
        table.Columns.Count.ShouldBe(2);
        table.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void Ragged_rows_lose_nothing()
    {
        var table = Sheets.Csv(
            "Client;Date;Montant\nDupont;15/01/2025;1,00;en plus\nDurand;16/01/2025\nMartin;17/01/2025;3,00\n"
        );
        table.Columns.Select(c => c.Key).ShouldBe(["client", "date", "montant", "@D"]);
        table.Columns[3].Samples.ShouldBe(["en plus"]);
        table.Notices.ShouldBe([
            new TableNotice(TableNoticeCode.ExtraCells, 1, 2),
            new TableNotice(TableNoticeCode.MissingCells, 1, 3),
        ]);
        table.Reading(out var invoices).Problems.ShouldHaveSingleItem().Reason.ShouldBe(TableProblemReason.NoAmount);
        invoices.Count.ShouldBe(2);
    }

    [Fact]
    public void Names_that_occur_twice_or_not_at_all_have_keys_of_their_own()
    {
        var table = Sheets.Csv(
            "Client;Montant;MONTANT;;Date\nDupont;1,00;2,00;note;15/01/2025\nDurand;3,00;4,00;note;16/01/2025\n"
        );
        table.Columns.Select(c => c.Key).ShouldBe(["client", "montant", "montant#2", "@D", "date"]);
        table.Notices.ShouldBe([new TableNotice(TableNoticeCode.SameName, 1, 1, "MONTANT")]);
    }

    [Fact]
    public void A_header_that_stands_again_is_passed_over()
    {
        var table = Sheets.Csv("Client;Date;Total\nA;15/01/2025;1,00\nClient;Date;Total\nB;16/01/2025;2,00\n");
        table.RowCount.ShouldBe(2);
        table.Notices.ShouldBe([new TableNotice(TableNoticeCode.RepeatedHeader, 1, 3)]);
        table.Invoices().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Any_line_end_ends_a_line(string end)
    {
        var table = Sheets.Csv(French.Replace("\n", end, StringComparison.Ordinal));
        table.Rows().Select(r => r.Line).ShouldBe([2, 3]);
    }

    [Fact]
    public void A_text_cut_in_its_last_line_says_so()
    {
        Sheets.Csv(French[..^12]).TruncatedAt.ShouldBe(3);
        Sheets.Csv(French[..^1]).TruncatedAt.ShouldBeNull();
    }
}
