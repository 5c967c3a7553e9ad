using System.Globalization;

namespace PorteOuverte.Features.Accounting.AddEntry;

/// <summary>Amounts as people type them: <c>1 234,56</c>, <c>1.234,56 €</c>, <c>1234.56</c>.</summary>
internal static class TypedAmount
{
    // A billion euros: what is more is a slip of the finger.
    private const decimal Most = 1_000_000_000;

    /// <returns>Whole cents; null where it is no amount, is negative or has parts of cents.</returns>
    public static long? Cents(string? text) =>
        Number(text) is { } amount && amount * 100 == decimal.Truncate(amount * 100) ? (long)(amount * 100) : null;

    /// <summary>A rate of VAT, <c>5,5 %</c>; null where it is none.</summary>
    public static decimal? Rate(string? text) =>
        Number(text?.Replace("%", "", StringComparison.Ordinal)) is { } rate and <= 100 ? rate : null;

    private static decimal? Number(string? text)
    {
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('€' or '\'' or '’')));
        // The last of the two signs is the decimal one; the other only groups.
        var last = plain.LastIndexOfAny([',', '.']);
        if (last >= 0)
        {
            var other = plain[last] == ',' ? "." : ",";
            if (plain.AsSpan(0, last).Contains(plain[last]))
            {
                return null;
            }
            plain = plain[..last].Replace(other, "", StringComparison.Ordinal) + "." + plain[(last + 1)..];
        }
        return
            decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number < Most
            ? number
            : null;
    }
}
