using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

public enum PasswordAnswer
{
    Right,

    /// <summary>Unknown address, wrong password or account closed for a while: whoever asks is told one and the same.</summary>
    Wrong,

    /// <summary>Asked too often for this address, whether or not it has an account.</summary>
    TooOften,
}

/// <summary>Holds a password against the one we know. What it does and says is the same whether the account exists, is closed for a while or the password is wrong.</summary>
public sealed class Passwords(
    AppDb db,
    UserManager<Person> people,
    KnownBrowsers browsers,
    Knocks knocks,
    AuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>So many wrong ones in a row close the account, to browsers that are not the person's, for <see cref="Closed"/>.</summary>
    public const int MostTries = 10;

    public static readonly TimeSpan Closed = TimeSpan.FromMinutes(5);

    // What the password of an account that does not exist is held against. Made by the same hasher: it must cost the same.
    private static string? decoy;

    /// <summary>Counts and saves a failure; leaves it to the caller to say and to save what follows from a right one.</summary>
    /// <returns>The answer, and the person when it is right.</returns>
    /// <param name="address">The address that was typed.</param>
    /// <param name="signedIn">The person is signed in here, and asked for the password once more.</param>
    public async Task<(PasswordAnswer Answer, Person? Person)> Check(
        string address,
        string password,
        CancellationToken cancellation,
        bool signedIn = false
    )
    {
        var nobody = new Person { Name = "" };
        decoy ??= people.PasswordHasher.HashPassword(nobody, Id<Person>.New().ToString());
        var person = await Find(address);
        var known = person is not null && (signedIn || browsers.Knows(person));
        // A browser of the person's is counted apart: strangers cannot use up its tries.
        if (!knocks.May(known ? "own browser" : "sign-in", address))
        {
            return (PasswordAnswer.TooOften, null);
        }
        var verdict = people.PasswordHasher.VerifyHashedPassword(
            person ?? nobody,
            person?.PasswordHash ?? decoy,
            password
        );
        var now = clock.GetUtcNow();
        var closed = !known && person?.LockoutEnd > now;
        if (person?.PasswordHash is null || verdict == PasswordVerificationResult.Failed || closed)
        {
            await Refuse(person, counts: !known && !closed, closed, cancellation);
            return (PasswordAnswer.Wrong, null);
        }
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            person.PasswordHash = people.PasswordHasher.HashPassword(person, password);
        }
        // The tries at the code are counted apart: these are given back.
        (person.AccessFailedCount, person.LockoutEnd) = (0, null);
        return (PasswordAnswer.Right, person);
    }

    // What is no text is no address of anybody; PostgreSQL would refuse to look for a zero, .NET to normalize half a character.
    public async Task<Person?> Find(string address) =>
        CleanText.Line(address) == address.Trim() ? await people.FindByEmailAsync(address.Trim()) : null;

    /// <summary>Counts a failure and saves it. The same statements whatever the reason; without an account to count for, they find no row.</summary>
    /// <param name="counts">Whether it brings the account nearer to being closed.</param>
    private async Task Refuse(Person? person, bool counts, bool closed, CancellationToken cancellation)
    {
        DateTimeOffset? until = clock.GetUtcNow() + Closed;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var counted = counts && person is not null ? person.Id : Guid.Empty;
        // In the database and not here: of many tries at once, each counts.
        await db
            .People.Where(p => p.Id == counted)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(p => p.LockoutEnd, p => p.AccessFailedCount + 1 >= MostTries ? until : p.LockoutEnd)
                        .SetProperty(
                            p => p.AccessFailedCount,
                            p => p.AccessFailedCount + 1 >= MostTries ? 0 : p.AccessFailedCount + 1
                        ),
                cancellation
            );
        if (person is null)
        {
            // Not the address that was typed: people also type passwords there.
            audit.Did("sign-in.failed");
        }
        else
        {
            var last = counts && person.AccessFailedCount + 1 >= MostTries;
            audit.Did(
                closed ? "sign-in.locked"
                    : last ? "person.locked"
                    : "sign-in.failed",
                new Id<Person>(person.Id)
            );
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
