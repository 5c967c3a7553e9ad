using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PorteOuverte.Ledgers.Text;

/// <summary>Reads amounts as FEC files really write them, into whole cents.</summary>
internal static class Amounts
{
    /// <summary>What was unusual about an amount.</summary>
    [Flags]
    public enum Oddity
    {
        None = 0,
        Point = 1,
        Format = 2,
        Rounded = 4,
    }

    // A trillion euros: beyond it the text is no amount, and the sums of a file stay far from overflow.
    private const long Largest = 100_000_000_000_000;

    /// <summary>Reads a trimmed field. A blank is zero; false where it is no amount.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> field, out long cents, ref Oddity oddity)
    {
        // The form of the norm, digits then a comma and two digits, is nearly every field of every file.
        long value = 0;
        if (field.Length is > 0 and <= 15)
        {
            var i = 0;
            for (; i < field.Length; i++)
            {
                var digit = (uint)(field[i] - '0');
                if (digit > 9)
                {
                    break;
                }
                value = (value * 10) + digit;
            }
            if (i == field.Length)
            {
                cents = value * 100;
                return cents < Largest;
            }
            if (i == field.Length - 3 && i > 0 && (field[i] == ',' || field[i] == '.'))
            {
                var tens = (uint)(field[i + 1] - '0');
                var units = (uint)(field[i + 2] - '0');
                if (tens <= 9 && units <= 9)
                {
                    if (field[i] == '.')
                    {
                        oddity |= Oddity.Point;
                    }
                    cents = (value * 100) + (tens * 10) + units;
                    return cents < Largest;
                }
            }
        }
        return TryParseOdd(field, out cents, ref oddity);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseOdd(ReadOnlySpan<byte> field, out long cents, ref Oddity oddity)
    {
        cents = 0;
        if (field.Length == 0)
        {
            return true;
        }
        if (field.Length > 60)
        {
            return false;
        }
        // Only digits, signs and separators matter: the bytes of a currency or a space are the same in
        // every encoding that is read, or are dropped as non-ASCII.
        Span<char> kept = stackalloc char[field.Length];
        var count = 0;
        var negative = false;
        var dropped = false;
        var text = Encoding.UTF8.GetString(field);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c) || c is ',' or '.')
            {
                kept[count++] = c;
            }
            else if (c is '-' or '−' || (c == '(' && text.EndsWith(')')))
            {
                // A sign stands first or last; between digits it is a date or a range.
                if (negative || (count > 0 && text.AsSpan(i + 1).IndexOfAnyInRange('0', '9') >= 0))
                {
                    return false;
                }
                negative = true;
                // A minus in front is how a negative number is written; elsewhere it is a manner.
                dropped |= c != '-' || i > 0;
            }
            else if (c is ' ' or '\u00A0' or '\u202F' or '\uFFFD' or '+' or ')' or '\'' or '’' or '€' or '$' or '\t' or '\0')
            {
                dropped = true;
            }
            else if (text.AsSpan(i).Equals("EUR", StringComparison.OrdinalIgnoreCase))
            {
                dropped = true;
                break;
            }
            else
            {
                return false;
            }
        }
        var number = kept[..count];
        var mark = number.LastIndexOfAny(',', '.');
        if (mark >= 0)
        {
            var marks = number.Count(number[mark]);
            var other = number[mark] == ',' ? '.' : ',';
            if (number.Contains(other) || marks > 1)
            {
                dropped = true;
            }
            // One mark repeated can only group thousands; the last of two kinds is the decimal one.
            mark = marks > 1 ? -1 : mark;
        }
        var whole = mark < 0 ? number : number[..mark];
        var fraction = mark < 0 ? default : number[(mark + 1)..];
        Span<char> plain = stackalloc char[count + 1];
        var length = 0;
        foreach (var c in whole)
        {
            if (char.IsAsciiDigit(c))
            {
                plain[length++] = c;
            }
        }
        if (length == 0 && fraction.Length == 0)
        {
            return false;
        }
        if (fraction.Length > 0)
        {
            plain[length++] = '.';
            fraction.CopyTo(plain[length..]);
            length += fraction.Length;
            if (number[mark] == '.')
            {
                oddity |= Oddity.Point;
            }
        }
        if (!decimal.TryParse(plain[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }
        var exact = value * 100;
        var rounded = Math.Round(exact, MidpointRounding.AwayFromZero);
        if (rounded >= Largest)
        {
            return false;
        }
        if (rounded != exact)
        {
            oddity |= Oddity.Rounded;
        }
        if (dropped)
        {
            oddity |= Oddity.Format;
        }
        cents = negative ? -(long)rounded : (long)rounded;
        return true;
    }
}
