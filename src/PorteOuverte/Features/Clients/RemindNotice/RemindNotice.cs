using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Clients.RemindNotice;

/// <summary>Each night: notes which terms run and what must be decided next, and writes to whoever leads an engagement a month before.</summary>
/// <remarks>The day that was reminded of is written in the same transaction as the mail, and only where it was another before: begun again, or on two nodes at once, it writes each mail once.</remarks>
internal sealed class RemindNotice(AppDb db, Outbox outbox, ServerSettings server, AuditTrail audit, TimeProvider clock)
    : Job
{
    public const string Name = "remind-notice";
    private const int DaysBefore = 30;

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        var today = await OneClient.Today(db, clock, stop);
        await Follow(today, stop);
        var until = today.AddDays(DaysBefore);
        // What is put away or gone needs no decision.
        var due = await db
            .Engagements.AsNoTracking()
            .Where(e => e.RemovedAt == null && e.NoticeBy >= today && e.NoticeBy <= until)
            .Where(e => e.RemindedFor == null || e.RemindedFor != e.NoticeBy)
            .Join(
                db.Clients.Where(c => c.RemovedAt == null && c.ArchivedAt == null),
                e => e.ClientId,
                c => c.Id,
                (e, c) => new { Engagement = e, Client = c.Name }
            )
            .OrderBy(f => f.Engagement.NoticeBy)
            .ToListAsync(stop);
        if (due.Count == 0)
        {
            return;
        }
        var members = await db.Readers.ToListAsync(stop);
        foreach (var found in due)
        {
            await Remind(found.Engagement, found.Client, members, stop);
        }
    }

    private async Task Remind(
        Engagement engagement,
        string client,
        IReadOnlyList<Reader> members,
        CancellationToken stop
    )
    {
        var readers = members.Where(m => m.Id == engagement.Lead?.Value).ToList();
        readers = readers.Count > 0 ? readers : [.. members.Where(m => m.Role == Role.Owner)];
        var (id, day) = (engagement.Id, engagement.NoticeBy!.Value);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var taken = await db
            .Engagements.Where(e => e.Id == id && e.NoticeBy == day && (e.RemindedFor == null || e.RemindedFor != day))
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.RemindedFor, day), stop);
        if (taken == 0)
        {
            return;
        }
        foreach (var reader in readers)
        {
            outbox.Add(Draft(engagement, client, reader));
        }
        audit.Did("engagement.reminded", id, new { due = day });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    private MailDraft Draft(Engagement engagement, string client, Reader reader)
    {
        var texts = RemindNoticeText.In(CultureInfo.GetCultureInfo(reader.Language));
        var day = engagement.NoticeBy!.Value;
        var term = engagement.TermAt(day)!.Value;
        var (by, end) = (texts.Figures.LongDate(day), texts.Figures.LongDate(term.NoticeEnd));
        var link = server.Link($"/e/{db.Workspace}/engagements/{engagement.Id}");
        return new MailDraft(
            new Mailbox(reader.Email, reader.Name),
            texts.Format("subject", client, engagement.Name, texts.Figures.Date(day)),
            engagement.RenewalMonths is { } renewal
                    ? texts.Format("renewing", reader.Name, engagement.Name, client, renewal, by, end, link)
                : engagement.NoticeMonths is > 0
                    ? texts.Format("notice", reader.Name, engagement.Name, client, end, by, link)
                : texts.Format("ending", reader.Name, engagement.Name, client, end, link)
        );
    }

    // Terms that are over, or whose day to decide has passed: where they stand today.
    private async Task Follow(DateOnly today, CancellationToken stop)
    {
        var passed = await db
            .Engagements.AsNoTracking()
            .Where(e => e.End != null && (e.NoticeBy < today || (e.TermEndsOn < today && e.RenewalMonths != null)))
            .ToListAsync(stop);
        foreach (var engagement in passed)
        {
            engagement.Follow(today);
            var (id, version) = (engagement.Id, engagement.Version);
            // Whoever saved it meanwhile has noted it too.
            await db
                .Engagements.Where(e => e.Id == id && e.Version == version)
                .ExecuteUpdateAsync(
                    e =>
                        e.SetProperty(x => x.TermEndsOn, engagement.TermEndsOn)
                            .SetProperty(x => x.NoticeBy, engagement.NoticeBy),
                    stop
                );
        }
    }
}
