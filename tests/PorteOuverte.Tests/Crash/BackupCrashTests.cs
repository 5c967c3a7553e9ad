using PorteOuverte.Tests.Schemas;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Crash;

[Trait("Category", "Heavy")]
public sealed class BackupCrashTests
{
    private const int Rounds = 8;
    private const int Rows = 20_000;
    private static readonly TimeSpan LongestBackup = TimeSpan.FromMilliseconds(400);

    [Theory, BothDatabases]
    public async Task A_backup_killed_on_its_way_leaves_no_backup_or_a_whole_one(string database)
    {
        var moment = new Moment(7);
        using var data = new EmptyData(database);
        await data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
        await using (var connection = await data.Database.OpenOwner(TestContext.Current.CancellationToken))
        {
            await Catalogue.Rows(
                connection,
                $"with recursive n (i) as (select 1 union all select i + 1 from n where i < {Rows}) insert into data_protection_keys (name, xml) select 'key ' || i, {(data.Database.IsSqlite ? "hex(randomblob(1000))" : "repeat(md5(i::text), 60)")} from n"
            );
        }
        for (var round = 0; round < Rounds; round++)
        {
            var file = Path.Combine(data.Folder, $"{round}{(data.Database.IsSqlite ? ".db" : ".dump")}");
            using (var backup = PorteProcess.Start(data.Settings, "backup", file))
            {
                await moment.Pass(
                    () => Task.FromResult(File.Exists(file + ".part")),
                    LongestBackup,
                    () => backup.HasExited
                );
                await backup.Kill();
            }
            await UpgradeCrashTests.IsSound(data.Database);
            if (File.Exists(file))
            {
                (await RowsOf(file, database)).ShouldBe(Rows, $"round {round}");
            }
        }
        // What lies half-written is in nobody's way.
        var whole = await data.Backups.Take(
            Path.Combine(data.Folder, "0" + (data.Database.IsSqlite ? ".db" : ".dump")),
            force: true,
            TestContext.Current.CancellationToken
        );
        (await RowsOf(whole, database)).ShouldBe(Rows);
    }

    private static async Task<long> RowsOf(string file, string database)
    {
        using var other = new EmptyData(database);
        await other.Backups.Restore(file, () => true, TestContext.Current.CancellationToken);
        await using var connection = await other.Database.OpenOwner(TestContext.Current.CancellationToken);
        return (long)(await Catalogue.Rows(connection, "select count(*) from data_protection_keys"))[0][0]!;
    }
}
