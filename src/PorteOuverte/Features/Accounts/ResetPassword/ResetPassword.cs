using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounts.AskReset;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ResetPassword;

/// <param name="Code">Of the link.</param>
/// <param name="RemovePasskeys">Whether the passkeys go with the old password.</param>
public sealed record ResetPassword(string? Code, string Password, bool RemovePasskeys);

/// <summary>Sets the password of whoever holds the link, and ends every session: whoever was there without right is out. It signs in nobody.</summary>
public sealed class ResetPasswordHandler(
    AppDb db,
    UserManager<Person> people,
    PersonStore store,
    ResetLinks links,
    Sessions sessions,
    KnownBrowsers browsers,
    AuditTrail audit,
    FactorMail mail
)
{
    /// <returns>How many passkeys the account has; null: the link opens nothing.</returns>
    public async Task<int?> Open(string? code, CancellationToken cancellation) =>
        await links.Open(code, cancellation) is { } person
            ? await db.Passkeys.CountAsync(p => p.PersonId == person.Id, cancellation)
            : null;

    /// <returns>What to change in the form; nothing: it is done. Null: the link opens nothing any more.</returns>
    public async Task<IReadOnlyList<IdentityError>?> Handle(ResetPassword command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await links.Open(command.Code, cancellation) is not { } person)
        {
            return null;
        }
        var id = new Id<Person>(person.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var ended = await sessions.EndAll(id, except: null, cancellation);
        var mine = db.Passkeys.Where(p => p.PersonId == person.Id);
        var passkeys = command.RemovePasskeys
            ? await mine.ExecuteDeleteAsync(cancellation)
            : await mine.CountAsync(cancellation);
        audit.Did(
            "password.reset",
            id,
            command.RemovePasskeys ? new { sessions = ended, passkeys } : (object)new { sessions = ended }
        );
        // Who reads the mails of the account is let in again, whoever tried passwords meanwhile. Wrong codes stay counted: a code is still owed.
        (person.AccessFailedCount, person.LockoutEnd) = (0, null);
        await store.DropProposed(person, cancellation);
        var token = await people.GeneratePasswordResetTokenAsync(person);
        var changed = await people.ResetPasswordAsync(person, token, command.Password);
        if (!changed.Succeeded)
        {
            // Two who send the same link at once: the second comes too late.
            return changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure))
                ? null
                : [.. changed.Errors];
        }
        await transaction.CommitAsync(cancellation);
        if (!person.TwoFactorEnabled)
        {
            browsers.Remember(person);
        }
        var texts = FactorMail.Texts(person);
        await mail.Send(
            person,
            "passwordReset",
            cancellation,
            passkeys == 0 ? "" : texts.Count(command.RemovePasskeys ? "passkeysRemoved" : "passkeysKept", passkeys)
        );
        return [];
    }
}
