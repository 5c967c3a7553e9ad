using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed class WelcomeTests
{
    [Theory, BothDatabases]
    public async Task The_first_owner_opens_a_workspace_with_the_link_of_the_server_and_signs_in_again(string database)
    {
        await using var house = await House.Open(database);
        var link = Link(house);
        using var claire = new Visitor(house.Url);
        using var opened = await claire.Submit(
            link,
            "welcome",
            ("In.Workspace", "Atelier Véga"),
            ("In.Name", "Claire Aubry"),
            ("In.Email", "claire@example.fr"),
            ("In.Password", House.Password)
        );
        opened.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await claire.Read(opened.Headers.Location!.ToString())).ShouldContain("Atelier Véga");

        using var again = new Visitor(house.Url);
        (await again.Read(link)).ShouldContain("s’ouvre par le lien que le serveur affiche");
        using var wrong = await again.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", "claire@example.fr"),
            ("In.Password", "autre chose")
        );
        (await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(
            "Adresse ou mot de passe inconnus"
        );
        using var right = await again.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", "claire@example.fr"),
            ("In.Password", House.Password)
        );
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task Of_many_who_send_the_first_form_at_once_one_becomes_the_owner(string database)
    {
        await using var house = await House.Open(database);
        var link = Link(house);
        var visitors = Enumerable.Range(0, 6).Select(_ => new Visitor(house.Url)).ToList();
        var forms = await Task.WhenAll(visitors.Select(v => v.Fill(link, "welcome")));
        var sent = await Task.WhenAll(
            visitors.Select(
                (v, i) =>
                    v.Send(
                        forms[i],
                        ("In.Workspace", $"Atelier {i}"),
                        ("In.Name", "Claire Aubry"),
                        ("In.Email", $"claire{i}@example.fr"),
                        ("In.Password", House.Password)
                    )
            )
        );
        sent.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        foreach (var late in sent.Where(a => a.StatusCode != HttpStatusCode.Redirect))
        {
            var page = await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            page.ShouldContain("n’ouvre plus rien");
            page.ShouldContain("value=\"Atelier ");
        }
        await using var scope = house.Services.CreateAsyncScope();
        (
            await scope
                .ServiceProvider.GetRequiredService<AppDb>()
                .People.CountAsync(TestContext.Current.CancellationToken)
        ).ShouldBe(1);
        visitors.ForEach(v => v.Dispose());
    }

    [Theory, BothDatabases]
    public async Task Before_the_first_account_the_bare_address_says_where_the_link_is(string database)
    {
        await using var house = await House.Open(database);
        using var visitor = new Visitor(house.Url);
        (await visitor.Read("/")).ShouldContain("affiché par le serveur à son démarrage");
        (await visitor.Read("/welcome")).ShouldContain("le serveur affiche à son démarrage");
        await house.NewWorkspace();
        (await visitor.Read("/")).ShouldContain("/sign-in");
    }

    [Theory, BothDatabases]
    public async Task The_workspace_of_others_does_not_exist(string database)
    {
        await using var house = await House.Open(database);
        var (mine, person) = await house.NewWorkspace();
        var (others, _) = await house.NewWorkspace("Autre");
        using var visitor = await house.SignedIn(person);
        (await visitor.Read($"/e/{mine}/settings")).ShouldContain("Atelier Véga");
        using var answer = await visitor.Get($"/e/{others}/settings");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = new Visitor(house.Url);
        using var sent = await stranger.Get($"/e/{mine}/settings");
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static string Link(House house) =>
        "/welcome?code="
        + house
            .Services.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("first owner")
            .ToTimeLimitedDataProtector()
            .Protect("first owner", TimeSpan.FromHours(1));
}
