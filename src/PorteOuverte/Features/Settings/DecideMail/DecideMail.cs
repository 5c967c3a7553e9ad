using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;

namespace PorteOuverte.Features.Settings.DecideMail;

public enum MailDecision
{
    /// <summary>Of an uncertain or a refused one.</summary>
    SendAgain,

    /// <summary>Of an uncertain one.</summary>
    Arrived,

    /// <summary>Of one that still waits.</summary>
    Cancel,
}

public sealed record DecideMail(Id<OutgoingMail> Id, MailDecision Decision);

/// <summary>What a person decides about a mail that cannot go its way by itself, or should not.</summary>
public sealed class DecideMailHandler(AppDb db, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    /// <exception cref="Refusal">The mail has moved on meanwhile.</exception>
    public async Task Handle(DecideMail command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var mail =
            await db.Mails.SingleOrDefaultAsync(m => m.Id == command.Id, cancellation)
            ?? throw new Refusal(SettingsText.Current["mailGone"]);
        var now = clock.GetUtcNow().UtcDateTime;
        switch (command.Decision)
        {
            case MailDecision.SendAgain:
                outbox.SendAgain(mail);
                break;
            case MailDecision.Arrived:
                mail.ConfirmArrival(now);
                break;
            default:
                mail.Cancel();
                break;
        }
        audit.Did(
            command.Decision switch
            {
                MailDecision.SendAgain => "mail.resent",
                MailDecision.Arrived => "mail.confirmed",
                _ => "mail.cancelled",
            },
            mail.Id
        );
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new Refusal(SettingsText.Current["mailMoved"]);
        }
    }
}
