using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PorteOuverte.Browser.Pages;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;
using PorteOuverte.Ui;

namespace PorteOuverte.Browser.Everywhere;

/// <summary>A house where somebody lives: every page has something to show and an address.</summary>
public sealed partial class Furnished(Browsing browsing) : IAsyncLifetime
{
    private Id<Workspace> workspace;
    private Dictionary<string, string> values = [];
    private string signedIn = "";

    /// <summary>The route of every page of the product, as the pages themselves say it: a new one is looked at without being added here.</summary>
    public static IReadOnlyList<string> Routes { get; } =
    [
        .. typeof(Document)
            .Assembly.GetTypes()
            .SelectMany(page => page.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template)
            .Order(StringComparer.Ordinal),
    ];

    public House House { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        House = await Browsing.OpenHouse(("Development", "true"));
        (workspace, var owner) = await House.NewWorkspace();
        signedIn = await SignIn(owner);
        // What stands between braces in an address: a value for each, that leads to something.
        values = new(StringComparer.Ordinal)
        {
            ["/e/{workspace}/settings/mail/{id}"] = await House.Ask(
                workspace,
                db =>
                    db.Set<OutgoingMail>()
                        .Select(m => m.Id.ToString())
                        .FirstAsync(TestContext.Current.CancellationToken)
            ),
        };
    }

    /// <summary>The address of a route in this house.</summary>
    public string Address(string route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return Parameter()
            .Replace(
                route,
                part =>
                    part.Value == "{workspace}" ? workspace.ToString()
                    : values.TryGetValue(route, out var value) ? value
                    : throw new InvalidOperationException(
                        $"No value for {part} of {route}: give it one in {nameof(Furnished)}."
                    )
            );
    }

    /// <summary>How the browser of somebody begins who is to see a route: signed in, unless it is a stranger's.</summary>
    public Action<BrowserNewContextOptions> Who(string route) =>
        browser => browser.StorageState = route.StartsWith("/e/", StringComparison.Ordinal) ? signedIn : null;

    public async ValueTask DisposeAsync() => await House.DisposeAsync();

    private async Task<string> SignIn(Person owner)
    {
        var tab = await Tab.Open(browsing.Browser, Tab.Plain(House.Url));
        var signIn = new SignInPage(tab);
        await signIn.Go();
        await signIn.SignIn(owner.Email!, House.Password);
        await tab.Go($"/e/{workspace}/settings/mail");
        await tab.Press("M’envoyer un courriel d’essai");
        await tab.Text("Un essai depuis Porte Ouverte");
        var state = await tab.Page.Context.StorageStateAsync();
        (await tab.Close()).ShouldBeEmpty();
        return state;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Parameter();
}
