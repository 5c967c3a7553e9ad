using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Diagnosis.SnoozeAlert;

/// <summary>Until when an alert rests.</summary>
public enum AlertRest
{
    Week,
    Month,
    Quarter,

    /// <summary>Until a day of one's choice.</summary>
    Day,

    /// <summary>It is settled, or known: until what it says has ended.</summary>
    Settled,
}

/// <param name="Day">As typed; for <see cref="AlertRest.Day"/>.</param>
public sealed record SnoozeAlert(string? Reason, AlertRest Rest, string? Day)
{
    private const int MostYears = 2;

    /// <summary>What must be put right: a field and the key of the sentence that says how.</summary>
    public IEnumerable<(string Field, string Key)> Wrong(DateOnly today)
    {
        if (CleanText.Lines(Reason).Length == 0)
        {
            yield return (nameof(Reason), "reasonMissing");
        }
        if (!Enum.IsDefined(Rest))
        {
            yield return (nameof(Rest), "restWrong");
        }
        else if (Rest == AlertRest.Day && !(Typed.Day(Day) > today && Typed.Day(Day) <= today.AddYears(MostYears)))
        {
            yield return (nameof(Day), "dayWrong");
        }
    }

    /// <summary>The day on which it is told of again; null: not before it has ended.</summary>
    public DateOnly? Until(DateOnly today) =>
        Rest switch
        {
            AlertRest.Week => today.AddDays(7),
            AlertRest.Month => today.AddMonths(1),
            AlertRest.Quarter => today.AddMonths(3),
            AlertRest.Day => Typed.Day(Day),
            _ => null,
        };
}

/// <param name="By">Null when nobody knows any more.</param>
public sealed record AlertStepRow(AlertStepKind What, string Reason, DateTime? UntilAt, DateTime TakenAt, string? By);

/// <param name="Client">Its name; null where it is about the whole business.</param>
/// <param name="Steps">The newest first.</param>
public sealed record AlertSeen(Alert Alert, string? Client, TimeZoneInfo Zone, IReadOnlyList<AlertStepRow> Steps);

/// <summary>Lets an alert rest, with a reason that is kept; and takes it up again.</summary>
public sealed class SnoozeAlertHandler(AppDb db, CurrentMember member, AuditTrail audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Null where there is none.</summary>
    public async Task<AlertSeen?> Find(Id<Alert> id, CancellationToken cancellation)
    {
        var found = await db
            .Alerts.AsNoTracking()
            .Where(a => a.Id == id)
            .Select(a => new
            {
                Alert = a,
                Client = db
                    .Clients.Where(c => c.Id == a.ClientId && c.RemovedAt == null)
                    .Select(c => c.Name)
                    .FirstOrDefault(),
                Zone = db.Workspaces.Select(w => w.Zone).First(),
            })
            .SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }
        var steps = await db
            .AlertSteps.AsNoTracking()
            .Where(s => s.AlertId == id)
            .OrderByDescending(s => s.TakenAt)
            .ThenByDescending(s => s.Id)
            .Select(s => new AlertStepRow(
                s.What,
                s.Reason,
                s.UntilAt,
                s.TakenAt,
                db.People.Where(p => p.Id == (Guid)(object)s.TakenBy!).Select(p => p.Name).FirstOrDefault()
            ))
            .ToListAsync(cancellation);
        return new AlertSeen(found.Alert, found.Client, TimeZoneInfo.FindSystemTimeZoneById(found.Zone), steps);
    }

    /// <exception cref="Refusal">It has ended meanwhile.</exception>
    public async Task Handle(Id<Alert> id, SnoozeAlert command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (alert, zone, now) = (await Holding(id, cancellation), await Zone(cancellation), Now);
        var until = command.Until(Workspace.Day(now, zone.Id)) is { } day ? Midnight(day, zone) : (DateTime?)null;
        (alert.WakesAt, alert.SettledAt) = (until, until is null ? now : null);
        var what = until is null ? AlertStepKind.Settled : AlertStepKind.Snoozed;
        Add(alert, what, CleanText.Lines(command.Reason, AlertStep.LongestReason), until, now);
        audit.Did(until is null ? "alert.settled" : "alert.snoozed", id, new { until });
        await db.SaveChangesAsync(cancellation);
    }

    /// <exception cref="Refusal">It has ended meanwhile.</exception>
    public async Task Resume(Id<Alert> id, CancellationToken cancellation)
    {
        var alert = await Holding(id, cancellation);
        if (alert.IsOpen(Now))
        {
            return;
        }
        (alert.WakesAt, alert.SettledAt) = (null, null);
        Add(alert, AlertStepKind.Resumed, "", null, Now);
        audit.Did("alert.resumed", id);
        await db.SaveChangesAsync(cancellation);
    }

    private void Add(Alert alert, AlertStepKind what, string reason, DateTime? until, DateTime now) =>
        db.Add(
            new AlertStep
            {
                AlertId = alert.Id,
                What = what,
                Reason = reason,
                UntilAt = until,
                TakenBy = member.Person,
                TakenAt = now,
            }
        );

    private async Task<Alert> Holding(Id<Alert> id, CancellationToken cancellation) =>
        await db.Alerts.SingleOrDefaultAsync(a => a.Id == id && a.EndedAt == null, cancellation)
        ?? throw new Refusal(SnoozeText.Current["gone"]);

    private async Task<TimeZoneInfo> Zone(CancellationToken cancellation) =>
        TimeZoneInfo.FindSystemTimeZoneById(await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation));

    // Where the clocks go forward at midnight that hour is not there: one later is.
    private static DateTime Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var there = day.ToDateTime(TimeOnly.MinValue);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(there) ? there.AddHours(1) : there, zone);
    }
}
