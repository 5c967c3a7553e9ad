using Microsoft.Data.Sqlite;
using Npgsql;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Schemas;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Crash;

[Trait("Category", "Heavy")]
public sealed class UpgradeCrashTests
{
    private const int Rounds = 6;
    private static readonly TimeSpan LongestUpgrade = TimeSpan.FromMilliseconds(400);

    [Theory, BothDatabases]
    public async Task A_server_killed_while_it_changes_the_schema_leaves_whole_steps_and_every_value(string database)
    {
        var moment = new Moment(20261122);
        var whole = await Whole(database);
        for (var round = 0; round < Rounds; round++)
        {
            using var data = new EmptyData(database);
            // The last step is taken from data that is there, as far as there are steps; else the first.
            await data.Schema.Upgrade(
                upTo: data.Schema.Steps.Count - 1,
                cancellation: TestContext.Current.CancellationToken
            );
            var before = await Fill(data.Database);
            using (var server = PorteProcess.StartServing(data.Settings))
            {
                await moment.Pass(() => Begun(data.Database), LongestUpgrade, () => server.HasExited);
                await server.Kill();
            }

            await IsSound(data.Database);
            var steps = (await Applied(data.Database)).ToList();
            steps.ShouldBe(Enumerable.Range(1, steps.Count));
            foreach (var copy in Copies(data.Database))
            {
                using var other = new EmptyData(database);
                await other.Backups.Restore(copy, () => true, TestContext.Current.CancellationToken);
            }
            // The next start finishes what is left.
            await data.Schema.Upgrade(data.Backups.BeforeUpgrade, cancellation: TestContext.Current.CancellationToken);
            (await Lines(data.Database)).ShouldBe(whole, $"round {round}");
            var after = await Read(data.Database);
            before.ShouldAllBe(b => after[b.Key] == b.Value);
            if (round == Rounds - 1)
            {
                using var again = await PorteProcess.Serve(data.Settings);
                using var visitor = new Visitor(again.Url);
                (await visitor.Read("/health/ready")).ShouldBe("Healthy");
            }
        }
    }

    private static string[] Copies(Database database) =>
        Directory.Exists(database.BackupFolder)
            ? Directory.GetFiles(database.BackupFolder, database.IsSqlite ? "*.db" : "*.dump")
            : [];

    private static async Task<bool> Begun(Database database)
    {
        if (database.IsSqlite)
        {
            return File.Exists(database.File);
        }
        await using var connection = new NpgsqlConnection(database.OwnerConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return (
                await Catalogue.Rows(
                    connection,
                    "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"
                )
            ).Count > 0;
    }

    private static async Task<IReadOnlyList<string>> Whole(string database)
    {
        using var data = new EmptyData(database);
        await data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
        return await Lines(data.Database);
    }

    private static async Task<IReadOnlyList<string>> Lines(Database database)
    {
        await using var connection = await database.OpenOwner(TestContext.Current.CancellationToken);
        return [.. (await Catalogue.Read(connection)).SelectMany(t => t.Lines())];
    }

    private static async Task<SortedDictionary<string, string>> Fill(Database database)
    {
        await using var connection = await database.OpenOwner(TestContext.Current.CancellationToken);
        var filling = await Filling.Of(connection);
        await filling.Fill();
        return await filling.Read();
    }

    private static async Task<SortedDictionary<string, string>> Read(Database database)
    {
        await using var connection = await database.OpenOwner(TestContext.Current.CancellationToken);
        return await (await Filling.Of(connection)).Read();
    }

    private static async Task<IEnumerable<int>> Applied(Database database)
    {
        await using var connection = await database.OpenOwner(TestContext.Current.CancellationToken);
        return (
            await new Schema(database, TimeProvider.System).Applied(connection, TestContext.Current.CancellationToken)
        ).Keys;
    }

    internal static async Task IsSound(Database database)
    {
        if (database.IsSqlite && File.Exists(database.File))
        {
            await using var connection = new SqliteConnection(Database.SqliteConnection(database.File, pooling: false));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            (await Catalogue.Rows(connection, "pragma integrity_check"))[0][0].ShouldBe("ok");
            (await Catalogue.Rows(connection, "pragma foreign_key_check")).ShouldBeEmpty();
        }
    }
}
