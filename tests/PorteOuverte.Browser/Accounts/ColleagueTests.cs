using PorteOuverte.Browser.Pages;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Accounts;

/// <summary>The first two people of a house, from the printed link to a password that was forgotten.</summary>
public sealed class ColleagueTests(Browsing browsing) : Journey(browsing)
{
    private const string Paul = "paul@example.fr";

    [Fact]
    public async Task A_colleague_is_invited_joins_takes_another_language_forgets_the_password_and_is_back_in()
    {
        var house = await OpenHouse();
        var post = new Postbox(house);
        await Invite(house);

        var tab = await Open(house.Url);
        await tab.Go(await post.LinkTo(Paul));
        await tab.Heading("Atelier Véga");
        await tab.Fill("Votre nom", "Paul Ferrand");
        await tab.Fill("Mot de passe", "le premier mot de Paul");
        await tab.Press("Rejoindre l’espace");
        await tab.AtHome();

        await new Menu(tab).Choose("Mon compte");
        await tab.Page.GetByLabel("Langue").SelectOptionAsync("en");
        await tab.Press("Enregistrer");
        await tab.Heading("My account");
        await new Menu(tab).SignOut("Sign out");

        await tab.Follow("Forgotten your password?");
        await tab.Fill("Email address", Paul);
        await tab.Press("Send me the link");
        await tab.Heading("Look into your inbox");
        await tab.Go(await post.LinkTo(Paul));
        await tab.Heading("A new password");
        await tab.Fill("New password", "the second one of Paul");
        await tab.Press("Save this password");
        await tab.Text("Your new password is in place.");
        await tab.Fill("Email address", Paul);
        await tab.Fill("Password", "the second one of Paul");
        await tab.Press("Sign in");
        await tab.AtHome();
    }

    private async Task Invite(House house)
    {
        var tab = await Open(house.Url);
        await tab.Go(FirstOwner.LinkOf(house));
        await new WelcomePage(tab).OpenWorkspace("Atelier Véga", "Claire Aubry", "claire@example.fr", House.Password);
        await tab.AtHome();
        await tab.Follow("Réglages");
        await tab.Follow("Membres");
        await tab.Follow("Inviter quelqu’un");
        await tab.Fill("Adresse e-mail", Paul);
        await tab.Press("Envoyer l’invitation");
        await tab.Text("Transmettez ce lien vous-même");
        await tab.Text(Paul);
    }
}
