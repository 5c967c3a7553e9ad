using Microsoft.Playwright;

namespace PorteOuverte.Browser.Pages;

/// <summary>What stands behind one's name beside every page of a workspace.</summary>
internal sealed class Menu(Tab tab)
{
    public Task Choose(string entry) => Press(AriaRole.Link, entry);

    public Task SignOut(string button = "Se déconnecter") => Press(AriaRole.Button, button);

    private async Task Press(AriaRole role, string name)
    {
        await tab.Page.Locator("[popovertarget=person-menu]").ClickAsync();
        await tab.Page.Locator("#person-menu").GetByRole(role, new() { Name = name, Exact = true }).ClickAsync();
    }
}
