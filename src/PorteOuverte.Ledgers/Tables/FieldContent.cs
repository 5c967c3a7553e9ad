namespace PorteOuverte.Ledgers.Tables;

/// <summary>Fields that are known by what stands in a cell.</summary>
internal static class FieldContent
{
    /// <summary>The field a value can only belong to, or null.</summary>
    public static TableField? Of(string text) =>
        text.Length switch
        {
            3 when Currencies.Of(text) is not null => TableField.Currency,
            >= 6 and <= 100 when IsEmail(text) => TableField.ClientEmail,
            >= 9 and <= 20 when Siren(text) is not null => TableField.Siren,
            >= 8 and <= 20 when IsVatNumber(text) => TableField.VatNumber,
            _ => null,
        };

    /// <summary>The SIREN of a text that is one or a SIRET, its check digit right; else null.</summary>
    public static string? Siren(string text)
    {
        Span<char> digits = stackalloc char[14];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && count < 14)
            {
                digits[count++] = c;
            }
            else if (c is not (' ' or '\u00A0' or '\u202F' or '.'))
            {
                return null;
            }
        }
        return count is 9 or 14 && IsLuhn(digits[..9]) ? new string(digits[..9]) : null;
    }

    /// <summary>True for the form of a European VAT number.</summary>
    public static bool IsVatNumber(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal);
        return plain.Length is >= 8 and <= 14
            && char.IsAsciiLetterUpper(plain[0])
            && char.IsAsciiLetterUpper(plain[1])
            && plain.All(char.IsAsciiLetterOrDigit)
            && plain.Count(char.IsAsciiDigit) >= 7
            && "AT BE BG CY CZ DE DK EE EL ES FI FR GB HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI CH".Contains(
                plain[..2],
                StringComparison.Ordinal
            );
    }

    private static bool IsEmail(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is var at and > 0
        && text.LastIndexOf('.') > at + 1
        && text.LastIndexOf('@') == at
        && !text.Contains(' ', StringComparison.Ordinal);

    private static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum +=
                i % 2 == 0 ? digit
                : digit > 4 ? (digit * 2) - 9
                : digit * 2;
        }
        return sum % 10 == 0 && sum > 0;
    }
}
