using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounts.AskReset;

/// <param name="Email">The address as it was typed.</param>
public sealed record AskReset(string Email);

/// <summary>Asks for a link to a new password. Here nobody looks whether the address has an account: neither words nor time can tell. The errand looks, later and elsewhere.</summary>
public sealed class AskResetHandler(
    AppDb db,
    CurrentWorkspace workspace,
    Wakeups wakeups,
    Knocks knocks,
    AuditTrail audit,
    TimeProvider clock
)
{
    private const int LongestAddress = 254;

    public async Task Handle(AskReset command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var address = command.Email.Trim();
        // Whatever is wrong with the text alone tells nothing of who has an account.
        if (address.Length > LongestAddress || address.Any(char.IsControl) || !knocks.May("forgot", address))
        {
            return;
        }
        workspace.Enter(Workspace.House);
        wakeups.At(SendResetLink.Name, address, clock.GetUtcNow().UtcDateTime);
        audit.Did("password.forgotten");
        await db.SaveChangesAsync(cancellation);
    }
}
