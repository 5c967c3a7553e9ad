using Microsoft.Playwright;
using PorteOuverte.Browser.Pages;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounts;

/// <summary>H1: somebody adds a second factor, comes back with it, and comes back without the telephone.</summary>
public sealed class SecondFactorTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task The_telephone_is_added_asked_for_lost_and_replaced_by_a_recovery_code()
    {
        var house = await OpenHouse();
        var (workspace, claire) = await house.NewWorkspace();
        var tab = await Open(house.Url);
        await tab.Go("/sign-in");
        await new SignInPage(tab).SignIn(claire.Email!, House.Password);
        await tab.AtHome();

        await tab.Go($"/e/{workspace}/account/second-factor");
        await tab.Heading("Double vérification");
        await tab.IsAccessible();
        await tab.Press("Commencer");
        await tab.Heading("1. Montrez cette image à l’application");
        await tab.IsAccessible();
        await tab.FitsTheScreen();
        var link = await tab
            .Page.GetByRole(AriaRole.Link, new() { Name = "Ouvrir l’application", Exact = true })
            .GetAttributeAsync("href");
        var key = link!.Split("secret=")[1].Split('&')[0];
        await tab.Fill("Code à six chiffres", "000000");
        await tab.Press("Activer");
        await tab.Text("Ce code n’est pas le bon");
        await tab.IsAccessible();
        await tab.Fill("Code à six chiffres", Now(key));
        await tab.Press("Activer");
        await tab.Heading("Vos codes de secours");
        await tab.IsAccessible();
        await tab.FitsTheScreen();
        var codes = await tab.Page.Locator("porte-codes code").AllInnerTextsAsync();
        codes.Count.ShouldBe(10);
        await Assertions
            .Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Imprimer", Exact = true }))
            .ToBeVisibleAsync();
        var file = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Follow("Télécharger"));
        file.SuggestedFilename.ShouldBe("codes-de-secours-porte-ouverte.txt");
        var text = await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        codes.Where(c => !text.Contains(c, StringComparison.Ordinal)).ShouldBeEmpty();
        await tab.Follow("Je les ai rangés");
        await tab.Text("Il vous reste 10 codes de secours.");
        await tab.IsAccessible();

        // On another computer: the code that turned it on is used up, the telephone shows the next one within half a minute.
        var other = await Open(house.Url);
        await other.Go("/sign-in");
        await new SignInPage(other).SignIn(claire.Email!, House.Password);
        await other.Heading("Encore une étape");
        await other.IsAccessible();
        await other.Fill("Code à six chiffres", "000000");
        await other.Press("Entrer");
        await other.Text("Ce code n’est pas le bon");
        // Its clock may be half a minute fast.
        await other.Fill("Code à six chiffres", TimeCode.Code(key, TimeProvider.System.GetUtcNow().AddSeconds(30)));
        await other.Page.GetByLabel("Ne plus demander de code").CheckAsync();
        await other.Press("Entrer");
        await other.AtHome();
        await other.Page.Locator("[popovertarget=person-menu]").ClickAsync();
        await other.Press("Se déconnecter");
        await new SignInPage(other).SignIn(claire.Email!, House.Password);
        await other.AtHome();

        // And without the telephone.
        var third = await Open(house.Url);
        await third.Go("/sign-in");
        await new SignInPage(third).SignIn(claire.Email!, House.Password);
        await third.Follow("Pas de téléphone\u00A0? Prendre un code de secours");
        await third.IsAccessible();
        await third.Fill("Code de secours", codes[0]);
        await third.Press("Entrer");
        await third.AtHome();
        await third.Go($"/e/{workspace}/account/second-factor");
        await third.Text("Il vous reste 9 codes de secours.");
        await third.Page.GetByText("Désactiver la double vérification").ClickAsync();
        await third.Page.GetByLabel("Votre mot de passe", new() { Exact = true }).Last.FillAsync(House.Password);
        await third.Press("Désactiver");
        await third.Text("La double vérification est désactivée.");
    }

    private static string Now(string key) => TimeCode.Code(key, TimeProvider.System.GetUtcNow());
}
