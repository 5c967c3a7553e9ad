using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

/// <summary>Every route of the running house, found by asking it: a new one is held to the same without being added here.</summary>
public sealed partial class RoutesTests
{
    // Blazor's own, for redirections within an enhanced page, which we have none of: left to the fallback, which lets nobody in.
    private const string OfBlazor = "/_framework/opaque-redirect";

    [Fact]
    public async Task Every_route_says_whom_it_is_for()
    {
        await using var house = await House.Open("sqlite");
        var all = All(house);
        all.Count.ShouldBeGreaterThan(10);
        foreach (var route in all)
        {
            Says(route).ShouldBe(1, route.ToString());
            (route.Needs is null).ShouldBe(
                !route.Pattern.Contains("{workspace", StringComparison.Ordinal),
                route.ToString()
            );
        }
    }

    [Fact]
    public async Task A_stranger_enters_only_where_it_is_open()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, _) = await house.NewWorkspace();
        using var stranger = new Visitor(house.Url);
        foreach (var route in All(house).Where(r => !r.IsOpen))
        {
            using var answer = await Knock(stranger, route, workspace);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, route.ToString());
            answer.Headers.Location!.OriginalString.ShouldStartWith(
                "/sign-in?back=%2F",
                Case.Sensitive,
                route.ToString()
            );
        }
    }

    [Theory, BothDatabases]
    public async Task A_role_below_is_refused(string database)
    {
        await using var house = await House.Open(database);
        foreach (var role in Enum.GetValues<Role>().Where(r => r < Role.Owner))
        {
            var (workspace, person) = await house.NewWorkspace(role: role);
            using var visitor = await house.SignedIn(person);
            foreach (var route in All(house).Where(r => r.Needs > role))
            {
                using var answer = await Knock(visitor, route, workspace);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role} {route}");
            }
        }
    }

    [Theory, BothDatabases]
    public async Task The_workspace_of_others_and_one_that_is_none_do_not_exist(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.NewWorkspace();
        var (others, _) = await house.NewWorkspace("Autre");
        using var visitor = await house.SignedIn(person);
        foreach (var route in All(house).Where(r => r.Needs is not null))
        {
            foreach (var name in new[] { others.ToString(), Id<Workspace>.New().ToString(), "x" })
            {
                using var answer = await visitor.Http.SendAsync(
                    new HttpRequestMessage(route.Method, route.Address(name)),
                    TestContext.Current.CancellationToken
                );
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{route} {name}");
            }
        }
    }

    [Fact]
    public async Task Nothing_is_posted_without_the_token_of_a_form()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var posts = All(house).Where(r => r.Method == HttpMethod.Post).ToList();
        posts.Count.ShouldBeGreaterThan(5);
        foreach (var route in posts)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-in")]);
            using var answer = await owner.Http.PostAsync(
                new Uri(route.Address(workspace.ToString()), UriKind.Relative),
                form,
                TestContext.Current.CancellationToken
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, route.ToString());
        }
    }

    private static async Task<HttpResponseMessage> Knock(Visitor visitor, Route route, Id<Workspace> workspace)
    {
        using var request = new HttpRequestMessage(route.Method, route.Address(workspace.ToString()));
        return await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static int Says(Route route) =>
        new[] { route.Needs is not null, route.IsOpen, route.IsForTheSignedIn }.Count(said => said);

    private static List<Route> All(House house) =>
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

    private sealed partial record Route(RouteEndpoint Endpoint, HttpMethod Method)
    {
        public string Pattern => Endpoint.RoutePattern.RawText!;

        public Role? Needs => Endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Role;

        public bool IsOpen => Endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null;

        public bool IsForTheSignedIn => Endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null;

        public string Address(string workspace) =>
            "/"
            + Parameter()
                .Replace(
                    Pattern.TrimStart('/'),
                    m => m.Value.StartsWith("{workspace", StringComparison.Ordinal) ? workspace : Value(m.Value)
                );

        public override string ToString() => $"{Method} {Pattern}";

        private static string Value(string parameter) =>
            parameter.Contains("id", StringComparison.OrdinalIgnoreCase) ? Guid.CreateVersion7().ToString() : "x";

        [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
        private static partial Regex Parameter();
    }
}
