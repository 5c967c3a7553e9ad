using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.SignUp;

/// <param name="Open">Whether a stranger may open a workspace here: a hosted service; closed where nobody says so.</param>
public sealed record SignUpSettings(bool Open)
{
    public static SignUpSettings Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new SignUpSettings(bool.TryParse(settings["OpenSignUp"], out var open) && open);
    }
}

public sealed record SignUp(string WorkspaceName, string Name, string Email, string Password);

/// <param name="Code">Of the link in the mail.</param>
public sealed record ConfirmSignUp(string? Code);

/// <summary>Somebody asks for an account and a workspace; both begin when the address is confirmed, and until then stand in the link alone.</summary>
public sealed class SignUpHandler(
    AppDb db,
    UserManager<Person> people,
    Sessions sessions,
    WorkspaceOpening opening,
    CurrentWorkspace workspace,
    CurrentMember member,
    Outbox outbox,
    Knocks knocks,
    ServerSettings server,
    AuditTrail audit,
    TimeProvider clock,
    IDataProtectionProvider protection
)
{
    // Whoever asks is a stranger, and so may be whoever is written to.
    private const int MostToOne = 3;
    private static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    private ITimeLimitedDataProtector Seal => protection.CreateProtector("sign-up").ToTimeLimitedDataProtector();

    /// <summary>Whoever asks gets the same answer and waits as long, whether the address has an account or not: only its mailbox learns which.</summary>
    /// <exception cref="Refusal">The address cannot be written to.</exception>
    public async Task Handle(SignUp command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var to = new Mailbox(command.Email);
        if (!knocks.May("sign-up", to.Address, MostToOne, TimeSpan.FromHours(1)))
        {
            throw new Refusal(SignUpText.Current["askedOften"]);
        }
        var asked = new Asked(
            CleanText.Line(command.WorkspaceName),
            CleanText.Line(command.Name),
            to.Address,
            people.PasswordHasher.HashPassword(null!, command.Password),
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName
        );
        var code = Seal.Protect(JsonSerializer.Serialize(asked), Valid);
        var known = await people.FindByEmailAsync(to.Address);
        var texts = known is null ? SignUpText.Current : SignUpText.In(CultureInfo.GetCultureInfo(known.Language));
        workspace.Enter(Workspace.House);
        outbox.Add(
            known is null
                ? new MailDraft(
                    to,
                    texts["mailSubject"],
                    texts.Format("mailText", server.Link("/sign-up/confirm?code=" + code))
                )
                {
                    Confidential = true,
                }
                : new MailDraft(to, texts["knownSubject"], texts.Format("knownText", server.Link("/sign-in")))
        );
        audit.Did("sign-up.asked");
        await db.SaveChangesAsync(cancellation);
    }

    /// <returns>The name of the workspace that the link would open; null: it opens nothing.</returns>
    public async Task<string?> NameOf(string? code) =>
        Read(code) is { } asked && await people.FindByEmailAsync(asked.Email) is null ? asked.Workspace : null;

    /// <exception cref="Refusal">The link opens nothing any more.</exception>
    public async Task<Id<Workspace>> Handle(ConfirmSignUp command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var asked = Read(command.Code) ?? throw Over();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var person = new Person
        {
            UserName = asked.Email,
            Email = asked.Email,
            EmailConfirmed = true,
            PasswordHash = asked.PasswordHash,
            Name = asked.Name,
            Language = asked.Language,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        var personId = new Id<Person>(person.Id);
        // The session this browser came with ends where the new one begins.
        member.Identify(personId, member.From, member.Session);
        audit.Did("person.created", personId);
        if (!(await people.CreateAsync(person)).Succeeded)
        {
            throw Over();
        }
        var id = await opening.Open(person.Id, asked.Workspace, asked.Language, cancellation);
        await sessions.Begin(person, cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    private Asked? Read(string? code)
    {
        try
        {
            return code is { Length: > 0 } ? JsonSerializer.Deserialize<Asked>(Seal.Unprotect(code)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Refusal Over() => new(SignUpText.Current["linkOver"]);

    private sealed record Asked(string Workspace, string Name, string Email, string PasswordHash, string Language);
}
