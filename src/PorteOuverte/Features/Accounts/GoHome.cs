using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>The way from the bare address to where one works.</summary>
internal static class GoHome
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/",
                async (HttpContext http, AppDb db, CancellationToken cancellation) =>
                {
                    if (!Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person))
                    {
                        // Before the first account there is nothing to sign in to: the welcome says where its link is.
                        var anybody = await db.People.AnyAsync(cancellation);
                        return Results.LocalRedirect(anybody ? "/sign-in" : "/welcome");
                    }
                    var first = await db
                        .Memberships.Where(m => m.PersonId == person)
                        .OrderBy(m => m.Since)
                        .Select(m => m.WorkspaceId)
                        .FirstOrDefaultAsync(cancellation);
                    return first == default
                        ? Results.LocalRedirect("/sign-in")
                        : Results.LocalRedirect($"/e/{first}/settings");
                }
            )
            .OpenToAll();
}
