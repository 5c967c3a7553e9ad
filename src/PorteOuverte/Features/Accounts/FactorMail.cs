using System.Globalization;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>Tells people by mail that a way into their account was added or removed: if it was not them, they learn of it.</summary>
public sealed class FactorMail(Outbox outbox, CurrentWorkspace workspace, ServerSettings server)
{
    /// <summary>Adds the mail to the workspace entered, in the language of the person. The caller saves.</summary>
    /// <param name="what">The beginning of its texts: <c>secondFactorAdded</c>.</param>
    public void Add(Person person, string what, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(person);
        var texts = new Texts(typeof(FactorMailText), CultureInfo.GetCultureInfo(person.Language));
        outbox.Add(
            new MailDraft(
                new Mailbox(person.Email!, person.Name),
                texts[what + "Subject"],
                texts.Format(
                    "letter",
                    person.Name,
                    texts.Format(what + "Text", values),
                    server.Link($"/e/{workspace.Id}/account/security")
                )
            )
        );
    }
}
