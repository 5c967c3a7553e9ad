using System.Net;
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
public partial class Furnished : IAsyncLifetime
{
    private readonly Browsing browsing;
    private readonly string language;
    private Id<Workspace> workspace;
    private Dictionary<string, string> values = [];
    private string signedIn = "";

    public Furnished(Browsing browsing)
        : this(browsing, "fr") { }

    private protected Furnished(Browsing browsing, string language)
    {
        this.browsing = browsing;
        this.language = language;
    }

    private static readonly Dictionary<string, Type> Pages = typeof(Document)
        .Assembly.GetTypes()
        .SelectMany(page => page.GetCustomAttributes<RouteAttribute>().Select(route => (route.Template, Page: page)))
        .ToDictionary(found => found.Template, found => found.Page, StringComparer.Ordinal);

    /// <summary>The route of every page of the product, as the pages themselves say it: a new one is looked at without being added here.</summary>
    public static IReadOnlyList<string> Routes { get; } = [.. Pages.Keys.Order(StringComparer.Ordinal)];

    public House House { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        House = await Browsing.OpenHouse(("Development", "true"), ("OpenSignUp", "true"));
        (workspace, var owner) = await House.NewWorkspace();
        await SendTestMail(owner);
        await House.In(
            workspace,
            async db =>
            {
                (await db.People.SingleAsync(TestContext.Current.CancellationToken)).Language = language;
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        signedIn = await SignIn(owner);
        var clients = await Clientele.Some(House, workspace);
        var invoice = await House.Ask(
            workspace,
            db =>
                db.CurrentEntries.Where(e => e.ClientId == clients[0] && e.Outstanding > 0)
                    .Select(e => e.Id.ToString())
                    .FirstAsync(TestContext.Current.CancellationToken)
        );
        // What stands between braces in an address: a value for each, that leads to something.
        values = new(StringComparer.Ordinal)
        {
            ["/e/{workspace}/accounting/entries/{id}"] = invoice,
            ["/e/{workspace}/accounting/entries/{id}/edit"] = invoice,
            ["/e/{workspace}/clients/{id}"] = clients[0].ToString(),
            ["/e/{workspace}/clients/{id}/edit"] = clients[0].ToString(),
            ["/e/{workspace}/clients/{id}/invoices"] = clients[0].ToString(),
            ["/e/{workspace}/clients/{id}/merge"] = clients[0].ToString(),
            ["/e/{workspace}/settings/members/{id}"] = new Id<Person>(owner.Id).ToString(),
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

    /// <summary>How the browser of somebody begins who is to see a route: signed in, unless it is open to all.</summary>
    public Action<BrowserNewContextOptions> Who(string route) =>
        browser => browser.StorageState = Pages[route].IsDefined(typeof(OpenToAllAttribute)) ? null : signedIn;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await House.DisposeAsync();
    }

    private async Task SendTestMail(Person owner)
    {
        using var visitor = await House.SignedIn(owner);
        using var sent = await visitor.Submit($"/e/{workspace}/settings/mail", "test-mail");
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private async Task<string> SignIn(Person owner)
    {
        var tab = await Tab.Open(browsing.Browser, Tab.Plain(House.Url));
        var signIn = new SignInPage(tab);
        await signIn.Go();
        await signIn.SignIn(owner.Email!, House.Password);
        await tab.Page.WaitForURLAsync("**/e/**");
        var state = await tab.Page.Context.StorageStateAsync();
        (await tab.Close()).ShouldBeEmpty();
        return state;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Parameter();
}

/// <summary>The same, of somebody who reads English.</summary>
public sealed class FurnishedInEnglish(Browsing browsing) : Furnished(browsing, "en");
