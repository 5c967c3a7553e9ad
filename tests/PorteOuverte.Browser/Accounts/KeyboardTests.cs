using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounts;

public sealed class KeyboardTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task With_a_keyboard_alone_one_signs_in_sends_a_mail_and_leaves()
    {
        var house = await OpenHouse();
        var (_, person) = await house.NewWorkspace();
        var tab = await Open(house.Url);
        var keyboard = new Keyboard(tab);
        await tab.Go("/sign-in");
        await keyboard.Type("Adresse e-mail", person.Email!);
        await keyboard.Type("Mot de passe", House.Password);
        await keyboard.Enter("Se connecter");
        await tab.AtHome();

        await keyboard.Enter("Réglages");
        await tab.Heading("Réglages");
        await keyboard.Enter("Courriels");
        await tab.Heading("Courriels");
        await keyboard.Enter("Aller au contenu");
        await keyboard.Enter("M’envoyer un courriel d’essai");
        await tab.Text("Si vous lisez ces lignes");

        await keyboard.Enter("Claire Aubry Atelier Véga");
        await keyboard.Enter("Se déconnecter");
        await tab.Heading("Se connecter");
    }

    [Fact]
    public async Task A_focus_that_nothing_shows_is_found()
    {
        var tab = await Open((await OpenHouse()).Url);
        await tab.Go("/sign-in");
        await new Keyboard(tab).Reach("Mot de passe");
        await tab.Page.EvaluateAsync("document.styleSheets[0].insertRule('button { outline: none !important; }')");
        var complaint = await Assert.ThrowsAsync<ShouldAssertException>(() => new Keyboard(tab).Reach("Se connecter"));
        complaint.Message.ShouldContain("nothing shows it");
    }
}
