using System.Net;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Mail;

public sealed class MailPageTests
{
    [Theory, BothDatabases]
    public async Task The_owner_sees_what_became_of_each_mail_and_opens_it(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var page = $"/e/{workspace}/settings/mail";
        (await owner.Read($"/e/{workspace}/settings")).ShouldContain(page);
        (await owner.Read(page)).ShouldContain("Aucun courriel pour l’instant");
        (await owner.Read(page)).ShouldContain(Path.Combine(house.Database.Folder, "mail"));

        using var pressed = await owner.Submit(page, "test-mail");
        pressed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var opened = pressed.Headers.Location!.ToString();
        var text = await owner.Read(opened);
        text.ShouldContain("Un essai depuis Porte Ouverte");
        text.ShouldContain(person.Email!);
        text.ShouldContain("Il part au prochain passage.");
        await house.Deliver(workspace);
        (await owner.Read(opened)).ShouldContain("Remis le ");
        (await owner.Read(page)).ShouldContain("Un essai depuis Porte Ouverte");
        (await owner.Read(page + "?state=Queued")).ShouldContain("Rien ne correspond");
        (await owner.Read(page + "?state=nonsense&page=-3")).ShouldContain("Un essai depuis Porte Ouverte");
    }

    [Theory, BothDatabases]
    public async Task One_that_waits_is_cancelled_and_one_that_has_left_says_so(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var id = await house.Write(workspace, "paul@example.fr");
        var page = $"/e/{workspace}/settings/mail/{id}";
        using var pressed = await owner.Submit(page, "decide-mail", ("In.Decision", "Cancel"));
        pressed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await house.Deliver(workspace)).ShouldBeNull();
        (await house.Mail(workspace, id)).State.ShouldBe(MailState.Cancelled);

        var late = await house.Write(workspace, "paul@example.fr");
        page = $"/e/{workspace}/settings/mail/{late}";
        using var toolate = await owner.Submit(page, "decide-mail", ("In.Decision", "Arrived"));
        WebUtility
            .HtmlDecode(await toolate.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain("son état a changé entre-temps");
        (await house.Mail(workspace, late)).State.ShouldBe(MailState.Queued);
    }

    [Theory, BothDatabases]
    public async Task The_mails_are_for_the_owner_of_the_workspace_only(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, manager) = await house.NewWorkspace(role: Role.Manager);
        var id = await house.Write(workspace, "paul@example.fr");
        using var visitor = await house.SignedIn(manager);
        (await visitor.Read($"/e/{workspace}/settings")).ShouldNotContain("/settings/mail");
        using var list = await visitor.Get($"/e/{workspace}/settings/mail");
        list.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        using var one = await visitor.Get($"/e/{workspace}/settings/mail/{id}");
        one.StatusCode.ShouldNotBe(HttpStatusCode.OK);

        var (elsewhere, stranger) = await house.NewWorkspace("Autre");
        using var sheet = await visitor.Get($"/e/{workspace}/settings/mail/sheet.csv");
        sheet.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        using var other = await house.SignedIn(stranger);
        using var notTheirs = await other.Get($"/e/{elsewhere}/settings/mail/{id}");
        notTheirs.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
