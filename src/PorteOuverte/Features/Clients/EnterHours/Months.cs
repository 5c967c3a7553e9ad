using System.Globalization;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.EnterHours;

/// <summary>Months, as people write them and read them.</summary>
internal static class Months
{
    private static readonly string[] Formats =
    [
        "yyyy-M",
        "yyyy/M",
        "M/yyyy",
        "M-yyyy",
        "M.yyyy",
        "yyyyMM",
        "yyyy-M-d",
        "d/M/yyyy",
        "d.M.yyyy",
    ];

    // Without accents and capitals; the first letters tell them apart: juin, juil; mar, mai.
    private static readonly string[][] Names =
    [
        ["janvier", "january"],
        ["fevrier", "february"],
        ["mars", "march"],
        ["avril", "april"],
        ["mai", "may"],
        ["juin", "june"],
        ["juillet", "july"],
        ["aout", "august"],
        ["septembre", "september"],
        ["octobre", "october"],
        ["novembre", "november"],
        ["decembre", "december"],
    ];

    private const int FewestLetters = 3;

    /// <summary>The first day of a month written as 2026-10, 10/2026, octobre 2026, oct. 26.</summary>
    public static DateOnly? Read(string? text)
    {
        var plain = PlainLetters.Of(CleanText.Line(text));
        if (DateOnly.TryParseExact(plain, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return IsOfThisAge(day.Year) ? new DateOnly(day.Year, day.Month, 1) : null;
        }
        var parts = plain.Split([' ', '.', '-', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (
            parts.Length != 2
            || parts[0].Length < FewestLetters
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        )
        {
            return null;
        }
        year += parts[1].Length == 2 ? 2000 : 0;
        int[] found =
        [
            .. Names
                .Select((names, place) => (names, place))
                .Where(m => m.names.Any(n => n.StartsWith(parts[0], StringComparison.Ordinal)))
                .Select(m => m.place + 1),
        ];
        return found.Length == 1 && IsOfThisAge(year) ? new DateOnly(year, found[0], 1) : null;
    }

    /// <summary>octobre 2026.</summary>
    public static string Words(DateOnly month, Figures figures)
    {
        var words = figures.LongDate(month.AddDays(1 - month.Day));
        return words[(words.IndexOf('\u00A0', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Hours as one types them: 7,5, or 7h20 where a fraction would not be round.</summary>
    public static string Time(int minutes, Figures figures) =>
        minutes % 15 == 0
            ? figures.Number(
                minutes / 60m,
                minutes % 60 == 0 ? 0
                    : minutes % 30 == 0 ? 1
                    : 2
            )
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h{minutes % 60:00}");

    private static bool IsOfThisAge(int year) => year is >= 1990 and < 2100;
}
