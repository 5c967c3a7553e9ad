using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.EditClient;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;
using static PorteOuverte.Tests.Support.Clientele;

namespace PorteOuverte.Tests.Clients;

public sealed class ClientTests
{
    private static readonly EditClient Right = new(
        null,
        "Chocolaterie du Pré",
        "732 829 320",
        "FR 44 732829320",
        "12 rue des Lilas\r\n69003 Lyon",
        "Sites",
        "45",
        true,
        "vip, Santé; vip,",
        false,
        0
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_right_is_right()
    {
        Right.Wrong().ShouldBeEmpty();
        Right.Doubtful().ShouldBeEmpty();
        new EditClient(null, "Un nom", "", null, null, null, "", false, null, false, 0).Wrong().ShouldBeEmpty();
    }

    [Fact]
    public void Each_field_says_what_is_wrong_with_it()
    {
        Wrong(Right with { Name = " " }).ShouldBe("nameMissing");
        Wrong(Right with { Name = new string('x', 201) }).ShouldBe("nameLong");
        Wrong(Right with { Siren = "123456789", VatNumber = "" }).ShouldBe("sirenWrong");
        Wrong(Right with { VatNumber = "FR45732829320" }).ShouldBe("vatWrong");
        Wrong(Right with { VatNumber = "732829320" }).ShouldBe("vatUnread");
        Wrong(Right with { Siren = "356000000" }).ShouldBe("vatOfAnother");
        Wrong(Right with { Address = new string('x', 501) }).ShouldBe("addressLong");
        Wrong(Right with { ServiceLine = new string('x', 81) }).ShouldBe("serviceLineLong");
        Wrong(Right with { PaymentDays = "46" }).ShouldBe("paymentWrong");
        Wrong(Right with { PaymentDays = "x" }).ShouldBe("paymentWrong");
        Wrong(Right with { Tags = new string('x', 41) }).ShouldBe("tagsLong");
    }

    [Fact]
    public void What_can_be_doubted_is_saved_and_said()
    {
        (Right with { Siren = "732 829 320 00074" }).Doubtful().ShouldBe(["siretKept"]);
        (Right with { VatNumber = "FRK7732829320" }).Doubtful().ShouldBe(["vatUnproven"]);
        (Right with { VatNumber = "FRK7732829320" }).Wrong().ShouldBeEmpty();
        (Right with { Siren = "", VatNumber = "BE0776091951" }).Doubtful().ShouldBe(["vatUnproven"]);
    }

    [Theory, BothDatabases]
    public async Task A_member_adds_a_client_and_changes_it(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace(role: Role.Member);
        using var member = await house.SignedIn(person);
        using var added = await member.Submit(
            $"/e/{workspace}/clients/new",
            "client",
            ("In.Name", "Chocolaterie du Pré"),
            ("In.Siren", "732 829 320 00074"),
            ("In.VatNumber", "fr44732829320"),
            ("In.PaymentDays", "45"),
            ("In.Tags", "vip, santé")
        );
        added.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var address = added.Headers.Location!.ToString();
        var sheet = await member.Read(address);
        sheet.ShouldContain("732\u00A0829\u00A0320");
        sheet.ShouldContain("Du SIRET, le SIREN a été gardé.");
        sheet.ShouldContain("45 jours");
        sheet.ShouldContain("santé");
        sheet.ShouldContain("Pas encore de chiffres");
        using var changed = await member.Submit(
            address + "/edit",
            "client",
            ("In.Name", "Chocolaterie du Pré"),
            ("In.Siren", "732829320"),
            ("In.Tags", "vip")
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Lines(house, workspace)).ShouldBe(["client.added", "client.changed"]);
        var kept = await house.Ask(workspace, db => db.Clients.AsNoTracking().SingleAsync(Stop));
        (kept.PaymentTerms, kept.VatNumber, kept.FromBooks).ShouldBe((null, null, false));
        (await house.Ask(workspace, db => db.ClientTags.Select(t => t.Tag).ToListAsync(Stop))).ShouldBe(["vip"]);
        // The same again changes nothing and tells nothing.
        using var same = await member.Submit(
            address + "/edit",
            "client",
            ("In.Name", "Chocolaterie du Pré"),
            ("In.Siren", "732829320"),
            ("In.Tags", "vip")
        );
        (await Lines(house, workspace)).Count.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_so_is_said_at_its_field_and_nothing_typed_is_lost(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(person);
        using var answer = await visitor.Submit(
            $"/e/{workspace}/clients/new",
            "client",
            ("In.Name", "Chocolaterie"),
            ("In.VatNumber", "FR45732829320"),
            ("In.PaymentDays", "90")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
        page.ShouldContain("La clé de ce numéro");
        page.ShouldContain("L441-10");
        page.ShouldContain("value=\"90\"");
        page.ShouldContain("value=\"Chocolaterie\"");
        (await house.Ask(workspace, db => db.Clients.CountAsync(Stop))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_change_at_once_the_second_is_told_and_keeps_what_was_typed(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var client = await Add(house, workspace, "Avant");
        using var visitor = await house.SignedIn(person);
        var page = $"/e/{workspace}/clients/{client}/edit";
        var form = await visitor.Fill(page, "client");
        // Only the tags: the client counts as changed all the same.
        using var first = await visitor.Submit(page, "client", ("In.Name", "Avant"), ("In.Tags", "vip"));
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var second = await visitor.Send(form, ("In.Name", "Après"));
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = WebUtility.HtmlDecode(await second.Content.ReadAsStringAsync(Stop));
        told.ShouldContain("Quelqu’un d’autre a changé");
        told.ShouldContain("value=\"Après\"");
        told.ShouldContain("value=\"1\"");
    }

    [Theory, BothDatabases]
    public async Task The_sheet_shows_figures_and_what_happened_a_page_at_a_time(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var client = await Add(
            house,
            workspace,
            "Grand",
            "411GRAND",
            [
                .. Enumerable
                    .Range(1, 24)
                    .Select(i =>
                        Invoice(
                            $"F-{i:00}",
                            new DateOnly(2024, 11, 1).AddMonths(i),
                            100,
                            i > 22 ? null : new DateOnly(2024, 11, 11).AddMonths(i)
                        )
                    ),
                Payment(new(2026, 10, 2), 120),
            ]
        );
        using var visitor = await house.SignedIn(person);
        var path = $"/e/{workspace}/clients/{client}";
        var page = await visitor.Read(path);
        page.ShouldContain("au 01/11/2026");
        page.ShouldContain("Facture F-24 de 120,00\u00A0€");
        page.ShouldContain("reste 120,00\u00A0€ à payer");
        page.ShouldContain(
            "payée le 11/09/2026, en 10\u00A0jours".Replace("10\u00A0jours", "10 jours", StringComparison.Ordinal)
        );
        page.ShouldContain("Règlement de 120,00\u00A0€");
        page.ShouldNotContain("F-05");
        var older = page.Split("?before=")[1].Split('#')[0];
        var next = await visitor.Read($"{path}?before={older}");
        next.ShouldContain("F-05");
        next.ShouldContain("F-01");
        next.ShouldNotContain("F-06 ");
        (await visitor.Read(path + "/invoices")).ShouldContain("F-24");
        (await visitor.Read(path + "/invoices?open=1")).ShouldNotContain("F-22");
        (await visitor.Read(path + "/invoices/sheet.csv")).ShouldContain("F-01");
    }

    [Theory, BothDatabases]
    public async Task A_client_of_others_is_none_and_neither_is_one_that_never_was(string database)
    {
        await using var house = await House.Open(database);
        var (others, _) = await house.NewWorkspace("Autre");
        var theirs = await Add(house, others, "À eux");
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(person);
        foreach (var id in new[] { theirs.ToString(), Id<Client>.New().ToString(), "x" })
        {
            foreach (var below in new[] { "", "/edit", "/merge", "/invoices", "/invoices/sheet.csv" })
            {
                using var answer = await visitor.Get($"/e/{workspace}/clients/{id}{below}");
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, id + below);
            }
        }
        var mine = await Add(house, workspace, "À nous");
        var form = await visitor.Fill($"/e/{workspace}/clients/{mine}", $"/e/{workspace}/clients/{mine}/archive");
        foreach (var deed in new[] { "archive", "take-up", "remove", "restore", "separate" })
        {
            using var answer = await visitor.Send(form with { Address = $"/e/{workspace}/clients/{theirs}/{deed}" });
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, deed);
        }
    }

    [Theory, BothDatabases]
    public async Task A_manager_archives_and_takes_up_again(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace(role: Role.Manager);
        var client = await Add(house, workspace, "Grand");
        using var manager = await house.SignedIn(person);
        var here = $"/e/{workspace}/clients/{client}";
        using var archived = await manager.Submit(here, here + "/archive");
        archived.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await manager.Read($"/e/{workspace}/clients?state=archived")).ShouldContain("Grand");
        using var again = await manager.Submit(here, here + "/take-up");
        (await manager.Read($"/e/{workspace}/clients")).ShouldContain("Grand");
        (await Lines(house, workspace)).ShouldBe(["client.archived", "client.taken-up"]);
    }

    [Theory, BothDatabases]
    public async Task What_is_deleted_counts_no_more_and_comes_back_whole_until_the_bin_is_emptied(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var client = await Add(house, workspace, "Grand", "411", Invoice("F-1", new(2026, 3, 1), 300));
        var small = await Add(house, workspace, "Petit", "412", Invoice("F-2", new(2026, 3, 1), 100));
        using var owner = await house.SignedIn(person);
        var here = $"/e/{workspace}/clients/{client}";
        using var removed = await owner.Submit(here, here + "/remove");
        removed.Headers.Location!.ToString().ShouldBe($"/e/{workspace}/clients");
        var list = await owner.Read($"/e/{workspace}/clients");
        list.ShouldNotContain(">Grand<");
        list.ShouldContain("100,0\u00A0%");
        list.ShouldContain($"action=\"{here}/restore\"");
        using var back = await owner.Submit(here, here + "/restore");
        (await owner.Read($"/e/{workspace}/clients")).ShouldContain("75,0\u00A0%");
        using var removedAgain = await owner.Submit(here, here + "/remove");
        var merged = await Merge(house, workspace, client);

        await house.Do(workspace, "empty-bin");
        (await house.Ask(workspace, db => db.Clients.CountAsync(Stop))).ShouldBe(3);
        await house.In(
            workspace,
            (AppDb db) =>
                db
                    .Clients.Where(c => c.Id == client)
                    .ExecuteUpdateAsync(
                        c => c.SetProperty(x => x.RemovedAt, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
                        Stop
                    )
        );
        await house.Do(workspace, "empty-bin");
        (await house.Ask(workspace, db => db.Clients.Select(c => c.Id).ToListAsync(Stop))).ShouldBe([small]);
        (await house.Ask(workspace, db => db.Entries.CountAsync(Stop))).ShouldBe(1);
        (await Lines(house, workspace)).ShouldContain("bin.emptied");
        merged.ShouldNotBe(client);
    }

    [Theory, BothDatabases]
    public async Task Two_that_are_one_are_merged_and_separated_again(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var kept = await Add(house, workspace, "Atelier Nord", "411N", Invoice("F-1", new(2026, 3, 1), 300));
        var other = await Add(house, workspace, "Atelier du Nord", "411AN", Invoice("F-2", new(2026, 3, 2), 100));
        var third = await Add(house, workspace, "Nord", "411NN", Invoice("F-3", new(2026, 3, 3), 50));
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/clients/{kept}/merge";
        (await owner.Read($"/e/{workspace}/clients/{other}/merge?q=nn")).ShouldContain($"with={third}");
        using var first = await owner.Submit($"/e/{workspace}/clients/{other}/merge?with={third}", "merge");
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var beside = await owner.Read($"{page}?with={other}");
        beside.ShouldContain("450,00\u00A0€");
        beside.ShouldContain("411AN, 411NN");
        using var done = await owner.Submit($"{page}?with={other}", "merge");
        var sheet = await owner.Read(done.Headers.Location!.ToString());
        sheet.ShouldContain("F-2");
        sheet.ShouldContain("F-3");
        sheet.ShouldContain("450\u00A0€");
        sheet.ShouldContain("411AN, 411N, 411NN");
        (await Revenues(house, workspace)).ShouldBe([45000]);
        using var led = await owner.Get($"/e/{workspace}/clients/{third}");
        led.Headers.Location!.ToString().ShouldEndWith($"/clients/{kept}");

        // Undone by the toast: as it was before, with what the other had.
        var form = await owner.Fill($"/e/{workspace}/clients/{kept}", $"/e/{workspace}/clients/{other}/separate");
        using var undone = await owner.Send(
            form with
            {
                Address = $"/e/{workspace}/clients/{other}/separate?along={third}",
            }
        );
        (await Revenues(house, workspace)).ShouldBe([15000, 30000]);
        // And on the sheet, one by one.
        using var separated = await owner.Submit(
            $"/e/{workspace}/clients/{other}",
            $"/e/{workspace}/clients/{third}/separate"
        );
        (await Revenues(house, workspace)).ShouldBe([5000, 10000, 30000]);
        (await Lines(house, workspace)).ShouldBe([
            "client.merged",
            "client.merged",
            "client.separated",
            "client.separated",
        ]);
        using var itself = await owner.Get($"{page}?with={kept}");
        itself.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<Id<Client>> Merge(House house, Id<Workspace> workspace, Id<Client> into)
    {
        var one = await Add(house, workspace, "Jumeau");
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                (await db.Clients.SingleAsync(c => c.Id == one, Stop)).MergeInto(into);
                await db.SaveChangesAsync(Stop);
            }
        );
        return one;
    }

    private static Task<List<long>> Revenues(House house, Id<Workspace> workspace) =>
        house.Ask(
            workspace,
            db => db.ClientFigures.Select(f => f.RevenueTwelveMonths).OrderBy(r => r).ToListAsync(Stop)
        );

    private static Task<List<string>> Lines(House house, Id<Workspace> workspace) =>
        house.Ask(
            workspace,
            db =>
                db.AuditLines.Where(l => l.Action.StartsWith("client.") || l.Action.StartsWith("bin."))
                    .OrderBy(l => l.Number)
                    .Select(l => l.Action)
                    .ToListAsync(Stop)
        );

    private static string Wrong(EditClient typed) => typed.Wrong().ShouldHaveSingleItem().Key;
}
