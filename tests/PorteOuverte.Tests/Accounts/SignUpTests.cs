using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed partial class SignUpTests
{
    [Theory, BothDatabases]
    public async Task The_workspace_opens_when_the_address_is_confirmed_and_once(string database)
    {
        await using var house = await House.Open(database, settings: ("OpenSignUp", "true"));
        using var claire = new Visitor(house.Url);
        var sent = await Ask(claire, "claire@example.fr");
        sent.ShouldContain("Regardez vos courriels");
        (await house.Ask(Workspace.House, db => db.People.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(
            0
        );
        var link = Link().Match((await Mails(house)).ShouldHaveSingleItem().Text).Value;
        (await claire.Read(link)).ShouldContain("Atelier Véga");
        // Signed in as somebody else meanwhile: that session does not stay open behind the new one.
        var (_, paul) = await house.NewWorkspace("Autre");
        using var before = await claire.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", paul.Email!),
            ("In.Password", House.Password)
        );
        var confirm = await claire.Fill(link, "confirm-sign-up");
        using var opened = await claire.Send(confirm);
        (
            await house.Ask(
                Workspace.House,
                db =>
                    db.Sessions.CountAsync(
                        s => s.PersonId == paul.Id && s.EndedAt == null,
                        TestContext.Current.CancellationToken
                    )
            )
        ).ShouldBe(0);
        opened.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await claire.Read(opened.Headers.Location!.ToString())).ShouldContain("Atelier Véga");

        using var again = new Visitor(house.Url);
        (await again.Read(link)).ShouldContain("Ce lien n’ouvre plus rien");
        (await again.Read("/sign-up/confirm?code=x")).ShouldContain("Ce lien n’ouvre plus rien");
        using var right = await again.Submit(
            "/sign-in",
            "sign-in",
            ("In.Email", "claire@example.fr"),
            ("In.Password", House.Password)
        );
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, BothDatabases]
    public async Task Whether_an_address_has_an_account_only_its_mailbox_learns(string database)
    {
        await using var house = await House.Open(database, settings: ("OpenSignUp", "true"));
        var (_, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        var known = await Ask(visitor, person.Email!);
        var unknown = await Ask(visitor, "paul@example.fr");
        known.ShouldBe(unknown);
        var mails = await Mails(house);
        mails.Select(m => m.ToAddress).ShouldBe([person.Email!, "paul@example.fr"], ignoreOrder: true);
        var told = mails.Single(m => m.ToAddress == person.Email);
        told.Text.ShouldContain("Vous en avez déjà un");
        told.Text.ShouldNotContain("code=");
    }

    [Theory, BothDatabases]
    public async Task Each_field_says_what_is_missing(string database)
    {
        await using var house = await House.Open(database, settings: ("OpenSignUp", "true"));
        using var visitor = new Visitor(house.Url);
        using var answer = await visitor.Submit(
            "/sign-up",
            "sign-up",
            ("In.Workspace", "Atelier Véga"),
            ("In.Email", "claire"),
            ("In.Password", "court")
        );
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.ShouldContain("Il manque cette réponse.");
        page.ShouldContain("Il faut douze caractères");
        page.ShouldContain("value=\"Atelier Véga\"");
        page.ShouldNotContain("court");
        (await Mails(house)).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_written_to_more_than_three_times_an_hour(string database)
    {
        await using var house = await House.Open(database, settings: ("OpenSignUp", "true"));
        using var visitor = new Visitor(house.Url);
        for (var times = 1; times <= 3; times++)
        {
            await Ask(visitor, "claire@example.fr");
        }
        using var answer = await visitor.Submit(
            "/sign-up",
            "sign-up",
            ("In.Workspace", "Atelier\u0001 Véga"),
            ("In.Name", "Claire\uFFFE"),
            ("In.Email", "Claire@example.fr"),
            ("In.Password", House.Password)
        );
        WebUtility
            .HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain("Nous avons écrit trois fois à cette adresse");
        (await Mails(house)).Count.ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_open_the_link_at_once_one_has_the_account(string database)
    {
        await using var house = await House.Open(database, settings: ("OpenSignUp", "true"));
        using var visitor = new Visitor(house.Url);
        await Ask(visitor, "claire@example.fr");
        var link = Link().Match((await Mails(house)).ShouldHaveSingleItem().Text).Value;
        var visitors = Enumerable.Range(0, 4).Select(_ => new Visitor(house.Url)).ToList();
        var forms = await Task.WhenAll(visitors.Select(v => v.Fill(link, "confirm-sign-up")));
        var sent = await Task.WhenAll(visitors.Select((v, i) => v.Send(forms[i])));
        sent.ShouldAllBe(a => a.StatusCode < HttpStatusCode.BadRequest);
        sent.Count(a => a.Headers.Location?.ToString().StartsWith("/e/", StringComparison.Ordinal) == true).ShouldBe(1);
        visitors.ForEach(v => v.Dispose());
    }

    [Fact]
    public async Task Closed_it_does_not_exist()
    {
        await using var house = await House.Open("sqlite");
        await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        foreach (var path in new[] { "/sign-up", "/sign-up/confirm?code=x" })
        {
            using var answer = await visitor.Get(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
        (await visitor.Read("/")).ShouldNotContain("/sign-up");
    }

    private static async Task<string> Ask(Visitor visitor, string email)
    {
        using var sent = await visitor.Submit(
            "/sign-up",
            "sign-up",
            ("In.Workspace", "Atelier Véga"),
            ("In.Name", "Claire Aubry"),
            ("In.Email", email),
            ("In.Password", House.Password)
        );
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await visitor.Read(sent.Headers.Location!.ToString());
        return page[
            page.IndexOf("<section", StringComparison.Ordinal)..page.IndexOf("</section", StringComparison.Ordinal)
        ];
    }

    private static Task<List<OutgoingMail>> Mails(House house) =>
        house.Ask(Workspace.House, db => db.Mails.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex(@"/sign-up/confirm\?code=\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
