using System.Globalization;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What a text may mean as a date, under each order.</summary>
/// <param name="DayFirst">Its day where the day stands first; <see cref="Dates.None"/> where it is none.</param>
/// <param name="MonthFirst">Its day where the month stands first.</param>
/// <param name="Form">The form, where the text itself tells it.</param>
internal readonly record struct DateText(int DayFirst, int MonthFirst, DateForm? Form)
{
    // Days from 1954 to 2119: below are quantities and amounts, above are codes.
    private const int FirstSerial = 20_000;
    private const int LastSerial = 80_000;

    private static readonly string[] Months =
    [
        "jan",
        "fev",
        "mar",
        "avr",
        "mai",
        "juin",
        "juil",
        "aou",
        "sep",
        "oct",
        "nov",
        "dec",
    ];

    private static readonly string[] EnglishMonths =
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ];

    private static readonly string[] FullMonths =
    [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];

    public bool IsDate => DayFirst != Dates.None || MonthFirst != Dates.None;

    public static DateText Read(string text)
    {
        if (text.Length is < 6 or > 40)
        {
            return default;
        }
        var first = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0)
        {
            return default;
        }
        if (first == 0)
        {
            Span<byte> ascii = stackalloc byte[text.Length];
            for (var i = 0; i < text.Length; i++)
            {
                ascii[i] =
                    text[i] is '\u00A0' or '\u202F' ? (byte)' '
                    : text[i] < 0x80 ? (byte)text[i]
                    : (byte)'?';
            }
            var day = Dates.Any(ascii);
            var month = Dates.Any(ascii, monthFirst: true);
            if (day != Dates.None || month != Dates.None)
            {
                var yearFirst = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is 4 or < 0 or 8;
                // Americans write no points between the parts.
                return yearFirst ? new DateText(day, month, DateForm.YearFirst)
                    : day != Dates.None && text.AsSpan(0, 3).Contains('.')
                        ? new DateText(day, Dates.None, DateForm.DayFirst)
                    : new DateText(
                        day,
                        month,
                        day == Dates.None ? DateForm.MonthFirst
                            : month == Dates.None ? DateForm.DayFirst
                            : null
                    );
            }
        }
        var named = HasTwoNumbers(text) ? Named(text) : Dates.None;
        return named == Dates.None ? default : new DateText(named, named, DateForm.MonthNamed);
    }

    /// <summary>The day a text means under a form; <see cref="Dates.None"/> where it is none, or where the form is not known and matters.</summary>
    public static int Day(string text, DateForm? form)
    {
        if (form is DateForm.Serial1900 or DateForm.Serial1904 && SerialOf(text) is { } serial)
        {
            return OfSerial(serial, form == DateForm.Serial1904);
        }
        var read = Read(text);
        return form == DateForm.DayFirst || (read.DayFirst == read.MonthFirst) ? read.DayFirst
            : form == DateForm.MonthFirst ? read.MonthFirst
            : Dates.None;
    }

    /// <summary>True for a number that may be a day of a workbook.</summary>
    public static bool IsSerial(string text) => SerialOf(text) is >= FirstSerial and <= LastSerial;

    /// <summary>The day of a workbook's number. The day that Excel puts after 28 February 1900, and those before, are none.</summary>
    public static int OfSerial(double serial, bool since1904)
    {
        var origin = since1904 ? new DateOnly(1904, 1, 1) : new DateOnly(1899, 12, 30);
        return serial >= (since1904 ? 1 : 61) && serial < 110_000
            ? origin.DayNumber + (int)Math.Floor(serial)
            : Dates.None;
    }

    private static double? SerialOf(string text) =>
        text.Length is >= 1 and < 20
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial)
            ? serial
            : null;

    // Most texts are no dates, and need not be folded to know it.
    private static bool HasTwoNumbers(string text)
    {
        var numbers = 0;
        for (var i = 0; i < text.Length; i++)
        {
            numbers += char.IsAsciiDigit(text[i]) && (i == 0 || !char.IsAsciiDigit(text[i - 1])) ? 1 : 0;
        }
        return numbers > 1;
    }

    // "31 janv. 2025", "January 31, 2025", "31-Jan-25", "lundi 3 mars 2025", "1er mai 2025".
    private static int Named(string text)
    {
        var month = 0;
        Span<int> numbers = stackalloc int[2];
        var count = 0;
        var words = 0;
        foreach (var word in Cells.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (char.IsAsciiDigit(word[0]))
            {
                var digits = word.AsSpan(
                    0,
                    word.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : word.Length
                );
                if (count == 2)
                {
                    // What follows day, month and year is a time.
                    break;
                }
                if (digits.Length > 4)
                {
                    return Dates.None;
                }
                numbers[count++] = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
            }
            else
            {
                var found = MonthOf(word);
                // A day's name may stand in front and a word or two behind; more is a sentence.
                if (++words > 3 || (found > 0 && month > 0))
                {
                    return Dates.None;
                }
                month = Math.Max(month, found);
            }
        }
        if (month == 0 || count < 2)
        {
            return Dates.None;
        }
        var (day, year) = numbers[0] > 31 ? (numbers[1], numbers[0]) : (numbers[0], numbers[1]);
        return Dates.Day(year < 100 ? 2000 + year : year, month, day);
    }

    private static int MonthOf(string word)
    {
        for (var i = 0; i < FullMonths.Length; i++)
        {
            // At least the short form, at most the name: "sept" is a month and "marché" is not.
            if (
                FullMonths[i].StartsWith(word, StringComparison.Ordinal)
                && word.StartsWith(i < 12 ? Months[i] : EnglishMonths[i - 12], StringComparison.Ordinal)
            )
            {
                return (i % 12) + 1;
            }
        }
        return 0;
    }
}
