namespace PorteOuverte.Browser.Everywhere;

public sealed class EveryPageInEnglishTests(Browsing browsing, FurnishedInEnglish furnished)
    : Journey(browsing),
        IClassFixture<FurnishedInEnglish>
{
    public static TheoryData<string> Routes => [.. Furnished.Routes];

    [Theory, MemberData(nameof(Routes))]
    public async Task A_page_speaks_English_to_the_English(string route)
    {
        ArgumentNullException.ThrowIfNull(furnished);
        var tab = await Open(furnished.House.Url, furnished.Who(route) + (browser => browser.Locale = "en-GB"));
        await tab.Go(furnished.Address(route));
        (await tab.Language()).ShouldBe("en");
        await Look.All[0].Put(tab);
        await tab.FitsTheScreen();
        await tab.IsAccessible();
    }
}
