using System.Text;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Platform.Mail;

/// <summary>A mail to write. The text is always there; HTML is the same, dressed.</summary>
public sealed record MailDraft(Mailbox To, string Subject, string Text)
{
    public string? Html { get; init; }

    /// <summary>Where an answer goes, if not to the sender.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>In whose name it is sent; the address is always the one of the settings, which the server allows.</summary>
    public string? FromName { get; init; }

    /// <summary>It holds a key meant for its reader alone: the settings do not show its text, and it is emptied once it is handed over, refused or withdrawn. In doubt it waits for a person, with its text.</summary>
    public bool Confidential { get; init; }
}

/// <summary>Where mails are put to be sent. It writes a row, saved with the change it speaks of: neither goes without the other.</summary>
public sealed class Outbox(AppDb db, MailSettings settings, Wakeups wakeups, TimeProvider clock)
{
    /// <summary>Adds the mail to the workspace entered. The caller saves.</summary>
    public OutgoingMail Add(MailDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var now = clock.GetUtcNow().UtcDateTime;
        var from = draft.FromName is { } name ? new Mailbox(settings.From.Address, name) : settings.From;
        var mail = new OutgoingMail(from, draft.To, settings.PublicHost, now)
        {
            ReplyTo = draft.ReplyTo?.Address,
            Subject = Mailbox.OneLine(Stored(draft.Subject.Trim())),
            Text = Stored(draft.Text),
            Html = draft.Html is null ? null : Stored(draft.Html),
            Confidential = draft.Confidential,
        };
        db.Add(mail);
        wakeups.At(DeliverMail.Name, "", now);
        return mail;
    }

    /// <summary>Sends a mail again that is refused or uncertain, under the same number. The caller saves.</summary>
    public void SendAgain(OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var now = clock.GetUtcNow().UtcDateTime;
        mail.SendAgain(now);
        wakeups.At(DeliverMail.Name, "", now);
    }

    // Half a letter or a zero byte, pasted from somewhere, must not keep the whole change from being saved.
    private static string Stored(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);
}
