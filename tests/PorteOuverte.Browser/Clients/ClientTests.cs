using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Clients;

public sealed class ClientTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task With_a_keyboard_alone_a_client_is_added_changed_archived_and_merged_and_all_of_it_taken_back()
    {
        var house = await OpenHouse();
        var (workspace, person) = await house.NewWorkspace();
        await Clientele.Add(house, workspace, "Atelier du Nord", "411AN");
        var tab = await Open(house.Url);
        var keyboard = new Keyboard(tab);
        await tab.Go("/sign-in");
        await keyboard.Type("Adresse e-mail", person.Email!);
        await keyboard.Type("Mot de passe", House.Password);
        await keyboard.Enter("Se connecter");
        await tab.Page.WaitForURLAsync("**/e/**");

        await tab.Go($"/e/{workspace}/clients");
        await keyboard.Enter("Aller au contenu");
        await keyboard.Enter("Nouveau client");
        await tab.Heading("Nouveau client");
        await tab.Page.Keyboard.TypeAsync("Atelier Nord");
        await keyboard.Enter("Ajouter");
        await tab.Heading("Atelier Nord");
        await keyboard.Enter("Modifier");
        await tab.Heading("Modifier la fiche");
        await keyboard.Type("SIREN facultatif", "732 829 320");
        await keyboard.Enter("Enregistrer");
        await tab.Text("732 829 320");

        await keyboard.Enter("Archiver");
        await tab.Text("Le client est archivé. Son histoire reste.");
        await keyboard.Enter("Annuler");
        await tab.Text("Le client est de nouveau actif.");

        await keyboard.Enter("Réunir avec…");
        await tab.Heading("Réunir Atelier Nord avec…");
        await keyboard.Type("Nom, code ou SIREN", "411an");
        await keyboard.Enter("Atelier du Nord");
        await tab.Heading("Réunir ces deux clients");
        await keyboard.Enter("Réunir");
        await tab.Text("Atelier du Nord est réuni avec ce client.");
        await keyboard.Enter("Séparer Atelier du Nord");
        await tab.Text("Le client a de nouveau sa propre fiche.");

        await keyboard.Enter("Supprimer");
        await tab.Text("Il peut encore être repris pendant 30 jours.");
        await keyboard.Enter("Annuler");
        await tab.Heading("Atelier Nord");
    }
}
