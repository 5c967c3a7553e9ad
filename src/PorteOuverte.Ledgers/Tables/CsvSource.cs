using System.Text;
using System.Text.Unicode;
using PorteOuverte.Ledgers.Fec;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>A CSV: its encoding and separator found out, its rows read as often as asked.</summary>
internal sealed class CsvSource : IRowSource
{
    private static readonly char[] Separators = [';', ',', '\t', '|'];

    private readonly LedgerSource source;
    private readonly int markLength;
    private readonly int skipped;

    public CsvSource(LedgerSource source, Format format, TableChoices choices)
    {
        this.source = source;
        using (var stream = source.Open())
        {
            Encoding = choices.Encoding ?? format.Encoding ?? Detect(stream);
        }
        // A mark is no text in any encoding that a person may choose instead.
        markLength = format.MarkLength;
        var head = Head();
        if (Format.LooksBinary(System.Text.Encoding.UTF8.GetBytes(head)))
        {
            throw new UnreadableFileException(source.Name, UnreadableReason.Binary);
        }
        if (head.AsSpan().Trim(" \t\r\n\0").IsEmpty)
        {
            throw new UnreadableFileException(source.Name, UnreadableReason.Empty);
        }
        if (head.AsSpan().TrimStart().StartsWith("<"))
        {
            throw new UnreadableFileException(source.Name, UnreadableReason.NoTable, 0, "<");
        }
        // Excel's own way to name the separator: the file's first line.
        var named =
            head.Length > 5 && head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head[5] is '\r' or '\n';
        skipped = named ? 1 : 0;
        Separator = choices.Separator ?? (named ? head[4] : Guess(head));
    }

    public string Encoding { get; }

    public char Separator { get; }

    public bool IsQuoted { get; private set; }

    /// <summary>Sequences of bytes that the encoding does not know, shown as U+FFFD.</summary>
    public int InvalidBytes { get; private set; }

    public bool EndsOpen { get; private set; }

    public int FormulasWithoutValue => 0;

    public IEnumerable<TableRow> Rows()
    {
        using var reader = Open();
        var csv = new CsvReader(reader, Separator, source.Name);
        var count = 0;
        while (csv.Read() is { } row)
        {
            if (row.Filled > 0 && row.Line > skipped)
            {
                if (++count > TableLimits.Rows)
                {
                    throw TableLimits.Exceeded(source.Name, "rows", row.Line);
                }
                yield return row;
            }
        }
        IsQuoted = csv.IsQuoted;
        EndsOpen = csv.EndsOpen;
    }

    private StreamReader Open()
    {
        var stream = source.Open();
        stream.Position = markLength;
        return new StreamReader(stream, CodePages.Of(Encoding), detectEncodingFromByteOrderMarks: false, 1 << 16);
    }

    private string Head()
    {
        using var reader = Open();
        var head = new char[TableLimits.HeadCharacters];
        return new string(head, 0, reader.ReadBlock(head));
    }

    // The whole file is looked at: an accent may stand in its last line only.
    private string Detect(Stream stream)
    {
        var sightings = new CodePages.Sightings();
        var buffer = new byte[1 << 16];
        var (carried, letters, invalid) = (0, 0, 0);
        for (
            var read = stream.Read(buffer, 0, buffer.Length);
            read > 0;
            read = stream.Read(buffer, carried, buffer.Length - carried)
        )
        {
            var some = buffer.AsSpan(0, carried + read);
            sightings.Add(some[carried..]);
            carried = 0;
            while (some.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var at and >= 0)
            {
                some = some[at..];
                var status = Rune.DecodeFromUtf8(some, out _, out var used);
                if (status == System.Buffers.OperationStatus.NeedMoreData)
                {
                    some.CopyTo(buffer);
                    carried = some.Length;
                    break;
                }
                letters += status == System.Buffers.OperationStatus.Done ? 1 : 0;
                invalid += status == System.Buffers.OperationStatus.Done ? 0 : 1;
                some = some[used..];
            }
        }
        // A label cut in the middle of a letter spoils that label, not the file.
        InvalidBytes = invalid;
        if (letters >= 20 * (invalid + (carried > 0 ? 1 : 0)))
        {
            return "utf-8";
        }
        InvalidBytes = 0;
        return sightings.Best(classicMac: false);
    }

    // The separator under which most rows have one width, and cells read as numbers and dates rather than as halves of them.
    private char Guess(string head)
    {
        var best = Separators.Select(s => (Separator: s, Score: Score(head, s))).MaxBy(s => s.Score);
        return best.Score > 0
            ? best.Separator
            : throw new UnreadableFileException(source.Name, UnreadableReason.NoTable);
    }

    private double Score(string head, char separator)
    {
        var rows = new List<TableRow>();
        try
        {
            using var text = new StringReader(head);
            var csv = new CsvReader(text, separator, source.Name);
            while (rows.Count < TableLimits.Head && csv.Read() is { } row)
            {
                if (row.Filled > 0)
                {
                    rows.Add(row);
                }
            }
        }
        catch (UnreadableFileException)
        {
            // The head ends in the middle of a cell, or this is not the separator.
        }
        if (head.Length == TableLimits.HeadCharacters && rows.Count > 1 && rows.Count < TableLimits.Head)
        {
            rows.RemoveAt(rows.Count - 1);
        }
        var wide = rows.Where(r => r.Cells.Count > 1).GroupBy(r => r.Cells.Count).MaxBy(g => g.Count());
        if (wide is null)
        {
            return 0;
        }
        var cells = rows.SelectMany(r => r.Cells).Where(c => !c.IsEmpty).ToList();
        var typed = cells.Count(c => HeaderFinder.IsTyped(c));
        return (double)wide.Count()
            / rows.Count
            * (1 + ((double)typed / Math.Max(1, cells.Count)))
            * (1 + (0.01 * Math.Min(wide.Key, 20)));
    }
}
