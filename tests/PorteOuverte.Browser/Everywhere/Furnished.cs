using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PorteOuverte.Browser.Pages;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers.Tables;
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
        var (client, contact, engagement) = await Furnish(owner);
        var (import, file) = await Papers.Some(House, workspace);
        var (mapped, table) = await GiveTable();
        var invoice = await House.Ask(
            workspace,
            db =>
                db.CurrentEntries.Where(e => e.ClientId == clients[0] && e.Outstanding > 0)
                    .Select(e => e.Id.ToString())
                    .FirstAsync(TestContext.Current.CancellationToken)
        );
        var alert = await FindAlert();
        // What stands between braces in an address: a value for each, that leads to something.
        values = new(StringComparer.Ordinal)
        {
            ["/e/{workspace}/accounting/entries/{id}"] = invoice,
            ["/e/{workspace}/accounting/entries/{id}/edit"] = invoice,
            ["/e/{workspace}/clients/{id}"] = clients[0].ToString(),
            ["/e/{workspace}/clients/{id}/edit"] = clients[0].ToString(),
            ["/e/{workspace}/clients/{id}/invoices"] = clients[0].ToString(),
            ["/e/{workspace}/clients/{id}/merge"] = clients[0].ToString(),
            ["/e/{workspace}/accounting/imports/{id}"] = import,
            ["/e/{workspace}/settings/members/{id}"] = new Id<Person>(owner.Id).ToString(),
            ["/e/{workspace}/clients/{id}/notes"] = client,
            ["/e/{workspace}/clients/{id}/contacts"] = client,
            ["/e/{workspace}/clients/{client}/contacts/new"] = client,
            ["/e/{workspace}/contacts/{id}"] = contact,
            ["/e/{workspace}/clients/{id}/engagements"] = client,
            ["/e/{workspace}/clients/{client}/engagements/new"] = client,
            ["/e/{workspace}/engagements/{id}"] = engagement,
            ["/e/{workspace}/clients/{id}/hours"] = client,
            ["/e/{workspace}/clients/{id}/files"] = client,
            ["/e/{workspace}/accounting/files/{id}"] = table,
            ["/e/{workspace}/alerts/{id}"] = alert,
            ["/e/{workspace}/accounting/imports/{id}/columns/{file}"] = mapped,
            ["/e/{workspace}/accounting/imports/{id}/columns/{file} {file}"] = table,
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
                    // Where one address takes two, the second has its own.
                    : values.TryGetValue($"{route} {part.Value}", out var own) ? own
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

    /// <summary>A table whose columns wait to be told, and of which something could not be read.</summary>
    private async Task<(string Import, string File)> GiveTable()
    {
        const string text =
            "Client;N° facture;Date;Montant HT;TVA;Montant TTC;Payée le\nChocolaterie du Pré Cendré;F-1;03/04/2025;1 234,56 €;246,91 €;1 481,47 €;20/05/2025\nMutuelle du Chêne;F-2;05/06/2025;100,00 €;20,00 €;120,00 €;\nMutuelle du Chêne;F-3;hier;100,00 €;20,00 €;120,00 €;\n";
        var import = new Import(null, new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc));
        var file = new ImportedFile(import.Id, "factures.csv") { Kind = FileKind.Table };
        await House.In(
            workspace,
            async db =>
            {
                db.Add(import);
                db.Add(file);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
                await new FileStore(db).Keep(
                    file,
                    new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    1 << 20,
                    TestContext.Current.CancellationToken
                );
                var problem = new TableProblem(4, "Date", TableProblemReason.Date, "hier", IsLeftOut: true);
                var report = new FileReport([], []) { Table = new(1, [problem], []) };
                file.Tell(null, null, "utf-8", 3, 1, new(2025, 4, 3), new(2025, 6, 5), report.ToString());
                import.AskColumns();
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        return (import.Id.ToString(), file.Id.ToString());
    }

    /// <summary>A client with something in every section of its sheet.</summary>
    private async Task<(string Client, string Contact, string Engagement)> Furnish(Person owner)
    {
        var now = new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var client = new Client("Chocolaterie du Pré Cendré", now);
        Contact[] contacts = [new Contact(client.Id), new Contact(client.Id)];
        contacts[0].Describe("Inès Morel", "Gérante", "ines.morel@precendre.example.fr", "02 98 00 11 22");
        contacts[1].Describe("Hugo Lenoir", "Comptabilité", null, "via l’accueil");
        Contact.ChooseMain(contacts, contacts[0]);
        Engagement[] engagements = [new Engagement(client.Id), new Engagement(client.Id)];
        engagements[0].Describe("Maintenance du site", EngagementKind.Retainer, "Sites", new Id<Person>(owner.Id));
        engagements[0].Charge(123_456, RateUnit.Month, 30);
        engagements[0].Last(today.AddYears(-1), today.AddDays(75), 2, 12);
        engagements[1].Describe("Refonte de la boutique", EngagementKind.Project, null, null);
        engagements[1].Last(today, null, null, null);
        var note = new ClientNote(client.Id, new Id<Person>(owner.Id), now);
        note.Say("Préfère qu’on l’appelle le matin.\nNe travaille pas le mercredi.");
        var file = new ClientFile(client.Id, "Contrat signé.pdf", "application/pdf", 482_000, null, now);
        await House.In(
            workspace,
            async db =>
            {
                db.Add(client);
                db.AddRange(contacts);
                foreach (var engagement in engagements)
                {
                    engagement.Follow(today);
                    db.Add(engagement);
                }
                db.Add(note);
                db.Add(file);
                db.Add(new ClientFileContent(file.Id, [1]));
                db.Add(new ClientHours(client.Id, today.AddDays(1 - today.Day)) { Minutes = 450 });
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        return ($"{client.Id}", $"{contacts[0].Id}", $"{engagements[0].Id}");
    }

    /// <summary>One that the house raises by itself, once it has looked at its clients.</summary>
    private async Task<string> FindAlert()
    {
        string? alert = null;
        await Wait.Until(async () =>
        {
            alert = await House.Ask(
                workspace,
                db => db.Alerts.Select(a => a.Id.ToString()).FirstOrDefaultAsync(TestContext.Current.CancellationToken)
            );
            return alert is not null;
        });
        return alert!;
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
