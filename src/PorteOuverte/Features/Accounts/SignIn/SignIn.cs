using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.SignIn;

public sealed record SignIn(string Email, string Password);

public sealed class SignInHandler(Passwords passwords, Sessions sessions, AuditTrail audit)
{
    public async Task<PasswordAnswer> Handle(SignIn command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (answer, person) = await passwords.Check(command.Email, command.Password, cancellation);
        if (person is not null)
        {
            audit.Did("sign-in.done", new Id<Person>(person.Id));
            await sessions.Begin(person, cancellation);
        }
        return answer;
    }
}
