using System.Globalization;

namespace PorteOuverte.Kernel;

/// <summary>Writes figures as people read them: <c>1 234,56 €</c> in French, <c>€1,234.56</c> in English.</summary>
/// <remarks>
/// .NET's own French puts a space that breaks before € and %: a sum could end one line and its unit begin the next.
/// French figures use U+202F between groups and U+00A0 before a unit.
/// </remarks>
public sealed class Figures
{
    private const char NarrowSpace = '\u202F';
    private const char NoBreakSpace = '\u00A0';

    private readonly bool french;
    private readonly NumberFormatInfo numbers;

    private Figures(bool french)
    {
        this.french = french;
        numbers = new NumberFormatInfo
        {
            NumberGroupSeparator = french ? NarrowSpace.ToString() : ",",
            NumberDecimalSeparator = french ? "," : ".",
            NegativeSign = "−",
        };
    }

    public static Figures French { get; } = new(french: true);

    public static Figures English { get; } = new(french: false);

    public static Figures For(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "fr" ? French : English;
    }

    /// <summary>An amount to the cent.</summary>
    public string Amount(long cents) => WithEuro(Number(cents / 100m, 2));

    /// <summary>An amount to the euro, for sentences and narrow columns.</summary>
    public string Euros(long cents) => WithEuro(Number(cents / 100m, 0));

    /// <summary>A fraction as a percentage.</summary>
    public string Percent(double fraction, int decimals = 1)
    {
        var text = Number((decimal)Math.Round(fraction * 100, 6), decimals);
        return french ? $"{text}{NoBreakSpace}%" : $"{text}%";
    }

    /// <summary>A number with its groups and decimals.</summary>
    public string Number(decimal value, int decimals = 0)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        // No "−0": what rounds to nothing is nothing.
        return (rounded == 0 ? 0 : rounded).ToString($"N{decimals}", numbers);
    }

    /// <summary>A number of days or of anything else that may be a half.</summary>
    public string Number(double value, int decimals = 0) => Number((decimal)value, decimals);

    /// <summary>A date in figures: 22/11/2026, or 2026-11-22 in English, which has two orders.</summary>
    public string Date(DateOnly date) =>
        date.ToString(french ? "dd'/'MM'/'yyyy" : "yyyy'-'MM'-'dd", CultureInfo.InvariantCulture);

    /// <summary>A date in words: 22 novembre 2026, 22 November 2026.</summary>
    public string LongDate(DateOnly date)
    {
        var month = french ? FrenchMonths[date.Month - 1] : CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month);
        var day = french && date.Day == 1 ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);
        return $"{day}{NoBreakSpace}{month} {date.Year}";
    }

    /// <summary>A month for a chart or a narrow column: nov. 2026, Nov 2026.</summary>
    public string ShortMonth(DateOnly date)
    {
        var name = french
            ? FrenchShortMonths[date.Month - 1]
            : CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(date.Month);
        return $"{name}{NoBreakSpace}{date.Year}";
    }

    /// <summary>A date in words with its day of the week: lundi 23 novembre 2026, Monday 23 November 2026.</summary>
    public string FullDate(DateOnly date) =>
        (french ? FrenchDays[(int)date.DayOfWeek] : CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(date.DayOfWeek))
        + " "
        + LongDate(date);

    /// <summary>An hour of the day: 14 h 30, 14:30.</summary>
    public string Hour(TimeOnly time) =>
        time.ToString(french ? $"H'{NoBreakSpace}h{NoBreakSpace}'mm" : "HH':'mm", CultureInfo.InvariantCulture);

    /// <summary>An instant as a clock on the wall shows it there: 22/11/2026 à 14 h 30, or 2026-11-22 14:30.</summary>
    public string Instant(DateTime utc, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
        var date = Date(DateOnly.FromDateTime(there));
        return french
            ? $"{date}{NoBreakSpace}à{NoBreakSpace}{there.Hour}{NoBreakSpace}h{NoBreakSpace}{there.Minute:00}"
            : $"{date} {there.Hour:00}:{there.Minute:00}";
    }

    private string WithEuro(string number) =>
        french ? $"{number}{NoBreakSpace}€"
        : number[0] == '−' ? $"−€{number[1..]}"
        : $"€{number}";

    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] FrenchShortMonths =
    [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ];

    private static readonly string[] FrenchMonths =
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
}
