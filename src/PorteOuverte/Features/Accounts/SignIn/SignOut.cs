using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.SignIn;

internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/sign-out",
                async (
                    [FromForm] IFormCollection _,
                    AppDb db,
                    Sessions sessions,
                    CurrentMember member,
                    AuditTrail audit,
                    CancellationToken cancellation
                ) =>
                {
                    await sessions.Leave(cancellation);
                    if (member.Person is { } person)
                    {
                        audit.Did("sign-out.done", person);
                        await db.SaveChangesAsync(cancellation);
                    }
                    return Results.LocalRedirect("/sign-in");
                }
            )
            .OpenToAll();
}
