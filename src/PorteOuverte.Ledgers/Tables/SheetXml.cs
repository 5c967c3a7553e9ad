using System.Globalization;
using System.Text;
using System.Xml;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>Reads the rows of a sheet as they come.</summary>
internal sealed class SheetXml(XmlReader xml, Workbook workbook, string file)
{
    private readonly List<TableCell> cells = [];
    private int line;

    public int FormulasWithoutValue { get; private set; }

    /// <summary>The next row, blank ones included; null at the end.</summary>
    public TableRow? Read()
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
            {
                line = Number(xml.GetAttribute("r")) is var number && number > line ? number : line + 1;
                if (line > TableLimits.Rows)
                {
                    throw TableLimits.Exceeded(file, "rows", line);
                }
                ReadCells();
                return new TableRow(line, [.. cells]);
            }
        }
        return null;
    }

    private void ReadCells()
    {
        cells.Clear();
        if (xml.IsEmptyElement)
        {
            return;
        }
        var position = -1;
        var size = 0;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row"))
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c")
            {
                continue;
            }
            position = Math.Max(position + 1, Position(xml.GetAttribute("r")));
            var cell = ReadCell();
            if (cell.IsEmpty)
            {
                continue;
            }
            size += cell.Text.Length;
            if (position >= TableLimits.Columns || size > TableLimits.Row)
            {
                throw TableLimits.Exceeded(file, size > TableLimits.Row ? "row" : "columns", line);
            }
            while (cells.Count < position)
            {
                cells.Add(TableCell.Empty);
            }
            cells.Add(cell);
        }
    }

    private TableCell ReadCell()
    {
        var type = xml.GetAttribute("t");
        var style = Number(xml.GetAttribute("s"));
        if (xml.IsEmptyElement)
        {
            return TableCell.Empty;
        }
        string? value = null;
        var hasFormula = false;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c"))
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                hasFormula |= xml.LocalName == "f";
                if (xml.LocalName is "v" or "is")
                {
                    value = Text(xml, file, line);
                }
            }
        }
        if (string.IsNullOrEmpty(value))
        {
            FormulasWithoutValue += hasFormula && type != "str" ? 1 : 0;
            return TableCell.Empty;
        }
        return type switch
        {
            "s" => new TableCell(Shared(value)),
            "str" or "inlineStr" or "e" => new TableCell(Cells.Trim(value)),
            "b" => new TableCell(value == "1" ? "TRUE" : "FALSE"),
            "d" => new TableCell(value.Length > 10 ? value[..10] : value, TableCellType.Date),
            _ => OfNumber(value, style),
        };
    }

    private string Shared(string index) =>
        Number(index) is var at && (uint)at < (uint)workbook.SharedStrings.Count
            ? Cells.Trim(workbook.SharedStrings[at])
            : "";

    private TableCell OfNumber(string value, int style)
    {
        if (
            !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)
            || Math.Abs(number) > 1e20
        )
        {
            return new TableCell(Cells.Trim(value));
        }
        if (workbook.Styles.IsDate(style) && DateText.OfSerial(number, workbook.Since1904) is var day && day > 0)
        {
            return new TableCell(
                DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                TableCellType.Date
            );
        }
        // A decimal holds fifteen digits of a double, as Excel shows: 0.1 + 0.2 is 0.3.
        return new TableCell(
            ((decimal)number).ToString(CultureInfo.InvariantCulture),
            TableCellType.Number,
            workbook.Styles.Currency(style)
        );
    }

    /// <summary>The text inside the element, of all its runs; what tells how to pronounce it is left out. Ends on its end.</summary>
    public static string Text(XmlReader xml, string file, int line)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }
        var text = new StringBuilder();
        var depth = xml.Depth;
        var chunk = new char[256];
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                xml.Skip();
                if (xml.Depth <= depth)
                {
                    break;
                }
            }
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                for (int read; (read = xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0; )
                {
                    text.Append(chunk, 0, read);
                    if (text.Length > TableLimits.Cell)
                    {
                        throw TableLimits.Exceeded(file, "cell", line);
                    }
                }
            }
        }
        return Unescape(text.ToString());
    }

    // "_x000D_": how a workbook writes what XML cannot.
    private static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var isEscape = text[at] == '_' && at + 7 <= text.Length && text[at + 1] == 'x' && text[at + 6] == '_';
            if (
                isEscape
                && ushort.TryParse(
                    text.AsSpan(at + 2, 4),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code
                )
                && !char.IsSurrogate((char)code)
            )
            {
                plain.Append((char)code);
                at += 6;
            }
            else
            {
                plain.Append(text[at]);
            }
        }
        return plain.ToString();
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // "AB12" is the 28th column; -1 where the cell does not say.
    private static int Position(string? reference)
    {
        var position = 0;
        foreach (var c in reference ?? "")
        {
            var letter = c & ~0x20;
            if (letter is < 'A' or > 'Z' || position > 100_000)
            {
                break;
            }
            position = (position * 26) + letter - 'A' + 1;
        }
        return position - 1;
    }
}
