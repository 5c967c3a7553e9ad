using System.Text;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Mail;

/// <summary>A mail to write. The text is always there; HTML is the same, dressed.</summary>
public sealed record MailDraft(Mailbox To, string Subject, string Text)
{
    public string? Html { get; init; }

    /// <summary>Where an answer goes, if not to the sender.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>In whose name it is sent; the address is always the one of the settings, which the server allows.</summary>
    public string? FromName { get; init; }
}

/// <summary>Where mails are put to be sent. It writes a row, saved with the change it speaks of: neither goes without the other.</summary>
public sealed class Outbox
{
    private readonly AppDb db;
    private readonly MailSettings settings;
    private readonly TimeProvider clock;
    private readonly RingAfterCommit bell;

    internal Outbox(AppDb db, MailSettings settings, TimeProvider clock, RingAfterCommit bell) =>
        (this.db, this.settings, this.clock, this.bell) = (db, settings, clock, bell);

    /// <summary>Adds the mail to the workspace entered. The caller saves.</summary>
    public OutgoingMail Add(MailDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var from = draft.FromName is { } name ? new Mailbox(settings.From.Address, name) : settings.From;
        var mail = new OutgoingMail(from, draft.To, settings.PublicHost, clock.GetUtcNow().UtcDateTime)
        {
            ReplyTo = draft.ReplyTo?.Address,
            Subject = Mailbox.OneLine(Stored(draft.Subject.Trim())),
            Text = Stored(draft.Text),
            Html = draft.Html is null ? null : Stored(draft.Html),
        };
        db.Add(mail);
        bell.MailAdded();
        return mail;
    }

    // Half a letter or a zero byte, pasted from somewhere, must not keep the whole change from being saved.
    private static string Stored(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);
}
