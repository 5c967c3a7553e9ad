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
        var link =
            "/welcome?code="
            + house
                .Services.GetRequiredService<IDataProtectionProvider>()
                .CreateProtector("first owner")
                .ToTimeLimitedDataProtector()
                .Protect("first owner", TimeSpan.FromHours(1));
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
        using var second = await again.Submit(
            link,
            "welcome",
            ("In.Workspace", "Autre"),
            ("In.Name", "Autre"),
            ("In.Email", "autre@example.fr"),
            ("In.Password", House.Password)
        );
        (await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(
            "n’ouvre plus rien"
        );
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
}
