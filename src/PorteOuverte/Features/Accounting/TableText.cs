using System.Globalization;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Features.Accounting;

/// <summary>Marks the texts of tables of invoices, in the resx pair beside it.</summary>
public sealed class TableText
{
    private TableText() { }

    internal static Texts Current => new(typeof(TableText), CultureInfo.CurrentUICulture);

    /// <summary>What was odd about a table, and where.</summary>
    internal static string Message(TableNotice notice)
    {
        var texts = FileText.Current;
        List<string> parts = [];
        if (notice.Count > 1)
        {
            parts.Add(texts.Count("where_times", notice.Count));
        }
        if (notice.FirstLine > 0)
        {
            parts.Add(
                texts.Format(
                    notice.Count > 1 ? "where_from" : "where_line",
                    texts.Figures.Number((decimal)notice.FirstLine)
                )
            );
        }
        if (FileWords.Clean(notice.Column) is { Length: > 0 } column)
        {
            parts.Add(texts.Format("where_column", column));
        }
        if (FileWords.Clean(notice.Read) is { Length: > 0 } read)
        {
            parts.Add(texts.Format("where_read", read));
        }
        var what = Current[$"odd_{notice.Code}"];
        return parts.Count == 0 ? what + "." : texts.Format("where", what, string.Join(", ", parts));
    }

    internal static string Sum(long? cents, string currency) =>
        cents is not { } amount ? "–"
        : currency == "EUR" ? Current.Figures.Amount(amount)
        : $"{Current.Figures.Number(amount / 100m, 2)}\u00A0{currency}";
}
