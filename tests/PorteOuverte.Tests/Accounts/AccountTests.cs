using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed partial class AccountTests
{
    [Theory, BothDatabases]
    public async Task Language_and_theme_hold_at_once_in_all_browsers(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var here = await house.SignedIn(person);
        using var there = await house.SignedIn(person);
        (await there.Read($"/e/{workspace}/account")).ShouldContain("Mon compte");
        using var saved = await here.Submit(
            $"/e/{workspace}/account",
            "account",
            ("In.Name", "Claire A."),
            ("In.Language", "en"),
            ("In.Theme", "dark")
        );
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        saved.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("porte-theme=dark"));
        (await here.Read(saved.Headers.Location!.ToString())).ShouldContain("Saved, in all your browsers.");
        using var answer = await there.Get($"/e/{workspace}/account");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("My account");
        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("porte-theme=dark"));
        // What has not changed is not said again.
        using var next = await there.Get($"/e/{workspace}/account");
        next.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (
            await house.Ask(
                workspace,
                db =>
                    db.AuditLines.Where(l => l.Action == "person.changed")
                        .Select(l => l.Details)
                        .SingleAsync(TestContext.Current.CancellationToken)
            )
        ).ShouldBe("""{"columns":["language","name","theme"]}""");

        using var system = await here.Submit(
            $"/e/{workspace}/account",
            "account",
            ("In.Name", "Claire A."),
            ("In.Language", "en"),
            ("In.Theme", "system")
        );
        system.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("porte-theme=;"));
    }

    [Theory, BothDatabases]
    public async Task A_new_address_is_confirmed_from_it_and_told_to_the_old_one(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(person);
        var page = $"/e/{workspace}/account/address";
        using var wrong = await visitor.Submit(
            page,
            "address",
            ("In.Email", "neuve@example.fr"),
            ("In.Password", "autre chose")
        );
        (await Text(wrong)).ShouldContain("Ce n’est pas votre mot de passe.");
        using var asked = await visitor.Submit(
            page,
            "address",
            ("In.Email", "neuve@example.fr"),
            ("In.Password", House.Password)
        );
        (await visitor.Read(asked.Headers.Location!.ToString())).ShouldContain("Le lien est parti");
        // One's own affair: the workspace does not see the mail.
        (await house.Ask(workspace, db => db.Mails.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(0);
        var mails = await house.Ask(
            Workspace.House,
            db => db.Mails.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)
        );
        mails.ShouldHaveSingleItem().ToAddress.ShouldBe("neuve@example.fr");
        var link = Link().Match(mails[0].Text).Value;

        (await visitor.Read(link)).ShouldContain("neuve@example.fr");
        using var taken = await visitor.Submit(link, "new-address");
        (await Text(taken)).ShouldContain("votre adresse est maintenant neuve@example.fr");
        (await visitor.Read($"/e/{workspace}/account")).ShouldContain("neuve@example.fr");
        (await visitor.Read(link)).ShouldContain("Ce lien n’ouvre plus rien");
        var told = await house.Ask(
            Workspace.House,
            db => db.Mails.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)
        );
        told.ShouldContain(m => m.ToAddress == person.Email && m.Subject == "Votre adresse a changé");
        using var again = new Visitor(house.Url);
        using var signedIn = await again.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", "neuve@example.fr"),
            ("In.Password", House.Password)
        );
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task The_address_of_somebody_else_is_not_taken_and_not_told(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var (_, other) = await house.NewWorkspace("Autre");
        using var visitor = await house.SignedIn(person);
        using var asked = await visitor.Submit(
            $"/e/{workspace}/account/address",
            "address",
            ("In.Email", other.Email!),
            ("In.Password", House.Password)
        );
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await house.Ask(Workspace.House, db => db.Mails.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(
            0
        );
    }

    private static async Task<string> Text(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex(@"/new-address\?code=\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
