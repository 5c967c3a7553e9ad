using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data.Backup;

/// <summary>How one kind of database is copied, and put back.</summary>
internal interface ICopies
{
    string Extension { get; }

    /// <summary>Whether there is anything to copy.</summary>
    Task<bool> Any(CancellationToken cancellation);

    /// <summary>Writes a whole copy while others work; when it returns, the copy is on the disk.</summary>
    Task Write(string file, CancellationToken cancellation);

    /// <summary>Refuses what is no copy, is damaged, or comes from a later version; changes nothing of the data.</summary>
    /// <param name="workplace">An empty folder beside the data.</param>
    /// <returns>What puts the copy in the place of the data, all of it or nothing, and says how many steps its schema was behind.</returns>
    Task<Func<CancellationToken, Task<int>>> Prepare(string file, string workplace, CancellationToken cancellation);
}

/// <param name="Kept">Where what was there before has been put; null when there was nothing.</param>
/// <param name="Steps">How many steps the schema was behind.</param>
public sealed record Restored(long Workspaces, long People, DateTime? LastChange, string? Kept, int Steps);

/// <summary>The copies of the data: taken while the server works, put back while it rests.</summary>
public sealed class Backups
{
    private const int AutomaticCopies = 10;
    private const string Unfinished = ".part";
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly ICopies copies;

    public Backups(Database database, Schema schema, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        this.clock = clock;
        copies = database.IsSqlite ? new SqliteCopies(database, schema) : new PostgresCopies(database, schema);
    }

    /// <summary>For a command, which has no services.</summary>
    public static Backups Of(IConfiguration settings)
    {
        var database = Database.Of(settings);
        return new Backups(database, new Schema(database, TimeProvider.System), TimeProvider.System);
    }

    /// <summary>Copies all data.</summary>
    /// <param name="file">Where to; null: a name made of the time, among the backups.</param>
    /// <param name="force">Whether a file of that name is replaced.</param>
    /// <returns>The file written.</returns>
    public async Task<string> Take(string? file, bool force, CancellationToken cancellation)
    {
        var target = file is null ? Free("porte") : Path.GetFullPath(file);
        if (!await copies.Any(cancellation))
        {
            throw new Refusal(BackupText.Current.Format("noData", database.Place));
        }
        if (target == database.File || target.StartsWith(database.File + "-", StringComparison.Ordinal))
        {
            throw new Refusal(BackupText.Current.Format("isTheData", target));
        }
        if (File.Exists(target) && !force)
        {
            throw new Refusal(BackupText.Current.Format("exists", target));
        }
        await Copy(target, force, cancellation);
        return target;
    }

    /// <summary>Copies the data before its schema changes, and keeps the last ten of these copies.</summary>
    public async Task BeforeUpgrade(string name, CancellationToken cancellation)
    {
        if (!database.SchemaBackup)
        {
            return;
        }
        try
        {
            await Copy(Free(name), overwrite: false, cancellation);
        }
        catch (Refusal refusal)
        {
            throw new Refusal(BackupText.Current.Format("backupNeeded", refusal.Message));
        }
        foreach (
            var old in new DirectoryInfo(database.BackupFolder)
                .GetFiles("before-*" + copies.Extension)
                .OrderByDescending(f => f.LastWriteTimeUtc)
                .ThenByDescending(f => f.Name, StringComparer.Ordinal)
                .Skip(AutomaticCopies)
        )
        {
            old.Delete();
        }
    }

    /// <summary>Puts a copy in the place of the data, which is kept among the backups, and brings its schema up to date.</summary>
    /// <param name="confirmed">Asked when all is ready and nothing has changed yet.</param>
    /// <returns>What is there now; null when it was not confirmed.</returns>
    public async Task<Restored?> Restore(string file, Func<bool> confirmed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        if (!File.Exists(file))
        {
            throw new Refusal(BackupText.Current.Format("noFile", file));
        }
        await using var alone = await DataInUse.Alone(database, cancellation);
        var workplace = Path.Combine(database.Folder, "restoring");
        Clear(workplace);
        try
        {
            Directory.CreateDirectory(workplace);
            var replace = await copies.Prepare(Path.GetFullPath(file), workplace, cancellation);
            if (!confirmed())
            {
                return null;
            }
            var kept = await copies.Any(cancellation) ? await Keep(cancellation) : null;
            var steps = await replace(cancellation);
            return await Count(kept, steps, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(BackupText.Current.Format("cannotWrite", database.Place, e.Message));
        }
        finally
        {
            Clear(workplace);
        }
    }

    private async Task<string> Keep(CancellationToken cancellation)
    {
        var kept = Free("porte-before-restore");
        try
        {
            await Copy(kept, overwrite: false, cancellation);
        }
        catch (Refusal) when (database.IsSqlite)
        {
            // Damaged data is why one restores: it is kept as it lies there.
            File.Copy(database.File, kept);
            if (File.Exists(database.File + "-wal"))
            {
                File.Copy(database.File + "-wal", kept + "-wal");
            }
        }
        return kept;
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A copy has its name only when all of it is on the disk: what a power cut leaves is nobody's backup.
    private async Task Copy(string target, bool overwrite, CancellationToken cancellation)
    {
        var part = target + Unfinished;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Sweep(Path.GetDirectoryName(target)!);
            // All the data of all workspaces: for the eyes of who runs the server.
            await File.WriteAllBytesAsync(part, [], cancellation);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            await copies.Write(part, cancellation);
            File.Move(part, target, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(BackupText.Current.Format("cannotWrite", target, e.Message));
        }
        finally
        {
            File.Delete(part);
        }
    }

    private void Sweep(string folder)
    {
        foreach (var part in new DirectoryInfo(folder).GetFiles($"*{copies.Extension}{Unfinished}*"))
        {
            if (clock.GetUtcNow().UtcDateTime - part.LastWriteTimeUtc > Abandoned)
            {
                part.Delete();
            }
        }
    }

    private string Free(string name)
    {
        var now = clock.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var file = Path.Combine(database.BackupFolder, $"{name}-{now}{copies.Extension}");
        for (var other = 2; File.Exists(file); other++)
        {
            file = Path.Combine(database.BackupFolder, $"{name}-{now}-{other}{copies.Extension}");
        }
        return file;
    }

    private async Task<Restored> Count(string? kept, int steps, CancellationToken cancellation)
    {
        await using var connection = await database.OpenOwner(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select (select count(*) from workspaces where workspace_id <> @house), (select count(*) from people),
              (select max(at) from (
                select max(created_at) as at from workspaces where workspace_id <> @house
                union all select max(created_at) from people union all select max(since) from memberships
                union all select max(at) from audit_lines) as changes)
            """;
        var house = command.CreateParameter();
        house.ParameterName = "@house";
        house.Value = database.IsSqlite ? Workspace.House.Value.ToByteArray(bigEndian: true) : Workspace.House.Value;
        command.Parameters.Add(house);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new Restored(row.GetInt64(0), row.GetInt64(1), LastChange(row), kept, steps);
    }

    // Of a trail that was tampered with it may be anything: the data is back all the same.
    private static DateTime? LastChange(DbDataReader row) =>
        row.GetValue(2) switch
        {
            DateTime at => at,
            string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, out var at) => at,
            _ => null,
        };
}
