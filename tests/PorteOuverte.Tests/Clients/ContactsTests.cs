using System.Net;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

public sealed class ContactsTests
{
    [Fact]
    public void Of_those_who_are_there_one_is_the_main_one()
    {
        Contact[] all = [.. Enumerable.Range(0, 3).Select(_ => new Contact(Id<Client>.New())).OrderBy(c => c.Id)];
        Contact.ChooseMain(all, null);
        all.Select(c => c.IsMain).ShouldBe([true, false, false]);
        Contact.ChooseMain(all, all[2]);
        all.Select(c => c.IsMain).ShouldBe([false, false, true]);
        all[2].Remove(default);
        Contact.ChooseMain(all, null);
        all.Select(c => c.IsMain).ShouldBe([true, false, false]);
        all[2].Restore();
        Contact.ChooseMain(all, null);
        all.Select(c => c.IsMain).ShouldBe([true, false, false]);
        foreach (var contact in all)
        {
            contact.Remove(default);
        }
        Contact.ChooseMain(all, null);
        all.ShouldNotContain(c => c.IsMain);
    }

    [Theory, BothDatabases]
    public async Task The_first_contact_is_the_main_one_until_another_is_chosen(string database)
    {
        await using var there = await Portfolio.Open(database);
        using var added = await Add(there, "Inès Morel", "ines@example.fr", "02 98 00 11 22");
        added.Headers.Location!.ToString().ShouldStartWith(there.Sheet + "/contacts");
        await Add(there, "Hugo Lenoir", "", "via l’accueil");
        var page = await there.Visitor.Read(there.Sheet + "/contacts");
        page.ShouldContain("href=\"mailto:ines@example.fr\"");
        page.ShouldContain("href=\"tel:0298001122\"");
        page.ShouldContain("<span>via l’accueil</span>");
        (await MainOnes(there)).ShouldBe(["Inès Morel"]);
        var hugo = await AddressOf(there, "Hugo Lenoir");
        using var chosen = await there.Visitor.Submit(
            hugo,
            "contact",
            ("In.Name", "Hugo Lenoir"),
            ("In.IsMain", "true")
        );
        chosen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await MainOnes(there)).ShouldBe(["Hugo Lenoir"]);
        // Gone, the other takes the place; back, it stays so.
        using var removed = await there.Visitor.Submit(there.Sheet + "/contacts", hugo + "/remove");
        (await MainOnes(there)).ShouldBe(["Inès Morel"]);
        using var restored = await there.Visitor.Submit(there.Sheet + "/contacts", hugo + "/restore");
        restored.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await MainOnes(there)).ShouldBe(["Inès Morel"]);
        (await there.Deeds())
            .Where(d => d.StartsWith("contact.", StringComparison.Ordinal))
            .ShouldBe(["contact.added", "contact.added", "contact.changed", "contact.removed", "contact.restored"]);
    }

    [Theory, BothDatabases]
    public async Task What_is_wrong_is_said_and_what_was_typed_stays(string database)
    {
        await using var there = await Portfolio.Open(database);
        using var wrong = await Add(there, " ", "ines@", "02");
        var page = await Portfolio.Words(wrong);
        page.ShouldContain("Indiquez un nom");
        page.ShouldContain("value=\"ines@\"");
        page.ShouldContain("value=\"02\"");
        (await there.Ask(db => db.Contacts.CountAsync(TestContext.Current.CancellationToken))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_contact_is_found_by_name_and_by_address(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Add(there, "Inès Morel", "ines@example.fr", "");
        foreach (var words in new[] { "ines", "morel inès", "ines@example" })
        {
            (await there.Visitor.Read($"/e/{there.Workspace}/search?q={Uri.EscapeDataString(words)}")).ShouldContain(
                $"href=\"{there.Sheet}\""
            );
        }
        await there.Change(_ => true, c => c.Remove(default));
        (await there.Visitor.Read($"/e/{there.Workspace}/search?q=ines")).ShouldNotContain(there.Sheet);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_are_made_the_main_contact_at_once_one_is(string database)
    {
        await using var there = await Portfolio.Open(database);
        var form = await there.Visitor.Fill(there.Sheet + "/contacts/new", "contact");
        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => there.Visitor.Send(form, ("In.Name", $"N° {i}"), ("In.IsMain", "true")))
        );
        (await MainOnes(there)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_has_no_form()
    {
        await using var there = await Portfolio.Open("sqlite");
        await Add(there, "Inès Morel", "", "");
        using var reader = await there.Colleague(Role.Reader);
        (await reader.Read(there.Sheet + "/contacts")).ShouldContain("Inès Morel");
        using var refused = await reader.Get(await AddressOf(there, "Inès Morel"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Task<HttpResponseMessage> Add(Portfolio there, string name, string email, string phone) =>
        there.Visitor.Submit(
            there.Sheet + "/contacts/new",
            "contact",
            ("In.Name", name),
            ("In.Email", email),
            ("In.Phone", phone)
        );

    private static async Task<string> AddressOf(Portfolio there, string name) =>
        $"/e/{there.Workspace}/contacts/"
        + await there.Ask(db =>
            db.Contacts.Where(c => c.Name == name).Select(c => c.Id).SingleAsync(TestContext.Current.CancellationToken)
        );

    private static Task<List<string>> MainOnes(Portfolio there) =>
        there.Ask(db =>
            db.Contacts.Where(c => c.IsMain && c.RemovedAt == null)
                .Select(c => c.Name)
                .ToListAsync(TestContext.Current.CancellationToken)
        );
}
