using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

public sealed class XlsxTests
{
    // 31 January and 13 February 2025.
    private const double January = 45688;
    private const double February = 45701;

    private static string?[] Header(Xlsx xlsx) =>
        [xlsx.Shared("Client"), xlsx.Shared("Numéro"), Xlsx.Inline("Date facture"), xlsx.Shared("Total TTC")];

    [Fact]
    public void Shared_and_inline_texts_numbers_and_dates_are_read()
    {
        var xlsx = new Xlsx();
        xlsx.Sheet(
            "Factures",
            null,
            Header(xlsx),
            [xlsx.Shared("Dupont & fils"), Xlsx.Inline("FA1"), Xlsx.Number(January, 1), Xlsx.Number(1234.56, 3)],
            [
                Xlsx.Inline("Durand_x000A_SA"),
                Xlsx.Inline("FA2"),
                Xlsx.Number(February + 0.5, 2),
                Xlsx.Number(0.1 + 0.2),
            ],
            [],
            [Xlsx.Inline("Martin"), null, Xlsx.Number(February, 1), Xlsx.Number(-12, 5)]
        );
        var table = xlsx.Open();
        (table.Format, table.HeaderLine, table.RowCount, table.Sheet!.Name, table.Separator).ShouldBe(
            (TableFormat.Xlsx, 1, 3, "Factures", null)
        );
        table
            .Columns.Select(c => c.Kind)
            .ShouldBe([ColumnKind.Text, ColumnKind.Code, ColumnKind.Date, ColumnKind.Amount]);
        table.Rows().First().Texts().ShouldBe("Dupont & fils|FA1|2025-01-31|1234.56");
        var invoices = table.Invoices();
        invoices
            .Select(i => (i.Line, i.ClientName, i.Date, i.Gross, i.Currency))
            .ShouldBe([
                (2, "Dupont & fils", new DateOnly(2025, 1, 31), 123456, "EUR"),
                (3, "Durand SA", new DateOnly(2025, 2, 13), 30, "EUR"),
                (5, "Martin", new DateOnly(2025, 2, 13), -1200, "USD"),
            ]);
        invoices[2].Kind.ShouldBe(TableInvoiceKind.CreditNote);
    }

    [Fact]
    public void Days_may_be_counted_from_1904()
    {
        var xlsx = new Xlsx { Since1904 = true };
        xlsx.Sheet(
            "A",
            null,
            Header(xlsx),
            [Xlsx.Inline("A"), Xlsx.Inline("1"), Xlsx.Number(January - 1462, 1), Xlsx.Number(1.5)],
            [Xlsx.Inline("B"), Xlsx.Inline("2"), Xlsx.Number(February - 1462, 1), Xlsx.Number(2)]
        );
        xlsx.Open().Invoices()[0].Date.ShouldBe(new DateOnly(2025, 1, 31));
    }

    [Fact]
    public void Numbers_without_a_date_style_are_dates_under_such_a_header()
    {
        var xlsx = new Xlsx();
        xlsx.Sheet(
            "A",
            null,
            Header(xlsx),
            [Xlsx.Inline("A"), Xlsx.Inline("1"), Xlsx.Number(January), Xlsx.Number(1.5)],
            [Xlsx.Inline("B"), Xlsx.Inline("2"), Xlsx.Number(February, 4), Xlsx.Number(2)]
        );
        var table = xlsx.Open();
        table.Columns[2].Dates.ShouldBe(DateForm.Serial1900);
        table.Invoices().Select(i => i.Date).ShouldBe([new DateOnly(2025, 1, 31), new DateOnly(2025, 2, 13)]);
    }

    [Fact]
    public void Dates_and_amounts_written_as_text_are_read_beside_real_ones()
    {
        var xlsx = new Xlsx();
        xlsx.Sheet(
            "A",
            null,
            Header(xlsx),
            [Xlsx.Inline("A"), Xlsx.Inline("1"), Xlsx.Inline("31/01/2025"), Xlsx.Inline("1 234,56 €")],
            [Xlsx.Inline("B"), Xlsx.Inline("2"), Xlsx.Number(February, 1), Xlsx.Number(1234.5)]
        );
        xlsx.Open().Invoices().Select(i => (i.Date.Month, i.Gross)).ShouldBe([(1, 123456), (2, 123450)]);
    }

