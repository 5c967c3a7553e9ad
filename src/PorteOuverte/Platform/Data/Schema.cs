using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>One step of the schema, as it was released: never changed afterwards.</summary>
public sealed record SchemaStep(int Number, string Name, string Sql)
{
    public string Hash { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}

/// <summary>Brings the tables to where this program expects them: plain scripts, forward only, each in one transaction.</summary>
public sealed class Schema(Database database, TimeProvider clock)
{
    // Any number, as long as nobody else of ours takes it: one node upgrades, the others wait.
    private const long UpgradeLock = 7_230_451_001;

    /// <summary>The steps this program knows, in order.</summary>
    public IReadOnlyList<SchemaStep> Steps { get; init; } = Read(database.IsSqlite ? "sqlite" : "postgres");

    /// <summary>Applies what is missing. Data that is there is first copied by <paramref name="backup"/>.</summary>
    /// <returns>The number of steps applied.</returns>
    public async Task<int> Upgrade(
        Func<string, CancellationToken, Task>? backup = null,
        int? upTo = null,
        CancellationToken cancellation = default
    )
    {
        if (database.IsSqlite)
        {
            Directory.CreateDirectory(database.Folder);
        }
        await using var connection = await database.OpenOwner(cancellation);
        if (database.IsSqlite)
        {
            // Readers and the one writer do not wait for each other; kept in the file.
            await Run(connection, "pragma journal_mode = wal; pragma busy_timeout = 60000;", cancellation);
        }
        else
        {
            await Run(connection, $"select pg_advisory_lock({UpgradeLock})", cancellation);
        }
        try
        {
            var applied = await Applied(connection, cancellation);
            RefuseNewer(applied);
            var missing = Steps
                .Where(s => !applied.ContainsKey(s.Number) && s.Number <= (upTo ?? int.MaxValue))
                .ToList();
            if (missing.Count == 0)
            {
                return 0;
            }
            await RefuseWithoutOwner(connection, cancellation);
            if (applied.Count > 0 && backup is not null)
            {
                await backup(
                    string.Create(CultureInfo.InvariantCulture, $"before-{missing[0].Number:0000}"),
                    cancellation
                );
            }
            foreach (var step in missing)
            {
                await Apply(connection, step, cancellation);
            }
            return missing.Count;
        }
        finally
        {
            if (!database.IsSqlite)
            {
                await Run(connection, $"select pg_advisory_unlock({UpgradeLock})", CancellationToken.None);
            }
        }
    }

    /// <summary>The same steps for other data: a copy that is to take the place of this.</summary>
    internal Schema On(Database other) => new(other, clock) { Steps = Steps };

