namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>Counts the oddities of one document, so that a hundred thousand alike are one notice.</summary>
internal sealed class NoticeTally
{
    private const int Shown = 60;

    private readonly Dictionary<(EInvoiceNoticeCode, string), EInvoiceNotice> notices = [];

    public void Add(EInvoiceNoticeCode code, Written written, string? assumed = null) =>
        Add(code, written.Place, written.Line, written.Text, assumed);

    public void Add(EInvoiceNoticeCode code, string place, int line, string? read, string? assumed)
    {
        var key = (code, place);
        notices[key] = notices.TryGetValue(key, out var earlier)
            ? earlier with
            {
                Count = earlier.Count + 1,
            }
            : new EInvoiceNotice(code, 1, line, place, read?.Length > Shown ? read[..Shown] : read, assumed);
    }

    public IReadOnlyList<EInvoiceNotice> InOrder() =>
        [.. notices.Values.OrderBy(n => n.FirstLine).ThenBy(n => n.Code).ThenBy(n => n.Place, StringComparer.Ordinal)];
}
