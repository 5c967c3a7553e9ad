using Microsoft.Playwright;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser;

/// <summary>A test in a browser. What it opened is closed at its end, and what a tab complained of makes it fail.</summary>
public abstract class Journey(Browsing browsing) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> houses = [];
    private readonly List<Tab> tabs = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new house, closed with the test.</summary>
    protected async Task<House> OpenHouse(params (string Key, string Value)[] settings)
    {
        var house = await Browsing.OpenHouse(settings);
        houses.Add(house);
        return house;
    }

    /// <summary>Somebody at a browser of their own: nothing is remembered from another.</summary>
    protected async Task<Tab> Open(Uri url, Action<BrowserNewContextOptions>? how = null)
    {
        var options = Tab.Plain(url);
        how?.Invoke(options);
        var tab = await Tab.Open(browsing.Browser, options);
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
