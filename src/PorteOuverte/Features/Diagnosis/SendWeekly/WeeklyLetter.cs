using System.Text.Json;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Diagnosis.SendWeekly;

/// <summary>That the mail of a week was written, to however many: it is not written again.</summary>
public sealed class WeeklyLetter
{
    /// <summary>The Monday.</summary>
    public required DateOnly Week { get; init; }

    public required DateTime WrittenAt { get; init; }

    /// <summary>To how many it went; none where there was nothing to say.</summary>
    public required int Mails { get; init; }

    /// <summary>What the next one compares with.</summary>
    public required string Figures { get; init; }
}

/// <summary>That somebody wants the weekly mail, or does not; who has said nothing gets it as a manager or an owner.</summary>
public sealed class WeeklyWish
{
    public required Id<Person> PersonId { get; init; }

    public required bool Wants { get; set; }

    public static bool Usual(Role role) => role >= Role.Manager;
}

/// <summary>The few figures that one follows from week to week.</summary>
/// <param name="Share">Of the largest client; null where there is none.</param>
/// <param name="Cash">Null where the books show none.</param>
/// <param name="Months">How long it lasts; null: beyond five years.</param>
/// <param name="Late">What is owed past its day, in cents.</param>
public sealed record WeeklyFigures(double? Share, long? Cash, double? Months, long Late)
{
    public static WeeklyFigures Of(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new WeeklyFigures(
            report.Concentration.Clients.FirstOrDefault(w => w.Level is not null)?.Share,
            report.Totals.Cash,
            report.Runway.MonthsNow,
            report.Ages.Where(a => a.FromDays is not null).Sum(a => a.Amount)
        );
    }

    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <returns>Null where none were kept.</returns>
    public static WeeklyFigures? Read(string? text) =>
        string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<WeeklyFigures>(text, JsonSerializerOptions.Web);
}

/// <summary>A week, and when its mail is due: on Monday at seven, where the workspace is.</summary>
public readonly record struct Week(DateOnly Monday, DateTime Due)
{
    private static readonly TimeOnly Hour = new(7, 0);

    /// <summary>The week that an instant is in.</summary>
    public static Week At(DateTime now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        return Of(today.AddDays(-(((int)today.DayOfWeek + 6) % 7)), zone);
    }

    public Week Next(TimeZoneInfo zone) => Of(Monday.AddDays(7), zone);

    private static Week Of(DateOnly monday, TimeZoneInfo zone) =>
        new(monday, TimeZoneInfo.ConvertTimeToUtc(monday.ToDateTime(Hour), zone));
}
