using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.EnterCode;

/// <param name="Code">What was typed: six digits of the application, or a recovery code.</param>
/// <param name="Trust">This browser is not asked again for thirty days.</param>
public sealed record EnterCode(string Code, bool Trust);

public enum EnterCodeOutcome
{
    Done,

    /// <summary>Also where the account is closed for a while.</summary>
    Wrong,
    TooOften,

    /// <summary>The password was not said, or too long ago.</summary>
    Over,
}

/// <summary>The second half of signing in, for whoever has said the right password in this browser.</summary>
public sealed class EnterCodeHandler(
    AppDb db,
    HalfSignIn half,
    PersonStore store,
    Passwords passwords,
    KnownBrowsers browsers,
    Knocks knocks,
    Sessions sessions,
    AuditTrail audit,
    TimeProvider clock
)
{
    public async Task<bool> IsExpected() => await half.Who() is not null;

    public async Task<EnterCodeOutcome> Handle(EnterCode command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await half.Who() is not { } person)
        {
            return EnterCodeOutcome.Over;
        }
        // As for the password: strangers can close the account to each other, and never to its owner.
        var known = browsers.Knows(person);
        if (!knocks.May(known ? "own code" : "code", person.Id.ToString("N")))
        {
            return EnterCodeOutcome.TooOften;
        }
        var closed = !known && person.LockoutEnd > clock.GetUtcNow();
        if (closed || await Take(person, command.Code, cancellation) is not { } with)
        {
            await passwords.Refuse(person, !known && !closed, closed, cancellation, "sign-in.code-refused");
            return EnterCodeOutcome.Wrong;
        }
        audit.Did("sign-in.done", new Id<Person>(person.Id), new { with });
        await sessions.Begin(person, cancellation);
        await half.End(person, command.Trust);
        return EnterCodeOutcome.Done;
    }

    /// <summary>Takes a code, so that nobody takes it again.</summary>
    /// <returns>What it was, or null.</returns>
    private async Task<string?> Take(Person person, string typed, CancellationToken cancellation)
    {
        var code = string.Concat(typed.Where(char.IsLetterOrDigit));
        string with;
        if (code.Length == TimeCode.Digits)
        {
            if (
                await store.GetAuthenticatorKeyAsync(person, cancellation) is not { } key
                || TimeCode.Step(key, code, clock.GetUtcNow(), person.LastCodeStep) is not { } step
            )
            {
                return null;
            }
            (person.LastCodeStep, with) = (step, "code");
        }
        else
        {
            if (!await store.RedeemCodeAsync(person, code, cancellation))
            {
                return null;
            }
            with = "recovery-code";
            audit.Did("recovery-code.used", new Id<Person>(person.Id));
        }
        (person.AccessFailedCount, person.LockoutEnd) = (0, null);
        // Two who send the same code at the same moment have read the same stamp: the second finds it changed.
        person.ConcurrencyStamp = Id<Person>.New().ToString();
        try
        {
            await db.SaveChangesAsync(cancellation);
            return with;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }
}
