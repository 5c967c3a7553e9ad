using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>Tells people by mail that a way into their account was added, changed or removed: if it was not them, they learn of it.</summary>
/// <remarks>It is one's own affair and not the workspace's: its owner neither finds it among the mails nor cancels it.</remarks>
public sealed class FactorMail(IServiceScopeFactory scopes, ServerSettings server, TimeProvider clock)
{
    // The hour of those we write to, who may be in no workspace or in several.
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    internal static Texts Texts(Person person) =>
        new(typeof(FactorMailText), CultureInfo.GetCultureInfo(person.Language));

    /// <summary>Sends it from the house, in the language of the person. After the change is saved: it is written beside it.</summary>
    /// <param name="what">The beginning of its texts: <c>secondFactorAdded</c>.</param>
    public async Task Send(Person person, string what, CancellationToken cancellation, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(person);
        var texts = Texts(person);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(Workspace.House);
        scope
            .ServiceProvider.GetRequiredService<Outbox>()
            .Add(
                new MailDraft(
                    new Mailbox(person.Email!, person.Name),
                    texts[what + "Subject"],
                    texts.Format(
                        "letter",
                        person.Name,
                        texts.Format(what + "Text", values),
                        texts.Figures.Instant(clock.GetUtcNow().UtcDateTime, Zone),
                        server.Link("/forgot")
                    )
                )
            );
        await scope.ServiceProvider.GetRequiredService<AppDb>().SaveChangesAsync(cancellation);
    }
}
