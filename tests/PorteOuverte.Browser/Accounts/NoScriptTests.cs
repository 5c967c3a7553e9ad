using PorteOuverte.Browser.Pages;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounts;

public sealed class NoScriptTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task Without_scripts_the_same_forms_do_the_same()
    {
        var house = await OpenHouse();
        var tab = await Open(house.Url, browser => browser.JavaScriptEnabled = false);
        await tab.Go(FirstOwner.LinkOf(house));
        await new WelcomePage(tab).OpenWorkspace("Atelier Véga", "Claire Aubry", "claire@example.fr", House.Password);
        await tab.AtHome();
        await tab.Follow("Réglages");
        await tab.Follow("Courriels");
        await tab.Press("M’envoyer un courriel d’essai");
        await tab.Text("Si vous lisez ces lignes");

        await new Menu(tab).SignOut();
        await new SignInPage(tab).SignIn("claire@example.fr", "une autre phrase assez longue");
        await tab.Text("Adresse ou mot de passe inconnus");
        (await tab.Page.GetByLabel("Adresse e-mail").InputValueAsync()).ShouldBe("claire@example.fr");
        await new SignInPage(tab).SignIn("claire@example.fr", House.Password);
        await tab.AtHome();
    }
}
