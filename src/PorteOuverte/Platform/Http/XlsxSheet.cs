using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.WebUtilities;

namespace PorteOuverte.Platform.Http;

/// <summary>Writes a sheet as a workbook (ECMA-376): real numbers and dates, a bold heading that stays, no formula anywhere.</summary>
/// <remarks>
/// By hand, because libraries for it keep the sheet in memory or write to the answer without waiting for it (decision 18).
/// Tests read it back with one, and validate it.
/// </remarks>
internal sealed class XlsxSheet(string name, TimeZoneInfo zone, IReadOnlyList<SheetColumn> columns)
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Documents = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    // What a spreadsheet takes into one cell, and into the name of a sheet.
    private const int LongestText = 32_767;
    private const int LongestName = 31;
    private const int Chunk = 64 * 1024;

    // The styles by their places: the heading, then one for each kind. 14 and 22 are dates as the reader's machine
    // writes them; 49 is text, and stays text when the cell is edited.
    private const int Heading = 1;
    private const string Styles = $"""
        <styleSheet xmlns="{Main}">
        <numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;€&quot;"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border/></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="7">
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        </cellXfs>
        </styleSheet>
        """;

    private static (int Style, int Width) Look(SheetKind kind) =>
        kind switch
        {
            SheetKind.Text => (2, 36),
            SheetKind.Amount => (3, 16),
            SheetKind.Percent => (4, 10),
            SheetKind.Date => (5, 12),
            SheetKind.Instant => (6, 18),
            _ => (0, 12),
        };

    public async Task Write(
        Stream stream,
        IAsyncEnumerable<IReadOnlyList<object?>> rows,
        CancellationToken cancellation
    )
    {
        // What compresses writes at once, and the answer must be waited for: kept here in between, by the piece.
        await using var piece = new FileBufferingWriteStream(memoryThreshold: Chunk * 16);
        using (var file = new ZipArchive(piece, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(
                file,
                "[Content_Types].xml",
                $"""
                <Types xmlns="{Packages}/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="{Documents}.sheet.main+xml"/>
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Documents}.worksheet+xml"/>
                <Override PartName="/xl/styles.xml" ContentType="{Documents}.styles+xml"/>
                </Types>
                """
            );
            Part(
                file,
                "_rels/.rels",
                $"""<Relationships xmlns="{Packages}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
            );
            Part(
                file,
                "xl/workbook.xml",
                $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{NameOfSheet()}" sheetId="1" r:id="rId1"/></sheets></workbook>"""
            );
            Part(
                file,
                "xl/_rels/workbook.xml.rels",
                $"""
                <Relationships xmlns="{Packages}/relationships">
                <Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/>
                </Relationships>
                """
            );
            Part(file, "xl/styles.xml", Styles);
            await Rows(
                file,
                rows.WithCancellation(cancellation),
                () => piece.Length > Chunk ? piece.DrainBufferAsync(stream, cancellation) : Task.CompletedTask
            );
        }
        await piece.DrainBufferAsync(stream, cancellation);
    }

    private static void Part(ZipArchive file, string path, string xml)
    {
        using var part = file.CreateEntry(path, CompressionLevel.Fastest).Open();
        part.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + xml));
    }

    private async Task Rows(
        ZipArchive file,
        ConfiguredCancelableAsyncEnumerable<IReadOnlyList<object?>> rows,
        Func<Task> send
    )
    {
        using var part = file.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        using var xml = XmlWriter.Create(part, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        Begin(xml);
        await foreach (var row in rows)
        {
            xml.WriteStartElement("row");
            for (var i = 0; i < columns.Count; i++)
            {
                Cell(xml, row[i], columns[i].Kind);
            }
            xml.WriteEndElement();
            await send();
        }
        xml.WriteEndDocument();
    }

    private void Begin(XmlWriter xml)
    {
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw(
            """<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"""
        );
        for (var i = 0; i < columns.Count; i++)
        {
            var width = Math.Max(Look(columns[i].Kind).Width, columns[i].Title.Length + 3);
            xml.WriteRaw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""<col min="{i + 1}" max="{i + 1}" width="{width}" customWidth="1"/>"""
                )
            );
        }
        xml.WriteRaw("</cols>");
        xml.WriteStartElement("sheetData");
        xml.WriteStartElement("row");
        foreach (var column in columns)
        {
            Text(xml, column.Title, Heading);
        }
        xml.WriteEndElement();
    }

    private void Cell(XmlWriter xml, object? value, SheetKind kind)
    {
        var style = Look(kind).Style;
        switch (kind, value)
        {
            case (_, null):
                xml.WriteStartElement("c");
                xml.WriteEndElement();
                break;
            case (SheetKind.Number or SheetKind.Percent, _):
                Number(xml, Convert.ToDecimal(value, CultureInfo.InvariantCulture), style);
                break;
            case (SheetKind.Amount, _):
                Number(xml, Convert.ToDecimal(value, CultureInfo.InvariantCulture) / 100, style);
                break;
            // Days are counted from 1900, one of them by mistake: what is older is written in letters.
            case (SheetKind.Date, DateOnly { Year: > 1900 } date):
                Number(xml, (decimal)date.ToDateTime(TimeOnly.MinValue).ToOADate(), style);
                break;
            case (SheetKind.Instant, DateTime { Year: > 1900 } instant):
                Number(xml, (decimal)SheetAnswer.OnTheWall(instant, zone).ToOADate(), style);
                break;
            case (SheetKind.Flag, bool flag):
                xml.WriteStartElement("c");
                xml.WriteAttributeString("t", "b");
                xml.WriteElementString("v", flag ? "1" : "0");
                xml.WriteEndElement();
                break;
            default:
                Text(xml, string.Create(CultureInfo.InvariantCulture, $"{value}"), Look(SheetKind.Text).Style);
                break;
        }
    }

    private static void Number(XmlWriter xml, decimal value, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("v", value.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string text, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Writable(text));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // Some characters have no place in XML, whoever typed them, and half a character neither.
    private static string Writable(string text)
    {
        var whole = text.Length > LongestText ? text[..LongestText] : text;
        for (var i = 0; i < whole.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(whole[i]))
            {
                return string.Concat(
                    whole
                        .EnumerateRunes()
                        .Select(r =>
                            r.Value < 0x10000 && !XmlConvert.IsXmlChar((char)r.Value) ? "\uFFFD" : r.ToString()
                        )
                );
            }
        }
        return whole;
    }

    private string NameOfSheet()
    {
        var plain = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Trim();
        return plain.Length > LongestName ? plain[..LongestName] : plain;
    }
}
