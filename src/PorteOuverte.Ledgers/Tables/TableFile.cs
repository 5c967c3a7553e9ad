using System.Security.Cryptography;
using System.Text;
using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What kind of file a table stands in.</summary>
public enum TableFormat
{
    /// <summary>Text with separators.</summary>
    Csv,

    /// <summary>A workbook (.xlsx).</summary>
    Xlsx,
}

/// <summary>A table exported from any tool, CSV or workbook: where its header is, and what its columns hold.</summary>
/// <remarks>
/// Opening reads the file once from end to end, for only all its rows tell how its dates and amounts are written; the
/// rows are then read again as often as asked, and never held. Its limits are a million rows, 512 columns and a
/// megabyte of text in a cell.
/// </remarks>
public sealed class TableFile
{
    private readonly IRowSource rows;
    private readonly TableRow? header;
    private readonly int firstLine;

    private TableFile(string name, IRowSource rows, TableRow? header, int firstLine)
    {
        Name = name;
        this.rows = rows;
        this.header = header;
        this.firstLine = firstLine;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>What kind of file it is.</summary>
    public required TableFormat Format { get; init; }

    /// <summary>The separator of a CSV, else null.</summary>
    public char? Separator { get; private init; }

    /// <summary>The encoding of a CSV, one of those of <see cref="LedgerFile.Encoding"/>; else null.</summary>
    public string? Encoding { get; private init; }

    /// <summary>True for a CSV in which cells stand in quotes.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>The sheets of a workbook, hidden ones included; none for a CSV.</summary>
    public IReadOnlyList<TableSheet> Sheets { get; private init; } = [];

    /// <summary>The sheet that is read, or null for a CSV.</summary>
    public TableSheet? Sheet { get; private init; }

    /// <summary>The line of the header; 0 where there is none.</summary>
    public int HeaderLine => header?.Line ?? 0;

    /// <summary>The first rows, from the top of the file, preamble and header among them: for a person to point at the header.</summary>
    public required IReadOnlyList<TableRow> Head { get; init; }

    /// <summary>The columns that have a name or a value.</summary>
    public IReadOnlyList<TableColumn> Columns { get; private set; } = [];

    /// <summary>How many rows of data there are.</summary>
    public int RowCount { get; private set; }

    /// <summary>The line in whose middle a CSV seems to stop: it alone is shorter than the header, and has no end. Else null.</summary>
    public int? TruncatedAt { get; private set; }

    /// <summary>What was odd about the file.</summary>
    public IReadOnlyList<TableNotice> Notices { get; private set; } = [];

    /// <summary>The same for every table with the same column names, in any order, below any preamble.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>The column a mapping calls by a key, or null.</summary>
    /// <param name="key">The key.</param>
    public TableColumn? Column(string key) => Columns.FirstOrDefault(c => c.Key == key);

    /// <summary>Opens a table and looks at all of it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="choices">What a person decided instead of the reader.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="UnreadableFileException">It is no table, cannot be read, or holds too much.</exception>
    /// <exception cref="ArgumentException">There is no such sheet or encoding.</exception>
    public static TableFile Open(
        LedgerSource source,
        TableChoices? choices = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        choices ??= new TableChoices();
        byte[] start;
        using (var stream = source.Open())
        {
            start = new byte[4096];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            RefuseOffice(source.Name, start, stream);
        }
        return start.AsSpan().StartsWith("PK\u0003\u0004"u8)
            ? OpenWorkbook(source, choices, cancellation)
            : OpenCsv(source, choices, Fec.Format.Of(source.Name, start), cancellation);
    }

    /// <summary>The rows of data, in order; blank rows and repeated headers are passed over.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="UnreadableFileException">The file has changed since it was opened.</exception>
    public IEnumerable<TableRow> Rows(CancellationToken cancellation = default)
    {
        foreach (var row in rows.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            if (row.Line >= firstLine && !RepeatsHeader(row))
            {
                yield return row;
            }
        }
    }

    internal bool RepeatsHeader(TableRow row)
    {
        if (header is null || row.Filled != header.Filled)
        {
            return false;
        }
        for (var i = 0; i < header.Cells.Count; i++)
        {
            if (header.Cells[i].Text != row[i].Text)
            {
                return false;
            }
        }
        return true;
    }

    internal IEnumerable<TableRow> RowsAndHeaders() => rows.Rows().Where(r => r.Line >= firstLine);

    private static TableFile OpenCsv(
        LedgerSource source,
        TableChoices choices,
        Format format,
        CancellationToken cancellation
    )
    {
        var rows = new CsvSource(source, format, choices);
        var head = rows.Rows().Take(TableLimits.Head).ToList();
        RefuseTextWithoutTable(source.Name, head);
        var (header, first) = Header(head, choices);
        var table = new TableFile(source.Name, rows, header, first)
        {
            Format = TableFormat.Csv,
            Separator = rows.Separator,
            Encoding = rows.Encoding,
            Head = head,
        };
        var survey = table.Survey(since1904: false, cancellation);
        table.IsQuoted = rows.IsQuoted;
        if (rows.EndsOpen && survey.LastIsShort && survey.Short == 1)
        {
            table.TruncatedAt = survey.LastLine;
        }
        if (rows.InvalidBytes > 0)
        {
            table.Notices = [.. table.Notices, new TableNotice(TableNoticeCode.InvalidBytes, rows.InvalidBytes, 0)];
        }
        return table;
    }

    private static TableFile OpenWorkbook(LedgerSource source, TableChoices choices, CancellationToken cancellation)
    {
        var workbook = Workbook.Read(source);
        var sheets = workbook.Sheets;
        if (choices.Sheet is { } wanted && !sheets.Any(s => s.Name == wanted))
        {
            throw new ArgumentException("There is no sheet of that name.", nameof(choices));
        }
        var order = Enumerable
            .Range(0, sheets.Count)
            .Where(i => choices.Sheet is null || sheets[i].Name == choices.Sheet)
            .OrderBy(i => sheets[i].IsHidden);
        foreach (var at in order)
        {
            var rows = new SheetSource(source, workbook, at);
            var head = rows.Rows().Take(TableLimits.Head).ToList();
            if (!HeaderFinder.IsTable(head))
            {
                continue;
            }
            var (header, first) = Header(head, choices);
            var table = new TableFile(source.Name, rows, header, first)
            {
                Format = TableFormat.Xlsx,
                Sheets = sheets,
                Sheet = sheets[at],
                Head = head,
            };
            table.Survey(workbook.Since1904, cancellation);
            return table;
        }
        throw new UnreadableFileException(source.Name, UnreadableReason.NoTable);
    }

    private static (TableRow? Header, int FirstLine) Header(List<TableRow> head, TableChoices choices)
    {
        var at = choices.HeaderLine is { } line
            ? (line == 0 ? -1 : head.FindIndex(r => r.Line >= line))
            : HeaderFinder.Find(head);
        return at < 0 ? (null, 0) : (head[at], head[at].Line + 1);
    }

    private TableSurvey Survey(bool since1904, CancellationToken cancellation)
    {
        var survey = new TableSurvey(this, header, Format == TableFormat.Csv);
        foreach (var row in RowsAndHeaders())
        {
            cancellation.ThrowIfCancellationRequested();
            survey.Add(row);
        }
        if (survey.Rows == 0)
        {
            throw new UnreadableFileException(Name, UnreadableReason.NoLines);
        }
        RowCount = survey.Rows;
        Columns = survey.Columns(since1904);
        var preamble = Head.TakeWhile(r => r.Line < HeaderLine).ToList();
        Notices = survey.Notices(preamble, rows.FormulasWithoutValue);
        var names = Columns.Where(c => c.Name.Length > 0).Select(c => c.Key).Order(StringComparer.Ordinal);
        Fingerprint = Convert.ToHexStringLower(
            SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', names))).AsSpan(0, 16)
        );
        return survey;
    }

    private static void RefuseTextWithoutTable(string file, List<TableRow> head)
    {
        if (!HeaderFinder.IsTable(head))
        {
            throw new UnreadableFileException(
                file,
                head.Count == 1 && head[0].Filled > 1 ? UnreadableReason.NoLines : UnreadableReason.NoTable
            );
        }
    }

    // The container of Excel 97 is also that of workbooks locked by a password.
    private static void RefuseOffice(string file, ReadOnlySpan<byte> start, Stream stream)
    {
        if (!start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return;
        }
        var name = System.Text.Encoding.Unicode.GetBytes("EncryptedPackage");
        var buffer = new byte[1 << 16];
        stream.Position = 0;
        for (int kept = 0, read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0; )
        {
            var some = buffer.AsSpan(0, kept + read);
            if (some.IndexOf(name) >= 0)
            {
                throw new UnreadableFileException(file, UnreadableReason.Locked);
            }
            kept = Math.Min(some.Length, name.Length);
            some[^kept..].CopyTo(buffer);
        }
        throw new UnreadableFileException(file, UnreadableReason.OldWorkbook);
    }
}
