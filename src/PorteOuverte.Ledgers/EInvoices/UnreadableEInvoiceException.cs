namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>Why a file as a whole is no e-invoice.</summary>
public enum UnreadableEInvoiceReason
{
    /// <summary>The file holds nothing.</summary>
    Empty,

    /// <summary>The file is not XML: a PDF, an archive, a text.</summary>
    NotXml,

    /// <summary>The XML is not well formed, or its bytes are not of the encoding it declares.</summary>
    Malformed,

    /// <summary>The XML stops before its end: the file was cut.</summary>
    Truncated,

    /// <summary>The XML has a document type (DTD), which no e-invoice needs: entities can be made to fill the memory or to read other files.</summary>
    DocumentType,

    /// <summary>The XML is another kind of document. <see cref="UnreadableEInvoiceException.Detail"/> names its root element.</summary>
    NotAnInvoice,

    /// <summary>The document has no number (BT-1).</summary>
    NoNumber,

    /// <summary>The document has no date (BT-2), or one that is no day. <see cref="UnreadableEInvoiceException.Detail"/> says what stands there.</summary>
    NoDate,

    /// <summary>The document has none of the totals BT-109, BT-112 and BT-115, or none that can be read.</summary>
    NoAmount,

    /// <summary>The file has more than 50 million bytes, or one kind of its groups or values more than 100 000 times.</summary>
    TooLarge,

    /// <summary>Elements stand in each other more than a hundred deep.</summary>
    TooDeep,
}

/// <summary>A file that is no e-invoice at all. What is merely odd does not throw: see <see cref="EInvoice.Notices"/>.</summary>
public sealed class UnreadableEInvoiceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file's name as given.</param>
    /// <param name="reason">Why it cannot be read.</param>
    /// <param name="line">The line of the XML at fault, or 0.</param>
    /// <param name="detail">What was found, or null.</param>
    public UnreadableEInvoiceException(
        string file,
        UnreadableEInvoiceReason reason,
        int line = 0,
        string? detail = null
    )
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
    public UnreadableEInvoiceReason Reason { get; }

    /// <summary>The line of the XML at fault, or 0.</summary>
    public int Line { get; }

    /// <summary>What was found, or null.</summary>
    public string? Detail { get; }
}
