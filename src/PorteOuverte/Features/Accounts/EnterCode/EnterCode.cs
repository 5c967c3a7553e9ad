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

    Wrong,
    TooOften,

    /// <summary>Too many wrong ones: none is taken for a while, and it is not said whether this one is right.</summary>
    Closed,

    /// <summary>The password was not said, or too long ago.</summary>
    Over,
}

/// <summary>The second half of signing in, for whoever has said the right password in this browser.</summary>
public sealed class EnterCodeHandler(
    AppDb db,
    HalfSignIn half,
    PersonStore store,
    KnownBrowsers browsers,
    Knocks knocks,
    Sessions sessions,
    AuditTrail audit,
    FactorMail mail,
    TimeProvider clock
)
{
    /// <summary>So many wrong ones close the door to codes; so many more close it for twice as long.</summary>
    public const int MostTries = 10;

    private static readonly TimeSpan ClosedFirst = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClosedAtMost = TimeSpan.FromHours(24);

    public async Task<bool> IsExpected() => await half.Who() is not null;

    public async Task<EnterCodeOutcome> Handle(EnterCode command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await half.Who() is not { } person)
        {
            return EnterCodeOutcome.Over;
        }
        if (!knocks.May(browsers.Knows(person) ? "own code" : "code", person.Id.ToString("N")))
        {
            return EnterCodeOutcome.TooOften;
        }
        var id = new Id<Person>(person.Id);
        // To every browser: who guesses here has the password. A passkey or a trusted browser opens all the same.
        if (person.CodesClosedUntil > clock.GetUtcNow().UtcDateTime)
        {
            audit.Did("sign-in.codes-closed", id);
            await db.SaveChangesAsync(cancellation);
            return EnterCodeOutcome.Closed;
        }
        if (await Take(person, command.Code, cancellation) is not { } with)
        {
            await Count(person, cancellation);
            return EnterCodeOutcome.Wrong;
        }
        audit.Did("sign-in.done", id, new { with });
        await sessions.Begin(person, cancellation);
        await half.End(person, command.Trust);
        return EnterCodeOutcome.Done;
    }

    /// <summary>Counts a wrong code, in the database and not here: of many at once, each counts. Only a right code begins anew.</summary>
    private async Task Count(Person person, CancellationToken cancellation)
    {
        var id = new Id<Person>(person.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var one = db.People.Where(p => p.Id == person.Id);
        await one.ExecuteUpdateAsync(s => s.SetProperty(p => p.WrongCodes, p => p.WrongCodes + 1), cancellation);
        var wrong = await one.Select(p => p.WrongCodes).SingleAsync(cancellation);
        audit.Did("sign-in.code-refused", id);
        if (wrong % MostTries == 0)
        {
            var until = clock.GetUtcNow().UtcDateTime + ClosedAfter(wrong);
            await one.ExecuteUpdateAsync(s => s.SetProperty(p => p.CodesClosedUntil, until), cancellation);
            audit.Did("person.codes-closed", id);
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (wrong == MostTries)
        {
            await mail.Send(person, "codesGuessed", cancellation);
        }
    }

    /// <summary>5 minutes, 10, 20 … a day.</summary>
    internal static TimeSpan ClosedAfter(int wrong) =>
        ClosedFirst * Math.Pow(2, Math.Min(wrong / MostTries, 10) - 1) is var closed && closed < ClosedAtMost
            ? closed
            : ClosedAtMost;

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
        (person.WrongCodes, person.CodesClosedUntil) = (0, null);
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
