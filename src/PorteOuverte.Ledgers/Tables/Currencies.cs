namespace PorteOuverte.Ledgers.Tables;

/// <summary>Currencies by the signs and codes that stand beside amounts.</summary>
internal static class Currencies
{
    // A longer sign stands before one that is its part.
    private static readonly (string Sign, string Code)[] Signs =
    [
        ("CA$", "CAD"),
        ("C$", "CAD"),
        ("US$", "USD"),
        ("$US", "USD"),
        ("$CA", "CAD"),
        ("A$", "AUD"),
        ("€", "EUR"),
        ("$", "USD"),
        ("£", "GBP"),
        ("¥", "JPY"),
        ("FR.", "CHF"),
        ("SFR", "CHF"),
        ("EUROS", "EUR"),
        ("EURO", "EUR"),
        ("ZŁ", "PLN"),
        ("KČ", "CZK"),
        ("F CFA", "XOF"),
        ("FCFA", "XOF"),
        ("DH", "MAD"),
    ];

    private static readonly HashSet<string> Codes = new(
        (
            "AED AUD BGN BRL CAD CHF CNY CZK DKK DZD EGP EUR GBP HKD HUF ILS INR ISK JPY KRW MAD MUR MXN NOK NZD PLN QAR RON "
            + "RSD SAR SEK SGD THB TND TRY UAH USD VND XAF XOF XPF ZAR"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The currency of a whole text, or null.</summary>
    public static string? Of(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return AtStart(trimmed, out var length) is { } code && length == trimmed.Length ? code : null;
    }

    /// <summary>The currency a text begins with, or null.</summary>
    public static string? AtStart(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        foreach (var (sign, code) in Signs)
        {
            if (text.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                length = sign.Length;
                return code;
            }
        }
        if (text.Length >= 3 && Code(text[..3]) is { } known)
        {
            length = 3;
            return known;
        }
        return null;
    }

    /// <summary>The currency a text ends with, or null.</summary>
    public static string? AtEnd(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        foreach (var (sign, code) in Signs)
        {
            if (text.EndsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                length = sign.Length;
                return code;
            }
        }
        if (text.Length >= 3 && Code(text[^3..]) is { } known)
        {
            length = 3;
            return known;
        }
        return null;
    }

    private static string? Code(ReadOnlySpan<char> three) =>
        Codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(three, out var code) ? code : null;
}
