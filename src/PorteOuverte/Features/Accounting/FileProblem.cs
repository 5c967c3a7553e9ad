using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Ledgers;
using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Features.Accounting;

/// <summary>Why a file cannot be read: kept with it, and put in words when it is shown.</summary>
/// <param name="Key">Of its sentence.</param>
/// <param name="Line">The line at fault, or 0.</param>
/// <param name="Detail">What was found there, or null.</param>
public sealed record FileProblem(string Key, int Line = 0, string? Detail = null)
{
    public static FileProblem Of(UnreadableFileException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var key = $"unreadable_{e.Reason}";
        var detail = FileWords.Clean(e.Detail);
        if (e.Reason == UnreadableReason.NotALedger && detail.Length > 0 && char.IsAsciiLetterUpper(detail[0]))
        {
            // Columns of the norm begin with a capital; what else the detail may be is the name found instead.
            key += "_columns";
        }
        else if (
            (e.Reason == UnreadableReason.NotALedger && (detail.Length == 0 || e.Line == 0))
            || (
                e.Reason is UnreadableReason.Truncated or UnreadableReason.Xml or UnreadableReason.OpenQuote
                && e.Line == 0
            )
        )
        {
            key += "_unknown";
        }
        return new(key, e.Line, detail);
    }

    public static FileProblem Of(UnreadableEInvoiceException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var hasLine =
            e.Line > 0 && e.Reason is UnreadableEInvoiceReason.Malformed or UnreadableEInvoiceReason.Truncated;
        return new($"einvoice_{e.Reason}{(hasLine ? "_line" : "")}", e.Line, e.Detail);
    }

    /// <summary>Of a table: what the reason says of a ledger would not fit.</summary>
    public static FileProblem OfTable(UnreadableFileException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.Reason switch
        {
            UnreadableReason.NoLines => new("table_NoLines"),
            UnreadableReason.Truncated or UnreadableReason.Xml => new("table_Broken"),
            UnreadableReason.Archive => new("table_Archive"),
            _ => Of(e),
        };
    }

    internal static FileProblem Of(UnreadablePdfException e) => new($"pdf_{e.Reason}");
}
