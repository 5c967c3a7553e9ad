using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace PorteOuverte.Platform.Security;

/// <summary>What a route needs: at least this role in the workspace of its address. Every route declares it, or says <see cref="OpenToAllAttribute"/> or <see cref="SignedInAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Role role) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Role Role => role;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Needs somebody who is signed in, in no workspace in particular: one's own account.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : AuthorizeAttribute;

/// <summary>Open to everybody: signing in, the answer that the server is well.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute : Attribute, IAllowAnonymous;

public static class RouteNeeds
{
    public static T Needs<T>(this T route, Role role)
        where T : IEndpointConventionBuilder => route.WithMetadata(new NeedsAttribute(role));

    public static T OpenToAll<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new OpenToAllAttribute());
}

internal sealed class NeedsHandler(CurrentMember member) : AuthorizationHandler<NeedsAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsAttribute requirement)
    {
        if (member.Role >= requirement.Role)
        {
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }
}
