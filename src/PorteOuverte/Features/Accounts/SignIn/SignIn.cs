using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.SignIn;

public sealed record SignIn(string Email, string Password);

public sealed class SignInHandler(AppDb db, Passwords passwords, Sessions sessions, HalfSignIn half, AuditTrail audit)
{
    /// <returns>The answer, and whether a code is owed before the person is in.</returns>
    public async Task<(PasswordAnswer Answer, bool CodeOwed)> Handle(SignIn command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (answer, person) = await passwords.Check(command.Email, command.Password, cancellation);
        if (person is not null && await half.OwesCode(person))
        {
            audit.Did("sign-in.code-owed", new Id<Person>(person.Id));
            await db.SaveChangesAsync(cancellation);
            await half.Begin(person);
            return (answer, true);
        }
        if (person is not null)
        {
            audit.Did("sign-in.done", new Id<Person>(person.Id));
            await sessions.Begin(person, cancellation);
        }
        return (answer, false);
    }
}
