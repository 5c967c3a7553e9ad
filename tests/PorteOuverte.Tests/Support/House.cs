using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.Support;

/// <summary>The whole product, serving on a port of its own, on an empty database.</summary>
public sealed class House : IAsyncDisposable
{
    public const string Password = "une phrase assez longue";

    private readonly WebApplication app;
    private readonly string? folder;

    private House(WebApplication app, string? folder)
    {
        this.app = app;
        this.folder = folder;
    }

    public IServiceProvider Services => app.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public Uri Url =>
        new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="settings">Of a house that is opened again, or with wishes of the test; null: a new one.</param>
    public static async Task<House> Open(
        string database,
        Action<IServiceCollection>? configure = null,
        Dictionary<string, string?>? settings = null
    )
    {
        var folder = settings is null ? Directory.CreateTempSubdirectory("porte-house-").FullName : null;
        var options = settings ?? Settings(database, folder!);
        options["Urls"] = "http://127.0.0.1:0";
        options["PublicUrl"] = "https://porte.example.fr";
        var app = Server.Build<Document>(ServerSettings.Read(options), Program.Doors, configure);
        await app.Services.GetRequiredService<Schema>().Upgrade(cancellation: TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new House(app, folder);
    }

    /// <summary>The settings of an empty database of this kind, data folder included.</summary>
    public static Dictionary<string, string?> Settings(string database, string folder)
    {
        var options = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data"] = folder };
        if (database == "postgres")
        {
            (options["Database"], options["DatabaseOwner"]) = PostgresServer.NewDatabase();
        }
        return options;
    }

    /// <summary>A workspace with one member, as if they had signed up.</summary>
    public async Task<(Id<Workspace> Workspace, Person Person)> NewWorkspace(
        string name = "Atelier Véga",
        Role role = Role.Owner
    )
    {
        await using var scope = Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var email = $"{Guid.CreateVersion7():N}@example.fr";
        var person = new Person
        {
            UserName = email,
            Email = email,
            Name = "Claire Aubry",
        };
        (await people.CreateAsync(person, Password)).Succeeded.ShouldBeTrue();
        var id = Id<Workspace>.New();
        await In(
            id,
            async db =>
            {
                db.Add(new Workspace(id, name));
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
                db.Add(
                    new Membership
                    {
                        PersonId = person.Id,
                        WorkspaceId = id,
                        Role = role,
                        Since = default,
                    }
                );
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );
        return (id, person);
    }

    /// <summary>Somebody who has signed in.</summary>
    public async Task<Visitor> SignedIn(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var visitor = new Visitor(Url);
        await visitor.Submit("/sign-in", "sign-in", ("In.Email", person.Email!), ("In.Password", Password));
        return visitor;
    }

    /// <summary>Works on the rows of a workspace, as a handler would.</summary>
    public async Task In(Id<Workspace> workspace, Func<AppDb, Task> work) =>
        await In(workspace, async services => await work(services.GetRequiredService<AppDb>()));

    public async Task In(Id<Workspace> workspace, Func<IServiceProvider, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(workspace);
        await work(scope.ServiceProvider);
    }

    public async Task<T> Ask<T>(Id<Workspace> workspace, Func<AppDb, Task<T>> question)
    {
        T answer = default!;
        await In(workspace, async (AppDb db) => answer = await question(db));
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
