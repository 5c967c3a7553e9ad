using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings.SendTestMail;

/// <summary>Writes a mail to whoever asks for it: whether mails leave, and arrive, is seen in a minute.</summary>
public sealed class SendTestMailHandler(AppDb db, Outbox outbox, AuditTrail audit, CurrentMember member)
{
    public async Task<Id<OutgoingMail>> Handle(CancellationToken cancellation)
    {
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == member.Person!.Value.Value, cancellation);
        var texts = SettingsText.Current;
        var mail = outbox.Add(
            new MailDraft(
                new Mailbox(person.Email!, person.Name),
                texts["testSubject"],
                texts.Format("testText", person.Name)
            )
        );
        audit.Did("mail.tested", mail.Id);
        await db.SaveChangesAsync(cancellation);
        return mail.Id;
    }
}
