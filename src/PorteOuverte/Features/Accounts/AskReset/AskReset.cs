using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;

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
    public const string Address = "/forgot/ask";
    public const string Field = "email";
    private const int LongestAddress = 254;
    private const int MostToOne = 3;

    public async Task Handle(AskReset command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var address = command.Email.Trim();
        // Whatever is wrong with the text alone tells nothing of who has an account.
        if (
            address.Length > LongestAddress
            || CleanText.Line(address) != address
            || !knocks.May("forgot", address, MostToOne, TimeSpan.FromHours(1))
        )
        {
            return;
        }
        workspace.Enter(Workspace.House);
        wakeups.At(SendResetLink.Name, address, clock.GetUtcNow().UtcDateTime);
        audit.Did("password.forgotten");
        await db.SaveChangesAsync(cancellation);
    }

    // Not a page's own form: its redirection repeats the page with what was typed, and this answer is to be the same for everybody.
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                Address,
                async (
                    [FromForm(Name = Field)] string? email,
                    AskResetHandler handler,
                    CancellationToken cancellation
                ) =>
                {
                    if (string.IsNullOrWhiteSpace(email))
                    {
                        return Results.LocalRedirect("/forgot");
                    }
                    await handler.Handle(new AskReset(email), cancellation);
                    return Results.LocalRedirect("/forgot/sent");
                }
            )
            .OpenToAll()
            .RequireRateLimiting(Limits.Knocking);
}
