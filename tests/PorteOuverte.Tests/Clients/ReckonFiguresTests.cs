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
