using Microsoft.AspNetCore.Identity;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.SignIn;

public sealed record SignIn(string Email, string Password);

public enum SignInOutcome
{
    Done,

    /// <summary>One answer for an unknown address and a wrong password: it says nothing of who has an account.</summary>
    Wrong,
    Locked,
}

public sealed class SignInHandler(
    AppDb db,
    UserManager<Person> people,
    SignInManager<Person> signIns,
    Sessions sessions,
    AuditTrail audit
)
{
    // An unknown address costs the same time as a known one: a password is verified against this.
    private static readonly Lazy<string> Decoy = new(() => new PasswordHasher<Person>().HashPassword(null!, "porte"));

    public async Task<SignInOutcome> Handle(SignIn command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await people.FindByEmailAsync(command.Email) is not { } person)
        {
            people.PasswordHasher.VerifyHashedPassword(null!, Decoy.Value, command.Password);
            // Not the address that was typed: people also type passwords there.
            audit.Did("sign-in.failed");
            await db.SaveChangesAsync();
            return SignInOutcome.Wrong;
        }
        var result = await signIns.CheckPasswordSignInAsync(person, command.Password, lockoutOnFailure: true);
        var outcome =
            result.Succeeded ? SignInOutcome.Done
            : result.IsLockedOut ? SignInOutcome.Locked
            : SignInOutcome.Wrong;
        var id = new Id<Person>(person.Id);
        switch (outcome)
        {
            case SignInOutcome.Done:
                audit.Did("sign-in.done", id);
                await sessions.Begin(person);
                return outcome;
            case SignInOutcome.Locked:
                audit.Did("sign-in.locked", id);
                break;
            default:
                audit.Did("sign-in.failed", id);
                break;
        }
        await db.SaveChangesAsync();
        return outcome;
    }
}
