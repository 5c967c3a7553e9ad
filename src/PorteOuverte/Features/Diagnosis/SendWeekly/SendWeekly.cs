using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Diagnosis.SendWeekly;

/// <summary>Writes the weekly mail, from Monday at seven on, once. Each day it looks whether one is due, and on the eve asks to be woken at the hour.</summary>
/// <remarks>The mails, that they were told, and that the week is written are saved together with the end of the run; a second node is refused by the key of the week.</remarks>
internal sealed class SendWeekly(
    AppDb db,
    JobQueue queue,
    Outbox outbox,
    ServerSettings server,
    AuditTrail audit,
    TimeProvider clock
) : Job
{
    public const string Name = "send-weekly";

    // A little more than a day: no hour falls between two looks.
    private static readonly TimeSpan LooksAhead = TimeSpan.FromHours(25);

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(stop);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(workspace.Zone);
        var now = clock.GetUtcNow().UtcDateTime;
        var week = Week.At(now, zone);
        var isDue = now >= week.Due;
        // Who opened a workspace in the middle of a week is written to on the next Monday.
        if (isDue && workspace.CreatedAt <= week.Due && !await IsWritten(week, stop))
        {
            await Write(workspace, week, now, stop);
        }
        await Plan(isDue ? week.Next(zone) : week, now, stop);
    }

    private async Task Plan(Week next, DateTime now, CancellationToken stop)
    {
        var occasion = "week-" + next.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (
            next.Due - now <= LooksAhead
            && !await db.JobRuns.AnyAsync(r => r.Job == Name && r.Occasion == occasion, stop)
        )
        {
            queue.Ask<SendWeekly>(occasion: occasion, at: next.Due);
        }
    }

    private Task<bool> IsWritten(Week week, CancellationToken stop) =>
        db.WeeklyLetters.AnyAsync(l => l.Week == week.Monday, stop);

    private async Task Write(Workspace workspace, Week week, DateTime now, CancellationToken stop)
    {
        var monday = week.Monday.AddDays(-7);
        var before = await db
            .WeeklyLetters.Where(l => l.Week == monday)
            .Select(l => l.Figures)
            .SingleOrDefaultAsync(stop);
        var lastAt = await db
            .WeeklyLetters.Where(l => l.Mails > 0)
            .OrderByDescending(l => l.Week)
            .Select(l => (DateTime?)l.WrittenAt)
            .FirstOrDefaultAsync(stop);
        var report = await Report(stop);
        var alerts = await db
            .Alerts.Where(a => a.EndedAt == null || lastAt == null || a.EndedAt > lastAt)
            .Select(a => new
            {
                Alert = a,
                Client = db.Clients.Where(c => c.Id == a.ClientId).Select(c => c.Name).FirstOrDefault(),
            })
            .ToListAsync(stop);
        var news = WeeklyNews.Of(alerts.Select(a => new NamedAlert(a.Alert, a.Client)), lastAt, now);
        var readers = news.IsNothing ? [] : await Readers(stop);
        foreach (var reader in readers)
        {
            var mail = new WeeklyMail(
                CultureInfo.GetCultureInfo(reader.Language),
                reader.Name,
                workspace.Name,
                report,
                news,
                WeeklyFigures.Read(before),
                path => server.Link($"/e/{db.Workspace}/{path}")
            );
            outbox.Add(
                new MailDraft(new Mailbox(reader.Email, reader.Name), mail.Subject, mail.Text())
                {
                    Html = await mail.Html(),
                }
            );
        }
        // What nobody got is not told.
        foreach (var alert in alerts.Select(a => a.Alert).Where(a => readers.Count > 0 && a.IsOpen(now)))
        {
            alert.ToldAt ??= now;
        }
        db.Add(
            new WeeklyLetter
            {
                Week = week.Monday,
                WrittenAt = now,
                Mails = readers.Count,
                Figures = report is null ? "" : WeeklyFigures.Of(report).ToString(),
            }
        );
        if (readers.Count > 0)
        {
            audit.Did("weekly.sent", new { week = week.Monday, mails = readers.Count });
        }
    }

    private async Task<Report?> Report(CancellationToken stop)
    {
        var key = Look.Now.ToString();
        var content = await db
            .Pictures.Where(p => p.Look == key && p.Format == KeptReport.Format)
            .Select(p => p.Content)
            .SingleOrDefaultAsync(stop);
        return content is null ? null : KeptReport.Read(content)?.Report;
    }

    private async Task<List<Reader>> Readers(CancellationToken stop)
    {
        var members = await db.Readers.ToListAsync(stop);
        var wishes = await db.WeeklyWishes.AsNoTracking().ToDictionaryAsync(w => w.PersonId.Value, w => w.Wants, stop);
        return members.FindAll(m => wishes.TryGetValue(m.Id, out var wants) ? wants : WeeklyWish.Usual(m.Role));
    }
}
