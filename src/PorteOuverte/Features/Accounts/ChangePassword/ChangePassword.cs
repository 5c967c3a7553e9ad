using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ChangePassword;

public sealed record ChangePassword(string Current, string New);

/// <summary>Changes one's own password, and ends all other sessions.</summary>
public sealed class ChangePasswordHandler(
    AppDb db,
    UserManager<Person> people,
    Passwords passwords,
    PersonStore store,
    Sessions sessions,
    CurrentMember member,
    AuditTrail audit,
    FactorMail mail
)
{
    /// <returns>Whether the current one was right, and what to change in the new one; right and nothing: it is done.</returns>
    public async Task<(PasswordAnswer Current, IReadOnlyList<IdentityError> Errors)> Handle(
        ChangePassword command,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        var id = member.Person!.Value;
        var address = await db.People.Where(p => p.Id == id.Value).Select(p => p.Email!).SingleAsync(cancellation);
        var (answer, person) = await passwords.Check(address, command.Current, cancellation, signedIn: true);
        if (person is null)
        {
            return (answer, []);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var ended = await sessions.EndAll(id, member.Session, cancellation);
        audit.Did("password.changed", id, new { sessions = ended });
        await store.DropProposed(person, cancellation);
        var token = await people.GeneratePasswordResetTokenAsync(person);
        var changed = await people.ResetPasswordAsync(person, token, command.New);
        if (changed.Succeeded)
        {
            await transaction.CommitAsync(cancellation);
            await mail.Send(person, "passwordChanged", cancellation);
        }
        return (answer, [.. changed.Errors]);
    }
}
