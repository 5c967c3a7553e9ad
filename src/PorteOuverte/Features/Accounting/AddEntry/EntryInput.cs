using System.Globalization;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>The form of an invoice, a credit note or a payment as it is filled in.</summary>
public sealed class EntryInput
{
    internal static readonly EntryKind[] Kinds = [EntryKind.Invoice, EntryKind.CreditNote, EntryKind.Payment];

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

    internal static EntryInput Of(Entry entry) =>
        new()
        {
            Number = entry.Number,
            Date = Day(entry.Date),
            Due = entry.DueOn is { } due ? Day(due) : null,
            Net = Amount(entry.Net),
            Vat = Amount(entry.Vat),
            Gross = Amount(entry.Amount),
            Settles = [.. SettleByHand.Named(entry).Select(i => i.ToString())],
            Version = entry.Version,
        };

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

    private static string Amount(long cents)
    {
        var texts = AddEntryText.Current;
        return texts.Figures.Number(Math.Abs(cents) / 100m, 2);
    }
}
