using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace PorteOuverte.Platform.Security;

/// <summary>Who has said the right password in this browser and owes the code. It opens nothing by itself.</summary>
public sealed class HalfSignIn(SignInManager<Person> signIns, IHttpContextAccessor http)
{
    private const string Stamp = "stamp";

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Whether the password is only half of it: there is a second factor, and this browser is not a trusted one.</summary>
    public async Task<bool> OwesCode(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        // Asked of the person alone: a key that cannot be read must not make the factor disappear.
        return person.TwoFactorEnabled && !await signIns.IsTwoFactorClientRememberedAsync(person);
    }

    public Task Begin(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Context.SignInAsync(
            IdentityConstants.TwoFactorUserIdScheme,
            new ClaimsPrincipal(
                new ClaimsIdentity(
                    [new Claim(ClaimTypes.Name, person.Id.ToString()), new Claim(Stamp, person.SecurityStamp!)],
                    IdentityConstants.TwoFactorUserIdScheme
                )
            )
        );
    }

    /// <summary>Null: the password was not said, or too long ago, or it is another one now.</summary>
    public async Task<Person?> Who()
    {
        var half = await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return
            await signIns.GetTwoFactorAuthenticationUserAsync() is { TwoFactorEnabled: true } person
            && half.Principal?.FindFirstValue(Stamp) == person.SecurityStamp
            ? person
            : null;
    }

    /// <summary>The code was right: nothing is owed any more.</summary>
    /// <param name="trust">Nor the next time, in this browser.</param>
    public async Task End(Person person, bool trust)
    {
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (trust)
        {
            await signIns.RememberTwoFactorClientAsync(person);
        }
    }
}
