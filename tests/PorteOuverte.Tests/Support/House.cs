using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.Support;

/// <summary>The whole product, serving on a port of its own, on an empty database.</summary>
public sealed class House : IAsyncDisposable
{
    public const string Password = "une phrase assez longue";

    // Thousands of sign-ins: what a password costs in truth is tried by PasswordTests and TimingTests.
    internal const int PasswordRounds = 1_000;

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

    /// <summary>A new house that answers, and does in the background nothing by itself.</summary>
    public static Task<House> Open(
        string database,
        Action<IServiceCollection>? configure = null,
        params (string Key, string Value)[] settings
    )
    {
        var folder = Directory.CreateTempSubdirectory("porte-house-").FullName;
        return Open(
            Settings(database, folder, settings),
            services =>
            {
                Idle(services);
                configure?.Invoke(services);
            },
            folder
        );
    }

    /// <summary>A new house with one door more, and nothing in the background.</summary>
    public static Task<House> With(Door door, string database = "sqlite")
    {
        var folder = Directory.CreateTempSubdirectory("porte-house-").FullName;
        return Open(Settings(database, folder), Idle, folder, [.. Program.Doors, door]);
    }

    /// <summary>A new house that works in the background too.</summary>
    public static Task<House> Working(
        string database,
        Action<IServiceCollection>? configure = null,
        params (string Key, string Value)[] settings
    )
    {
        var folder = Directory.CreateTempSubdirectory("porte-house-").FullName;
        return Open(Settings(database, folder, settings), configure, folder);
    }

    /// <summary>A working house over data that stays when it closes.</summary>
    public static Task<House> Over(
        Dictionary<string, string?> settings,
        Action<IServiceCollection>? configure = null
    ) => Open(settings, configure, folder: null);

    private static async Task<House> Open(
        Dictionary<string, string?> options,
        Action<IServiceCollection>? configure,
        string? folder,
        IReadOnlyList<Door>? doors = null
    )
    {
        options.TryAdd("Urls", "http://127.0.0.1:0");
        options.TryAdd("PublicUrl", "https://porte.example.fr");
        var app = Server.Build<Document>(
            ServerSettings.Read(options),
            doors ?? Program.Doors,
            services =>
            {
                services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordRounds);
                configure?.Invoke(services);
            }
        );
        await app.Services.GetRequiredService<Schema>().Upgrade(cancellation: TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new House(app, folder);
    }

    private static void Idle(IServiceCollection services)
    {
        foreach (
            var work in services
                .Where(s =>
                    s.ServiceType == typeof(IHostedService) && s.ToString().Contains("Quartz", StringComparison.Ordinal)
                )
                .ToList()
        )
        {
            services.Remove(work);
        }
    }

    /// <summary>The settings of an empty database of this kind, data folder included.</summary>
    public static Dictionary<string, string?> Settings(
        string database,
        string folder,
        params (string Key, string Value)[] more
    )
    {
        ArgumentNullException.ThrowIfNull(more);
        var options = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data"] = folder };
        foreach (var (key, value) in more)
        {
            options[key] = value;
        }
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
                        WorkspaceName = name,
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

    /// <summary>Does a job here and now, as its hour would.</summary>
    /// <returns>What came of it.</returns>
    public async Task<string?> Do(Id<Workspace> workspace, string job)
    {
        string? outcome = null;
        await In(
            workspace,
            async services =>
            {
                var kind = services.GetServices<JobKind>().Single(k => k.Name == job);
                var run = new JobRun
                {
                    Job = kind.Name,
                    Occasion = "now",
                    CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
                };
                var work = (Job)services.GetRequiredService(kind.Type);
                await work.Do(run, null!, TestContext.Current.CancellationToken);
                outcome = run.Outcome;
            }
        );
        return outcome;
    }

    public async Task<T> Ask<T>(Id<Workspace> workspace, Func<AppDb, Task<T>> question)
    {
        T answer = default!;
        await In(workspace, async (AppDb db) => answer = await question(db));
        return answer;
    }

    /// <summary>Closes the door as Ctrl+C does: who is inside is still served.</summary>
    public Task Stop() => app.StopAsync(TestContext.Current.CancellationToken);

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
