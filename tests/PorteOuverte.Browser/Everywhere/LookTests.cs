using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using PorteOuverte.Browser.Accounts;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Everywhere;

/// <summary>Not a test: it takes the pictures of <c>./dev look</c> into artifacts/look, for people to judge.</summary>
[Trait("Category", "Look")]
public sealed class LookTests(
    Browsing browsing,
    Furnished furnished,
    FurnishedInEnglish english,
    ShownAgency shown
)
    : Journey(browsing),
        IClassFixture<Furnished>,
        IClassFixture<FurnishedInEnglish>,
        IClassFixture<ShownAgency>
{
    private const int ScenesOnASheet = 4;

    private readonly string folder = Folder();
    private readonly List<string> scenes = [];

    [Fact]
    public async Task Every_page_is_taken()
    {
        ArgumentNullException.ThrowIfNull(furnished);
        ArgumentNullException.ThrowIfNull(english);
        ArgumentNullException.ThrowIfNull(shown);
        // A workspace as it is when it is lived in: the demonstration's. What is before it has nobody in particular.
        var agency = await Open(shown.House.Url);
        await agency.Go("/");
        await agency.Page.WaitForURLAsync("**/e/**");
        foreach (var route in Furnished.Routes.Where(r => r.StartsWith("/e/", StringComparison.Ordinal)))
        {
            await agency.Go(shown.Address(route));
            await Take(agency, Name(route));
        }
        foreach (var route in Furnished.Routes.Where(r => !r.StartsWith("/e/", StringComparison.Ordinal)))
        {
            var tab = await Open(furnished.House.Url, furnished.Who(route));
            await tab.Go(furnished.Address(route));
            await Take(tab, Name(route));
        }
        foreach (var route in Furnished.Routes)
        {
            var tab = await Open(english.House.Url, english.Who(route) + (browser => browser.Locale = "en-GB"));
            await tab.Go(english.Address(route));
            await Take(tab, Name(route) + "-en");
        }
        await TakeForTheReadme(agency);
        var nowhere = await Open(furnished.House.Url);
        await nowhere.Go("/assets/nowhere", HttpStatusCode.NotFound);
        await Take(nowhere, "not-found");
        var empty = await OpenHouse();
        var first = await Open(empty.Url);
        await first.Go(FirstOwner.LinkOf(empty));
        await Take(first, "welcome-open");
        await MakeSheets();
    }

    private async Task Take(Tab tab, string scene)
    {
        scenes.Add(scene);
        foreach (var look in Look.All)
        {
            await look.Put(tab);
            // Charts are drawn when somebody comes near them.
            foreach (var chart in await tab.Page.Locator("porte-chart >> visible=true").AllAsync())
            {
                await chart.ScrollIntoViewIfNeededAsync();
                await chart.Locator("canvas").First.WaitForAsync();
            }
            await tab.Page.EvaluateAsync("scrollTo(0, 0)");
            await tab.Page.ScreenshotAsync(
                new()
                {
                    Path = Picture(scene, look),
                    FullPage = true,
                    Animations = ScreenshotAnimations.Disabled,
                }
            );
        }
    }

    /// <summary>What one sees first, as the README shows it.</summary>
    private async Task TakeForTheReadme(Tab tab)
    {
        var pictures = Directory.CreateDirectory(Path.Combine(folder, "..", "..", "docs", "pictures")).FullName;
        await tab.Go(shown.Address("/e/{workspace}/today"));
        foreach (var (name, width, height, scheme) in Views)
        {
            await tab.Page.SetViewportSizeAsync(width, height);
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await tab.Page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(pictures, name),
                    Animations = ScreenshotAnimations.Disabled,
                }
            );
        }
    }

    private static readonly (string Name, int Width, int Height, ColorScheme Scheme)[] Views =
    [
        ("today.png", 1280, 860, ColorScheme.Light),
        ("today-phone.png", 390, 844, ColorScheme.Dark),
    ];

    /// <summary>The pictures side by side, four pages on a sheet, so large that one can still read them.</summary>
    private async Task MakeSheets()
    {
        var sheet = await Open(
            furnished.House.Url,
            browser => browser.ViewportSize = new() { Width = 2660, Height = 800 }
        );
        foreach (var (number, part) in scenes.Chunk(ScenesOnASheet).Index())
        {
            var html = Path.Combine(folder, "sheet.html");
            await File.WriteAllTextAsync(
                html,
                $$"""
                <!doctype html><meta charset="utf-8"><title>Look</title>
                <style>
                  body { margin: 24px; font: 15px sans-serif; background: #ddd; }
                  section { display: grid; grid-template-columns: 280px 280px 1000px 1000px; gap: 16px; align-items: start; margin-bottom: 32px; }
                  h2 { grid-column: 1 / -1; margin: 0; font-size: 17px; }
                  img { width: 100%; max-height: 1100px; object-fit: cover; object-position: top; border: 1px solid #999; }
                </style>
                {{string.Concat(
                    part.Select(scene => $"<section><h2>{scene}</h2>{string.Concat(Look.All.Select(look => $"<img src=\"{Path.GetFileName(Picture(scene, look))}\" alt=\"{look}\">"))}</section>")
                )}}
                """,
                TestContext.Current.CancellationToken
            );
            await sheet.Page.GotoAsync("file://" + html);
            await sheet.Page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(folder, number == 0 ? "sheet.png" : $"sheet-{number + 1}.png"),
                    FullPage = true,
                }
            );
            File.Delete(html);
        }
    }

    private string Picture(string scene, Look look) => Path.Combine(folder, $"{scene}-{look}.png");

    private static string Name(string route) =>
        route is "/"
            ? "home"
            : string.Join('-', route.Split('/').Where(part => part.Length > 0 && part != "e" && part != "{workspace}"))
                .Replace("{", "", StringComparison.Ordinal)
                .Replace("}", "", StringComparison.Ordinal);

    /// <summary>An empty one: no picture of yesterday is taken for one of today.</summary>
    private static string Folder([CallerFilePath] string here = "")
    {
        var folder = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "artifacts", "look")
        );
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        return Directory.CreateDirectory(folder).FullName;
    }
}
