using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

/// <summary>Recognises the session a request comes with, and lets it into the workspace its address names, if the person is a member of it. To all others it does not exist.</summary>
/// <remarks>The workspace stands in the address, not in the session: an accountant has several open, each in its own tab.</remarks>
internal sealed class WorkspaceGate(RequestDelegate next)
{
    public const string RouteKey = "workspace";

    public async Task InvokeAsync(HttpContext http, CurrentWorkspace workspace, CurrentMember member, Sessions sessions)
    {
        var from = http.Connection.RemoteIpAddress?.ToString();
        if (http.User.Identity?.IsAuthenticated != true)
        {
            member.Identify(null, from);
            await next(http);
            return;
        }
        var name = http.GetRouteValue(RouteKey) as string;
        Id<Workspace>? asked = Id<Workspace>.TryParse(name, null, out var id) ? id : null;
        var who = await sessions.Recognise(http, asked);
        member.Identify(who?.Person, from, who?.Session);
        if (who is null)
        {
            // The cookie is genuine and its session is over: from here on a stranger's request.
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            http.User = new ClaimsPrincipal(new ClaimsIdentity());
        }
        else if (name is not null)
        {
            if (who.Place is not { } place)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            workspace.Enter(id);
            member.Take(place.Role, place.Person);
        }
        await next(http);
    }
}
