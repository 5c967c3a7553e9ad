using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed partial class InvitationTests
{
    [Theory, BothDatabases]
    public async Task A_stranger_is_invited_chooses_a_password_and_is_a_member(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "Paul@Example.fr", "Manager", "Bienvenue chez nous.");

        var mail = await Mail(house, workspace);
        mail.ToAddress.ShouldBe("paul@example.fr");
        mail.Subject.ShouldBe("Claire Aubry vous invite à rejoindre Atelier Véga");
        mail.Text.ShouldContain("https://porte.example.fr" + link);
        mail.Text.ShouldContain("Bienvenue chez nous.");
        mail.Text.ShouldContain("Responsable");

        using var paul = new Visitor(house.Url);
        var page = await paul.Read(link);
        page.ShouldContain("Claire Aubry vous invite à rejoindre");
        page.ShouldContain("Atelier Véga");
        page.ShouldContain("Bienvenue chez nous.");
        using var shortly = await paul.Submit(link, "join", ("In.Name", "Paul Martin"), ("In.Password", "court"));
        (await Text(shortly)).ShouldContain("douze caractères");
        using var joined = await paul.Submit(link, "join", ("In.Name", "Paul Martin"), ("In.Password", House.Password));
        joined.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await paul.Read($"/e/{workspace}/settings/workspace")).ShouldContain("Atelier Véga");
        var members = await owner.Read($"/e/{workspace}/settings/members");
        members.ShouldContain("Paul Martin");
        members.ShouldNotContain("Invitations en attente");
        (await Actions(house, workspace)).ShouldBe(["invitation.sent", "person.created", "invitation.accepted"]);
    }

    [Theory, BothDatabases]
    public async Task A_link_opens_once(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        using var paul = new Visitor(house.Url);
        using var other = new Visitor(house.Url);
        var form = await other.Fill(link, "join");
        using var joined = await paul.Submit(link, "join", ("In.Name", "Paul"), ("In.Password", House.Password));
        // Whoever has joined is led home by the same link; nobody else gets in by it.
        using var again = await paul.Get(link);
        again.Headers.Location!.ToString().ShouldBe($"/e/{workspace}/today");
        (await other.Read(link)).ShouldContain("Ce lien n’ouvre plus rien");
        using var late = await other.Send(form, ("In.Name", "Intrus"), ("In.Password", House.Password));
        late.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await other.Read(late.Headers.Location!.ToString())).ShouldContain("Ce lien n’ouvre plus rien");
        (await Members(house, workspace)).ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Of_many_who_use_a_link_at_once_one_gets_in(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        var people = new List<Visitor>();
        for (var i = 0; i < 4; i++)
        {
            var (_, someone) = await house.NewWorkspace($"Autre {i}");
            people.Add(await house.SignedIn(someone));
        }
        var forms = await Task.WhenAll(people.Select(p => p.Fill(link, "accept")));
        var sent = await Task.WhenAll(people.Select((p, i) => p.Send(forms[i])));
        sent.Count(a => a.Headers.Location?.ToString() == $"/e/{workspace}/today").ShouldBe(1);
        (await Members(house, workspace)).ShouldBe(2);
        people.ForEach(p => p.Dispose());
    }

    [Theory, BothDatabases]
    public async Task After_seven_days_it_opens_nothing_until_it_is_sent_again(string database)
    {
        var clock = new TestClock();
        await using var house = await House.Open(database, s => s.AddSingleton<TimeProvider>(clock));
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var old = await Invite(owner, workspace, "paul@example.fr");
        clock.Pass(TimeSpan.FromDays(7));
        using var paul = new Visitor(house.Url);
        (await paul.Read(old)).ShouldContain("Ce lien n’ouvre plus rien");
        var page = $"/e/{workspace}/settings/members";
        (await owner.Read(page)).ShouldContain("Périmée depuis le");

        using var resent = await owner.Submit(page, "invitations", ("Resend", await Waiting(house, workspace)));
        var fresh = Link(await owner.Read(resent.Headers.Location!.ToString()));
        fresh.ShouldNotBe(old);
        (await paul.Read(old)).ShouldContain("Ce lien n’ouvre plus rien");
        (await paul.Read(fresh)).ShouldContain("vous invite à rejoindre");
    }

    [Theory, BothDatabases]
    public async Task Withdrawn_it_opens_nothing(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        var page = $"/e/{workspace}/settings/members";
        var id = await Waiting(house, workspace);
        var form = await owner.Fill(page, "invitations");
        using var withdrawn = await owner.Send(form, ("Withdraw", id));
        (await owner.Read(withdrawn.Headers.Location!.ToString())).ShouldContain("L’invitation est retirée");
        using var paul = new Visitor(house.Url);
        (await paul.Read(link)).ShouldContain("Ce lien n’ouvre plus rien");
        (await Actions(house, workspace)).ShouldBe(["invitation.sent", "invitation.withdrawn"]);
    }

    [Theory, BothDatabases]
    public async Task A_link_bent_to_another_workspace_opens_nothing(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var (others, _) = await house.NewWorkspace("Autre");
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        using var paul = new Visitor(house.Url);
        foreach (
            var bent in new[]
            {
                link.Replace(workspace.ToString(), others.ToString(), StringComparison.Ordinal),
                link.Replace(workspace.ToString(), Id<Workspace>.New().ToString(), StringComparison.Ordinal),
                link[..^1] + (link[^1] == 'A' ? 'E' : 'A'),
                link[..^5],
                "/invitation?token=x",
                "/invitation",
            }
        )
        {
            (await paul.Read(bent)).ShouldContain("Ce lien n’ouvre plus rien", customMessage: bent);
        }
    }

    [Theory, BothDatabases]
    public async Task Who_has_an_account_signs_in_and_the_invitation_waits(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var (own, invited) = await house.NewWorkspace("Le mien");
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, invited.Email!);
        using var visitor = new Visitor(house.Url);
        var page = await visitor.Read(link);
        page.ShouldContain("Vous avez déjà un compte");
        var signIn = SignInLink().Match(page).Groups["link"].Value;
        using var back = await visitor.Submit(
            signIn,
            "sign-in",
            ("In.Email", invited.Email!),
            ("In.Password", House.Password)
        );
        back.Headers.Location!.ToString().ShouldBe(link);
        using var joined = await visitor.Submit(link, "accept");
        joined.Headers.Location!.ToString().ShouldBe($"/e/{workspace}/today");
        var workspaces = await visitor.Read("/workspaces");
        workspaces.ShouldContain("Atelier Véga");
        workspaces.ShouldContain("Le mien");
        (await visitor.Read($"/e/{own}/settings")).ShouldContain("Le mien");
    }

    [Theory, BothDatabases]
    public async Task Another_account_is_named_before_it_joins(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        var (_, other) = await house.NewWorkspace("Autre");
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        using var visitor = await house.SignedIn(other);
        var page = await visitor.Read(link);
        page.ShouldContain("vous êtes connecté avec un autre compte, " + other.Email);
    }

    [Theory, BothDatabases]
    public async Task A_member_is_not_invited_and_a_wrong_address_is_said_at_its_field(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/settings/members/invite";
        using var member = await owner.Submit(page, "invite", ("In.Email", person.Email!), ("In.Role", "Member"));
        (await Text(member)).ShouldContain("Claire Aubry est déjà membre");
        using var wrong = await owner.Submit(
            page,
            "invite",
            ("In.Email", "paul"),
            ("In.Role", "Reader"),
            ("In.Welcome", "Bonjour.")
        );
        var text = await Text(wrong);
        text.ShouldContain("n’est pas une adresse");
        text.ShouldContain("Bonjour.");
        (await Actions(house, workspace)).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Inviting_again_replaces_what_was_sent(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var first = await Invite(owner, workspace, "paul@example.fr");
        var second = await Invite(owner, workspace, "PAUL@example.fr", "Reader");
        using var paul = new Visitor(house.Url);
        (await paul.Read(first)).ShouldContain("Ce lien n’ouvre plus rien");
        (await paul.Read(second)).ShouldContain("Lecteur");
        (await Actions(house, workspace)).ShouldBe(["invitation.sent", "invitation.renewed"]);
    }

    [Theory, BothDatabases]
    public async Task The_key_in_the_mail_is_for_its_reader_alone(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        var token = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        // Shown once, to who invited, because mails do not leave here.
        (await owner.Read($"/e/{workspace}/settings/members")).ShouldNotContain(token);
        var mail = await Mail(house, workspace);
        var page = await owner.Read($"/e/{workspace}/settings/mail/{mail.Id}");
        page.ShouldNotContain(token);
        page.ShouldContain("Ce courriel porte une clé");
        await house.Deliver(workspace);
        (await Mail(house, workspace)).Text.ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(house.Database.Folder, "mail")).ShouldHaveSingleItem();
    }

    [Theory, BothDatabases]
    public async Task The_page_speaks_the_language_of_the_browser(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        using var paul = new Visitor(house.Url);
        paul.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB");
        (await paul.Read(link)).ShouldContain("Claire Aubry invites you to join");
        using var joined = await paul.Submit(link, "join", ("In.Name", "Paul"), ("In.Password", House.Password));
        paul.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        (await paul.Read(joined.Headers.Location!.ToString())).ShouldContain("My account");
    }

    [Theory, BothDatabases]
    public async Task An_address_with_an_apostrophe_is_an_address(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "o'neil@example.fr");
        using var oneil = new Visitor(house.Url);
        using var joined = await oneil.Submit(link, "join", ("In.Name", "O’Neil"), ("In.Password", House.Password));
        joined.StatusCode.ShouldBe(HttpStatusCode.Redirect, await Text(joined));
        (await Members(house, workspace)).ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Who_has_an_account_elsewhere_is_written_to_like_anybody(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, claire) = await house.NewWorkspace();
        var (other, paul) = await house.NewWorkspace("Ailleurs");
        await house.In(
            other,
            (AppDb db) =>
                db
                    .People.Where(p => p.Id == paul.Id)
                    .ExecuteUpdateAsync(
                        s => s.SetProperty(p => p.Language, "en").SetProperty(p => p.Name, "Paul Martin"),
                        TestContext.Current.CancellationToken
                    )
        );
        using var owner = await house.SignedIn(claire);
        await Invite(owner, workspace, paul.Email!);
        var mail = await Mail(house, workspace);
        mail.ToName.ShouldBeNull();
        mail.Subject.ShouldBe("Claire Aubry vous invite à rejoindre Atelier Véga");
    }

    [Theory, BothDatabases]
    public async Task What_is_typed_is_kept_as_text_and_within_its_length(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var invite = $"/e/{workspace}/settings/members/invite";
        using var tooLong = await owner.Submit(
            invite,
            "invite",
            ("In.Email", "paul@example.fr"),
            ("In.Welcome", new string('x', 1001))
        );
        (await Text(tooLong)).ShouldContain("C’est trop long");
        var link = await Invite(owner, workspace, "paul@example.fr", welcome: "Bonjour,\r\nPaul\u0001\uFFFE");
        (
            await house.Ask(
                workspace,
                db => db.Invitations.Select(i => i.Welcome).SingleAsync(TestContext.Current.CancellationToken)
            )
        ).ShouldBe("Bonjour,\nPaul");
        using var paul = new Visitor(house.Url);
        using var longName = await paul.Submit(
            link,
            "join",
            ("In.Name", new string('n', 201)),
            ("In.Password", House.Password)
        );
        var page = await Text(longName);
        page.ShouldContain("C’est trop long");
        page.ShouldContain(new string('n', 201));
        using var joined = await paul.Submit(
            link,
            "join",
            ("In.Name", "Paul\u0001\nMartin\uFFFE"),
            ("In.Password", House.Password)
        );
        joined.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await owner.Read($"/e/{workspace}/settings/members")).ShouldContain("Paul Martin");
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_invited_more_than_three_times_an_hour_and_thirty_in_all(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var form = await owner.Fill($"/e/{workspace}/settings/members/invite", "invite");
        for (var times = 1; times <= 3; times++)
        {
            using var sent = await owner.Send(form, ("In.Email", "paul@example.fr"));
            sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
        using var often = await owner.Send(form, ("In.Email", "Paul@example.fr"));
        (await Text(often)).ShouldContain("Trois invitations sont parties à cette adresse");
        for (var times = 4; times <= 30; times++)
        {
            using var sent = await owner.Send(form, ("In.Email", $"paul{times}@example.fr"));
            sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
        using var many = await owner.Send(form, ("In.Email", "autre@example.fr"));
        (await Text(many)).ShouldContain("Trente invitations sont parties de cet espace");
        (await house.Ask(workspace, db => db.Mails.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(30);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_invite_the_same_address_at_once_both_are_told(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var form = await owner.Fill($"/e/{workspace}/settings/members/invite", "invite");
        var sent = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => owner.Send(form, ("In.Email", "paul@example.fr")))
        );
        sent.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect || a.StatusCode == HttpStatusCode.OK);
        (await house.Ask(workspace, db => db.Invitations.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(
            1
        );
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_join_by_the_same_link_at_once_one_has_the_account(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var link = await Invite(owner, workspace, "paul@example.fr");
        var visitors = Enumerable.Range(0, 4).Select(_ => new Visitor(house.Url)).ToList();
        var forms = await Task.WhenAll(visitors.Select(v => v.Fill(link, "join")));
        var sent = await Task.WhenAll(
            visitors.Select((v, i) => v.Send(forms[i], ("In.Name", "Paul"), ("In.Password", House.Password)))
        );
        sent.ShouldAllBe(a => a.StatusCode < HttpStatusCode.BadRequest);
        (await Members(house, workspace)).ShouldBe(2);
        visitors.ForEach(v => v.Dispose());
    }

    [GeneratedRegex("(?<link>/invitation\\?token=[^\"&<\\s]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InvitationLink();

    [GeneratedRegex("href=\"(?<link>/sign-in\\?back=[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SignInLink();

    private static string Link(string page) => InvitationLink().Match(page).Groups["link"].Value;

    internal static async Task<string> Invite(
        Visitor owner,
        Id<Workspace> workspace,
        string email,
        string role = "Member",
        string welcome = ""
    )
    {
        using var sent = await owner.Submit(
            $"/e/{workspace}/settings/members/invite",
            "invite",
            ("In.Email", email),
            ("In.Role", role),
            ("In.Welcome", welcome)
        );
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect, await Text(sent));
        var link = Link(await owner.Read(sent.Headers.Location!.ToString()));
        link.ShouldNotBeEmpty();
        return link;
    }

    private static async Task<string> Text(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private static Task<OutgoingMail> Mail(House house, Id<Workspace> workspace) =>
        house.Ask(workspace, db => db.Mails.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken));

    private static async Task<string> Waiting(House house, Id<Workspace> workspace) =>
        (
            await house.Ask(
                workspace,
                db => db.Invitations.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)
            )
        ).Id.ToString();

    private static Task<int> Members(House house, Id<Workspace> workspace) =>
        house.Ask(
            workspace,
            db => db.Memberships.CountAsync(m => m.WorkspaceId == workspace, TestContext.Current.CancellationToken)
        );

    private static Task<List<string>> Actions(House house, Id<Workspace> workspace) =>
        house.Ask(
            workspace,
            db =>
                db.AuditLines.AsNoTracking()
                    .Where(l => l.Action != "row.changed")
                    .OrderBy(l => l.Number)
                    .Select(l => l.Action)
                    .ToListAsync(TestContext.Current.CancellationToken)
        );
}
