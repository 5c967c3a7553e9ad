using System.Globalization;
using System.Text;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>Turns what a document writes into numbers and dates; what cannot be read is noticed and absent.</summary>
internal sealed class WrittenValues(NoticeTally notices)
{
    // No invoice is that high, and sums of such numbers stay exact.
    private const decimal TooHigh = 1_000_000_000_000_000m;

    /// <summary>A number as XML writes it (xsd:decimal).</summary>
    public decimal? Number(Written? written)
    {
        if (written is not { } w)
        {
            return null;
        }
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(w.Text, style, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < TooHigh)
        {
            return number;
        }
        notices.Add(EInvoiceNoticeCode.UnreadableNumber, w);
        return null;
    }

    /// <summary>A date of format 102 (AAAAMMJJ) or ISO, perhaps with a time or zone after it, which is not looked at.</summary>
    public DateOnly? Date(Written? written)
    {
        if (written is not { } w)
        {
            return null;
        }
        var text = w.Text;
        var isIso = text.Length >= 10 && text[4] == '-' && text[7] == '-';
        var isPlain = text.Length >= 8 && !text.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9');
        var part =
            isIso ? text[..10]
            : isPlain ? text[..8]
            : text;
        var day = Dates.Any(Encoding.UTF8.GetBytes(part));
        if (day == Dates.None)
        {
            notices.Add(EInvoiceNoticeCode.UnreadableDate, w);
            return null;
        }
        var date = DateOnly.FromDayNumber(day);
        if (!isIso && !isPlain)
        {
            notices.Add(EInvoiceNoticeCode.DateFormat, w, Iso(date));
        }
        return date;
    }

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
