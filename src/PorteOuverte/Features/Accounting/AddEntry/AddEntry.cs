using System.Globalization;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>What somebody typed about an invoice, a credit note or a payment, field by field.</summary>
/// <param name="Gross">With VAT; of a payment, its amount.</param>
/// <param name="Settles">Of a payment: the invoices it is for.</param>
/// <param name="Version">Of the entry that the form was filled from.</param>
public sealed record AddEntry(
    EntryKind Kind,
    string? Number,
    string? Date,
    string? Due,
    string? Net,
    string? Rate,
    string? Vat,
    string? Gross,
    IReadOnlyList<Id<Entry>> Settles,
    long Version
)
{
    // Rounded line by line, the VAT of a long invoice is a few cents beside the rate.
    private const long RoundedAway = 5;

    private static readonly DateOnly Earliest = new(1990, 1, 1);

    private bool IsPayment => Kind == EntryKind.Payment;

    internal string NumberRead => CleanText.Line(Number, Entry.LongestNumber);

    internal DateOnly? DateRead => Day(Date);

    internal DateOnly? DueRead => Day(Due);

    /// <summary>What must be put right: a field, the key of the sentence that says how, and the amount it names.</summary>
    public IEnumerable<(string Field, string Key, long? Cents)> Wrong(DateOnly today)
    {
        if (!IsPayment && NumberRead.Length == 0)
        {
            yield return (nameof(Number), "numberMissing", null);
        }
        else if (CleanText.Line(Number).Length > Entry.LongestNumber)
        {
            yield return (nameof(Number), "numberLong", null);
        }
        if (DateRead is not { } date)
        {
            yield return (nameof(Date), "dateMissing", null);
        }
        else if (date < Earliest || date > today)
        {
            yield return (nameof(Date), date > today ? "dateAhead" : "dateFar", null);
        }
        else if (!string.IsNullOrWhiteSpace(Due) && !(DueRead >= date))
        {
            yield return (nameof(Due), "dueEarly", null);
        }
        foreach (var wrong in IsPayment ? WrongPayment() : Sums().Wrong)
        {
            yield return wrong;
        }
    }

    /// <summary>What is right in every field, as cents without sign.</summary>
    internal (long Net, long Vat, long Gross) Amounts =>
        IsPayment ? (0, 0, TypedAmount.Cents(Gross)!.Value) : (Sums().Net, Sums().Vat, Sums().Gross);

    private IEnumerable<(string, string, long?)> WrongPayment()
    {
        if (TypedAmount.Cents(Gross) is not > 0)
        {
            yield return (nameof(Gross), IsBlank(Gross) ? "amountMissing" : "amountUnread", null);
        }
    }

    /// <summary>Any two give the third, and what was typed besides must agree.</summary>
    private (long Net, long Vat, long Gross, IReadOnlyList<(string, string, long?)> Wrong) Sums()
    {
        var wrong = new List<(string, string, long?)>();
        long? Read(string field, string? text)
        {
            var cents = TypedAmount.Cents(text);
            if (cents is null && !IsBlank(text))
            {
                wrong.Add((field, "amountUnread", null));
            }
            return cents;
        }
        var (net, vat, gross) = (Read(nameof(Net), Net), Read(nameof(Vat), Vat), Read(nameof(Gross), Gross));
        var rate = TypedAmount.Rate(Rate);
        if (rate is null && !IsBlank(Rate))
        {
            wrong.Add((nameof(Rate), "rateUnread", null));
        }
        if (wrong.Count > 0)
        {
            return (0, 0, 0, wrong);
        }
        net ??= gross - vat;
        net ??= rate is { } of && gross is { } whole ? Cents(whole / (1 + (of / 100))) : null;
        vat ??= gross - net;
        vat ??= rate is { } at && net is { } before ? Cents(before * at / 100) : null;
        gross ??= net + vat;
        if ((net, vat, gross) is not ({ } n, { } v, { } g))
        {
            wrong.Add((nameof(Net), "amountsMissing", null));
            return (0, 0, 0, wrong);
        }
        if (g <= 0 || n < 0 || v < 0)
        {
            wrong.Add((nameof(Gross), n < 0 || v < 0 ? "grossLess" : "amountMissing", null));
        }
        else if (n + v != g)
        {
            wrong.Add((nameof(Gross), "grossWrong", n + v));
        }
        else if (rate is { } given && Math.Abs(v - Cents(n * given / 100)) > RoundedAway)
        {
            wrong.Add((IsBlank(Vat) ? nameof(Gross) : nameof(Vat), "rateWrong", Cents(n * given / 100)));
        }
        return (n, v, g, wrong);
    }

    private static long Cents(decimal cents) => (long)Math.Round(cents, MidpointRounding.AwayFromZero);

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