    /// <summary>Refuses a role of PostgreSQL for which row-level security would be no security.</summary>
    public async Task RefuseTooStrongARole(CancellationToken cancellation)
    {
        if (database.IsSqlite)
        {
            return;
        }
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            select rolname, rolsuper or rolbypassrls or exists (select 1 from pg_tables where schemaname = current_schema() and pg_has_role(current_user, tableowner, 'member'))
            from pg_roles where rolname = current_user
            """,
            connection
        );
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (await row.ReadAsync(cancellation) && row.GetBoolean(1))
        {
            throw new Refusal(DataText.Current.Format("roleTooStrong", row.GetString(0)));
        }
    }

    private async Task Apply(DbConnection connection, SchemaStep step, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Run(connection, Included(step.Sql), cancellation, transaction);
        if (!database.IsSqlite)
        {
            await Run(connection, Grant(), cancellation, transaction);
        }
        await using var note = connection.CreateCommand();
        note.Transaction = transaction;
        note.CommandText =
            "insert into schema_history (number, name, hash, applied_at) values (@number, @name, @hash, @at)";
        Add(note, "@number", step.Number);
        Add(note, "@name", step.Name);
        Add(note, "@hash", step.Hash);
        Add(note, "@at", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        await note.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // The application reads and writes rows; it neither owns the tables nor rewrites the audit trail.
    internal string Grant()
    {
        var role =
            new NpgsqlConnectionStringBuilder(database.Connection).Username
            ?? throw new Refusal(DataText.Current["roleUnnamed"]);
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        return $"""
            grant usage on schema public to {name};
            grant select, insert, update, delete on all tables in schema public to {name};
            revoke insert, update, delete on schema_history from {name};
            do $$ begin
              if to_regclass('audit_lines') is not null then revoke update, delete on audit_lines from {name}; end if;
            end $$;
            """;
    }

    /// <summary>The steps that were applied, with their hashes; none where there is no data of ours.</summary>
    internal async Task<Dictionary<int, string>> Applied(DbConnection connection, CancellationToken cancellation)
    {
        await using var exists = connection.CreateCommand();
        exists.CommandText = database.IsSqlite
            ? "select count(*) from sqlite_master where name = 'schema_history'"
            : "select count(*) from pg_tables where schemaname = 'public' and tablename = 'schema_history'";
        var applied = new Dictionary<int, string>();
        if (Convert.ToInt64(await exists.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) == 0)
        {
            return applied;
        }
        await using var command = connection.CreateCommand();
        command.CommandText = "select number, hash from schema_history order by number";
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            applied.Add(row.GetInt32(0), row.GetString(1));
        }
        return applied;
    }

    internal void RefuseNewer(Dictionary<int, string> applied)
    {
        // A newer program was here: what this one would write, that one might not understand.
        if (applied.Count > 0 && applied.Keys.Max() > Steps[^1].Number)
        {
            throw new Refusal(DataText.Current.Format("schemaNewer", applied.Keys.Max(), Steps[^1].Number));
        }
        foreach (var step in Steps.Where(s => applied.TryGetValue(s.Number, out var hash) && hash != s.Hash))
        {
            throw new Refusal(DataText.Current.Format("schemaDiffers", step.Number));
        }
    }

    private async Task RefuseWithoutOwner(DbConnection connection, CancellationToken cancellation)
    {
        if (database.IsSqlite || database.OwnerConnection is not null)
        {
            return;
        }
        await using var command = connection.CreateCommand();
        command.CommandText = "select current_user::text";
        throw new Refusal(DataText.Current.Format("ownerNeeded", await command.ExecuteScalarAsync(cancellation)));
    }

    private static async Task Run(
        DbConnection connection,
        string sql,
        CancellationToken cancellation,
        DbTransaction? transaction = null
    )
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    // The scheduler brings its own tables; its script makes what is missing and drops nothing.
    private static string Included(string sql)
    {
        const string Mark = "-- include ";
        var at = sql.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return sql;
        }
        var end = sql.IndexOf('\n', at);
        var included = Text(typeof(Quartz.IJob).Assembly, sql[(at + Mark.Length)..end].Trim());
        return string.Concat(
            sql.AsSpan(0, at),
            included
                .Replace("--;;", ";", StringComparison.Ordinal)
                .Replace("{0}", "qrtz_", StringComparison.Ordinal)
                .Replace("{1}", "qrtz_", StringComparison.Ordinal),
            sql.AsSpan(end)
        );
    }

    private static SchemaStep[] Read(string provider)
    {
        var assembly = typeof(Schema).Assembly;
        var suffix = $".{provider}.sql";
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n =>
                    n.StartsWith("schema/", StringComparison.Ordinal) && n.EndsWith(suffix, StringComparison.Ordinal)
                )
                .Select(n => (Resource: n, Name: n["schema/".Length..^suffix.Length]))
                .Select(n => new SchemaStep(
                    int.Parse(n.Name[..4], CultureInfo.InvariantCulture),
                    n.Name[5..],
                    Text(assembly, n.Resource)
                ))
                .OrderBy(s => s.Number),
        ];
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
