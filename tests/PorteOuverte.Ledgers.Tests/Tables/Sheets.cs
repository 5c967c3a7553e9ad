using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Ledgers.Tests.Tables;

/// <summary>Makes small tables: texts as CSV, cells as a workbook.</summary>
internal static class Sheets
{
    public static LedgerSource Source(byte[] bytes, string name = "factures.csv") =>
        new(name, () => new MemoryStream(bytes, writable: false));

    public static LedgerSource Source(string text, string name = "factures.csv") =>
        Source(Encoding.UTF8.GetBytes(text), name);

    public static TableFile Csv(string text, TableChoices? choices = null) => TableFile.Open(Source(text), choices);

    public static TableFile Csv(byte[] bytes, TableChoices? choices = null) => TableFile.Open(Source(bytes), choices);

    public static List<TableInvoice> Invoices(this TableFile table, TableMapping? mapping = null) =>
        [.. TableInvoices.Read(table, mapping ?? TableMapping.Guess(table))];

    public static TableReading<TableInvoice> Reading(
        this TableFile table,
        out List<TableInvoice> invoices,
        TableMapping? mapping = null
    )
    {
        var reading = TableInvoices.Read(table, mapping ?? TableMapping.Guess(table));
        invoices = [.. reading];
        return reading;
    }

    public static string Texts(this TableRow row) => string.Join('|', row.Cells.Select(c => c.Text));

    public static UnreadableReason Refusal(byte[] bytes, string name = "factures.csv") =>
        Should.Throw<UnreadableFileException>(() => TableFile.Open(Source(bytes, name))).Reason;

    public static UnreadableReason Refusal(string text) => Refusal(Encoding.UTF8.GetBytes(text));
}

/// <summary>Writes a workbook part by part, as little of it as can be read.</summary>
internal sealed class Xlsx
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly List<(string Name, string? State, string Xml)> sheets = [];
    private readonly List<string> shared = [];

    public bool Since1904 { get; init; }

    /// <summary>Styles 1 to 5: a built-in date, a date of one's own, euros, a time, dollars.</summary>
    private const string Styles =
        $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"4\"><numFmt numFmtId=\"164\" formatCode=\"[$-40C]d\\ mmmm\\ yyyy;@\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ &quot;€&quot;;[Red]-#,##0.00\"/>"
        + "<numFmt numFmtId=\"166\" formatCode=\"[h]:mm\"/><numFmt numFmtId=\"167\" formatCode=\"[$$-409]#,##0.00\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
        + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/></cellXfs></styleSheet>";

    /// <summary>A sheet of rows of cells, each made by one of the functions below, or null for a cell that is not there.</summary>
    public Xlsx Sheet(string name, string? state, params string?[][] rows)
    {
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        for (var r = 0; r < rows.Length; r++)
        {
            if (rows[r].Length == 0)
            {
                continue;
            }
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{r + 1}\">");
            for (var c = 0; c < rows[r].Length; c++)
            {
                xml.Append(rows[r][c]?.Replace("<c", $"<c r=\"{Cells.Letter(c)}{r + 1}\"", StringComparison.Ordinal));
            }
            xml.Append("</row>");
        }
        return Raw(name, state, xml + "</sheetData><mergeCells><mergeCell ref=\"A1:D1\"/></mergeCells></worksheet>");
    }

    public Xlsx Raw(string name, string? state, string xml)
    {
        sheets.Add((name, state, xml));
        return this;
    }

    public string Shared(string text)
    {
        shared.Add(
            $"<si><r><t xml:space=\"preserve\">{SecurityElement.Escape(text[..1])}</t></r><r><t xml:space=\"preserve\">{SecurityElement.Escape(text[1..])}</t></r><rPh sb=\"0\" eb=\"1\"><t>not said</t></rPh></si>"
        );
        return $"<c t=\"s\"><v>{shared.Count - 1}</v></c>";
    }

    public static string Inline(string text) =>
        $"<c t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";

    public static string Number(double value, int style = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"<c s=\"{style}\"><v>{value:R}</v></c>");

    public static string Formula(string formula, string? value) =>
        $"<c><f>{formula}</f>{(value is null ? "" : $"<v>{value}</v>")}</c>";

    public byte[] Bytes(Action<ZipArchive>? more = null)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(
                archive,
                "_rels/.rels",
                $"<Relationships><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            );
            var list = string.Concat(
                sheets.Select(
                    (s, i) =>
                        $"<sheet name=\"{SecurityElement.Escape(s.Name)}\" sheetId=\"{i + 1}\"{(s.State is null ? "" : $" state=\"{s.State}\"")} r:id=\"s{i}\"/>"
                )
            );
            Part(
                archive,
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><workbookPr{(Since1904 ? " date1904=\"1\"" : "")}/><sheets>{list}</sheets></workbook>"
            );
            var targets = string.Concat(
                sheets.Select(
                    (_, i) =>
                        $"<Relationship Id=\"s{i}\" Type=\"{Office}/worksheet\" Target=\"{(i % 2 == 0 ? "worksheets/" : "/xl/worksheets/")}sheet{i}.xml\"/>"
                )
            );
            Part(
                archive,
                "xl/_rels/workbook.xml.rels",
                $"<Relationships>{targets}<Relationship Id=\"t\" Type=\"{Office}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"u\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>"
            );
            Part(archive, "xl/styles.xml", Styles);
            Part(archive, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(shared)}</sst>");
            for (var i = 0; i < sheets.Count; i++)
            {
                Part(archive, $"xl/worksheets/sheet{i}.xml", sheets[i].Xml);
            }
            more?.Invoke(archive);
        }
        return bytes.ToArray();
    }

    public TableFile Open(TableChoices? choices = null) =>
        TableFile.Open(Sheets.Source(Bytes(), "factures.xlsx"), choices);

    public static void Part(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open());
        writer.Write(text);
    }
}
