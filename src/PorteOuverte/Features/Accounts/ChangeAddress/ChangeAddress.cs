using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounts.EditAccount;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ChangeAddress;

public sealed record AskNewAddress(string Email, string Password);

/// <param name="Code">Of the link in the mail.</param>
public sealed record TakeNewAddress(string? Code);

public enum AskOutcome
{
    Sent,
    WrongPassword,
    TooOften,
    Same,
}

/// <summary>Changes the address one signs in with: with the password, confirmed from the new address, told to the old one.</summary>
public sealed class ChangeAddressHandler(
    AppDb db,
    UserManager<Person> people,
    Passwords passwords,
    Sessions sessions,
    CurrentWorkspace workspace,
    CurrentMember member,
    Outbox outbox,
    ServerSettings server,
    AuditTrail audit,
    IServiceScopeFactory scopes,
    IDataProtectionProvider protection
)
{
    private static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    private ITimeLimitedDataProtector Seal => protection.CreateProtector("new address").ToTimeLimitedDataProtector();

    /// <exception cref="Refusal">The address cannot be written to.</exception>
    public async Task<AskOutcome> Handle(AskNewAddress command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var to = new Mailbox(command.Email);
        var person = await db.People.SingleAsync(p => p.Id == member.Person!.Value.Value, cancellation);
        var (answer, _) = await passwords.Check(person.Email!, command.Password, cancellation, signedIn: true);
        if (answer != PasswordAnswer.Right)
        {
            return answer == PasswordAnswer.TooOften ? AskOutcome.TooOften : AskOutcome.WrongPassword;
        }
        if (string.Equals(to.Address, person.Email, StringComparison.OrdinalIgnoreCase))
        {
            return AskOutcome.Same;
        }
        // Of an address that is somebody else's nothing is said: here it would tell who has an account.
        if (await people.FindByEmailAsync(to.Address) is null)
        {
            var asked = new Asked(person.Id, to.Address, person.SecurityStamp!);
            var code = Seal.Protect(JsonSerializer.Serialize(asked), Valid);
            var texts = AccountText.In(CultureInfo.GetCultureInfo(person.Language));
            // One's own affair, not the workspace's: its owner does not find it among the mails.
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(Workspace.House);
            scope
                .ServiceProvider.GetRequiredService<CurrentMember>()
                .Identify(member.Person, member.From, member.Session);
            scope
                .ServiceProvider.GetRequiredService<Outbox>()
                .Add(
                    new MailDraft(
                        to,
                        texts["mailSubject"],
                        texts.Format("mailText", person.Name, server.Link("/new-address?code=" + code))
                    )
                    {
                        Confidential = true,
                    }
                );
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Did("person.address-asked", member.Person!.Value);
            await scope.ServiceProvider.GetRequiredService<AppDb>().SaveChangesAsync(cancellation);
        }
        return AskOutcome.Sent;
    }

    /// <returns>The address that the link would bring; null: it opens nothing.</returns>
    public async Task<string?> AddressOf(string? code) => await Read(code) is var (_, email) ? email : null;

    /// <exception cref="Refusal">The link opens nothing any more.</exception>
    public async Task<string> Handle(TakeNewAddress command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await Read(command.Code) is not var (person, email))
        {
            throw Over();
        }
        var texts = AccountText.In(CultureInfo.GetCultureInfo(person.Language));
        workspace.Enter(Workspace.House);
        outbox.Add(
            new MailDraft(
                new Mailbox(person.Email!, person.Name),
                texts["oldSubject"],
                texts.Format("oldText", person.Name)
            )
        );
        var id = new Id<Person>(person.Id);
        // The browser of this request stays signed in, if it is theirs.
        var session = member.Person == id ? member.Session : null;
        member.Identify(id, member.From, session);
        audit.Did("person.address-changed", id);
        person.Email = person.UserName = email;
        person.EmailConfirmed = true;
        // The link works once.
        person.SecurityStamp = Id<Person>.New().ToString();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!(await people.UpdateAsync(person)).Succeeded)
        {
            throw Over();
        }
        await sessions.EndAll(id, session, cancellation);
        await transaction.CommitAsync(cancellation);
        return email;
    }

    private async Task<(Person Person, string Email)?> Read(string? code)
    {
        try
        {
            return
                code is { Length: > 0 }
                && JsonSerializer.Deserialize<Asked>(Seal.Unprotect(code)) is { } asked
                && await db.People.SingleOrDefaultAsync(p => p.Id == asked.Person) is { } person
                && person.SecurityStamp == asked.Stamp
                ? (person, asked.Email)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Refusal Over() => new(AccountText.Current["linkOver"]);

    private sealed record Asked(Guid Person, string Email, string Stamp);
}
