using System.Globalization;

namespace PorteOuverte.Kernel;

/// <summary>When one works on a day.</summary>
public readonly record struct WorkingHours(TimeOnly From, TimeOnly To);

/// <summary>When one works, from Monday to Sunday.</summary>
public sealed class WorkingWeek
{
    private const string TimeFormat = "HH:mm";
    private readonly WorkingHours?[] days;

    private WorkingWeek(WorkingHours?[] days) => this.days = days;

    /// <summary>Monday to Friday, nine to six.</summary>
    public static WorkingWeek Default { get; } =
        new([.. Enumerable.Repeat<WorkingHours?>(new WorkingHours(new(9, 0), new(18, 0)), 5), null, null]);

    /// <summary>Seven days, Monday first; null: closed.</summary>
    public IReadOnlyList<WorkingHours?> Days => days;

    public WorkingHours? this[DayOfWeek day] => days[((int)day + 6) % 7];

    /// <summary>Null unless there are seven days that each end after they begin.</summary>
    public static WorkingWeek? Of(IEnumerable<WorkingHours?> days)
    {
        WorkingHours?[] week = [.. days];
        return week.Length == 7 && week.All(d => d is not { } hours || hours.From < hours.To)
            ? new WorkingWeek(week)
            : null;
    }

    /// <summary>As it is stored: <c>09:00-18:00,09:00-18:00,,…</c>.</summary>
    public static WorkingWeek? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var days = new List<WorkingHours?>();
        foreach (var day in text.Split(','))
        {
            if (day.Length == 0)
            {
                days.Add(null);
                continue;
            }
            var hours = day.Split('-');
            if (hours.Length != 2 || Time(hours[0]) is not { } from || Time(hours[1]) is not { } to)
            {
                return null;
            }
            days.Add(new WorkingHours(from, to));
        }
        return Of(days);
    }

    /// <summary>An hour as a form sends it: 09:30.</summary>
    public static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    public override string ToString() =>
        string.Join(
            ',',
            days.Select(d =>
                d is { } hours
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{hours.From.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{hours.To.ToString(TimeFormat, CultureInfo.InvariantCulture)}"
                    )
                    : ""
            )
        );
}
