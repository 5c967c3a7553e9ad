using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Clients;

public enum EngagementKind
{
    /// <summary>An end in sight: a site, a study.</summary>
    Project,

    /// <summary>So much each month.</summary>
    Retainer,

    /// <summary>Days or hours as they come.</summary>
    TimeSpent,

    /// <summary>Maintenance, hosting, a licence.</summary>
    Subscription,
}

public enum RateUnit
{
    Month,
    Day,
    Hour,
    Whole,
}

/// <summary>What we sell a client: terms, notice, renewal, rate, scope.</summary>
public sealed class Engagement(Id<Client> clientId)
{
    public const int LongestName = 200;

    public Id<Engagement> Id { get; private init; } = Id<Engagement>.New();

    public Id<Client> ClientId { get; private init; } = clientId;

    public string Name { get; private set; } = "";

    public EngagementKind Kind { get; private set; }

    public string? ServiceLine { get; private set; }

    /// <summary>Without VAT, in cents, for one <see cref="RateUnit"/>.</summary>
    public long? RateCents { get; private set; }

    public RateUnit RateUnit { get; private set; }

    public DateOnly? Start { get; private set; }

    /// <summary>The last day; null: open.</summary>
    public DateOnly? End { get; private set; }

    /// <summary>Months of notice that either side gives.</summary>
    public int? NoticeMonths { get; private set; }

    /// <summary>Months by which it goes on by itself at its end; null: it ends.</summary>
    public int? RenewalMonths { get; private set; }

    /// <summary>Days to pay; null: as agreed with the client.</summary>
    public int? PaymentDays { get; private set; }

    /// <summary>Who of us leads it.</summary>
    public Id<Person>? Lead { get; private set; }

    public DateTime? RemovedAt { get; private set; }

    public long Version { get; private set; }

    public void Describe(string name, EngagementKind kind, string? serviceLine, Id<Person>? lead)
    {
        (Name, Kind, Lead) = (CleanText.Line(name, LongestName), kind, lead);
        ServiceLine = CleanText.Line(serviceLine, Client.LongestServiceLine) is { Length: > 0 } line ? line : null;
    }

    public void Charge(long? cents, RateUnit unit, int? paymentDays) =>
        (RateCents, RateUnit, PaymentDays) = (cents, unit, paymentDays);

    /// <exception cref="ArgumentException">It ends before it begins.</exception>
    public void Last(DateOnly? start, DateOnly? end, int? noticeMonths, int? renewalMonths)
    {
        if (end < start)
        {
            throw new ArgumentException("Ends before it begins.", nameof(end));
        }
        (Start, End, NoticeMonths, RenewalMonths) = (start, end, noticeMonths, renewalMonths);
    }

    /// <summary>The last day of the term that runs; kept from day to day, so that the database can sort by it.</summary>
    public DateOnly? TermEndsOn { get; private set; }

    /// <summary>Until when one must have decided about it: the next such day, null where none is to come.</summary>
    public DateOnly? NoticeBy { get; private set; }

    /// <summary>The <see cref="NoticeBy"/> of which somebody was reminded: of each day once.</summary>
    public DateOnly? RemindedFor { get; private set; }

    public Term? TermAt(DateOnly today) => Term.At(today, Start, End, NoticeMonths, RenewalMonths);

    /// <summary>Notes where it stands today.</summary>
    public void Follow(DateOnly today)
    {
        var term = TermAt(today);
        TermEndsOn = term?.End;
        NoticeBy = term?.NoticeBefore >= today ? term.Value.NoticeBefore : null;
    }

    public void Remove(DateTime now) => RemovedAt ??= now;

    public void Restore() => RemovedAt = null;
}

/// <summary>The time we spent for a client in a month.</summary>
public sealed class ClientHours(Id<Client> clientId, DateOnly month)
{
    public Id<Client> ClientId { get; private init; } = clientId;

    /// <summary>Its first day.</summary>
    public DateOnly Month { get; private init; } = month;

    public int Minutes { get; set; }
}
