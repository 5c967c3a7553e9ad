using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.Welcome;

/// <param name="Code">The code of the link printed when the server starts.</param>
public sealed record Welcome(
    string? Code,
    string WorkspaceName,
    string Name,
    string Email,
    string Password,
    string Language
);

/// <summary>Creates the first owner and the first workspace; possible once, with the code that only who runs the server has seen.</summary>
public sealed class WelcomeHandler(
    AppDb db,
    UserManager<Person> people,
    Sessions sessions,
    WorkspaceOpening opening,
    CurrentMember member,
    AuditTrail audit,
    TimeProvider clock,
    IDataProtectionProvider protection
)
{
    /// <summary>Whether the code opens something: it is right, and nobody has an account yet.</summary>
    public async Task<bool> IsOpen(string? code, CancellationToken cancellation) =>
        FirstOwnerLink.IsRight(protection, code) && !await db.People.AnyAsync(cancellation);

    /// <returns>The new workspace, or what to change in the form.</returns>
    /// <exception cref="Refusal">The address cannot be written to, or the link opens nothing any more.</exception>
    public async Task<(Id<Workspace>? Workspace, IReadOnlyList<IdentityError> Errors)> Handle(
        Welcome command,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        var email = new Mailbox(command.Email).Address;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurns(Turn.FirstOwner, cancellation);
        if (!await IsOpen(command.Code, cancellation))
        {
            throw new Refusal(AccountsText.Current["welcomeOver"]);
        }
        var now = clock.GetUtcNow().UtcDateTime;
        var person = new Person
        {
            UserName = email,
            Email = email,
            Name = command.Name,
            Language = command.Language,
            CreatedAt = now,
        };
        var personId = new Id<Person>(person.Id);
        // The session this browser came with ends where the new one begins.
        member.Identify(personId, member.From, member.Session);
        audit.Did("person.created", personId);
        var created = await people.CreateAsync(person, command.Password);
        if (!created.Succeeded)
        {
            return (null, [.. created.Errors]);
        }
        var id = await opening.Open(person.Id, command.WorkspaceName, command.Language, cancellation);
        await sessions.Begin(person, cancellation);
        await transaction.CommitAsync(cancellation);
        return (id, []);
    }
}
