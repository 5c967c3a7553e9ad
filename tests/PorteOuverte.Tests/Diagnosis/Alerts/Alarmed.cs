using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Diagnosis.Alerts;

/// <summary>A clock that stands where it is put.</summary>
internal sealed class StandingClock(DateTime now) : TimeProvider
{
    public DateTime Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
}

/// <summary>A house whose clock stands, with clients that give cause for alerts; its jobs are done when they are asked for.</summary>
internal sealed class Alarmed(House house, Id<Workspace> workspace, Person person, StandingClock clock)
    : IAsyncDisposable
{
    /// <summary>Monday, at seven in Paris.</summary>
    public static readonly DateTime Monday = new(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public House House => house;
    public Id<Workspace> Workspace => workspace;
    public Person Person => person;
    public StandingClock Clock => clock;
    public string Here => $"/e/{workspace}";

    public static async Task<Alarmed> Open(string database, Action<IServiceCollection>? with = null)
    {
        var clock = new StandingClock(Monday);
        var house = await House.Open(
            database,
            services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                with?.Invoke(services);
            }
        );
        var (workspace, person) = await house.NewWorkspace();
        return new Alarmed(house, workspace, person, clock);
    }

    public Task<T> Ask<T>(Func<AppDb, Task<T>> question) => house.Ask(workspace, question);

    /// <summary>A client with invoices of one size, the first of each month.</summary>
    public Task<Id<Client>> Client(string name, int net, DateOnly first, int months) =>
        Clientele.Add(
            house,
            workspace,
            name,
            null,
            [
                .. Enumerable
                    .Range(0, months)
                    .Select(i =>
                        Clientele.Invoice(
                            string.Create(CultureInfo.InvariantCulture, $"{name[..2]}-{i + 1}"),
                            first.AddMonths(i),
                            net,
                            first.AddMonths(i).AddDays(20)
                        )
                    ),
            ]
        );

    /// <summary>One that weighs too much, one that has fallen silent, and small ones.</summary>
    public async Task<(Id<Client> Heavy, Id<Client> Quiet)> Usual()
    {
        var heavy = await Client("Verrerie de la Grève", 4_000, new(2025, 12, 1), 12);
        var quiet = await Client("Garage Saint-Aubin", 300, new(2025, 1, 1), 18);
        for (var i = 0; i < 12; i++)
        {
            await Client($"Atelier {(char)('A' + i)}", 700, new(2025, 12, 1), 12);
        }
        return (heavy, quiet);
    }

    public static JobRun Run(string job, string? argument = null) =>
        new()
        {
            Job = job,
            Argument = argument,
            Occasion = $"{Id<JobRun>.New()}",
            CreatedAt = default,
        };

    /// <summary>Does a job as its errand does: what it changed is saved with its end, or not at all.</summary>
    public async Task Do<TJob>(string name, bool dies = false)
        where TJob : Job =>
        await house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                await services.GetRequiredService<TJob>().Do(Run(name), null!, Stop);
                if (!dies)
                {
                    await db.SaveChangesAsync(Stop);
                }
            }
        );

    public Task Picture(bool dies = false) => Do<TakePicture>(TakePicture.Name, dies);

    public Task<List<Alert>> Alerts() => Ask(db => db.Alerts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(Stop));

    public async Task<Alert> Alert(AlertKind kind) => (await Alerts()).Single(a => a.Kind == kind && !a.HasEnded);

    public Task<List<OutgoingMail>> Mails() => Ask(db => db.Mails.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Stop));

    public Task<List<string>> Deeds() =>
        Ask(db => db.AuditLines.OrderBy(l => l.Number).Select(l => l.Action).ToListAsync(Stop));

    public Task Change(Func<AppDb, Task> change) =>
        house.In(
            workspace,
            async (AppDb db) =>
            {
                await change(db);
                await db.SaveChangesAsync(Stop);
            }
        );

    /// <summary>Somebody else of the same workspace.</summary>
    public async Task<Person> Colleague(Role role, string language = "fr")
    {
        var (_, colleague) = await house.NewWorkspace("Le sien");
        await Change(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == colleague.Id, Stop)).Language = language;
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
        });
        return colleague;
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();
}
