using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.SetSecondFactor;

/// <param name="Key">While it is being set up: what the application must be given.</param>
/// <param name="CodesLeft">Recovery codes not used yet.</param>
public sealed record SecondFactor(bool IsOn, string Email, string? Key, int CodesLeft);

/// <summary>A second factor of one's own account: an authenticator application, and recovery codes for the day it is not at hand.</summary>
public sealed class SetSecondFactorHandler(
    AppDb db,
    UserManager<Person> people,
    Passwords passwords,
    Proof proof,
    PersonStore store,
    Sessions sessions,
    CurrentMember member,
    AuditTrail audit,
    FactorMail mail,
    TimeProvider clock
)
{
    public async Task<SecondFactor> Read(CancellationToken cancellation)
    {
        var person = await Me(cancellation);
        return new SecondFactor(
            person.TwoFactorEnabled,
            person.Email!,
            person.TwoFactorEnabled ? null : await store.Proposed(person, clock.GetUtcNow(), cancellation),
            person.TwoFactorEnabled ? await store.CountCodesAsync(person, cancellation) : 0
        );
    }

    /// <summary>Makes the key. For ten minutes it stays the same: whoever comes back to the page finds the picture already scanned.</summary>
    public async Task Begin(CancellationToken cancellation)
    {
        if (!await proof.IsFresh(cancellation))
        {
            return;
        }
        var person = await Me(cancellation);
        if (!person.TwoFactorEnabled && await store.Proposed(person, clock.GetUtcNow(), cancellation) is null)
        {
            await store.Propose(person, people.GenerateNewAuthenticatorKey(), clock.GetUtcNow(), cancellation);
            audit.Did("second-factor.begun", new Id<Person>(person.Id));
            // Of two presses at once one makes it, and both see it.
            person.ConcurrencyStamp = Id<Person>.New().ToString();
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    public async Task GiveUp(CancellationToken cancellation)
    {
        var person = await Me(cancellation);
        if (!person.TwoFactorEnabled)
        {
            await store.RemoveSecondFactor(person, cancellation);
            audit.Did("second-factor.given-up", new Id<Person>(person.Id));
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Turns it on when the code shows that the application has the key.</summary>
    /// <returns>The recovery codes, which can never be read again; null: the code is wrong, or the proof of who it is too long ago.</returns>
    /// <exception cref="Refusal">The account was changed at the same moment.</exception>
    public async Task<IReadOnlyList<string>?> Confirm(string code, CancellationToken cancellation)
    {
        var person = await Me(cancellation);
        if (!await proof.IsFresh(cancellation))
        {
            return null;
        }
        if (
            person.TwoFactorEnabled
            || await store.Proposed(person, clock.GetUtcNow(), cancellation) is not { } key
            || TimeCode.Step(key, code, clock.GetUtcNow(), after: null) is not { } step
        )
        {
            return null;
        }
        (person.TwoFactorEnabled, person.LastCodeStep) = (true, step);
        await store.SetAuthenticatorKeyAsync(person, key, cancellation);
        await store.DropProposed(person, cancellation);
        var codes = await store.NewCodes(person, cancellation);
        await Save(person, "second-factor.added", "secondFactorAdded", cancellation);
        return codes;
    }

    /// <returns>Whether the password was right, and then the new recovery codes in place of the old.</returns>
    public async Task<(PasswordAnswer Answer, IReadOnlyList<string>? Codes)> RenewCodes(
        string password,
        CancellationToken cancellation
    )
    {
        var (answer, person) = await Held(password, cancellation);
        if (person is null)
        {
            return (answer, null);
        }
        var codes = await store.NewCodes(person, cancellation);
        audit.Did("recovery-codes.renewed", new Id<Person>(person.Id));
        // Of two presses at once one saves: whoever sees codes sees those that are kept.
        person.ConcurrencyStamp = Id<Person>.New().ToString();
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Overtaken();
        }
        await mail.Send(person, "codesRenewed", cancellation);
        return (answer, codes);
    }

    /// <returns>Whether the password was right; it is off then.</returns>
    public async Task<PasswordAnswer> Remove(string password, CancellationToken cancellation)
    {
        var (answer, person) = await Held(password, cancellation);
        if (person is not null)
        {
            await store.RemoveSecondFactor(person, cancellation);
            await Save(person, "second-factor.removed", "secondFactorRemoved", cancellation);
        }
        return answer;
    }

    // Whoever is elsewhere in this account signs in anew, with what counts from now on; trusted browsers are forgotten.
    private async Task Save(Person person, string deed, string letter, CancellationToken cancellation)
    {
        audit.Did(deed, new Id<Person>(person.Id));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            if (!(await people.UpdateSecurityStampAsync(person)).Succeeded)
            {
                throw Overtaken();
            }
        }
        // The same press twice at once: both find no codes yet, and add them.
        catch (DbUpdateException)
        {
            throw Overtaken();
        }
        await sessions.EndAll(new Id<Person>(person.Id), member.Session, cancellation);
        await transaction.CommitAsync(cancellation);
        await mail.Send(person, letter, cancellation);
    }

    /// <summary>Nothing was saved, and nothing of it may be saved by whatever comes after.</summary>
    private Refusal Overtaken()
    {
        db.ChangeTracker.Clear();
        return new Refusal(AccountsText.Current["overtaken"]);
    }

    private async Task<(PasswordAnswer Answer, Person? Person)> Held(string password, CancellationToken cancellation)
    {
        var me = await Me(cancellation);
        return await passwords.Check(me.Email!, password, cancellation, signedIn: true);
    }

    private Task<Person> Me(CancellationToken cancellation) =>
        db.People.SingleAsync(p => p.Id == member.Person!.Value.Value, cancellation);
}
