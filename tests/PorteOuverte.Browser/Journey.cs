using Microsoft.Playwright;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser;

/// <summary>A test in a browser. What it opened is closed at its end, and what a tab complained of makes it fail.</summary>
public abstract class Journey(Browsing browsing) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> houses = [];
    private readonly List<Tab> tabs = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new house on an empty SQLite file that also works in the background, and whose links lead to itself.</summary>
    protected async Task<House> OpenHouse(params (string Key, string Value)[] settings)
    {
        var url = $"http://localhost:{PorteProcess.FreePort()}";
        // By name and not by number: a passkey belongs to a name.
        var house = await House.Working("sqlite", settings: [("Urls", url), ("PublicUrl", url), .. settings]);
        houses.Add(house);
        return house;
    }

    /// <summary>Somebody at a browser of their own: nothing is remembered from another.</summary>
    protected async Task<Tab> Open(House house, BrowserNewContextOptions? how = null) =>
        await Open(house?.Url ?? throw new ArgumentNullException(nameof(house)), how);

    /// <summary>The same, at any address.</summary>
    protected async Task<Tab> Open(Uri url, BrowserNewContextOptions? how = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        how ??= new BrowserNewContextOptions();
        how.BaseURL = url.ToString();
        how.Locale ??= "fr-FR";
        how.TimezoneId ??= "Europe/Paris";
        var tab = await Tab.Open(browsing.Browser, how);
        tabs.Add(tab);
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            List<string> complaints = [];
            foreach (var tab in tabs)
            {
                complaints.AddRange(await tab.Close());
            }
            complaints.ShouldBeEmpty();
        }
        finally
        {
            foreach (var house in houses)
            {
                await house.DisposeAsync();
            }
        }
    }
}
