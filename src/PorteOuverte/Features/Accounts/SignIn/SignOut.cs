using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.SignIn;

internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/sign-out",
                async ([FromForm] IFormCollection _, SignInManager<Person> signIns) =>
                {
                    await signIns.SignOutAsync();
                    return Results.LocalRedirect("/sign-in");
                }
            )
            .OpenToAll();
}