    [Fact]
    public void A_formula_has_the_value_it_last_had_and_one_without_is_said()
    {
        var xlsx = new Xlsx();
        xlsx.Sheet(
            "A",
            null,
            Header(xlsx),
            [Xlsx.Inline("A"), Xlsx.Inline("1"), Xlsx.Number(January, 1), Xlsx.Formula("1+1", "12.5")],
            [Xlsx.Inline("B"), Xlsx.Inline("2"), Xlsx.Number(January, 1), Xlsx.Formula("1+1", null)]
        );
        var table = xlsx.Open();
        table.Notices.ShouldBe([new TableNotice(TableNoticeCode.FormulaWithoutValue, 1, 0)]);
        table.Reading(out var invoices).Problems.ShouldHaveSingleItem().Reason.ShouldBe(TableProblemReason.NoAmount);
        invoices.Single().Gross.ShouldBe(1250);
    }

    [Fact]
    public void An_error_in_a_cell_is_a_problem_with_its_place()
    {
        var xlsx = new Xlsx();
        xlsx.Sheet(
            "A",
            null,
            Header(xlsx),
            [Xlsx.Inline("A"), Xlsx.Inline("1"), Xlsx.Number(January, 1), "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"],
            [Xlsx.Inline("B"), Xlsx.Inline("2"), Xlsx.Number(January, 1), Xlsx.Number(1)]
        );
        xlsx.Open()
            .Reading(out _)
            .Problems.ShouldBe([new TableProblem(2, "Total TTC", TableProblemReason.Amount, "#DIV/0!", true)]);
    }

    [Fact]
    public void A_merged_title_is_no_header()
    {
        var xlsx = new Xlsx();
        xlsx.Sheet(
            "A",
            null,
            [Xlsx.Inline("Factures émises en 2025"), "<c/>", "<c/>", "<c/>"],
            [],
            Header(xlsx),
            [Xlsx.Inline("A"), Xlsx.Inline("1"), Xlsx.Number(January, 1), Xlsx.Number(1)]
        );
        var table = xlsx.Open();
        table.HeaderLine.ShouldBe(3);
        table.Notices.ShouldBe([new TableNotice(TableNoticeCode.Preamble, 1, 1, null, "Factures émises en 2025")]);
    }

    [Fact]
    public void The_first_sheet_that_is_shown_and_has_a_table_is_read_and_any_may_be_chosen()
    {
        var xlsx = new Xlsx();
        string?[] One(string name) => [Xlsx.Inline(name), Xlsx.Inline("1"), Xlsx.Number(January, 1), Xlsx.Number(1)];
        xlsx.Sheet("Cachée", "hidden", Header(xlsx), One("A"))
            .Sheet("Lisez-moi", null, [Xlsx.Inline("Bonjour")])
            .Sheet("2025", null, Header(xlsx), One("B"))
            .Sheet("2024", null, Header(xlsx), One("C"));
        var table = xlsx.Open();
        table.Sheets.ShouldBe([
            new TableSheet("Cachée", true),
            new TableSheet("Lisez-moi", false),
            new TableSheet("2025", false),
            new TableSheet("2024", false),
        ]);
        table.Sheet!.Name.ShouldBe("2025");
        xlsx.Open(new TableChoices { Sheet = "Cachée" }).Invoices().Single().ClientName.ShouldBe("A");
        xlsx.Open(new TableChoices { Sheet = "2024" }).Invoices().Single().ClientName.ShouldBe("C");
        Should.Throw<ArgumentException>(() => xlsx.Open(new TableChoices { Sheet = "2023" }));
    }

    [Fact]
    public void Cells_and_rows_may_say_nothing_of_their_place()
    {
        var row = "<row>" + Xlsx.Inline("A") + Xlsx.Inline("B") + "</row>";
        var xlsx = new Xlsx().Raw(
            "A",
            null,
            "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData>"
                + row
                + row
                + "<row/>"
                + row.Replace("A", "C", StringComparison.Ordinal)
                + "</x:sheetData></x:worksheet>"
        );
        var table = xlsx.Open(new TableChoices { HeaderLine = 0 });
        table.Rows().Select(r => (r.Line, r.Texts())).ShouldBe([(1, "A|B"), (2, "A|B"), (4, "C|B")]);
    }

    [Theory]
    [InlineData("dd/mm/yyyy", true)]
    [InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", true)]
    [InlineData("yyyy\\-mm\\-dd hh:mm", true)]
    [InlineData("General", false)]
    [InlineData("0.00%", false)]
    [InlineData("#,##0.00\\ \"jours\"", false)]
    [InlineData("[Red]-#,##0.00", false)]
    [InlineData("hh:mm:ss", false)]
    [InlineData("\"du\" 0", false)]
    public void A_format_tells_dates_from_numbers(string code, bool isDate) =>
        CellStyles.IsDateCode(code).ShouldBe(isDate);
}
