using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Audit;

/// <summary>Reads whole chains, one line at a time, as they stand in the tables: whoever changed them may have left what no mapping expects.</summary>
public sealed class ChainReading : IAsyncDisposable
{
    private readonly DbConnection connection;
    private readonly bool sqlite;

    private ChainReading(DbConnection connection, bool sqlite)
    {
        this.connection = connection;
        this.sqlite = sqlite;
    }

    public static async Task<ChainReading> Open(Database database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        DbConnection connection = database.IsSqlite
            ? new SqliteConnection(Database.SqliteConnection(database.File, pooling: false))
            : new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(cancellation);
        return new ChainReading(connection, database.IsSqlite);
    }

    /// <summary>Every workspace that has a chain or should have one; the House first.</summary>
    public async Task<IReadOnlyList<Id<Workspace>>> Chains(CancellationToken cancellation)
    {
        // Under row-level security no query sees the lines of all: the memberships name the workspaces.
        await using var command = Command(
            sqlite
                ? "select workspace_id from memberships union select workspace_id from audit_heads union select workspace_id from audit_lines"
                : "select distinct workspace_id from memberships"
        );
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var chains = new SortedSet<Id<Workspace>>(Comparer<Id<Workspace>>.Create((a, b) => a.Value.CompareTo(b.Value)))
        {
            Workspace.House,
        };
        while (await row.ReadAsync(cancellation))
        {
            if (Identity(row.GetValue(0)) is { } id)
            {
                chains.Add(new Id<Workspace>(id));
            }
        }
        return [.. chains];
    }

    /// <summary>Checks the chain of one workspace from its first line to its last.</summary>
    /// <param name="noted">Heads noted earlier.</param>
    /// <returns>Where it ends.</returns>
    public async Task<NotedHead> Check(
        Id<Workspace> chain,
        IReadOnlyList<NotedHead> noted,
        Action<Finding> found,
        CancellationToken cancellation
    )
    {
        await using var moment = await Enter(chain, cancellation);
        var head = await Head(chain, moment, cancellation);
        await using var command = Command(
            """
            select number, at, person_id, source, action, subject_kind, subject_id, details, previous, hash
            from audit_lines where workspace_id = @chain order by number
            """,
            moment,
            Key(chain)
        );
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var check = new ChainCheck(head, noted, after: null, found);
        var any = false;
        while (await row.ReadAsync(cancellation))
        {
            any = true;
            check.Take(row.GetInt64(0), Line(row, chain));
        }
        // The House has no line before the first sign-in; every other workspace was opened by somebody.
        if (any || head is not null || noted.Count > 0 || chain != Workspace.House)
        {
            check.Finish();
        }
        return check.End;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Whether a head noted earlier is a line of this chain.</summary>
    public async Task<bool> Has(Id<Workspace> chain, NotedHead noted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(noted);
        await using var moment = await Enter(chain, cancellation);
        await using var command = Command(
            string.Create(
                CultureInfo.InvariantCulture,
                $"select hash from audit_lines where workspace_id = @chain and number = {noted.Number}"
            ),
            moment,
            Key(chain)
        );
        return await command.ExecuteScalarAsync(cancellation) is byte[] hash && hash.AsSpan().SequenceEqual(noted.Hash);
    }

    // Head and lines as of one moment, whoever appends meanwhile.
    private async Task<DbTransaction> Enter(Id<Workspace> chain, CancellationToken cancellation)
    {
        if (sqlite)
        {
            return ((SqliteConnection)connection).BeginTransaction(deferred: true);
        }
        var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var enter = Command(
            "select set_config('porte.workspace', @chain, true)",
            moment,
            chain.Value.ToString()
        );
        await enter.ExecuteNonQueryAsync(cancellation);
        return moment;
    }

    private object Key(Id<Workspace> chain) => sqlite ? chain.Value.ToByteArray(bigEndian: true) : chain.Value;

    private async Task<NotedHead?> Head(Id<Workspace> chain, DbTransaction moment, CancellationToken cancellation)
    {
        await using var command = Command(
            "select number, hash from audit_heads where workspace_id = @chain",
            moment,
            Key(chain)
        );
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new NotedHead(row.GetInt64(0), (byte[])row.GetValue(1)) : null;
    }

    private AuditLine? Line(DbDataReader row, Id<Workspace> chain)
    {
        try
        {
            return new AuditLine
            {
                WorkspaceId = chain,
                Number = row.GetInt64(0),
                At = Instant(row),
                PersonId = row.IsDBNull(2)
                    ? null
                    : new Id<Person>(Identity(row.GetValue(2)) ?? throw new FormatException()),
                Source = Text(row, 3),
                Action = row.GetString(4),
                SubjectKind = Text(row, 5),
                SubjectId = Text(row, 6),
                Details = Text(row, 7),
                Previous = (byte[])row.GetValue(8),
                Hash = (byte[])row.GetValue(9),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            // The program wrote no such thing.
            return null;
        }
    }

    private DateTime Instant(DbDataReader row)
    {
        const string AsWritten = "yyyy-MM-dd HH:mm:ss.FFFFFF";
        if (!sqlite)
        {
            return row.GetDateTime(1);
        }
        // One instant has many spellings, and the program writes one of them.
        var text = row.GetString(1);
        var at = DateTime.ParseExact(text, AsWritten, CultureInfo.InvariantCulture);
        return at.ToString(AsWritten, CultureInfo.InvariantCulture) == text ? at : throw new FormatException();
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Guid? Identity(object value) =>
        value switch
        {
            Guid id => id,
            byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true),
            _ => null,
        };

    private DbCommand Command(string sql, DbTransaction? moment = null, object? chain = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.Transaction = moment;
        if (chain is not null)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@chain";
            parameter.Value = chain;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
