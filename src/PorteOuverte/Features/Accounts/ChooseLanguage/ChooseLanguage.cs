using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.ChooseLanguage;

/// <summary>The language of this browser, as long as nobody is known: an account has its own.</summary>
internal static class ChooseLanguage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/language",
                ([FromForm] string to, [FromForm] string? back, HttpContext http) =>
                {
                    Preferences.Speak(http, to);
                    return Results.LocalRedirect(LocalAddress.Of(back));
                }
            )
            .OpenToAll();
}
