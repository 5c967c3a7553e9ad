using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

public sealed class ReckonFiguresTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // SQLite has one writer at a time.
    [Fact]
    [Trait("Category", "Postgres")]
    public async Task Of_two_entries_written_at_once_the_figures_know_both()
    {
        await using var house = await House.Open("postgres");
        var (workspace, _) = await house.NewWorkspace();
        var (elsewhere, _) = await house.NewWorkspace();
        var client = await Clientele.Add(
            house,
            workspace,
            "Chocolaterie du Pré Cendré",
            null,
            Clientele.Invoice("F-1", new(2026, 11, 3), 1000),
            Clientele.Invoice("F-2", new(2026, 11, 3), 1000)
        );
        var second = Task.CompletedTask;
        await Write(
            house,
            workspace,
            client,
            "F-1",
            async () =>
            {
                second = Task.Run(() => Write(house, workspace, client, "F-2", () => Task.CompletedTask), Stop);
                await Wait.Until(() => IsWaiting(house, workspace));
                // Nobody of another workspace waits.
                await Clientele.Add(
                    house,
                    elsewhere,
                    "Mutuelle",
                    null,
                    Clientele.Invoice("F-9", new(2026, 11, 3), 700)
                );
            }
        );
        await second;
        (await house.Ask(workspace, db => db.ClientFigures.Select(f => f.Revenue).SingleAsync(Stop))).ShouldBe(400_000);
    }

    [Theory, BothDatabases]
    public async Task An_entry_of_a_later_day_is_reckoned_at_once_and_the_other_clients_soon(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var early = new DateOnly(2025, 3, 1);
        var one = await Clientele.Add(house, workspace, "Un", null, Clientele.Invoice("F-1", early, 1000));
        await Clientele.Add(house, workspace, "Deux", null, Clientele.Invoice("F-2", early, 1000));
        for (var day = 1; day <= 2; day++)
        {
            await house.In(
                workspace,
                async services =>
                {
                    var db = services.GetRequiredService<AppDb>();
                    db.Add(Clientele.Invoice($"G-{day}", early.AddYears(1).AddDays(day), 500)(one));
                    await db.SaveChangesAsync(Stop);
                    await services.GetRequiredService<ReckonFiguresHandler>().Handle([one], Stop);
                }
            );
        }
        (await Years()).ShouldBe([("Deux", early, 100_000), ("Un", early.AddYears(1).AddDays(2), 100_000)]);
        // Asked for once, whoever asks meanwhile.
        (
            await house.Ask(workspace, db => db.JobRuns.CountAsync(r => r.Job == ReckonRest.Name, Stop))
        ).ShouldBe(1);
        await house.Do(workspace, ReckonRest.Name);
        (await Years())
            .Select(y => (y.Day, y.Year))
            .Distinct()
            .ShouldBe([(early.AddYears(1).AddDays(2), 0), (early.AddYears(1).AddDays(2), 100_000)]);

        Task<List<(string Name, DateOnly Day, long Year)>> Years() =>
            house.Ask(
                workspace,
                async db =>
                    (
                        await db
                            .ClientFigures.Join(db.Clients, f => f.ClientId, c => c.Id, (f, c) => new { f, c.Name })
                            .OrderBy(x => x.Name)
                            .ToListAsync(Stop)
                    ).ConvertAll(x => (x.Name, x.f.AsOf, x.f.RevenueTwelveMonths))
            );
    }

    // As a reading does, past the trail, whose chain would let one write after the other.
    private static Task Write(
        House house,
        Id<Workspace> workspace,
        Id<Client> client,
        string number,
        Func<Task> then
    ) =>
        house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                await using var transaction = await db.Database.BeginTransactionAsync(Stop);
                await db
                    .Entries.Where(e => e.ClientId == client && e.Number == number)
                    .ExecuteUpdateAsync(e => e.SetProperty(x => x.Net, 200_000L), Stop);
                await services.GetRequiredService<ReckonFiguresHandler>().Handle([client], Stop);
                await then();
                await transaction.CommitAsync(Stop);
            }
        );

    private static Task<bool> IsWaiting(House house, Id<Workspace> workspace) =>
        house.Ask(
            workspace,
            async db =>
                await db
                    .Database.SqlQuery<int>(
                        $"select count(*)::int as \"Value\" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                    )
                    .SingleAsync(Stop) > 0
        );
}
