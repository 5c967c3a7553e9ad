namespace PorteOuverte.Browser.Pages;

/// <summary>Where the first owner opens a workspace.</summary>
internal sealed class WelcomePage(Tab tab)
{
    public async Task OpenWorkspace(string business, string name, string email, string password)
    {
        await tab.Heading("Bienvenue");
        await tab.Fill("Nom de votre entreprise", business);
        await tab.Fill("Votre nom", name);
        await tab.Fill("Adresse e-mail", email);
        await tab.Fill("Mot de passe", password);
        await tab.Press("Ouvrir mon espace");
    }
}
