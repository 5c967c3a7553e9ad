using System.Globalization;
using Microsoft.Data.Sqlite;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data.Backup;

/// <summary>Copies of a file of SQLite: files of SQLite themselves, whole without their journal.</summary>
internal sealed class SqliteCopies(Database database, Schema schema) : ICopies
{
    internal static readonly byte[] Header = [.. "SQLite format 3\0"u8];

    public string Extension => ".db";

    public Task<bool> Any(CancellationToken cancellation) => Task.FromResult(File.Exists(database.File));

    public async Task Write(string file, CancellationToken cancellation)
    {
        try
        {
            await using (var source = await Open(database.File, cancellation))
            await using (var target = await Open(file, cancellation))
            {
                // One snapshot: in its journal the writers go on meanwhile.
                source.BackupDatabase(target);
                await Ask(target, "pragma journal_mode = delete", cancellation);
                await RefuseDamaged(target, file, "damaged", database.File, cancellation);
            }
            Flush(file);
        }
        catch (SqliteException e)
        {
            throw new Refusal(BackupText.Current.Format("damaged", database.File, e.Message));
        }
    }

    public async Task<Func<CancellationToken, Task<int>>> Prepare(
        string file,
        string workplace,
        CancellationToken cancellation
    )
    {
        FileHeader.RefuseOther(file, Header, PostgresCopies.Header, "fromPostgres");
        // A data folder of its own: all is tried there first, on the same disk, so that one rename puts it in place.
        var ready = database with
        {
            Folder = workplace,
        };
        File.Copy(file, ready.File);
        if (File.Exists(file + "-wal"))
        {
            File.Copy(file + "-wal", ready.File + "-wal");
        }
        var readySchema = schema.On(ready);
        try
        {
            await using var connection = await Open(ready.File, cancellation);
            await RefuseDamaged(connection, ready.File, "backupDamaged", file, cancellation);
            var applied = await readySchema.Applied(connection, cancellation);
            if (applied.Count == 0)
            {
                throw new Refusal(BackupText.Current.Format("notABackup", file));
            }
            schema.RefuseNewer(applied);
        }
        catch (SqliteException e)
        {
            throw new Refusal(BackupText.Current.Format("backupDamaged", file, e.Message));
        }
        return async token =>
        {
            var steps = await readySchema.Upgrade(cancellation: token);
            await EmptyJournal(ready.File, token);
            Flush(ready.File);
            await EmptyJournal(database.File, token);
            File.Move(ready.File, database.File, overwrite: true);
            return steps;
        };
    }

    // A journal must not be found beside a file it does not belong to: SQLite would write its pages into it.
    private static async Task EmptyJournal(string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            return;
        }
        try
        {
            await using var connection = await Open(file, cancellation);
            await Ask(connection, "pragma journal_mode = delete", cancellation);
        }
        catch (SqliteException)
        {
            // Too damaged to be opened: it has been put aside with its journal as it was.
        }
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
    }

    private static async Task RefuseDamaged(
        SqliteConnection connection,
        string file,
        string sentence,
        string named,
        CancellationToken cancellation
    )
    {
        // A last page that is cut reads as zeros, and where it was empty nothing else would tell.
        var whole = await Ask(
            connection,
            "select page_count * page_size from pragma_page_count, pragma_page_size",
            cancellation
        );
        var verdict =
            whole == new FileInfo(file).Length.ToString(CultureInfo.InvariantCulture)
                ? await Ask(connection, "pragma integrity_check(1)", cancellation)
                : BackupText.Current["cutShort"];
        if (verdict != "ok")
        {
            throw new Refusal(BackupText.Current.Format(sentence, named, verdict.ReplaceLineEndings(" ")));
        }
    }

    private static async Task<SqliteConnection> Open(string file, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(Database.SqliteConnection(file, pooling: false));
        try
        {
            await connection.OpenAsync(cancellation);
            await Ask(connection, "pragma busy_timeout = 60000", cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> Ask(SqliteConnection connection, string pragma, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = pragma;
        command.CommandTimeout = 0;
        return (await command.ExecuteScalarAsync(cancellation))?.ToString() ?? "";
    }

    private static void Flush(string file)
    {
        using var written = File.OpenHandle(file, access: FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(written);
    }
}

/// <summary>The first bytes of a file, which say what it is.</summary>
internal static class FileHeader
{
    /// <summary>Refuses what does not begin as it should, and says where it comes from when it is a copy of the other kind.</summary>
    public static void RefuseOther(string file, byte[] expected, byte[] other, string fromOther)
    {
        Span<byte> begin = stackalloc byte[16];
        using var stream = File.OpenRead(file);
        begin = begin[..stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false)];
        if (!begin.StartsWith(expected))
        {
            throw new Refusal(BackupText.Current.Format(begin.StartsWith(other) ? fromOther : "notABackup", file));
        }
    }
}
