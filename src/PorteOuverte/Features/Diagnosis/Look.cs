using System.Globalization;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>From when one looks at the portfolio, and how far back.</summary>
/// <param name="AsOf">Null: from the last day that is told of.</param>
/// <param name="Months">How many months up to that day are counted.</param>
public readonly record struct Look(DateOnly? AsOf, int Months)
{
    public const int Usual = 12;

    /// <summary>The months one may ask for.</summary>
    public static IReadOnlyList<int> Choices { get; } = [3, 6, 12, 24];

    /// <summary>The look of the home page: always kept up to date.</summary>
    public static Look Now { get; } = new(null, Usual);

    /// <summary>Reads what stands in an address: what makes no sense is the usual.</summary>
    public static Look Of(string? asOf, string? months) =>
        new(
            DateOnly.TryParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1990 and < 2200
                ? day
                : null,
            int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var known) && Choices.Contains(known)
                ? known
                : Usual
        );

    public static Look Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        return Of(parts[0], parts[1]);
    }

    /// <summary>As it is kept: <c>now/12</c>, <c>2025-06-30/12</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(AsOf is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "now")}/{Months}");

    /// <summary>As it stands in an address; empty for the usual one.</summary>
    public string Query =>
        string.Join(
            '&',
            new[]
            {
                AsOf is { } day ? "asOf=" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
                Months == Usual ? null : "months=" + Months.ToString(CultureInfo.InvariantCulture),
            }.Where(part => part is not null)
        );
}
