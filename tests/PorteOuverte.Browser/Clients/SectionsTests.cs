using PorteOuverte.Features.Clients;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Clients;

/// <summary>What stands on a client's sheet, with a keyboard alone.</summary>
public sealed class SectionsTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task With_a_keyboard_alone_one_notes_changes_removes_and_has_it_back()
    {
        var house = await OpenHouse();
        var (workspace, person) = await house.NewWorkspace();
        var client = new Client("Verrerie de la Grève", default);
        await house.In(
            workspace,
            async db =>
            {
                db.Add(client);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        var tab = await Open(house.Url);
        var keyboard = new Keyboard(tab);
        await tab.Go("/sign-in");
        await keyboard.Type("Adresse e-mail", person.Email!);
        await keyboard.Type("Mot de passe", House.Password);
        await keyboard.Enter("Se connecter");
        await tab.AtHome();

        var notes = $"/e/{workspace}/clients/{client.Id}/notes";
        await tab.Go(notes);
        await keyboard.Type("Nouvelle note", "Appeler le matin");
        await keyboard.Enter("Noter");
        await tab.Page.WaitForURLAsync("**/notes#note-*");
        await tab.Text("Appeler le matin");

        // Opened in place: the address stays.
        await tab.Page.Locator(".notes a.only-icon").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Locator("#field-Edited-Text").FillAsync("Appeler l’après-midi");
        await tab.IsAccessible();
        await keyboard.Enter("Enregistrer");
        await tab.Text("Appeler l’après-midi");

        await tab.Page.Locator(".notes button.only-icon").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Text("Note supprimée.");
        await keyboard.Enter("Annuler");
        await tab.Text("C’est revenu.");
        await tab.Text("Appeler l’après-midi");
        tab.Path.ShouldStartWith(notes);
    }

    [Fact]
    public async Task A_contact_is_added_in_the_middle_of_the_page_and_without_scripts_on_its_own()
    {
        var house = await OpenHouse();
        var (workspace, person) = await house.NewWorkspace();
        var client = new Client("Verrerie de la Grève", default);
        await house.In(
            workspace,
            async db =>
            {
                db.Add(client);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        foreach (var (scripts, name) in new[] { (true, "Inès Morel"), (false, "Hugo Lenoir") })
        {
            var tab = await Open(house.Url, browser => browser.JavaScriptEnabled = scripts);
            var signIn = new Pages.SignInPage(tab);
            await signIn.Go();
            await signIn.SignIn(person.Email!, House.Password);
            await tab.AtHome();
            await tab.Go($"/e/{workspace}/clients/{client.Id}/contacts");
            await tab.Follow("Ajouter");
            await tab.Page.Locator("#field-In-Name").FillAsync(name);
            await tab.Press("Enregistrer");
            await tab.Text(name);
            await tab.Follow($"Modifier {name}");
            await tab.Page.Locator("#field-In-Title").FillAsync("Gérance");
            await tab.Press("Enregistrer");
            await tab.Text("Gérance");
            tab.Path.ShouldStartWith($"/e/{workspace}/clients/{client.Id}/contacts");
        }
    }
}
