using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Tests.Tables;

/// <summary>What a spreadsheet finds in a list that was exported.</summary>
public sealed class SheetTests
{
    private static readonly SheetColumn[] Columns =
    [
        new("Nom", SheetKind.Text),
        new("Nombre", SheetKind.Number),
        new("Montant", SheetKind.Amount),
        new("Part", SheetKind.Percent),
        new("Jour", SheetKind.Date),
        new("Instant", SheetKind.Instant),
        new("Actif", SheetKind.Flag),
    ];

    private static readonly object?[] Row =
    [
        "Chêne",
        1234.5m,
        -123456L,
        0.125,
        new DateOnly(2026, 11, 22),
        new DateTime(2026, 11, 22, 23, 30, 0, DateTimeKind.Utc),
        true,
    ];

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    [InlineData("fr", "Chêne;1234,5;-1234,56;12,5%;2026-11-22;2026-11-23 00:30:00;oui")]
    [InlineData("en", "Chêne,1234.5,-1234.56,12.5%,2026-11-22,2026-11-23 00:30:00,yes")]
    public async Task Text_is_written_as_spreadsheets_of_the_language_read_it(string language, string line)
    {
        var bytes = await Csv(language, Columns, [Row, new object?[Columns.Length]]);
        bytes.Take(3).ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        lines.Length.ShouldBe(4);
        lines[1].ShouldBe(line);
        lines[2].ShouldBe(new string(language == "fr" ? ';' : ',', Columns.Length - 1));
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\ta", "'\ta")]
    [InlineData("\ra", "\"'\ra\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("a,b", "a,b")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("", "")]
    public void A_text_is_never_a_formula(string text, string cell) =>
        new CsvSheet(In("fr"), Paris, Columns).Cell(text, SheetKind.Text).ShouldBe(cell);

    [Fact]
    public async Task A_workbook_holds_numbers_and_days_that_can_be_reckoned_with()
    {
        using var book = await Workbook([Row, new object?[Columns.Length]]);
        var rows = RowsOf(book);
        rows.Count.ShouldBe(3);
        rows[0].Select(c => c.InnerText).ShouldBe(Columns.Select(c => c.Title));
        rows[1]
            .Select(c => c.InnerText)
            .ShouldBe(["Chêne", "1234.5", "-1234.56", "0.125", "46348", "46349.0208333333", "1"]);
        rows[1].Select(c => Format(book, c)).ShouldBe(["49", "0", "#,##0.00\\ \"€\"", "0.0%", "14", "22", "0"]);
        rows[1][6].DataType!.Value.ShouldBe(CellValues.Boolean);
        rows[2].ShouldAllBe(c => c.InnerText.Length == 0);
        DateTime.FromOADate(46349.0208333333).ShouldBe(new DateTime(2026, 11, 23, 0, 30, 0, DateTimeKind.Unspecified));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("  deux  espaces ")]
    [InlineData("<b>&amp;\"'")]
    [InlineData("ligne\nautre")]
    [InlineData("😀 é œ")]
    public async Task A_workbook_keeps_a_text_as_it_was_written(string text)
    {
        using var book = await Workbook([
            [text, .. Row[1..]],
        ]);
        var cell = RowsOf(book)[1][0];
        cell.InnerText.ShouldBe(text);
        cell.DataType!.Value.ShouldBe(CellValues.InlineString);
        cell.CellFormula.ShouldBeNull();
    }

    [Fact]
    public async Task What_no_workbook_can_hold_does_not_break_it()
    {
        using var book = await Workbook([
            ["\u0000\u0001\uD800a\uFFFF", .. Row[1..]],
            [new string('x', 40_000), .. Row[1..4], new DateOnly(1789, 7, 14), null, null],
        ]);
        var rows = RowsOf(book);
        rows[1][0].InnerText.ShouldBe("\uFFFD\uFFFD\uFFFDa\uFFFD");
        rows[2][0].InnerText.Length.ShouldBe(32_767);
        rows[2][4].InnerText.ShouldBe("07/14/1789");
        rows[2][4].DataType!.Value.ShouldBe(CellValues.InlineString);
    }

    [Fact]
    public async Task The_heading_of_a_workbook_is_bold_and_stays()
    {
        using var book = await Workbook([Row]);
        var sheet = book.WorkbookPart!.WorksheetParts.Single().Worksheet;
        sheet.Descendants<Pane>().Single().State!.Value.ShouldBe(PaneStateValues.Frozen);
        sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Column>().Count().ShouldBe(Columns.Length);
        var styles = book.WorkbookPart.WorkbookStylesPart!.Stylesheet;
        var heading = RowsOf(book)[0][0];
        var font = ((CellFormat)styles.CellFormats!.ElementAt((int)heading.StyleIndex!.Value)).FontId!.Value;
        styles.Fonts!.ElementAt((int)font).GetFirstChild<Bold>().ShouldNotBeNull();
    }

    // Opened by the library, which finds it faultless.
    private static async Task<SpreadsheetDocument> Workbook(object?[][] rows)
    {
        var stream = new MemoryStream();
        await new XlsxSheet("clients et mandats [2026] d’une année", Paris, Columns).Write(
            stream,
            rows.ToAsyncEnumerable(),
            TestContext.Current.CancellationToken
        );
        stream.Position = 0;
        var book = SpreadsheetDocument.Open(stream, isEditable: false);
        new OpenXmlValidator().Validate(book).Select(e => e.Description + e.Path?.XPath).ShouldBeEmpty();
        return book;
    }

    private static List<List<Cell>> RowsOf(SpreadsheetDocument book) =>
        [
            .. book.WorkbookPart!.WorksheetParts.Single()
                .Worksheet.Descendants<Row>()
                .Select(r => r.Elements<Cell>().ToList()),
        ];

    private static string Format(SpreadsheetDocument book, Cell cell)
    {
        var styles = book.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var style = (CellFormat)styles.CellFormats!.ElementAt((int)(cell.StyleIndex?.Value ?? 0));
        var own = styles
            .NumberingFormats!.Elements<NumberingFormat>()
            .FirstOrDefault(f => f.NumberFormatId!.Value == style.NumberFormatId!.Value);
        return own?.FormatCode!.Value ?? style.NumberFormatId!.Value.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<byte[]> Csv(string language, SheetColumn[] columns, object?[][] rows)
    {
        using var stream = new MemoryStream();
        await new CsvSheet(In(language), Paris, columns).Write(
            stream,
            rows.ToAsyncEnumerable(),
            TestContext.Current.CancellationToken
        );
        return stream.ToArray();
    }

    private static Texts In(string language) => new(typeof(HttpText), CultureInfo.GetCultureInfo(language));
}
