using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.AskReset;

/// <summary>The errand behind a forgotten password: looks whose address it is, and writes to them, if it is anybody's.</summary>
internal sealed class SendResetLink(AppDb db, Passwords passwords, ResetLinks links, Outbox outbox, AuditTrail audit)
    : IErrand
{
    public const string Name = "send-reset-link";

    public async Task<DateTime?> Run(ErrandCall call, CancellationToken stop)
    {
        if (await passwords.Find(call.Argument) is { } person)
        {
            var passkeys = await db.Passkeys.CountAsync(p => p.PersonId == person.Id, stop);
            var texts = new Texts(typeof(AskResetText), CultureInfo.GetCultureInfo(person.Language));
            outbox.Add(
                new MailDraft(
                    new Mailbox(person.Email!, person.Name),
                    texts["mailSubject"],
                    texts.Format(
                        "mailText",
                        person.Name,
                        links.For(person),
                        passkeys == 0 ? "" : " " + texts.Count("mailPasskeys", passkeys)
                    )
                )
                {
                    Confidential = true,
                }
            );
            audit.Did("password.link-sent", new Id<Person>(person.Id));
            await db.SaveChangesAsync(stop);
        }
        return null;
    }
}
