using Microsoft.Playwright;
using PorteOuverte.Browser.Pages;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounts;

/// <summary>H1: a real browser makes a passkey and comes in with it; the device is Chromium's own pretence of one.</summary>
public sealed class PasskeyTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task A_key_is_made_named_used_and_removed()
    {
        var house = await OpenHouse();
        var (workspace, claire) = await house.NewWorkspace();
        var tab = await Open(house.Url);
        await tab.Go("/sign-in");
        await new SignInPage(tab).SignIn(claire.Email!, House.Password);
        await tab.AtHome();
        var device = await Device(tab);

        await tab.Go($"/e/{workspace}/account/passkeys");
        await tab.Heading("Ajouter une clé d’accès");
        await tab.IsAccessible();
        await tab.Fill("Nom", "Téléphone de Claire");
        await tab.Press("Ajouter la clé");
        await tab.Text("La clé est ajoutée.");
        await tab.IsAccessible();
        await tab.FitsTheScreen();

        // The same device a second time.
        await tab.Press("Ajouter la clé");
        await tab.Text("Cet appareil a déjà une clé pour ce compte.");

        // A device that does not confirm.
        await device.SendAsync("WebAuthn.setUserVerified", With(device, ("isUserVerified", false)));
        await tab.Page.Locator("[popovertarget=person-menu]").ClickAsync();
        // The browser asks for a proposal of its own: pressed before, the button would end that.
        await tab.Page.RunAndWaitForResponseAsync(() => tab.Press("Se déconnecter"), "**/sign-in/passkey");
        await tab.Heading("Se connecter");
        await tab.IsAccessible();
        await tab.Press("Se connecter avec une clé d’accès");
        await tab.Text("L’appareil n’a rien confirmé.");
        await device.SendAsync("WebAuthn.setUserVerified", With(device, ("isUserVerified", true)));
        await tab.Press("Se connecter avec une clé d’accès");
        await tab.AtHome();

        await tab.Go($"/e/{workspace}/account/passkeys");
        await tab.Text("Téléphone de Claire");
        await tab.Follow("Modifier «\u00A0Téléphone de Claire\u00A0»");
        await tab.IsAccessible();
        await tab.Fill("Nom", "Ordinateur");
        await tab.Press("Renommer");
        await tab.Text("La clé a un nouveau nom.");
        await tab.Follow("Modifier «\u00A0Ordinateur\u00A0»");
        await tab.Press("Retirer cette clé");
        await tab.Text("La clé est retirée.");

        await tab.Page.Locator("[popovertarget=person-menu]").ClickAsync();
        await tab.Press("Se déconnecter");
        // The device answers the browser's own proposal, nobody need press.
        await tab.Text("Cette clé n’ouvre aucun compte ici.");
        // Pressed too: the page that refuses makes no proposal, so that what comes now answers the button.
        await tab.Page.EvaluateAsync("window.isOld = true");
        await tab.Press("Se connecter avec une clé d’accès");
        await tab.Page.WaitForFunctionAsync("() => !window.isOld");
        await tab.Text("Cette clé n’ouvre aucun compte ici.");
        await new SignInPage(tab).SignIn(claire.Email!, House.Password);
        await tab.AtHome();
    }

    [Fact]
    public async Task A_press_is_not_dropped_for_what_the_browser_would_propose()
    {
        var house = await OpenHouse();
        var tab = await Open(house.Url);
        // A browser that takes its time to say whether it can propose keys.
        await tab.Page.AddInitScriptAsync(
            "PublicKeyCredential.isConditionalMediationAvailable = () => new Promise(say => { window.sayIt = say; });"
        );
        var device = await Device(tab);
        await device.SendAsync("WebAuthn.setUserVerified", With(device, ("isUserVerified", false)));
        await tab.Go("/sign-in");
        await tab.Page.EvaluateAsync("document.querySelector('porte-passkey button').click(); window.sayIt(true);");
        await tab.Text("L’appareil n’a rien confirmé.");
    }

    [Fact]
    public async Task A_browser_without_scripts_is_not_offered_what_it_cannot_do()
    {
        var house = await OpenHouse();
        var (workspace, claire) = await house.NewWorkspace();
        var tab = await Open(house.Url, how => how.JavaScriptEnabled = false);
        await tab.Go("/sign-in");
        await Assertions.Expect(tab.Page.Locator("porte-passkey")).ToBeHiddenAsync();
        await new SignInPage(tab).SignIn(claire.Email!, House.Password);
        await tab.AtHome();
        await tab.Go($"/e/{workspace}/account/passkeys");
        await tab.Text("Si le bouton n’apparaît pas");
        await Assertions.Expect(tab.Page.Locator("porte-passkey")).ToBeHiddenAsync();
    }

    private readonly Dictionary<ICDPSession, string> devices = [];

    private async Task<ICDPSession> Device(Tab tab)
    {
        var session = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new
                {
                    protocol = "ctap2",
                    transport = "internal",
                    hasResidentKey = true,
                    hasUserVerification = true,
                    isUserVerified = true,
                    automaticPresenceSimulation = true,
                },
            }
        );
        devices[session] = added!.Value.GetProperty("authenticatorId").GetString()!;
        return session;
    }

    private Dictionary<string, object> With(ICDPSession device, (string Name, object Value) setting) =>
        new() { ["authenticatorId"] = devices[device], [setting.Name] = setting.Value };
}
