using Microsoft.Playwright;

namespace PorteOuverte.Browser.Everywhere;

/// <summary>Every page, found by asking the product: narrow and wide, light and dark, in French.</summary>
public sealed class EveryPageTests(Browsing browsing, Furnished furnished) : Journey(browsing), IClassFixture<Furnished>
{
    public static TheoryData<string> Routes => [.. Furnished.Routes];

    [Theory, MemberData(nameof(Routes))]
    public async Task A_page_fits_every_screen_and_keeps_nobody_out(string route)
    {
        ArgumentNullException.ThrowIfNull(furnished);
        var tab = await Open(furnished.House.Url, furnished.Who(route));
        await tab.Go(furnished.Address(route));
        (await tab.Language()).ShouldBe("fr");
        foreach (var look in Look.All)
        {
            await look.Put(tab);
            await tab.FitsTheScreen();
            await tab.IsAccessible();
        }
    }
}
