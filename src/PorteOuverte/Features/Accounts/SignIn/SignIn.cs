using Microsoft.AspNetCore.Identity;
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

public sealed class SignInHandler(UserManager<Person> people, SignInManager<Person> signIns)
{
    // An unknown address costs the same time as a known one: a password is verified against this.
    private static readonly Lazy<string> Decoy = new(() => new PasswordHasher<Person>().HashPassword(null!, "porte"));

    public async Task<SignInOutcome> Handle(SignIn command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await people.FindByEmailAsync(command.Email) is not { } person)
        {
            people.PasswordHasher.VerifyHashedPassword(null!, Decoy.Value, command.Password);
            return SignInOutcome.Wrong;
        }
        var result = await signIns.PasswordSignInAsync(
            person,
            command.Password,
            isPersistent: true,
            lockoutOnFailure: true
        );
        return result.Succeeded ? SignInOutcome.Done
            : result.IsLockedOut ? SignInOutcome.Locked
            : SignInOutcome.Wrong;
    }
}
