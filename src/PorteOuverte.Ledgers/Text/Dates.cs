using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PorteOuverte.Ledgers.Text;

/// <summary>Reads dates into day numbers (<see cref="DateOnly.DayNumber"/>).</summary>
internal static class Dates
{
    /// <summary>No date.</summary>
    public const int None = 0;

    /// <summary>True where the field is eight digits and not all zero: the form of the norm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPlain(ReadOnlySpan<byte> field)
    {
        if (field.Length != 8)
        {
            return false;
        }
        var eight = MemoryMarshal.Read<ulong>(field);
        return eight != 0x3030303030303030
            && ((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;
    }

    /// <summary>Reads AAAAMMJJ; <see cref="None"/> where it is no day of the years 1900 to 2199.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Plain(ReadOnlySpan<byte> field)
    {
        if (!IsPlain(field))
        {
            return None;
        }
        var year = ((field[0] - '0') * 1000) + ((field[1] - '0') * 100) + ((field[2] - '0') * 10) + (field[3] - '0');
        var month = ((field[4] - '0') * 10) + (field[5] - '0');
        var day = ((field[6] - '0') * 10) + (field[7] - '0');
        return Day(year, month, day);
    }

    /// <summary>Reads a date in any of the forms met: <c>-</c>, <c>/</c> or <c>.</c> between the parts, day or year first, a time after it.</summary>
    /// <param name="field">The text.</param>
    /// <param name="monthFirst">True where the month stands before the day; a year in front is always followed by the month.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Any(ReadOnlySpan<byte> field, bool monthFirst = false)
    {
        Span<int> parts = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        var part = 0;
        foreach (var b in field)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                if (++lengths[part] > 8)
                {
                    return None;
                }
                parts[part] = (parts[part] * 10) + (b - '0');
            }
            else if (b is (byte)' ' or (byte)'T' && lengths[part] > 0)
            {
                break;
            }
            else if (b is (byte)'-' or (byte)'/' or (byte)'.' && lengths[part] > 0 && part < 2)
            {
                part++;
            }
            else
            {
                return None;
            }
        }
        if (part == 0)
        {
            return lengths[0] == 8 ? Day(parts[0] / 10000, parts[0] / 100 % 100, parts[0] % 100) : None;
        }
        if (part != 2)
        {
            return None;
        }
        if (lengths[0] == 4)
        {
            return Day(parts[0], parts[1], parts[2]);
        }
        var year = lengths[2] == 2 ? 2000 + parts[2] : parts[2];
        return monthFirst ? Day(year, parts[0], parts[1]) : Day(year, parts[1], parts[0]);
    }

    /// <summary>True where a document's date fits its entry's: a little younger, or up to a good year older.</summary>
    public static bool IsPlausible(int pieceDate, int date) => pieceDate <= date + 31 && pieceDate >= date - 400;

    /// <summary>The day of a year, month and day; <see cref="None"/> where there is none, or not between 1900 and 2199.</summary>
    public static int Day(int year, int month, int day) =>
        year is >= 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day).DayNumber
            : None;
}
