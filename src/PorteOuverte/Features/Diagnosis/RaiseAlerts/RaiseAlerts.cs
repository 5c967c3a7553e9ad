using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts;

/// <summary>Follows the pictures: raises what begins to hold and closes what holds no more. The caller saves it together with the picture.</summary>
internal sealed class RaiseAlertsHandler(AppDb db, AuditTrail audit, TimeProvider clock)
{
    /// <param name="report">Null where nothing is told any more.</param>
    /// <param name="isFirst">There was no picture before.</param>
    public async Task Handle(Report? report, bool isFirst, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var lately = now.AddDays(-AlertRule.DaysRemembered);
        var known = await db.Alerts.Where(a => a.Holding != null || a.EndedAt > lately).ToListAsync(cancellation);
        if (report is null)
        {
            foreach (var alert in known.Where(a => a.Holding is not null))
            {
                End(alert, AlertOutcome.Gone, now);
            }
            return;
        }
        var settings =
            await db.DiagnosisSettings.AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new DiagnosisSettings();
        // Whoever took everything back and began anew has been told before.
        isFirst = isFirst && !await db.Alerts.AnyAsync(cancellation);
        var changes = new AlertRule(report, settings.LeastMonths).Judge(known, isFirst, now);
        foreach (var (alert, seen, isAsGrave) in changes.Seen)
        {
            alert.Lately = seen.ToString();
            alert.HeldOn = isAsGrave ? report.AsOf : alert.HeldOn;
        }
        foreach (var (alert, outcome, seen) in changes.Ended)
        {
            alert.Lately = seen?.ToString() ?? alert.Lately;
            End(alert, outcome, now);
        }
        foreach (var alert in changes.Raised)
        {
            db.Add(alert);
            audit.Did("alert.raised", alert.Id, new { alert.Kind, alert.Level });
        }
    }

    private void End(Alert alert, AlertOutcome outcome, DateTime now)
    {
        alert.End(outcome, now);
        audit.Did("alert.ended", alert.Id, new { outcome });
    }
}
