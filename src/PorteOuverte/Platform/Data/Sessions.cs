using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace PorteOuverte.Platform.Data;

/// <summary>Tells PostgreSQL, on each connection taken, which workspace was entered; its row-level security does the rest.</summary>
internal sealed class PostgresSession(CurrentWorkspace workspace) : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        // A connection comes back from the pool reset: where nothing was entered, nothing is set, and no row is seen.
        if (workspace.Id is { } id)
        {
            await using var command = new NpgsqlCommand(
                "select set_config('porte.workspace', $1, false)",
                (NpgsqlConnection)connection
            );
            command.Parameters.Add(
                new NpgsqlParameter { Value = id.Value.ToString(), NpgsqlDbType = NpgsqlDbType.Text }
            );
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        throw new NotSupportedException("The database is used asynchronously.");
}

/// <summary>How SQLite is used: a commit is on the disk when it is answered, and a writer waits for its turn.</summary>
internal sealed class SqliteSession : DbConnectionInterceptor
{
    private const string Settings =
        "pragma busy_timeout = 15000; pragma synchronous = full; pragma temp_store = memory;";

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
        PlainLetters.Teach((SqliteConnection)connection);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        throw new NotSupportedException("The database is used asynchronously.");
}
