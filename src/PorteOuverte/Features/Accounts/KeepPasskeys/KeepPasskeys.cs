using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.KeepPasskeys;

/// <summary>Instants are UTC.</summary>
public sealed record PasskeyRow(Id<Passkey> Id, string Name, DateTime CreatedAt, DateTime? LastUsedAt);

public sealed record PasskeysPage(IReadOnlyList<PasskeyRow> Passkeys, TimeZoneInfo Zone, DateOnly Today);

/// <summary>The passkeys of one's own account.</summary>
public sealed class KeepPasskeysHandler(
    AppDb db,
    SignInManager<Person> signIns,
    CurrentMember member,
    Proof proof,
    AuditTrail audit,
    FactorMail mail,
    TimeProvider clock
)
{
    private Guid Mine => member.Person!.Value.Value;

    public async Task<PasskeysPage> List(CancellationToken cancellation)
    {
        var passkeys = await db
            .Passkeys.AsNoTracking()
            .Where(p => p.PersonId == Mine)
            .OrderBy(p => p.Id)
            .Select(p => new PasskeyRow(p.Id, p.Name, p.CreatedAt, p.LastUsedAt))
            .ToListAsync(cancellation);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(
            await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation)
        );
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date);
        return new PasskeysPage(passkeys, zone, today);
    }

    /// <summary>Adds the key that a device has just made.</summary>
    /// <param name="credential">What the browser answered to the options it was given.</param>
    /// <returns>Null: the answer is not one to the question that was put, or not of this site; or the proof of who it is was too long ago.</returns>
    public async Task<Id<Passkey>?> Add(string credential, string name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(credential);
        if (credential.Length == 0 || !await proof.IsFresh(cancellation))
        {
            return null;
        }
        PasskeyAttestationResult made;
        try
        {
            made = await signIns.PerformPasskeyAttestationAsync(credential);
        }
        // No question was put in this browser, or another one since.
        catch (InvalidOperationException)
        {
            return null;
        }
        if (!made.Succeeded || made.UserEntity.Id != Mine.ToString())
        {
            return null;
        }
        var person = await Me(cancellation);
        var passkey = new Passkey(person, made.Passkey, Named(name), clock.GetUtcNow().UtcDateTime);
        db.Add(passkey);
        audit.Did("passkey.added", passkey.Id);
        await db.SaveChangesAsync(cancellation);
        await mail.Send(person, "passkeyAdded", cancellation, passkey.Name);
        return passkey.Id;
    }

    /// <returns>False: there is none.</returns>
    public async Task<bool> Rename(Id<Passkey> id, string name, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } passkey)
        {
            return false;
        }
        passkey.Name = Named(name);
        audit.Did("passkey.renamed", id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <returns>False: there is none, or the proof of who it is was too long ago.</returns>
    /// <exception cref="Refusal">Nobody could sign in any more.</exception>
    public async Task<bool> Remove(Id<Passkey> id, CancellationToken cancellation)
    {
        if (!await proof.IsFresh(cancellation) || await Find(id, cancellation) is not { } passkey)
        {
            return false;
        }
        var person = await Me(cancellation);
        if (person.PasswordHash is null && await db.Passkeys.CountAsync(p => p.PersonId == Mine, cancellation) == 1)
        {
            throw new Refusal(KeepPasskeysText.Current["lastWay"]);
        }
        db.Remove(passkey);
        audit.Did("passkey.removed", id);
        await db.SaveChangesAsync(cancellation);
        await mail.Send(person, "passkeyRemoved", cancellation, passkey.Name);
        return true;
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/e/{workspace}/account/passkeys/options",
                async ([FromForm] IFormCollection _, KeepPasskeysHandler handler, CancellationToken cancellation) =>
                    await handler.Options(cancellation) is { } options
                        ? Results.Content(options, "application/json", Encoding.UTF8)
                        : Results.StatusCode(StatusCodes.Status409Conflict)
            )
            .Needs(Role.Reader);

    /// <summary>The question put to the device; the answer is expected from this browser. None where the key would not be taken: the device would keep it for nothing.</summary>
    private async Task<string?> Options(CancellationToken cancellation)
    {
        if (!await proof.IsFresh(cancellation))
        {
            return null;
        }
        var person = await Me(cancellation);
        return await signIns.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = person.Id.ToString(),
                Name = person.Email!,
                DisplayName = person.Name,
            }
        );
    }

    private static string Named(string name) =>
        name.Trim() is { Length: > 0 and <= Passkey.LongestName } given
            ? given
            : throw new Refusal(KeepPasskeysText.Current["nameWrong"]);

    private Task<Passkey?> Find(Id<Passkey> id, CancellationToken cancellation) =>
        db.Passkeys.SingleOrDefaultAsync(p => p.Id == id && p.PersonId == Mine, cancellation);

    private Task<Person> Me(CancellationToken cancellation) => db.People.SingleAsync(p => p.Id == Mine, cancellation);
}
