using Microsoft.Playwright;
using PorteOuverte.Tests.Support;

[assembly: AssemblyFixture(typeof(PorteOuverte.Browser.Browsing))]

namespace PorteOuverte.Browser;

/// <summary>One Chromium for all tests: Debian's own, never one that is downloaded.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public IBrowser Browser => browser!;

    /// <summary>A new house on an empty SQLite file that also works in the background, and whose links lead to itself.</summary>
    public static Task<House> OpenHouse(params (string Key, string Value)[] settings)
    {
        // By name and not by number: a passkey belongs to a name.
        var url = $"http://localhost:{PorteProcess.FreePort()}";
        return House.Working("sqlite", settings: [("Urls", url), ("PublicUrl", url), .. settings]);
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            throw new InvalidOperationException(
                $"{Chromium} is missing: install Debian's package chromium. Journeys are made in a real browser."
            );
        }
        // A machine that does other things too may take its time.
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Chromium,
                Args =
                [
                    "--lang=fr",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }
        playwright?.Dispose();
    }
}
