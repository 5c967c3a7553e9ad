using System.Globalization;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>The form of an invoice, a credit note or a payment as it is filled in.</summary>
public sealed class EntryInput
{
    internal static readonly EntryKind[] Kinds = [EntryKind.Invoice, EntryKind.CreditNote, EntryKind.Payment];

    /// <summary>The rates of VAT of mainland France.</summary>
    internal static readonly decimal[] Rates = [20, 10, 5.5m, 2.1m, 0];

    public string? Number { get; set; }
    public string? Date { get; set; }
    public string? Due { get; set; }
    public string? Net { get; set; }
    public string? Rate { get; set; }
    public string? Vat { get; set; }
    public string? Gross { get; set; }

    /// <summary>Of a payment: the invoices it is for.</summary>
    public IReadOnlyList<string>? Settles { get; set; }

    public long Version { get; set; }

    internal static EntryInput Of(Entry entry)
    {
        var rate = RateOf(entry);
        return new()
        {
            Number = entry.Number,
            Date = Day(entry.Date),
            Due = entry.DueOn is { } due ? Day(due) : null,
            Net = Amount(entry.Net),
            // Two are enough: whoever changes the amount need not change the others too.
            Rate = rate is { } known ? InWords(known) : null,
            Vat = rate is null ? Amount(entry.Vat) : null,
            Gross = rate is null || entry.Kind == EntryKind.Payment ? Amount(entry.Amount) : null,
            Settles = [.. SettleByHand.Named(entry).Select(i => i.ToString())],
            Version = entry.Version,
        };
    }

    internal static string InWords(decimal rate) =>
        AddEntryText.Current.Figures.Number(rate, rate == decimal.Truncate(rate) ? 0 : 1);

    /// <summary>As the field of a browser for dates has it.</summary>
    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal AddEntry Typed(EntryKind kind) => new(kind, Number, Date, Due, Net, Rate, Vat, Gross, [.. Ids()], Version);

    /// <summary>What must be put right, said at its field.</summary>
    internal static Dictionary<string, string> Errors(AddEntry typed, DateOnly today)
    {
        var texts = AddEntryText.Current;
        return typed
            .Wrong(today)
            .DistinctBy(w => w.Field, StringComparer.Ordinal)
            .ToDictionary(
                w => w.Field,
                w => w.Cents is { } cents ? texts.Format(w.Key, texts.Figures.Amount(cents)) : texts[w.Key],
                StringComparer.Ordinal
            );
    }

    private IEnumerable<Id<Entry>> Ids()
    {
        foreach (var text in Settles ?? [])
        {
            if (Id<Entry>.TryParse(text, null, out var id))
            {
                yield return id;
            }
        }
    }

    // Only where it gives back the very cents.
    private static decimal? RateOf(Entry entry) =>
        Rates
            .Where(r =>
                entry.Net != 0
                && entry.Net + entry.Vat == entry.Amount
                && Math.Round(Math.Abs(entry.Net) * r / 100, MidpointRounding.AwayFromZero) == Math.Abs(entry.Vat)
            )
            .Select(r => (decimal?)r)
            .FirstOrDefault();

    private static string Amount(long cents)
    {
        var texts = AddEntryText.Current;
        return texts.Figures.Number(Math.Abs(cents) / 100m, 2);
    }
}
