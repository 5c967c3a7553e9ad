using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

/// <summary>Where the framework finds people and their factors. The key of an authenticator stands there sealed, the recovery codes as hashes only.</summary>
/// <remarks>Nothing is saved here: the caller's save takes it along, with the line of the trail and the mail.</remarks>
public sealed class PersonStore(AppDb db, IDataProtectionProvider protection) : UserOnlyStore<Person, AppDb, Guid>(db)
{
    public const int RecoveryCodes = 10;

    // The framework's own names of its rows.
    private const string Provider = "[AspNetUserStore]";
    private const string Key = "AuthenticatorKey";
    private const string Codes = "RecoveryCodes";

    // A key that the application is shown, and has not answered for yet.
    private const string Proposal = "ProposedKey";

    private static readonly TimeSpan ToConfirm = TimeSpan.FromMinutes(10);

    // A code has 47 bits, which a fast hash would give away in a day; ten of them must still be made while somebody waits.
    private const int Iterations = 100_000;

    // No vowels and nothing that looks like something else: no words, no doubts.
    private const string Letters = "23456789BCDFGHJKMNPQRTVWXY";

    public override async Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.CreateAsync(user, cancellationToken);
        }
        catch (DbUpdateException error) when (error.IsTaken())
        {
            return AddressTaken(user);
        }
    }

    public override async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.UpdateAsync(user, cancellationToken);
        }
        catch (DbUpdateException error) when (error.IsTaken())
        {
            return AddressTaken(user);
        }
    }

    public override async Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } kept ? Seal(user).Unprotect(kept) : null;

    public override Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, Seal(user).Protect(key), cancellationToken);

    /// <summary>Keeps a key until a code confirms it, for ten minutes.</summary>
    public Task Propose(Person person, string key, DateTimeOffset now, CancellationToken cancellation) =>
        SetTokenAsync(
            person,
            Provider,
            Proposal,
            Seal(person).Protect(string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks} {key}")),
            cancellation
        );

    /// <returns>The key that waits to be confirmed; null: there is none, or it has waited too long.</returns>
    public async Task<string?> Proposed(Person person, DateTimeOffset now, CancellationToken cancellation) =>
        await GetTokenAsync(person, Provider, Proposal, cancellation) is { } kept
        && Seal(person).Unprotect(kept).Split(' ') is [var since, var key]
        && now.UtcTicks - long.Parse(since, CultureInfo.InvariantCulture) < ToConfirm.Ticks
            ? key
            : null;

    /// <summary>Whoever began with it may not have been the person.</summary>
    public Task DropProposed(Person person, CancellationToken cancellation) =>
        RemoveTokenAsync(person, Provider, Proposal, cancellation);

    public override Task ReplaceCodesAsync(
        Person user,
        IEnumerable<string> recoveryCodes,
        CancellationToken cancellationToken
    ) => base.ReplaceCodesAsync(user, recoveryCodes.Select(c => Hash(user, c)), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var kept = (await GetTokenAsync(user, Provider, Codes, cancellationToken) ?? "").Split(';');
        var hash = Hash(user, code);
        if (!kept.Contains(hash, StringComparer.Ordinal))
        {
            return false;
        }
        await base.ReplaceCodesAsync(user, kept.Where(c => c != hash), cancellationToken);
        return true;
    }

    /// <summary>Ten new codes in place of those there were; the only time they can be read.</summary>
    public async Task<IReadOnlyList<string>> NewCodes(Person person, CancellationToken cancellation)
    {
        string[] codes =
        [
            .. Enumerable
                .Range(0, RecoveryCodes)
                .Select(_ => RandomNumberGenerator.GetString(Letters, 10).Insert(5, "-")),
        ];
        await ReplaceCodesAsync(person, codes, cancellation);
        return codes;
    }

    /// <summary>Takes the second factor away, with its key and its codes.</summary>
    public async Task RemoveSecondFactor(Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        person.TwoFactorEnabled = false;
        (person.WrongCodes, person.CodesClosedUntil) = (0, null);
        await RemoveTokenAsync(person, Provider, Key, cancellation);
        await RemoveTokenAsync(person, Provider, Codes, cancellation);
        await DropProposed(person, cancellation);
    }

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
        Person user,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(user);
        var passkeys = await Context
            .Passkeys.AsNoTracking()
            .Where(p => p.PersonId == user.Id)
            .ToListAsync(cancellationToken);
        return [.. passkeys.Select(p => p.Info())];
    }

    public override Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Context
            .People.Where(p => Context.Passkeys.Any(k => k.PersonId == p.Id && k.CredentialId == credentialId))
            .SingleOrDefaultAsync(cancellationToken);

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Person user,
        byte[] credentialId,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(user);
        var passkey = await Context
            .Passkeys.AsNoTracking()
            .SingleOrDefaultAsync(p => p.PersonId == user.Id && p.CredentialId == credentialId, cancellationToken);
        return passkey?.Info();
    }

    // The framework looks for the address first; between the look and the save somebody else can take it.
    private static IdentityResult AddressTaken(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return IdentityResult.Failed(new IdentityErrorDescriber().DuplicateEmail(person.Email ?? ""));
    }

    private IDataProtector Seal(Person person) =>
        protection.CreateProtector("authenticator key", person.Id.ToString("N"));

    /// <summary>However it was typed: small letters, spaces and dashes make no difference.</summary>
    private static string Hash(Person person, string code) =>
        Convert.ToHexStringLower(
            Rfc2898DeriveBytes.Pbkdf2(
                Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant()),
                person.Id.ToByteArray(),
                Iterations,
                HashAlgorithmName.SHA512,
                32
            )
        );
}
