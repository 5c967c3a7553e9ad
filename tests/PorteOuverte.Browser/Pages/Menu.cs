namespace PorteOuverte.Browser.Pages;

/// <summary>What stands beside every page of a workspace.</summary>
internal sealed class Menu(Tab tab)
{
    /// <summary>Opens one's own menu, behind one's name.</summary>
    public Task OpenPerson() => tab.Page.Locator("[popovertarget=person-menu]").ClickAsync();

    public async Task SignOut()
    {
        await OpenPerson();
        await tab.Press("Se déconnecter");
    }
}
