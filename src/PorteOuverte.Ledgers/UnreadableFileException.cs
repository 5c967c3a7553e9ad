namespace PorteOuverte.Ledgers;

/// <summary>Why a file as a whole is no ledger, or no table.</summary>
public enum UnreadableReason
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The path is a folder.</summary>
    Folder,

    /// <summary>The file may not be read, or the reading failed.</summary>
    Denied,

    /// <summary>The file holds nothing.</summary>
    Empty,

    /// <summary>The file is a PDF document.</summary>
    Pdf,

    /// <summary>The file is a ZIP archive or an office workbook.</summary>
    Archive,

    /// <summary>The file is not text.</summary>
    Binary,

    /// <summary>The first line does not name the columns of a FEC. <see cref="UnreadableFileException.Detail"/> lists those missing.</summary>
    NotALedger,

    /// <summary>There is a header and not a single line after it.</summary>
    NoLines,

    /// <summary>No line at all could be read.</summary>
    NoReadableLine,

    /// <summary>The file stops in the middle of a line.</summary>
    Truncated,

    /// <summary>The XML is not well formed.</summary>
    Xml,

    /// <summary>The file is a workbook of Excel 97 to 2003 (.xls): to be saved as .xlsx or CSV.</summary>
    OldWorkbook,

    /// <summary>The file is protected by a password.</summary>
    Locked,

    /// <summary>
    /// The file holds more than is read. <see cref="UnreadableFileException.Detail"/> says of what: <c>unpacked</c> (its
    /// size once unpacked), <c>rows</c>, <c>columns</c>, <c>row</c>, <c>cell</c> or <c>texts</c>.
    /// </summary>
    TooLarge,

    /// <summary>A quotation mark opens a cell on <see cref="UnreadableFileException.Line"/> and nothing closes it: it is stray, or the file is cut.</summary>
    OpenQuote,

    /// <summary>The file holds no table: no rows that stand in columns.</summary>
    NoTable,
}

/// <summary>
/// A file that is no ledger, or no table, at all. Lines that cannot be read do not throw: see
/// <see cref="LedgerFile.RejectedLines"/> and <see cref="Tables.TableReading{T}.Problems"/>.
/// </summary>
public sealed class UnreadableFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file's name as given.</param>
    /// <param name="reason">Why it cannot be read.</param>
    /// <param name="line">The line at fault, or 0.</param>
    /// <param name="detail">What was found or is missing, or null.</param>
    public UnreadableFileException(string file, UnreadableReason reason, int line = 0, string? detail = null)
        : base($"{file}: {reason}{(line > 0 ? $" (line {line})" : "")}{(detail is null ? "" : $": {detail}")}")
    {
        File = file;
        Reason = reason;
        Line = line;
        Detail = detail;
    }

    /// <summary>The file's name as given.</summary>
    public string File { get; }

    /// <summary>Why it cannot be read.</summary>
    public UnreadableReason Reason { get; }

    /// <summary>The line at fault, or 0.</summary>
    public int Line { get; }

    /// <summary>What was found or is missing, or null.</summary>
    public string? Detail { get; }
}
