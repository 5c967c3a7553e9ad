using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

/// <summary>A house with a client in it, and somebody who works there.</summary>
internal sealed class Portfolio(House house, Id<Workspace> workspace, Person person, Id<Client> client, Visitor visitor)
    : IAsyncDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public House House => house;
    public Id<Workspace> Workspace => workspace;
    public Person Person => person;
    public Id<Client> Client => client;
    public Visitor Visitor => visitor;

    /// <summary>The address of the client's sheet.</summary>
    public string Sheet => $"/e/{workspace}/clients/{client}";

    public static async Task<Portfolio> Open(string database, Role role = Role.Owner, TimeProvider? clock = null)
    {
        var house = await House.Open(database, services => services.AddSingleton(clock ?? TimeProvider.System));
        var (workspace, person) = await house.NewWorkspace(role: role);
        var client = await Add(house, workspace, "Chocolaterie du Chêne");
        return new Portfolio(house, workspace, person, client, await house.SignedIn(person));
    }

    public Task<Id<Client>> Add(string name) => Add(house, workspace, name);

    private static async Task<Id<Client>> Add(House house, Id<Workspace> workspace, string name)
    {
        var client = new Client(name, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                db.Add(client);
                await db.SaveChangesAsync(Stop);
            }
        );
        return client.Id;
    }

    public Task Change(Func<Client, bool> which, Action<Client> change) =>
        house.In(
            workspace,
            async (AppDb db) =>
            {
                foreach (var found in (await db.Clients.ToListAsync(Stop)).Where(which))
                {
                    change(found);
                }
                await db.SaveChangesAsync(Stop);
            }
        );

    public Task<T> Ask<T>(Func<AppDb, Task<T>> question) => house.Ask(workspace, question);

    /// <summary>Somebody else of the same workspace.</summary>
    public async Task<Visitor> Colleague(Role role)
    {
        var (_, colleague) = await house.NewWorkspace("Le sien");
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                db.Add(
                    new Membership
                    {
                        PersonId = colleague.Id,
                        WorkspaceId = workspace,
                        WorkspaceName = "Atelier Véga",
                        Role = role,
                        Since = default,
                    }
                );
                await db.SaveChangesAsync(Stop);
            }
        );
        return await house.SignedIn(colleague);
    }

    /// <summary>What was said of a deed in the trail.</summary>
    public Task<List<string>> Deeds() =>
        Ask(db => db.AuditLines.OrderBy(l => l.Number).Select(l => l.Action).ToListAsync(Stop));

    public static async Task<string> Words(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await house.DisposeAsync();
    }
}
