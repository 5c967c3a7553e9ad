using Npgsql;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Data.Backup;
using PorteOuverte.Tests.Schemas;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Backup;

[InFrench]
public sealed class BackupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task What_was_backed_up_is_there_again_and_what_was_there_is_kept(string database)
    {
        using var data = await Filled(database);
        var before = await Read(data);
        var backup = await data.Backups.Take(null, force: false, Cancellation);
        await Change(data);
        var changed = await Read(data);

        var restored = (await data.Backups.Restore(backup, () => true, Cancellation)).ShouldNotBeNull();
        (await Read(data)).ShouldBe(before);
        restored.Workspaces.ShouldBe(Filling.Rows);
        restored.People.ShouldBe(Filling.Rows);
        restored.Steps.ShouldBe(0);

        await data.Backups.Restore(restored.Kept.ShouldNotBeNull(), () => true, Cancellation);
        (await Read(data)).ShouldBe(changed);
        await ReadAsApplication(data);
        Directory
            .GetFiles(data.Folder, "*", SearchOption.AllDirectories)
            .ShouldNotContain(f =>
                f.Contains(".part", StringComparison.Ordinal) || f.Contains("restoring", StringComparison.Ordinal)
            );
    }

    [Theory, BothDatabases]
    public async Task A_backup_goes_to_a_machine_that_has_nothing_yet(string database)
    {
        using var data = await Filled(database);
        var backup = await data.Backups.Take(Path.Combine(data.Folder, "mine"), force: false, Cancellation);
        using var other = new EmptyData(database);
        var restored = (await other.Backups.Restore(backup, () => true, Cancellation)).ShouldNotBeNull();
        restored.Kept.ShouldBeNull();
        (await Read(other)).ShouldBe(await Read(data));
        await ReadAsApplication(other);
    }

    [Theory, BothDatabases]
    public async Task A_backup_of_an_earlier_version_is_brought_up_to_date(string database)
    {
        using var data = await Filled(database);
        var before = await Read(data);
        var backup = await data.Backups.Take(null, force: false, Cancellation);
        var later = UpgradeTests.With(data, database == "sqlite" ? Later("blob") : Later("uuid"));
        await later.Upgrade(cancellation: Cancellation);
        // Tables that only the later version has go before the backup comes, and are made again after it.
        var restored = (
            await new Backups(data.Database, later, data.Clock).Restore(backup, () => true, Cancellation)
        ).ShouldNotBeNull();
        restored.Steps.ShouldBe(1);
        var after = await Read(data);
        before.ShouldAllBe(b => after[b.Key] == b.Value);

        static string Later(string id) =>
            $"create table later (workspace_id {id} not null primary key references workspaces (workspace_id))";
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_put_back_changes_nothing(string database)
    {
        using var data = await Filled(database);
        var backup = await data.Backups.Take(null, force: false, Cancellation);
        var before = await Read(data);

        (await Refused(data, Path.Combine(data.Folder, "nothing"))).ShouldContain("n’existe pas");
        var text = Path.Combine(data.Folder, "text");
        await File.WriteAllTextAsync(text, "Bonjour", Cancellation);
        (await Refused(data, text)).ShouldContain("n’est pas une sauvegarde");
        var bytes = await File.ReadAllBytesAsync(backup, Cancellation);
        var cut = Path.Combine(data.Folder, "cut");
        foreach (var length in (int[])[bytes.Length / 4, bytes.Length / 2, bytes.Length - 300])
        {
            await File.WriteAllBytesAsync(cut, bytes[..length], Cancellation);
            (await Refused(data, cut)).ShouldContain(
                "Rien n’a été changé",
                customMessage: $"{length} of {bytes.Length} bytes"
            );
        }
        using var later = new EmptyData(database);
        var schema = UpgradeTests.With(later, "create table later (id integer)");
        await schema.Upgrade(cancellation: Cancellation);
        (
            await Refused(
                data,
                await new Backups(later.Database, schema, later.Clock).Take(null, force: false, Cancellation)
            )
        ).ShouldContain("version plus récente");
        (await data.Backups.Restore(backup, () => false, Cancellation)).ShouldBeNull();

        (await Read(data)).ShouldBe(before);
    }

    [Theory]
    [Trait("Category", "Postgres")]
    [InlineData("sqlite", "postgres")]
    [InlineData("postgres", "sqlite")]
    public async Task A_backup_of_the_other_database_changes_nothing(string database, string another)
    {
        using var data = await Filled(database);
        var before = await Read(data);
        using var other = await Filled(another);
        (await Refused(data, await other.Backups.Take(null, force: false, Cancellation))).ShouldContain("SQLite");
        (await Read(data)).ShouldBe(before);
    }

    [Theory, BothDatabases]
    public async Task A_server_and_a_restoration_exclude_each_other(string database)
    {
        using var data = await Filled(database);
        var backup = await data.Backups.Take(null, force: false, Cancellation);
        await using (await DataInUse.ByServer(data.Database, Cancellation))
        {
            (await Refused(data, backup)).ShouldContain("Arrêtez-le");
            await data.Backups.Take(null, force: false, Cancellation);
            if (database == "postgres")
            {
                await using var second = await DataInUse.ByServer(data.Database, Cancellation);
            }
            else
            {
                (
                    await Should.ThrowAsync<Refusal>(() => DataInUse.ByServer(data.Database, Cancellation))
                ).Message.ShouldContain("déjà");
            }
        }
        await using (await DataInUse.Alone(data.Database, Cancellation))
        {
            await Should.ThrowAsync<Refusal>(() => DataInUse.ByServer(data.Database, Cancellation));
        }
        (await data.Backups.Restore(backup, () => true, Cancellation)).ShouldNotBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_file_is_replaced_only_when_asked(string database)
    {
        using var data = await Filled(database);
        var file = Path.Combine(data.Folder, "folder", "mine");
        (await data.Backups.Take(file, force: false, Cancellation)).ShouldBe(file);
        (
            await Should.ThrowAsync<Refusal>(() => data.Backups.Take(file, force: false, Cancellation))
        ).Message.ShouldContain("--force");
        await data.Backups.Take(file, force: true, Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        if (database == "sqlite")
        {
            (
                await Should.ThrowAsync<Refusal>(() => data.Backups.Take(data.Database.File, force: true, Cancellation))
            ).Message.ShouldContain("lui-même");
        }
        using var nothing = new EmptyData(database);
        (
            await Should.ThrowAsync<Refusal>(() => nothing.Backups.Take(null, force: false, Cancellation))
        ).Message.ShouldContain("pas de données");
    }

    [Theory, BothDatabases]
    public async Task Data_is_copied_before_its_schema_changes(string database)
    {
        using var data = await Filled(database);
        var before = await Read(data);
        await UpgradeTests
            .With(data, "update people set name = 'x'")
            .Upgrade(data.Backups.BeforeUpgrade, cancellation: Cancellation);
        var copy = Directory.GetFiles(data.Database.BackupFolder).ShouldHaveSingleItem();
        Path.GetFileName(copy).ShouldStartWith($"before-{data.Schema.Steps.Count + 1:0000}-");
        using var other = new EmptyData(database);
        await other.Backups.Restore(copy, () => true, Cancellation);
        (await Read(other)).ShouldBe(before);
    }

    [Fact]
    public async Task The_last_ten_automatic_copies_are_kept()
    {
        using var data = await Filled("sqlite");
        var mine = await data.Backups.Take(null, force: false, Cancellation);
        for (var i = 0; i < 13; i++)
        {
            await data.Backups.BeforeUpgrade("before-0002", Cancellation);
        }
        Directory.GetFiles(data.Database.BackupFolder, "before-*").Length.ShouldBe(10);
        File.Exists(mine).ShouldBeTrue();
    }

    [Fact]
    public async Task Damaged_data_is_kept_as_it_lies_there()
    {
        using var data = await Filled("sqlite");
        var before = await Read(data);
        var backup = await data.Backups.Take(null, force: false, Cancellation);
        var bytes = await File.ReadAllBytesAsync(data.Database.File, Cancellation);
        bytes.AsSpan(bytes.Length / 2).Fill(0xAB);
        await File.WriteAllBytesAsync(data.Database.File, bytes, Cancellation);
        (
            await Should.ThrowAsync<Refusal>(() => data.Backups.Take(null, force: false, Cancellation))
        ).Message.ShouldContain("abîmées");
        var restored = (await data.Backups.Restore(backup, () => true, Cancellation)).ShouldNotBeNull();
        (await File.ReadAllBytesAsync(restored.Kept!, Cancellation)).ShouldBe(bytes);
        (await Read(data)).ShouldBe(before);
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task Without_pg_dump_nothing_is_upgraded_unless_the_host_makes_its_own_backups()
    {
        using var data = await Filled("postgres");
        var without = data.Database with { PostgresPrograms = data.Folder };
        var later = UpgradeTests.With(data, "update people set name = 'x'");
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            later.Upgrade(new Backups(without, later, data.Clock).BeforeUpgrade, cancellation: Cancellation)
        );
        refusal.Message.ShouldContain("postgresql-client");
        refusal.Message.ShouldContain("SchemaBackup=false");
        (await data.Schema.Upgrade(cancellation: Cancellation)).ShouldBe(0);
        (
            await later.Upgrade(
                new Backups(without with { SchemaBackup = false }, later, data.Clock).BeforeUpgrade,
                cancellation: Cancellation
            )
        ).ShouldBe(1);
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task An_older_pg_dump_is_refused()
    {
        using var data = await Filled("postgres");
        Script(data.Folder, "pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.24'");
        var old = new Backups(data.Database with { PostgresPrograms = data.Folder }, data.Schema, data.Clock);
        (await Should.ThrowAsync<Refusal>(() => old.Take(null, force: false, Cancellation))).Message.ShouldContain(
            "postgresql-client-1"
        );
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task The_password_is_in_no_argument()
    {
        using var data = await Filled("postgres");
        Script(
            data.Folder,
            "pg_dump",
            $"[ \"$1\" = --version ] && exec {PostgresServer.Programs}/pg_dump --version; echo \"$@\" > {data.Folder}/arguments; echo \"$PGPASSWORD\" > {data.Folder}/password; exec {PostgresServer.Programs}/pg_dump \"$@\""
        );
        var secret = data.Database with
        {
            PostgresPrograms = data.Folder,
            OwnerConnection = data.Database.OwnerConnection + ";Password=très secret",
        };
        await new Backups(secret, data.Schema, data.Clock).Take(null, force: false, Cancellation);
        (await File.ReadAllTextAsync(Path.Combine(data.Folder, "arguments"), Cancellation)).ShouldNotContain("secret");
        (await File.ReadAllTextAsync(Path.Combine(data.Folder, "password"), Cancellation)).ShouldBe("très secret\n");
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public async Task An_owner_who_does_not_see_all_rows_backs_up_nothing()
    {
        using var data = await Filled("postgres");
        var blind = data.Database with
        {
            OwnerConnection = new NpgsqlConnectionStringBuilder(data.Database.OwnerConnection)
            {
                Username = "porte",
            }.ToString(),
        };
        (
            await Should.ThrowAsync<Refusal>(() =>
                new Backups(blind, data.Schema, data.Clock).Take(null, force: false, Cancellation)
            )
        ).Message.ShouldContain("bypassrls");
        var ownerless = data.Database with { OwnerConnection = null };
        (
            await Should.ThrowAsync<Refusal>(() =>
                new Backups(ownerless, data.Schema, data.Clock).Take(null, force: false, Cancellation)
            )
        ).Message.ShouldContain("DatabaseOwner");
    }

    [Theory]
    [Trait("Category", "Postgres")]
    [InlineData("pg_restore", 2_000)]
    [InlineData("pg_restore", 12_000)]
    [InlineData("psql", 2_000)]
    [InlineData("psql", 6_000)]
    [InlineData("psql", 12_000)]
    public async Task Half_a_restoration_is_none(string ending, int bytes)
    {
        using var data = await Filled("postgres");
        var backup = await data.Backups.Take(null, force: false, Cancellation);
        await Change(data);
        var before = await Read(data);
        // pg_restore fails on its way; psql reads what a program that was killed had written until then.
        Script(
            data.Folder,
            ending,
            ending == "psql"
                ? $"[ \"$1\" = --version ] && exec {PostgresServer.Programs}/psql --version; head -c {bytes} | {PostgresServer.Programs}/psql \"$@\""
                : $"case \"$*\" in *--no-owner*) {PostgresServer.Programs}/pg_restore \"$@\" | head -c {bytes}; exit 1;; esac; exec {PostgresServer.Programs}/pg_restore \"$@\""
        );
        foreach (var program in new[] { "pg_dump", "pg_restore", "psql" }.Where(p => p != ending))
        {
            File.CreateSymbolicLink(Path.Combine(data.Folder, program), Path.Combine(PostgresServer.Programs, program));
        }
        var cut = new Backups(data.Database with { PostgresPrograms = data.Folder }, data.Schema, data.Clock);
        await Should.ThrowAsync<Refusal>(() => cut.Restore(backup, () => true, Cancellation));
        (await Read(data)).ShouldBe(before);
        await ReadAsApplication(data);
    }

    private static void Script(string folder, string name, string body)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private static async Task<string> Refused(EmptyData data, string file) =>
        (await Should.ThrowAsync<Refusal>(() => data.Backups.Restore(file, () => true, Cancellation))).Message;

    private static async Task<EmptyData> Filled(string database)
    {
        var data = new EmptyData(database);
        await data.Schema.Upgrade(cancellation: Cancellation);
        await using var connection = await data.Database.OpenOwner(Cancellation);
        await (await Filling.Of(connection)).Fill();
        return data;
    }

    private static async Task<SortedDictionary<string, string>> Read(EmptyData data)
    {
        await using var connection = await data.Database.OpenOwner(Cancellation);
        return await (await Filling.Of(connection)).Read();
    }

    private static async Task Change(EmptyData data)
    {
        await using var connection = await data.Database.OpenOwner(Cancellation);
        await Catalogue.Rows(connection, "update people set name = 'another'");
        await Catalogue.Rows(connection, "delete from memberships where role like '% n° 0 %'");
    }

    // The application's own role works with what was put back: the grants are there.
    private static async Task ReadAsApplication(EmptyData data)
    {
        if (!data.Database.IsSqlite)
        {
            await using var connection = new NpgsqlConnection(data.Database.Connection);
            await connection.OpenAsync(Cancellation);
            (await Catalogue.Rows(connection, "select 1 from people")).Count.ShouldBe(Filling.Rows);
            (await Catalogue.Rows(connection, "select 1 from workspaces")).ShouldBeEmpty();
        }
    }
}
