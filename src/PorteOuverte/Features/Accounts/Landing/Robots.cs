using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts.Landing;

/// <summary>What search engines may read: the landing page and what it is made of, nothing else.</summary>
internal static class Robots
{
    private const string Rules = "User-agent: *\nAllow: /$\nAllow: /assets/\nDisallow: /\n";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/robots.txt", () => Results.Text(Rules)).OpenToAll();
}
