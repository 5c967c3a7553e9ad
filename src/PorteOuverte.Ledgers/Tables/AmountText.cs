using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>An amount as people write it, taken apart: <c>1 234,56 €</c>, <c>$-142.85</c>, <c>(12.00)</c>, <c>1'234.50</c>.</summary>
internal readonly record struct AmountText
{
    /// <summary>Digits and marks, without signs, currency and spaces.</summary>
    private string Body { get; init; }

    public bool IsNegative { get; private init; }

    public SignPlace Sign { get; private init; }

    public string? Currency { get; private init; }

    public bool CurrencyIsBefore { get; private init; }

    public bool IsPercent { get; private init; }

    /// <summary>The decimal mark where the text itself tells it.</summary>
    public char? DecimalMark { get; private init; }

    /// <summary>The one comma or point of the text, where it may mean thousands or decimals.</summary>
    public char? UndecidedMark { get; private init; }

    public char? ThousandsMark { get; private init; }

    /// <summary>True where the text has a mark, sign or currency that a plain number lacks.</summary>
    public bool IsMoney =>
        Currency is not null || DecimalMark is not null || UndecidedMark is not null || ThousandsMark is not null;

    public static bool TryRead(string text, out AmountText amount)
    {
        amount = default;
        // Longer is a text; shorter work for the many cells that are one.
        if (text.Length is 0 or > 40 || text.AsSpan().IndexOfAnyInRange('0', '9') < 0)
        {
            return false;
        }
        var rest = text.AsSpan().Trim();
        var negative = false;
        var sign = SignPlace.Before;
        string? currency = null;
        var before = false;
        var percent = false;
        if (rest[0] == '(' && rest[^1] == ')')
        {
            rest = rest[1..^1].Trim();
            (negative, sign) = (true, SignPlace.Parentheses);
        }
        var signs = negative ? 1 : 0;
        while (!rest.IsEmpty && !IsBody(rest[0]))
        {
            if (IsMinus(rest[0]) || rest[0] == '+')
            {
                negative |= rest[0] != '+';
                signs++;
                rest = rest[1..].TrimStart();
            }
            else if (currency is null && Currencies.AtStart(rest, out var length) is { } found)
            {
                (currency, before) = (found, true);
                rest = rest[length..].TrimStart();
            }
            else
            {
                return false;
            }
        }
        while (!rest.IsEmpty && !IsBody(rest[^1]))
        {
            if (IsMinus(rest[^1]) && signs == 0)
            {
                (negative, sign, signs) = (true, SignPlace.After, 1);
                rest = rest[..^1].TrimEnd();
            }
            else if (rest[^1] == '%' && !percent && currency is null)
            {
                percent = true;
                rest = rest[..^1].TrimEnd();
            }
            else if (currency is null && Currencies.AtEnd(rest, out var length) is { } found)
            {
                currency = found;
                rest = rest[..^length].TrimEnd();
            }
            else
            {
                return false;
            }
        }
        if (signs > 1 || rest.IsEmpty || !TryReadBody(rest, out amount))
        {
            return false;
        }
        amount = amount with
        {
            IsNegative = negative,
            Sign = sign,
            Currency = currency,
            CurrencyIsBefore = before,
            IsPercent = percent,
        };
        return true;
    }

    /// <summary>The amount in cents under a decimal mark; false where the text says another mark, or too much.</summary>
    /// <param name="mark">The column's mark; null where it has none, or nobody could tell.</param>
    /// <param name="cents">The amount.</param>
    /// <param name="isRounded">True where it has more than two decimals.</param>
    public bool TryCents(char? mark, out long cents, out bool isRounded)
    {
        cents = 0;
        isRounded = false;
        var decimals = DecimalMark ?? (UndecidedMark is { } open && open == mark ? mark : null);
        if (
            (UndecidedMark is not null && mark is null)
            || (DecimalMark is not null && mark is not null && DecimalMark != mark)
            || (ThousandsMark is ',' or '.' && ThousandsMark == mark)
        )
        {
            return false;
        }
        Span<byte> plain = stackalloc byte[Body.Length];
        var length = 0;
        foreach (var c in Body)
        {
            if (char.IsAsciiDigit(c))
            {
                plain[length++] = (byte)c;
            }
            else if (c == decimals)
            {
                plain[length++] = (byte)'.';
            }
        }
        var oddity = Amounts.Oddity.None;
        if (!Amounts.TryParse(plain[..length], out cents, ref oddity))
        {
            return false;
        }
        cents = IsNegative ? -cents : cents;
        isRounded = (oddity & Amounts.Oddity.Rounded) != 0;
        return true;
    }

    private static bool TryReadBody(ReadOnlySpan<char> body, out AmountText amount)
    {
        amount = default;
        Span<char> kept = stackalloc char[body.Length];
        var count = 0;
        char? thousands = null;
        int commas = 0,
            points = 0;
        foreach (var c in body)
        {
            if (char.IsAsciiDigit(c) || c is ',' or '.')
            {
                commas += c == ',' ? 1 : 0;
                points += c == '.' ? 1 : 0;
            }
            else
            {
                // Spaces of several kinds may stand in one file, and mean the same.
                char? kind =
                    c is '\'' or '’' ? '\''
                    : c is ' ' or '\u00A0' or '\u202F' or '\u2009' ? ' '
                    : null;
                if (kind is null)
                {
                    return false;
                }
                if (thousands is { } other && other != kind)
                {
                    return false;
                }
                thousands = kind;
            }
            kept[count++] = char.IsAsciiDigit(c) || c is ',' or '.' ? c : '_';
        }
        var text = new string(kept);
        var last = text.LastIndexOfAny([',', '.']);
        char? mark = null;
        char? undecided = null;
        if (commas > 0 && points > 0)
        {
            mark = text[last];
            if ((mark == ',' ? commas : points) > 1 || thousands is not null)
            {
                return false;
            }
            thousands = mark == ',' ? '.' : ',';
        }
        else if (commas + points > 1)
        {
            if (thousands is not null)
            {
                return false;
            }
            thousands = text[last];
        }
        else if (commas + points == 1)
        {
            var mayGroup = thousands is null && text.Length - last == 4 && last is > 0 and <= 3 && text[0] != '0';
            mark = mayGroup ? null : text[last];
            undecided = mayGroup ? text[last] : null;
        }
        var whole = mark is null || undecided is not null ? text : text[..last];
        if (
            undecided is null
            && thousands is { } grouping
            && !IsGrouped(whole, grouping is ',' or '.' ? grouping : '_')
        )
        {
            return false;
        }
        amount = new AmountText
        {
            Body = text,
            DecimalMark = mark,
            UndecidedMark = undecided,
            ThousandsMark = thousands,
        };
        return mark is null || !text.AsSpan(last).Contains('_');
    }

    private static bool IsGrouped(string whole, char mark)
    {
        var groups = whole.Split(mark);
        return groups[0].Length is > 0 and <= 3
            && groups.Skip(1).All(g => g.Length == 3)
            && groups.All(g => g.All(char.IsAsciiDigit));
    }

    private static bool IsMinus(char c) => c is '-' or '−' or '–';

    private static bool IsBody(char c) => char.IsAsciiDigit(c) || c is ',' or '.';
}
