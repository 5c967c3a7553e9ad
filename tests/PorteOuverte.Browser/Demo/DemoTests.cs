using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Demo;

/// <summary>The demonstration in a browser: whatever it complains of makes the test fail.</summary>
public sealed class DemoTests(Browsing browsing, ShownAgency shown) : Journey(browsing), IClassFixture<ShownAgency>
{
    [Fact]
    public async Task Nothing_else_is_typed_and_no_page_complains()
    {
        ArgumentNullException.ThrowIfNull(shown);
        var tab = await Open(shown.House.Url);
        await tab.Go("/");
        await tab.Page.WaitForURLAsync("**/e/**");
        foreach (var route in ShownAgency.Routes.Where(r => r.StartsWith("/e/", StringComparison.Ordinal)))
        {
            await tab.Go(shown.Address(route));
            await tab.Page.Locator(".demo").WaitForAsync();
        }
    }

    [Fact]
    public async Task The_notice_fits_every_screen_and_begins_anew()
    {
        // Of its own: the other test goes on with the first.
        await using var own = new ShownAgency();
        await own.InitializeAsync();
        var tab = await Open(own.House.Url);
        await tab.Go("/");
        foreach (var look in Everywhere.Look.All)
        {
            await look.Put(tab);
            await tab.FitsTheScreen();
            await tab.IsAccessible();
        }
        var before = tab.Page.Url;
        await tab
            .Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Repartir de zéro" })
            .ClickAsync();
        await tab.Page.WaitForURLAsync(url => url != before && url.Contains("/e/", StringComparison.Ordinal));
        await tab.Page.GetByText("Verrerie de la Grève").First.WaitForAsync();
    }
}
