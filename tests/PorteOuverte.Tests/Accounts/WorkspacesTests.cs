using System.Net;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed class WorkspacesTests
{
    [Theory, BothDatabases]
    public async Task An_owner_opens_another_and_the_bare_address_leads_to_the_last_one_used(string database)
    {
        await using var house = await House.Open(database);
        var (first, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        using var only = await owner.Get("/");
        only.Headers.Location!.ToString().ShouldBe($"/e/{first}/today");

        using var nameless = await owner.Submit("/workspaces/new", "open-workspace", ("In.Name", " "));
        nameless.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var opened = await owner.Submit("/workspaces/new", "open-workspace", ("In.Name", "Cabinet Rive"));
        var second = opened.Headers.Location!.ToString();
        second.ShouldNotBe($"/e/{first}/today");
        (await owner.Read(second)).ShouldContain("Cabinet Rive");
        using var last = await owner.Get("/");
        last.Headers.Location!.ToString().ShouldBe(second);
        await owner.Read($"/e/{first}/settings");
        using var then = await owner.Get("/");
        then.Headers.Location!.ToString().ShouldBe($"/e/{first}/today");

        var list = await owner.Read("/workspaces");
        list.ShouldContain("Atelier Véga");
        list.ShouldContain("Cabinet Rive");
        // A browser that was nowhere yet is asked.
        using var elsewhere = await house.SignedIn(person);
        using var choice = await elsewhere.Get("/");
        choice.Headers.Location!.ToString().ShouldBe("/workspaces");
    }

    [Theory, BothDatabases]
    public async Task Who_owns_none_opens_none_while_signing_up_is_closed(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.NewWorkspace(role: Role.Manager);
        using var manager = await house.SignedIn(person);
        using var closed = await manager.Get("/workspaces/new");
        closed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await manager.Read("/workspaces")).ShouldNotContain("/workspaces/new");
    }

    [Fact]
    public async Task Where_signing_up_is_open_anybody_with_an_account_opens_one()
    {
        await using var house = await House.Open("sqlite", settings: ("OpenSignUp", "true"));
        var (_, person) = await house.NewWorkspace(role: Role.Reader);
        using var reader = await house.SignedIn(person);
        using var opened = await reader.Submit("/workspaces/new", "open-workspace", ("In.Name", "Le mien"));
        opened.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
