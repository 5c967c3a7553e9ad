using System.Net;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed class MembersTests
{
    [Theory, BothDatabases]
    public async Task An_owner_changes_a_role_and_it_holds_at_once(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var paul = await Join(house, workspace, Role.Reader);
        using var owner = await house.SignedIn(claire);
        using var member = await house.SignedIn(paul);
        using var before = await member.Get($"/e/{workspace}/settings/mail");
        before.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var saved = await owner.Submit(Page(workspace, paul), "role", ("In.Role", "Owner"));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var after = await member.Get($"/e/{workspace}/settings/mail");
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Line(house, workspace, "member.role-changed")).ShouldBe("""{"from":"reader","to":"owner"}""");
    }

    [Theory, BothDatabases]
    public async Task A_member_removed_sees_nothing_more_and_keeps_their_account(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var paul = await Join(house, workspace, Role.Manager);
        using var owner = await house.SignedIn(claire);
        using var member = await house.SignedIn(paul);
        using var removed = await owner.Submit(Page(workspace, paul), "remove");
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var gone = await member.Get($"/e/{workspace}/settings");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var home = await member.Get("/");
        home.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Line(house, workspace, "member.removed")).ShouldBe("""{"role":"manager"}""");
    }

    [Theory, BothDatabases]
    public async Task The_last_owner_stays(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var paul = await Join(house, workspace, Role.Manager);
        using var owner = await house.SignedIn(claire);
        using var lower = await owner.Submit(Page(workspace, claire), "role", ("In.Role", "Manager"));
        (await Text(lower)).ShouldContain("garde au moins un propriétaire");
        using var leave = await owner.Submit(Page(workspace, claire), "remove");
        (await Text(leave)).ShouldContain("garde au moins un propriétaire");
        // Another owner, and one may go.
        using var raised = await owner.Submit(Page(workspace, paul), "role", ("In.Role", "Owner"));
        using var left = await owner.Submit(Page(workspace, claire), "remove");
        left.Headers.Location!.ToString().ShouldBe("/");
        (await Roles(house, workspace)).ShouldBe([Role.Owner]);
        (await Line(house, workspace, "member.left")).ShouldNotBeNull();
    }

    [Theory, BothDatabases]
    public async Task Of_owners_who_all_step_back_at_once_one_stays(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        Person[] owners = [claire, await Join(house, workspace, Role.Owner), await Join(house, workspace, Role.Owner)];
        var visitors = new List<(Visitor Visitor, Visitor.Form Form)>();
        foreach (var person in owners)
        {
            var visitor = await house.SignedIn(person);
            visitors.Add((visitor, await visitor.Fill(Page(workspace, person), "role")));
        }
        await Task.WhenAll(visitors.Select(v => v.Visitor.Send(v.Form, ("In.Role", "Reader"))));
        (await Roles(house, workspace)).Count(r => r == Role.Owner).ShouldBe(1);
        visitors.ForEach(v => v.Visitor.Dispose());
    }

    [Theory, BothDatabases]
    public async Task Who_is_a_member_elsewhere_only_is_not_found_here(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (_, other) = await house.NewWorkspace("Autre");
        using var owner = await house.SignedIn(claire);
        using var answer = await owner.Get(Page(workspace, other));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await owner.Read($"/e/{workspace}/settings/members")).ShouldNotContain(other.Email!);
    }

    [Theory, BothDatabases]
    public async Task As_many_stand_on_a_page_as_were_asked_for_by_name(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        for (var i = 0; i < 31; i++)
        {
            await Join(house, workspace, Role.Reader, $"Membre {i:00}.");
        }
        using var owner = await house.SignedIn(claire);
        var page = $"/e/{workspace}/settings/members";
        var first = await owner.Read(page + "?size=25");
        first.ShouldContain("Claire Aubry");
        first.ShouldContain("Membre 23.");
        first.ShouldNotContain("Membre 24.");
        (await owner.Read(page + "?size=25&page=2")).ShouldContain("Membre 30.");
    }

    [Theory, BothDatabases]
    public async Task A_name_that_is_no_text_stops_no_list(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var reader = await Join(house, workspace, Role.Reader);
        // As it was kept before names were cleaned.
        await house.In(
            workspace,
            (AppDb db) =>
                db
                    .People.Where(p => p.Id == reader.Id)
                    .ExecuteUpdateAsync(
                        s => s.SetProperty(p => p.Name, "Paul\uFFFE Chêne"),
                        TestContext.Current.CancellationToken
                    )
        );
        using var owner = await house.SignedIn(claire);
        var page = $"/e/{workspace}/settings/members";
        (await owner.Read(page)).ShouldContain("Chêne");
        (await owner.Read(page + "?sort=-name&q=chene")).ShouldContain("Chêne");
        using var paul = await house.SignedIn(reader);
        using var saved = await paul.Submit(
            $"/e/{workspace}/account",
            "account",
            ("In.Name", "Paul\uFFFE\u0001 Hêtre"),
            ("In.Language", "fr"),
            ("In.Theme", "system")
        );
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await owner.Read(page + "?q=hetre")).ShouldContain("Paul Hêtre");
        using var nameless = await paul.Submit($"/e/{workspace}/account", "account", ("In.Name", "\uFFFE\u0001"));
        (await Text(nameless)).ShouldContain("Indiquez votre nom");
    }

    [Theory, BothDatabases]
    public async Task Each_role_finds_in_the_settings_what_it_may_open(string database)
    {
        await using var house = await House.Open(database);
        foreach (var role in Enum.GetValues<Role>())
        {
            var (workspace, person) = await house.NewWorkspace(role: role);
            using var visitor = await house.SignedIn(person);
            var page = await visitor.Read($"/e/{workspace}/settings");
            page.Contains("/settings/members\"", StringComparison.Ordinal).ShouldBe(role == Role.Owner);
            page.Contains("/settings/workspace\"", StringComparison.Ordinal).ShouldBe(role >= Role.Manager);
            page.ShouldContain($"/e/{workspace}/account\"");
        }
    }

    private static string Page(Id<Workspace> workspace, Person person) =>
        $"/e/{workspace}/settings/members/{new Id<Person>(person.Id)}";

    private static async Task<Person> Join(House house, Id<Workspace> workspace, Role role, string? name = null)
    {
        var (_, person) = await house.NewWorkspace("Le sien");
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                if (name is not null)
                {
                    (await db.People.SingleAsync(p => p.Id == person.Id, TestContext.Current.CancellationToken)).Name =
                        name;
                }
                db.Add(
                    new Membership
                    {
                        PersonId = person.Id,
                        WorkspaceId = workspace,
                        WorkspaceName = "Atelier Véga",
                        Role = role,
                        Since = default,
                    }
                );
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        return person;
    }

    private static Task<List<Role>> Roles(House house, Id<Workspace> workspace) =>
        house.Ask(
            workspace,
            db =>
                db.Memberships.Where(m => m.WorkspaceId == workspace)
                    .Select(m => m.Role)
                    .ToListAsync(TestContext.Current.CancellationToken)
        );

    private static Task<string?> Line(House house, Id<Workspace> workspace, string action) =>
        house.Ask(
            workspace,
            db =>
                db.AuditLines.Where(l => l.Action == action)
                    .OrderByDescending(l => l.Number)
                    .Select(l => l.Details)
                    .FirstOrDefaultAsync(TestContext.Current.CancellationToken)
        );

    private static async Task<string> Text(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
