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

namespace PorteOuverte.Features.Accounts.SignInWithPasskey;

/// <summary>Signs in whoever holds a passkey: it stands for the password and the code at once.</summary>
/// <remarks>Also where too many wrong passwords have locked the account: nobody guesses a passkey, and a stranger must not lock its owner out.</remarks>
public sealed class SignInWithPasskeyHandler(
    AppDb db,
    SignInManager<Person> signIns,
    Sessions sessions,
    AuditTrail audit,
    TimeProvider clock
)
{
    /// <param name="credential">What the browser answered to the question put to it.</param>
    public async Task<bool> Handle(string credential, CancellationToken cancellation)
    {
        PasskeyAssertionResult<Person>? seen = null;
        try
        {
            seen = credential.Length > 0 ? await signIns.PerformPasskeyAssertionAsync(credential) : null;
        }
        catch (InvalidOperationException)
        {
            // No question was put in this browser, or another one since.
        }
        if (seen is not { Succeeded: true })
        {
            audit.Did("sign-in.passkey-refused");
            await db.SaveChangesAsync(cancellation);
            return false;
        }
        var passkey = await db.Passkeys.SingleAsync(p => p.CredentialId == seen.Passkey.CredentialId, cancellation);
        passkey.Use(seen.Passkey, clock.GetUtcNow().UtcDateTime);
        audit.Did("sign-in.done", new Id<Person>(seen.User.Id), new { with = "passkey" });
        await sessions.Begin(seen.User, cancellation);
        return true;
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/sign-in/passkey",
                // The same question for everybody: it says nothing of who has an account.
                async ([FromForm] IFormCollection _, SignInManager<Person> signIns) =>
                    Results.Content(
                        await signIns.MakePasskeyRequestOptionsAsync(null),
                        "application/json",
                        Encoding.UTF8
                    )
            )
            .OpenToAll();
}
