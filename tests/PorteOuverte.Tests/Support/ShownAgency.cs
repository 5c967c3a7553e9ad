using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Demo;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.Support;

/// <summary>The demonstration, as <c>porte --demo</c> serves it, and the address of each of its pages.</summary>
public sealed partial class ShownAgency : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("porte-demo-").FullName;
    private Dictionary<string, string> values = [];

    /// <summary>The route of every page of the product, as the pages themselves say it.</summary>
    public static IReadOnlyList<string> Routes { get; } =
    [
        .. typeof(Document)
            .Assembly.GetTypes()
            .SelectMany(page => page.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template)
            .Order(StringComparer.Ordinal),
    ];

    public House House { get; private set; } = null!;

    public Id<Workspace> Workspace { get; private set; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var url = $"http://localhost:{PorteProcess.FreePort()}";
        var settings = DemoHouse.Settings(url, folder);
        await DemoHouse.Make<Document>(settings, Program.Doors, Stop);
        House = await House.Over(
            new(StringComparer.Ordinal)
            {
                ["Data"] = settings["Data"],
                ["Urls"] = url,
                ["PublicUrl"] = url,
                ["Development"] = "true",
            },
            DemoHouse.Services<Document>(settings, Program.Doors)
        );
        await Find();
    }

    /// <summary>The address of a route in the agency.</summary>
    public string Address(string route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return Parameter()
            .Replace(
                route,
                part =>
                    part.Value == "{workspace}" ? Workspace.ToString()
                    : values.FirstOrDefault(v => route.StartsWith("/e/{workspace}/" + v.Key, StringComparison.Ordinal))
                        is { Value: { } value }
                        ? value.Split(' ')[part.Value == "{file}" ? 1 : 0]
                    : throw new InvalidOperationException(
                        $"No value for {part} of {route}: give it one in {nameof(ShownAgency)}."
                    )
            );
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What pages of one thing are looked at with.</summary>
    private async Task Find()
    {
        await using var scope = House.Services.CreateAsyncScope();
        Workspace = await scope
            .ServiceProvider.GetRequiredService<AppDb>()
            .Memberships.Select(m => m.WorkspaceId)
            .FirstAsync(Stop);
        await House.In(
            Workspace,
            async db =>
            {
                var client = await db.ClientCodes.SingleAsync(c => c.Code == Cast.Leaving, Stop);
                var contact = await db.Contacts.FirstAsync(c => c.ClientId == client.ClientId, Stop);
                var engagement = await db.Engagements.SingleAsync(e => e.ClientId == client.ClientId, Stop);
                var entry = await db.Entries.FirstAsync(
                    e => e.Reading == Entry.ByHand && e.File == null && e.Kind == EntryKind.Invoice,
                    Stop
                );
                var table = await db.ImportedFiles.SingleAsync(
                    f => f.Kind == FileKind.Table && f.State == FileState.Waiting,
                    Stop
                );
                var ledger = await db.ImportedFiles.FirstAsync(f => f.State == FileState.Live, Stop);
                var member = await db.Memberships.Select(m => m.PersonId).FirstAsync(Stop);
                var mail = await db.Set<OutgoingMail>().FirstAsync(m => !m.Confidential, Stop);
                var alert = await db.Alerts.FirstAsync(Stop);
                // By how their addresses begin, the longer before the shorter.
                values = new(StringComparer.Ordinal)
                {
                    ["accounting/entries/"] = entry.Id.ToString(),
                    ["accounting/files/"] = ledger.Id.ToString(),
                    ["accounting/imports/{id}/columns/"] = $"{table.ImportId} {table.Id}",
                    ["accounting/imports/"] = ledger.ImportId.ToString(),
                    ["alerts/"] = alert.Id.ToString(),
                    ["clients/"] = client.ClientId.ToString(),
                    ["contacts/"] = contact.Id.ToString(),
                    ["engagements/"] = engagement.Id.ToString(),
                    ["settings/mail/"] = mail.Id.ToString(),
                    ["settings/members/"] = new Id<Platform.Security.Person>(member).ToString(),
                };
            }
        );
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Parameter();
}
