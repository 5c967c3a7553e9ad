namespace PorteOuverte.Browser.Pages;

internal sealed class SignInPage(Tab tab)
{
    public Task Go() => tab.Go("/sign-in");

    public async Task SignIn(string email, string password)
    {
        await tab.Heading("Se connecter");
        await tab.Fill("Adresse e-mail", email);
        await tab.Fill("Mot de passe", password);
        await tab.Press("Se connecter");
    }
}
