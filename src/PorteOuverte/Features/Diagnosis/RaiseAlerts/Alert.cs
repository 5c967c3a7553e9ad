using System.Text.Json;
using System.Text.Json.Serialization;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts;

/// <summary>What an alert is about; of equal urgency the first comes first.</summary>
public enum AlertKind
{
    /// <summary>The cash lasts for fewer months than one wants, or there is none.</summary>
    Runway,

    /// <summary>Clients leave faster than chance explains.</summary>
    Departures,

    /// <summary>A client has crossed a line.</summary>
    Weight,

    /// <summary>A client is silent for longer than its rhythm explains.</summary>
    Quiet,

    /// <summary>A late payer pays later and later.</summary>
    Delays,
}

public enum AlertOutcome
{
    /// <summary>It still holds.</summary>
    None,

    /// <summary>What it said holds no more.</summary>
    Over,

    /// <summary>It has become worse: another alert says so.</summary>
    Worse,

    /// <summary>It has become better, and still stands over a lower line: another goes on in its place.</summary>
    Eased,

    /// <summary>The client, or what was known of it, is no longer there.</summary>
    Gone,
}

/// <summary>Something that began to hold and that somebody should know. It fires once; when it holds no more it is closed, and may fire anew.</summary>
/// <remarks>
/// No version: what the pictures write (facts, the end) and what people write (until when it rests) are columns of their own.
/// A picture that was hours in the making must not be lost because somebody snoozed meanwhile.
/// </remarks>
public sealed class Alert
{
    public Id<Alert> Id { get; private init; } = Id<Alert>.New();

    public required AlertKind Kind { get; init; }

    /// <summary>How urgent; of a weight, the line that was crossed.</summary>
    public required Level Level { get; init; }

    /// <summary>Null: about the whole business.</summary>
    public required Id<Client>? ClientId { get; init; }

    /// <summary>Kind and client while it holds; the database refuses a second one. Null: ended.</summary>
    public required string? Holding { get; set; }

    /// <summary>It held already when the first picture was taken.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>The alert in whose place it goes on: it is no news.</summary>
    public Id<Alert>? Follows { get; init; }

    public required DateTime RaisedAt { get; init; }

    /// <summary>The last day the picture told of.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The last day on which it was seen as grave as it was raised.</summary>
    public required DateOnly HeldOn { get; set; }

    /// <summary>What was seen when it was raised.</summary>
    public required string Facts { get; init; }

    /// <summary>What was seen last.</summary>
    public required string Lately { get; set; }

    public AlertOutcome Outcome { get; private set; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>It rests until then.</summary>
    public DateTime? WakesAt { get; set; }

    /// <summary>Somebody has settled it, or knows: nothing more is said until it ends.</summary>
    public DateTime? SettledAt { get; set; }

    /// <summary>It stood in a weekly mail.</summary>
    public DateTime? ToldAt { get; set; }

    public bool HasEnded => EndedAt is not null;

    public bool IsSnoozed(DateTime now) => !HasEnded && SettledAt is null && WakesAt > now;

    /// <summary>Somebody should do something about it.</summary>
    public bool IsOpen(DateTime now) => !HasEnded && SettledAt is null && !(WakesAt > now);

    public AlertFacts Then => AlertFacts.Read(Facts);

    public AlertFacts Now => AlertFacts.Read(Lately);

    public void End(AlertOutcome outcome, DateTime now) => (Holding, Outcome, EndedAt) = (null, outcome, now);

    public static string Key(AlertKind kind, Id<Client>? client) => $"{kind}/{client}";
}

/// <summary>The figures behind an alert; which ones depends on its kind. Amounts in cents, shares as fractions.</summary>
public sealed record AlertFacts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public double? Share { get; init; }

    /// <summary>The highest line the client stands over; null: it stands over none.</summary>
    public double? Line { get; init; }

    /// <summary>What to win elsewhere to fall to that line.</summary>
    public long? ToWin { get; init; }

    public DateOnly? LastInvoice { get; init; }
    public int? DaysSilent { get; init; }
    public double? UsualInterval { get; init; }
    public long? Revenue { get; init; }
    public double? MedianDelay { get; init; }
    public int? Terms { get; init; }

    /// <summary>Days more with each invoice.</summary>
    public double? Slope { get; init; }

    public long? Owed { get; init; }
    public long? Cash { get; init; }

    /// <summary>Null: beyond five years.</summary>
    public double? Months { get; init; }

    public int? LeastMonths { get; init; }

    /// <summary>Clients lost in the twelve months before.</summary>
    public int? Losses { get; init; }

    /// <summary>Of two alike the larger comes first: by its share, or by what it brought.</summary>
    internal double Size => Share ?? Revenue ?? Owed ?? 0;

    public override string ToString() => JsonSerializer.Serialize(this, Json);

    public static AlertFacts Read(string text) => JsonSerializer.Deserialize<AlertFacts>(text, Json)!;
}

public enum AlertStepKind
{
    Snoozed,
    Settled,
    Resumed,
}

/// <summary>What somebody decided about an alert, and why.</summary>
public sealed class AlertStep
{
    public const int LongestReason = 500;

    public Id<AlertStep> Id { get; private init; } = Id<AlertStep>.New();
    public required Id<Alert> AlertId { get; init; }
    public required AlertStepKind What { get; init; }
    public required string Reason { get; init; }
    public DateTime? UntilAt { get; init; }
    public required Id<Platform.Security.Person>? TakenBy { get; init; }
    public required DateTime TakenAt { get; init; }
}
