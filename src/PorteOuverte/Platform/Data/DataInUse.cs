using Npgsql;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>Holds the data while somebody works on it: on SQLite one server, on PostgreSQL as many as one likes, and never beside a restoration.</summary>
/// <remarks>Nothing to clean up: the kernel and the database let go by themselves when the process dies.</remarks>
public sealed class DataInUse : IAsyncDisposable
{
    // Any number, as long as nobody else of ours takes it (see Schema).
    private const long Number = 7_230_451_002;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    private readonly FileStream? file;
    private readonly CancellationTokenSource leaving = new();
    private Task held = Task.CompletedTask;

    private DataInUse(FileStream? file = null) => this.file = file;

    /// <summary>For a server, as long as it runs.</summary>
    public static async Task<DataInUse> ByServer(Database database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.IsSqlite)
        {
            return new DataInUse(Lock(database) ?? throw Refused("inUse", database));
        }
        var connection = await Connect(database, cancellation);
        if (!await Try(connection, "pg_try_advisory_lock_shared", cancellation))
        {
            await connection.DisposeAsync();
            throw Refused("restoring", database);
        }
        var use = new DataInUse();
        use.held = use.Hold(database, connection);
        return use;
    }

    /// <summary>For a restoration: nobody else may be there.</summary>
    public static async Task<DataInUse> Alone(Database database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.IsSqlite)
        {
            return new DataInUse(Lock(database) ?? throw Refused("stopServer", database));
        }
        var connection = await Connect(database, cancellation);
        if (!await Try(connection, "pg_try_advisory_lock", cancellation))
        {
            await connection.DisposeAsync();
            throw Refused("stopServer", database);
        }
        var use = new DataInUse();
        use.held = use.Hold(database, connection);
        return use;
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await held;
        leaving.Dispose();
        if (file is not null)
        {
            await file.DisposeAsync();
        }
    }

    private static FileStream? Lock(Database database)
    {
        try
        {
            Directory.CreateDirectory(database.Folder);
            // The file stays when it is let go: one that is deleted could be held twice, by its name and by its ghost.
            return new FileStream(
                Path.Combine(database.Folder, "porte.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException) when (File.Exists(Path.Combine(database.Folder, "porte.lock")))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw database.WhyClosed(e)!;
        }
    }

    // A connection that breaks lets go: it is taken again, and a restoration that came in between is waited for.
    private async Task Hold(Database database, NpgsqlConnection connection)
    {
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                if (connection.State != System.Data.ConnectionState.Open)
                {
                    await connection.DisposeAsync();
                    connection = await Connect(database, leaving.Token);
                    await using var again = new NpgsqlCommand($"select pg_advisory_lock_shared({Number})", connection)
                    {
                        CommandTimeout = 0,
                    };
                    await again.ExecuteNonQueryAsync(leaving.Token);
                }
                await connection.WaitAsync(leaving.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e) when (e is NpgsqlException or Refusal)
            {
                await Task.Delay(BetweenTries, leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await LetGo(connection);
    }

    // Said, not left to the end of the connection: the server notices that a moment later, and who comes next may be faster.
    private static async Task LetGo(NpgsqlConnection connection)
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var free = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
                await free.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // Broken: then it lets go by itself.
        }
        await connection.DisposeAsync();
    }

    private static async Task<NpgsqlConnection> Connect(Database database, CancellationToken cancellation)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = new(
                new NpgsqlConnectionStringBuilder(database.Connection) { Pooling = false, KeepAlive = 15 }.ToString()
            );
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
            if (e is not OperationCanceledException && database.WhyClosed(e) is { } refusal)
            {
                throw refusal;
            }
            throw;
        }
    }

    private static async Task<bool> Try(NpgsqlConnection connection, string function, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {function}({Number})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static Refusal Refused(string key, Database database) => new(DataText.Current.Format(key, database.Place));
}
