using System.Text;
using System.Xml;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>Reads the XML variant: comptabilite / exercice / journal / ecriture / ligne, where a line inherits what stands on its entry and journal.</summary>
internal sealed class XmlReading(string file, Part part, Tally tally, ushort index)
{
    private static readonly Column[] Order = [.. Enumerable.Range(0, 18).Select(i => (Column)i)];
    private static readonly Dictionary<string, Column> Names = new(
        Enum.GetValues<Column>().Select(c => KeyValuePair.Create(c.ToString(), c)),
        StringComparer.OrdinalIgnoreCase
    )
    {
        // Some programs spell the auxiliary account out.
        ["CompteAuxNum"] = Column.CompAuxNum,
        ["CompteAuxLib"] = Column.CompAuxLib,
    };

    private readonly Dictionary<Column, string> journal = [];
    private readonly Dictionary<Column, string> entry = [];
    private readonly Dictionary<Column, string> line = [];
    private readonly int[] ends = new int[LineParser.MaxColumns + 1];
    private byte[] buffer = new byte[4096];
    private string? closing;
    private int lines;

    /// <returns>The closing date as written, and the encoding.</returns>
    public (string? Closing, string Encoding) Read(Stream stream, Action<long>? progress, CancellationToken cancellation)
    {
        var encoding = "utf-8";
        var parser = new LineParser(part, tally, index, Layout.Norm(0), xml: true);
        parser.BeginBlock();
        // No document type: a ledger needs none, and an entity can be made to fill the memory.
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            XmlResolver = null,
        };
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.XmlDeclaration)
                {
                    encoding = NameOf(reader.GetAttribute("encoding"));
                }
                else if (reader.NodeType == XmlNodeType.Element)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Element(reader);
                }
                else if (reader.NodeType == XmlNodeType.EndElement && IsNamed(reader, "ligne"))
                {
                    Line(parser);
                    if (lines % 4096 == 0)
                    {
                        progress?.Invoke(stream.Position);
                    }
                }
            }
        }
        catch (XmlException e)
        {
            throw new UnreadableFileException(file, UnreadableReason.Xml, e.LineNumber);
        }
        parser.EndBlock();
        if (!sawBooks)
        {
            throw new UnreadableFileException(file, UnreadableReason.NotALedger, 1, "comptabilite");
        }
        return (closing, encoding);
    }

    private bool sawBooks;

    private void Element(XmlReader reader)
    {
        if (IsNamed(reader, "comptabilite") || IsNamed(reader, "exercice"))
        {
            sawBooks = true;
        }
        else if (!sawBooks)
        {
            throw new UnreadableFileException(file, UnreadableReason.NotALedger, 1, reader.LocalName);
        }
        else if (IsNamed(reader, "journal"))
        {
            journal.Clear();
            entry.Clear();
            line.Clear();
            inside = journal;
        }
        else if (IsNamed(reader, "ecriture"))
        {
            entry.Clear();
            line.Clear();
            inside = entry;
        }
        else if (IsNamed(reader, "ligne"))
        {
            line.Clear();
            inside = line;
        }
        else if (IsNamed(reader, "DateCloture"))
        {
            closing = Text(reader);
        }
        else if (Names.TryGetValue(reader.LocalName, out var column))
        {
            inside[column] = Text(reader);
        }
    }

    private Dictionary<Column, string> inside = [];

    // The text of a leaf; the reader is left on its end, so that the element after it is not passed over.
    private static string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }
        var text = "";
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text += reader.Value;
            }
        }
        return text.Trim();
    }

    private void Line(LineParser parser)
    {
        lines++;
        var written = 0;
        for (var i = 0; i < Order.Length; i++)
        {
            var value = Value(Order[i]);
            if (value.Length > 0)
            {
                var needed = written + Encoding.UTF8.GetMaxByteCount(value.Length) + Order.Length;
                if (needed > buffer.Length)
                {
                    Array.Resize(ref buffer, needed * 2);
                }
                var count = Encoding.UTF8.GetBytes(value, buffer.AsSpan(written));
                // A tab inside a text would look like the end of a field.
                buffer.AsSpan(written, count).Replace((byte)'\t', (byte)' ');
                written += count;
            }
            ends[i] = written;
            if (i < Order.Length - 1)
            {
                buffer[written++] = (byte)'\t';
            }
        }
        parser.Line(buffer.AsSpan(0, written), ends, Order.Length, lines, Ascii.IsValid(buffer.AsSpan(0, written)) ? Special.None : Special.Suspect);
    }

    private string Value(Column column)
    {
        if (line.TryGetValue(column, out var value) || entry.TryGetValue(column, out value) || journal.TryGetValue(column, out value))
        {
            return value;
        }
        // Montant and Sens may stand for Debit and Credit here as well.
        if (column is Column.Debit or Column.Credit && line.TryGetValue(Column.Montant, out var amount))
        {
            var side = line.GetValueOrDefault(Column.Sens, "D");
            var isCredit = side.StartsWith('C') || side.StartsWith('c') || side.StartsWith('-');
            return isCredit == (column == Column.Credit) ? amount : "";
        }
        return "";
    }

    private static bool IsNamed(XmlReader reader, string name) => string.Equals(reader.LocalName, name, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string? declared) =>
        declared?.ToLowerInvariant() switch
        {
            "iso-8859-1" or "iso-8859-15" or "latin1" => "iso-8859-15",
            "windows-1252" or "cp1252" => "windows-1252",
            "utf-16" or "utf-16le" => "utf-16le",
            "utf-16be" => "utf-16be",
            _ => "utf-8",
        };
}
