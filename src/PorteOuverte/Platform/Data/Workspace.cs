using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>One business. Every row of a business table belongs to exactly one.</summary>
public sealed class Workspace(Id<Workspace> id, string name)
{
    /// <summary>What belongs to nobody in particular: the mails of the sign-in, which are written before anybody has entered a workspace.</summary>
    public static Id<Workspace> House { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));

    public Id<Workspace> Id { get; } = id;

    public string Name { get; set; } = name;

    public Siren? Siren { get; set; }

    /// <summary>As it stands on a letter, line by line; empty: not said yet.</summary>
    public string Address { get; set; } = "";

    /// <summary>fr or en: the language of what the workspace sends.</summary>
    public string Language { get; set; } = "fr";

    /// <summary>An IANA name: what "today" means here.</summary>
    public string Zone { get; set; } = "Europe/Paris";

    /// <summary>Which day it is in a zone.</summary>
    public static DateOnly Day(DateTime utc, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    // Percents are what people set; shares are what is reckoned with.
    public int HealthyPercent { get; private set; } = 10;
    public int HighPercent { get; private set; } = 20;
    public int DangerPercent { get; private set; } = 25;

    /// <summary>The shares at which a client's weight changes level.</summary>
    public Thresholds Thresholds =>
        Thresholds.InPercent(HealthyPercent, HighPercent, DangerPercent) ?? Thresholds.Default;

    public int PaymentDays { get; private set; } = PaymentTerms.Default.Days;
    public bool PaymentEndOfMonth { get; private set; } = PaymentTerms.Default.EndOfMonth;

    /// <summary>What we agree with clients, where nothing else was agreed.</summary>
    public PaymentTerms PaymentTerms => new(PaymentDays, PaymentEndOfMonth);

    public string WorkingHours { get; private set; } = WorkingWeek.Default.ToString();

    /// <summary>When somebody is there to be reached.</summary>
    public WorkingWeek WorkingWeek => WorkingWeek.Read(WorkingHours) ?? WorkingWeek.Default;

    public HolidayRegion HolidayRegion { get; set; }

    /// <summary>The number of the last change of its money: what is reckoned from it writes down of which it is.</summary>
    public long MoneyChange { get; private set; }

    public DateTime CreatedAt { get; init; }

    public long Version { get; private set; }

    public void Weigh(int healthy, int high, int danger)
    {
        if (Thresholds.InPercent(healthy, high, danger) is null)
        {
            throw new ArgumentOutOfRangeException(nameof(healthy), "Thresholds rise, between 1 and 100.");
        }
        (HealthyPercent, HighPercent, DangerPercent) = (healthy, high, danger);
    }

    public void Agree(PaymentTerms terms)
    {
        if (!terms.IsLawful)
        {
            throw new ArgumentOutOfRangeException(nameof(terms), "Longer than the law allows.");
        }
        (PaymentDays, PaymentEndOfMonth) = (terms.Days, terms.EndOfMonth);
    }

    public void Work(WorkingWeek week)
    {
        ArgumentNullException.ThrowIfNull(week);
        WorkingHours = week.ToString();
    }
}
