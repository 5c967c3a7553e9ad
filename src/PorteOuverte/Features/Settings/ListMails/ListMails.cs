using PorteOuverte.Kernel;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Settings.ListMails;

public sealed record MailRow
{
    public Id<OutgoingMail> Id { get; init; }
    public string Subject { get; init; } = "";
    public string To { get; init; } = "";
    public string Address { get; init; } = "";
    public MailState State { get; init; }
    public int Attempts { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? SentAt { get; init; }
}

/// <summary>The outbox of the workspace, the newest first.</summary>
internal static class ListMails
{
    // What passes in an instant is not worth a choice.
    private static readonly MailState[] States =
    [
        MailState.Queued,
        MailState.Uncertain,
        MailState.Refused,
        MailState.Sent,
        MailState.Cancelled,
    ];

    public static TableOf<MailRow> Table()
    {
        var texts = SettingsText.Current;
        return TableOf<MailRow>
            .By(
                "mails",
                texts["mails"],
                db =>
                    db.Mails.Select(m => new MailRow
                    {
                        Id = m.Id,
                        Subject = m.Subject,
                        To = m.ToName ?? m.ToAddress,
                        Address = m.ToAddress,
                        State = m.State,
                        Attempts = m.Attempts,
                        CreatedAt = m.CreatedAt,
                        SentAt = m.SentAt,
                    }),
                m => m.Id
            )
            .Text("subject", texts["mailSubject"], m => m.Subject, link: m => $"{m.Id}")
            .Text("to", texts["mailTo"], m => m.To)
            .Text("address", texts["mailAddress"], m => m.Address, shown: false)
            .Badge(
                "state",
                texts["mailState"],
                m => m.State,
                state => (MailStateTag.ToneOf(state), texts["mail_" + state])
            )
            .Instant("created", texts["mailWritten"], m => m.CreatedAt)
            .Instant("sent", texts["mailSent"], m => m.SentAt, shown: false)
            .Number("attempts", texts["mailAttempts"], m => m.Attempts, shown: false)
            .Filter("state", texts["mailState"], m => m.State, States.Select(s => (s, texts["mailMany_" + s])))
            .Search(m => m.Subject, m => m.To, m => m.Address)
            .SortedBy("-created");
    }
}
