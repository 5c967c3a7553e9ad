using System.Globalization;
using System.Text.RegularExpressions;

namespace PorteOuverte.Kernel;

/// <summary>Reads figures as people type them, French or English; what may mean two things is not read.</summary>
public static partial class Typed
{
    private const int MinutesOfAnHour = 60;
    private const decimal MostHours = 100_000;
    private const decimal MostEuros = 100_000_000_000;

    /// <summary>An amount in cents: <c>1 234,56 €</c>, <c>1234.56</c>, <c>1.234,56</c>; <c>1,234</c> could be either, and is null.</summary>
    public static long? Cents(string? text) =>
        Number(
            Bare(text).Replace("€", "", StringComparison.Ordinal).Replace("EUR", "", StringComparison.OrdinalIgnoreCase)
        )
            is { } euros
        && euros < MostEuros
        && decimal.Round(euros, 2) == euros
            ? (long)(euros * 100)
            : null;

    /// <summary>A time in minutes: <c>7,5</c>, <c>7.5</c>, <c>7h30</c>, <c>7 h 30</c>, <c>7:30</c>.</summary>
    public static int? Minutes(string? text)
    {
        var bare = Bare(text);
        if (HoursAndMinutes().Match(bare) is { Success: true } match)
        {
            var minutes = match.Groups["minutes"].Value is { Length: > 0 } typed ? Whole(typed) : 0;
            return minutes < MinutesOfAnHour ? (Whole(match.Groups["hours"].Value) * MinutesOfAnHour) + minutes : null;
        }
        return Number(bare, decimals: 4) is { } hours && hours <= MostHours
            ? (int)Math.Round(hours * MinutesOfAnHour, MidpointRounding.AwayFromZero)
            : null;
    }

    /// <summary>A whole number between two others.</summary>
    public static int? Whole(string? text, int least, int most) =>
        int.TryParse(Bare(text), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : null;

    /// <summary>A day as a form sends it: 2026-11-22. Not of another age: a year of two digits is one mistyped.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1900 and < 2200
            ? day
            : null;

    private static int Whole(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    // Spaces of every kind stand between thousands.
    private static string Bare(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));

    private static decimal? Number(string text, int decimals = 2)
    {
        var point = text.LastIndexOfAny(['.', ',']);
        var groups = point < 0 ? "" : text[..point];
        var mark = point < 0 ? '\0' : text[point];
        // The last mark before the cents; one seen twice, or before three digits, stands between thousands or nobody knows.
        if (mark != '\0' && (groups.Contains(mark, StringComparison.Ordinal) || text.Length - point - 1 > decimals))
        {
            return groups.Contains(mark, StringComparison.Ordinal) && Grouped().IsMatch(text)
                ? Plain(text.Replace(mark.ToString(), "", StringComparison.Ordinal))
                : null;
        }
        if (groups.IndexOfAny(['.', ',']) >= 0 && !Grouped().IsMatch(groups))
        {
            return null;
        }
        var whole = (point < 0 ? text : groups)
            .Replace(",", "", StringComparison.Ordinal)
            .Replace(".", "", StringComparison.Ordinal);
        return Plain(point < 0 ? whole : $"{whole}.{text[(point + 1)..]}");
    }

    private static decimal? Plain(string text) =>
        text.Length is > 0 and < 20
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [GeneratedRegex(
        @"^(?<hours>[0-9]{1,5})(h|:)(?<minutes>[0-9]{2})?(m|mn|min)?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex HoursAndMinutes();

    [GeneratedRegex(@"^[0-9]{1,3}(?<mark>[.,])[0-9]{3}(\k<mark>[0-9]{3})*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouped();
}
