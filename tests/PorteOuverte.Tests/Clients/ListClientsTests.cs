using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;
using static PorteOuverte.Tests.Support.Clientele;

namespace PorteOuverte.Tests.Clients;

public sealed class ListClientsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task An_empty_list_says_that_a_FEC_fills_it(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(person);
        var page = await visitor.Read($"/e/{workspace}/clients");
        page.ShouldContain("d’eux-mêmes");
        page.ShouldContain($"/e/{workspace}/accounting");
        page.ShouldContain($"/e/{workspace}/clients/new");
    }

    [Theory, BothDatabases]
    public async Task Each_client_shows_its_share_and_its_weight(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        await Three(house, workspace);
        using var visitor = await house.SignedIn(person);
        var page = await visitor.Read($"/e/{workspace}/clients");
        Place(page, "Grand").ShouldBeLessThan(Place(page, "Moyen"));
        Place(page, "Moyen").ShouldBeLessThan(Place(page, "Petit"));
        page.ShouldContain("70,0\u00A0%");
        page.ShouldContain("22,0\u00A0%");
        page.ShouldContain("Danger");
        page.ShouldContain("Élevé");
        page.ShouldContain("840,00\u00A0€");
        // A crowd has a share and no weight; thresholds are those of the workspace.
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                (await db.Workspaces.SingleAsync(Stop)).Weigh(5, 30, 80);
                var middle = await db.Clients.SingleAsync(c => c.Name == "Moyen", Stop);
                middle.Describe("Moyen", null, null, null, null, null, isCollective: true);
                await db.SaveChangesAsync(Stop);
            }
        );
        var again = await visitor.Read($"/e/{workspace}/clients?level=2");
        again.ShouldContain("Grand");
        again.ShouldNotContain("Moyen");
        (await visitor.Read($"/e/{workspace}/clients?level=1")).ShouldContain("Petit");
    }

    [Theory, BothDatabases]
    public async Task Every_filter_and_every_order_leaves_what_it_says(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        await Three(house, workspace);
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                var all = await db.Clients.ToDictionaryAsync(c => c.Name, Stop);
                all["Grand"].Describe("Grand", Siren.Read("732829320"), null, null, "Conseil", null, false);
                db.AddRange(new ClientTag(all["Grand"].Id, "santé"), new ClientTag(all["Grand"].Id, "vip"));
                db.Add(new ClientTag(all["Moyen"].Id, "vip, non"));
                all["Petit"].Archive(Now);
                await db.SaveChangesAsync(Stop);
            }
        );
        using var visitor = await house.SignedIn(person);
        (await Shown("")).ShouldBe(["Grand", "Moyen"]);
        (await Shown("state=archived")).ShouldBe(["Petit"]);
        (await Shown("state=kept")).ShouldBe(["Grand", "Moyen", "Petit"]);
        (await Shown("state=removed")).ShouldBeEmpty();
        (await Shown("line=Conseil")).ShouldBe(["Grand"]);
        (await Shown("tag=vip")).ShouldBe(["Grand", "Moyen"]);
        (await Shown("tag=sant%C3%A9")).ShouldBe(["Grand"]);
        (await Shown("owes=1")).ShouldBe(["Grand"]);
        (await Shown("level=3")).ShouldBe(["Grand"]);
        (await Shown("q=GRAND")).ShouldBe(["Grand"]);
        (await Shown("q=411moyen")).ShouldBe(["Moyen"]);
        (await Shown("q=732829")).ShouldBe(["Grand"]);
        (await Shown("q=sante")).ShouldBe(["Grand"]);
        foreach (
            var column in "name revenue change share level balance delay last before line tags codes siren state".Split(
                ' '
            )
        )
        {
            (await Shown($"state=kept&sort={column}")).Length.ShouldBe(3, column);
            (await Shown($"state=kept&sort=-{column}")).Length.ShouldBe(3, column);
        }
        (
            await visitor.Read($"/e/{workspace}/clients/sheet.csv?cols=name,tags,codes,level,state&q=grand")
        ).ShouldContain("Grand;Danger;santé, vip;411GRAND;Actif");

        async Task<string[]> Shown(string query)
        {
            var page = await visitor.Read($"/e/{workspace}/clients?{query}");
            return
            [
                .. new[] { "Grand", "Moyen", "Petit" }.Where(n => page.Contains($">{n}</a>", StringComparison.Ordinal)),
            ];
        }
    }

    [Theory, BothDatabases]
    public async Task The_list_and_the_sheet_ask_the_database_few_questions(string database)
    {
        var statements = new Statements();
        await using var house = await House.Open(database, s => s.AddSingleton<IInterceptor>(statements));
        var (workspace, person) = await house.NewWorkspace();
        await Three(house, workspace);
        var client = await house.Ask(workspace, db => db.Clients.FirstAsync(Stop));
        using var visitor = await house.SignedIn(person);
        foreach (
            var path in new[]
            {
                "",
                "?q=grand&state=kept&level=3",
                "/sheet.csv",
                $"/{client.Id}",
                $"/{client.Id}/invoices",
            }
        )
        {
            await visitor.Read($"/e/{workspace}/clients{path}");
            statements.Forget();
            await visitor.Read($"/e/{workspace}/clients{path}");
            statements.Texts.Count.ShouldBeInRange(1, 8, path + string.Join("\n\n", statements.Texts));
        }
    }

    [Theory, BothDatabases]
    public async Task Who_only_reads_is_offered_nothing_to_change(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace(role: Platform.Security.Role.Reader);
        var client = await Add(house, workspace, "Grand");
        using var reader = await house.SignedIn(person);
        (await reader.Read($"/e/{workspace}/clients")).ShouldNotContain("clients/new");
        var sheet = await reader.Read($"/e/{workspace}/clients/{client}");
        sheet.ShouldNotContain("/edit");
        sheet.ShouldNotContain("/archive");
        using var refused = await reader.Get($"/e/{workspace}/clients/{client}/edit");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, BothDatabases]
    public async Task Clients_are_found_by_name_and_by_code(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        await Three(house, workspace);
        using var visitor = await house.SignedIn(person);
        (await visitor.Read($"/e/{workspace}/search?q=moy")).ShouldContain("Moyen");
        (await visitor.Read($"/e/{workspace}/search?q=411petit")).ShouldContain("Petit");
        (await visitor.Read($"/e/{workspace}/search?q=nouveau+cli")).ShouldContain("/clients/new");
    }

    private static async Task Three(House house, Id<Workspace> workspace)
    {
        await Add(house, workspace, "Petit", "411PETIT", Invoice("F-1", new(2026, 3, 1), 80, new(2026, 3, 10)));
        await Add(house, workspace, "Grand", "411GRAND", Invoice("F-2", new(2026, 3, 2), 700));
        await Add(
            house,
            workspace,
            "Moyen",
            "411MOYEN",
            Invoice("F-3", new(2026, 3, 3), 220, new(2026, 4, 2)),
            Payment(new(2026, 4, 2), 264)
        );
        await Add(house, workspace, "Petit réglé", null, Payment(new(2026, 3, 10), 96));
    }

    private static int Place(string page, string name) => page.IndexOf($">{name}</a>", StringComparison.Ordinal);
}
