using System.Net;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

/// <summary>Every route of the running house, found by asking it: a new one is held to the same without being added here.</summary>
public sealed class RoutesTests
{
    [Fact]
    public async Task Every_route_says_whom_it_is_for()
    {
        await using var house = await House.Open("sqlite");
        var all = Route.All(house);
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
        foreach (var route in Route.All(house).Where(r => !r.IsOpen))
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
            foreach (var route in Route.All(house).Where(r => r.Needs > role))
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
        foreach (var route in Route.All(house).Where(r => r.Needs is not null))
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

    private static async Task<HttpResponseMessage> Knock(Visitor visitor, Route route, Id<Workspace> workspace)
    {
        using var request = new HttpRequestMessage(route.Method, route.Address(workspace.ToString()));
        return await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static int Says(Route route) =>
        new[] { route.Needs is not null, route.IsOpen, route.IsForTheSignedIn }.Count(said => said);
}
