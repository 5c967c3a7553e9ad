using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Accounting;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Crash;

[Trait("Category", "Heavy")]
public sealed class ImportCrashTests
{
    private const int Sales = 60_000;
    private const int Clients = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task An_import_killed_in_the_middle_shows_nothing_of_it_and_is_whole_after_the_next_start(
        string database
    )
    {
        using var data = new EmptyData(database);
        Id<Workspace> workspace;
        await using (var house = await House.Over(data.Settings))
        {
            (workspace, _) = await house.NewWorkspace();
        }
        var (name, content) = Bookkeeper.Ledger(
            "732829320",
            "20251231",
            [.. Enumerable.Range(0, Sales).Select(i => $"2025{1 + (i % 12):00}{1 + (i % 28):00} Client{i % Clients}")]
        );
        var file = Path.Combine(data.Folder, name);
        await File.WriteAllBytesAsync(file, content, Cancellation);
        using (var import = PorteProcess.Start(data.Settings, "import", file, "--yes"))
        {
            // Some of the new reading stands there, and not all of it.
            await Wait.Until(
                async () =>
                {
                    import.HasExited.ShouldBeFalse(import.Output);
                    return await Written(data) > Sales / 10;
                },
                TimeSpan.FromMinutes(3)
            );
            await import.Kill();
        }
        (await Written(data)).ShouldBeInRange(Sales / 10, Sales - 1);
        await using (var connection = await data.Database.OpenOwner(Cancellation))
        {
            (await Number(connection, "select count(*) from clients where removed_at is null")).ShouldBe(0);
            (await Number(connection, "select reading from books")).ShouldBe(0);
        }
        await using (var house = await House.Over(data.Settings))
        {
            // Whoever comes next takes the job up.
            await Wait.Until(
                async () =>
                    await house.Ask(workspace, db => db.Imports.Select(i => i.State).SingleAsync(Cancellation))
                    == ImportState.Done,
                TimeSpan.FromMinutes(3)
            );
            (await house.Ask(workspace, db => db.CurrentEntries.CountAsync(Cancellation))).ShouldBe(Sales);
            (await house.Ask(workspace, db => db.Clients.CountAsync(c => c.RemovedAt == null, Cancellation))).ShouldBe(
                Clients
            );
            (await house.Ask(workspace, db => db.ClientFigures.SumAsync(f => f.Revenue, Cancellation))).ShouldBe(
                Sales * 100_000L
            );
            await Wait.Until(async () => await Written(data) == Sales);
        }
        await Chains.AreIntact(data.Database);
    }

    // All that stands in the table, of whatever reading.
    private static async Task<long> Written(EmptyData data)
    {
        await using var connection = await data.Database.OpenOwner(Cancellation);
        return await Number(connection, "select count(*) from entries");
    }

    private static async Task<long> Number(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
    }
}
