using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Mail;

/// <summary>Delivers what is due in the workspace entered. Each step is saved before the next, so that a process that dies leaves behind how far it came.</summary>
/// <remarks>
/// One delivery at a time for each workspace: the caller sees to that. Should a second one run all the same, because the first was
/// only asleep, the version of the row lets one of the two save, and the other stops before it hands anything over.
/// </remarks>
public sealed partial class MailDelivery(
    AppDb db,
    IMailTransport transport,
    TimeProvider clock,
    ILogger<MailDelivery> log
)
{
    private const int LongestReason = 500;

    /// <returns>When the next mail is due; null when none waits.</returns>
    public async Task<DateTime?> Deliver(CancellationToken cancellation)
    {
        // Reasons are read by the people of the workspace.
        if (await db.Workspaces.Select(w => w.Language).SingleOrDefaultAsync(cancellation) is { } language)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        }
        try
        {
            await TakeUpWhatWasLeft(cancellation);
            while (await NextDue(cancellation) is { } mail)
            {
                await Deliver(mail, cancellation);
                db.ChangeTracker.Clear();
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            Overtaken(log);
        }
        return await db
            .Mails.Where(m => m.State == MailState.Queued)
            .MinAsync(m => (DateTime?)m.NextAttemptAt, cancellation);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task TakeUpWhatWasLeft(CancellationToken cancellation)
    {
        var left = await db
            .Mails.Where(m => m.State == MailState.Sending || m.State == MailState.Handing)
            .ToListAsync(cancellation);
        foreach (var mail in left)
        {
            if (mail.State == MailState.Sending)
            {
                mail.PutBack(Now);
            }
            else
            {
                mail.Doubt(MailText.Current["stoppedWhileHanding"]);
            }
            await db.SaveChangesAsync(cancellation);
            Moved(log, mail.Id.Value, mail.State, mail.Attempts);
        }
        db.ChangeTracker.Clear();
    }

    private Task<OutgoingMail?> NextDue(CancellationToken cancellation)
    {
        var now = Now;
        return db
            .Mails.Where(m => m.State == MailState.Queued && m.NextAttemptAt <= now)
            .OrderBy(m => m.NextAttemptAt)
            .ThenBy(m => m.Id)
            .FirstOrDefaultAsync(cancellation);
    }

    private async Task Deliver(OutgoingMail mail, CancellationToken cancellation)
    {
        mail.Claim();
        await db.SaveChangesAsync(cancellation);
        var unsaved = false;
        try
        {
            var answer = await transport.Send(mail, Hand, cancellation);
            Take(mail, answer);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server is being stopped, and the mail has not left: the next one begins anew.
            throw;
        }
        catch (Exception e) when (!unsaved)
        {
            // No answer. Before the hand-over that is a delay; after it nobody knows.
            if (mail.State == MailState.Handing)
            {
                mail.Doubt(Short(e.Message));
            }
            else
            {
                mail.Wait(Short(e.Message), Now);
            }
        }
        // What is known now is written down, whoever asks the process to stop.
        await db.SaveChangesAsync(CancellationToken.None);
        Moved(log, mail.Id.Value, mail.State, mail.Attempts);

        async Task Hand()
        {
            unsaved = true;
            mail.Hand();
            await db.SaveChangesAsync(cancellation);
            unsaved = false;
        }
    }

    private void Take(OutgoingMail mail, MailAnswer answer)
    {
        switch (answer.Verdict)
        {
            case MailVerdict.Taken:
                mail.Arrive(Now);
                break;
            case MailVerdict.NotNow:
                mail.Wait(Short(answer.Words), Now);
                break;
            default:
                mail.Refuse(Short(answer.Words));
                break;
        }
    }

    private static string Short(string reason)
    {
        var clean = string.Concat(reason.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        if (clean.Length <= LongestReason)
        {
            return clean;
        }
        // Not through the middle of a letter of two halves.
        return clean[..(LongestReason - (char.IsHighSurrogate(clean[LongestReason - 1]) ? 1 : 0))] + "…";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {Id}: {State}, attempt {Attempt}")]
    private static partial void Moved(ILogger logger, Guid id, MailState state, int attempt);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A mail was changed by somebody else meanwhile: this delivery stops."
    )]
    private static partial void Overtaken(ILogger logger);
}
