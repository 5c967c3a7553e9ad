using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

/// <summary>A route of the running house, found by asking it.</summary>
internal sealed partial record Route(RouteEndpoint Endpoint, HttpMethod Method)
{
    // Blazor's own, for redirections within an enhanced page, which we have none of: left to the fallback, which lets nobody in.
    private const string OfBlazor = "/_framework/opaque-redirect";

    public static List<Route> All(House house) =>
        [
            .. house
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.RoutePattern.RawText != OfBlazor)
                .Distinct()
                .SelectMany(endpoint =>
                    (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(
                        method => new Route(endpoint, HttpMethod.Parse(method))
                    )
                ),
        ];

    /// <summary>Those that are read: pages and files, with their addresses in a workspace.</summary>
    public static List<Route> Read(House house) => [.. All(house).Where(r => r.Method == HttpMethod.Get)];

    public string Pattern => Endpoint.RoutePattern.RawText!;

    public Role? Needs => Endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Role;

    public bool IsOpen => Endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null;

    public bool IsForTheSignedIn => Endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null;

    public bool IsPage => Endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>The parameters of its address, without the workspace.</summary>
    public IReadOnlyList<string> Parameters =>
        [.. Endpoint.RoutePattern.Parameters.Select(p => p.Name).Where(n => n != "workspace")];

    /// <summary>What a page takes from behind the question mark.</summary>
    public IReadOnlyList<string> Questions =>
        [
            .. (Endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.GetProperties() ?? [])
                .Select(p => (Property: p, Query: p.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
                .Where(p => p.Query is not null)
                .Select(p => p.Query!.Name ?? p.Property.Name),
        ];

    /// <param name="value">What stands for each parameter but the workspace; null: nothing that exists.</param>
    public string Address(string workspace, string? value = null) =>
        "/"
        + Parameter()
            .Replace(
                Pattern.TrimStart('/'),
                m => m.Value.StartsWith("{workspace", StringComparison.Ordinal) ? workspace : value ?? Value(m.Value)
            );

    public override string ToString() => $"{Method} {Pattern}";

    private static string Value(string parameter) =>
        parameter.Contains("id", StringComparison.OrdinalIgnoreCase) ? Guid.CreateVersion7().ToString() : "x";

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Parameter();
}
