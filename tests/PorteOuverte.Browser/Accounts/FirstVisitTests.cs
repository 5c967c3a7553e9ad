using PorteOuverte.Browser.Pages;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounts;

/// <summary>A newcomer with the program, an empty folder, and nothing else.</summary>
public sealed class FirstVisitTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task A_newcomer_follows_the_printed_link_opens_a_workspace_leaves_and_comes_back()
    {
        using var data = new EmptyData("sqlite");
        using var porte = await PorteProcess.Serve(data.Settings);
        var link = "";
        await Wait.Until(() =>
        {
            link =
                porte.Output.Split().FirstOrDefault(w => w.Contains("/welcome?code=", StringComparison.Ordinal)) ?? "";
            return Task.FromResult(link.Length > 0);
        });
        var tab = await Open(porte.Url);
        await tab.Go(link);
        await new WelcomePage(tab).OpenWorkspace(
            "Atelier Véga",
            "Claire Aubry",
            "claire@example.fr",
            "une phrase assez longue"
        );
        await tab.AtHome();
        await tab.Text("Atelier Véga");

        await new Menu(tab).SignOut();
        await new SignInPage(tab).SignIn("claire@example.fr", "une autre phrase assez longue");
        await tab.Text("Adresse ou mot de passe inconnus");
        await new SignInPage(tab).SignIn("claire@example.fr", "une phrase assez longue");
        await tab.AtHome();
    }
}
