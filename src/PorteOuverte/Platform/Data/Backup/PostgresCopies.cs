using System.Globalization;
using Npgsql;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data.Backup;

/// <summary>Copies of a database of PostgreSQL, in the format of pg_dump.</summary>
internal sealed class PostgresCopies(Database database, Schema schema) : ICopies
{
    internal static readonly byte[] Header = [.. "PGDMP"u8];

    // What is there goes first, also tables a later version added; then the copy; then what the application may do with it.
    // The statements end with a mark that only a copy read to its end bears: half a copy is nothing.
    private const string Empty = """
        set search_path to public;
        do $$
        declare mine text;
        begin
          for mine in select format('drop table if exists %I cascade', relname) from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop execute mine; end loop;
          for mine in select format('drop routine if exists %s cascade', oid::regprocedure) from pg_proc f
            where pronamespace = 'public'::regnamespace
              and not exists (select 1 from pg_depend d where d.objid = f.oid and d.deptype = 'e') loop execute mine; end loop;
        end $$;
        """;

    private const string Whole = "\nset porte.whole = 'yes';\n";

    private const string RefuseHalf = """
        do $$ begin
          if current_setting('porte.whole', true) is distinct from 'yes' then raise exception 'the copy ended too early'; end if;
        end $$;
        set search_path to public;
        """;

    public string Extension => ".dump";

    public async Task<bool> Any(CancellationToken cancellation)
    {
        await using var connection = await database.OpenOwner(cancellation);
        return (await schema.Applied(connection, cancellation)).Count > 0;
    }

    public async Task Write(string file, CancellationToken cancellation)
    {
        var server = await RefuseBlind(cancellation);
        var programs = Programs();
        await programs.Refuse("pg_dump", server, cancellation);
        await programs.Run("pg_dump", ["-Fc", "--no-owner", "--no-acl", "--file", file], cancellation);
        using var written = File.OpenHandle(file, access: FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(written);
    }

    public async Task<Func<CancellationToken, Task<int>>> Prepare(
        string file,
        string workplace,
        CancellationToken cancellation
    )
    {
        FileHeader.RefuseOther(file, Header, SqliteCopies.Header, "fromSqlite");
        var server = await RefuseBlind(cancellation);
        var programs = Programs();
        await programs.Refuse("pg_restore", server, cancellation);
        await programs.Refuse("psql", server, cancellation);
        try
        {
            // All of it is read once: a copy that was cut short is known before anything changes.
            await programs.Run("pg_restore", ["--file", "/dev/null", file], cancellation);
        }
        catch (Refusal refusal)
        {
            throw new Refusal(BackupText.Current.Format("backupDamaged", file, refusal.Message));
        }
        var applied = Applied(
            await programs.Run(
                "pg_restore",
                ["--file", "-", "--data-only", "--table", "schema_history", file],
                cancellation
            )
        );
        if (applied.Count == 0)
        {
            throw new Refusal(BackupText.Current.Format("notABackup", file));
        }
        schema.RefuseNewer(applied);
        return async token =>
        {
            await programs.Pipe(
                "pg_restore",
                ["--file", "-", "--no-owner", "--no-acl", file],
                "psql",
                [
                    "--no-psqlrc",
                    "--quiet",
                    "--single-transaction",
                    "--set",
                    "ON_ERROR_STOP=1",
                    "--command",
                    Empty,
                    "--file",
                    "-",
                    "--command",
                    RefuseHalf + schema.Grant(),
                ],
                Whole,
                token
            );
            return await schema.Upgrade(cancellation: token);
        };
    }

    // Row-level security is forced upon the owner too: a role that may not pass it would copy nothing, and say so late.
    private async Task<int> RefuseBlind(CancellationToken cancellation)
    {
        if (database.OwnerConnection is null)
        {
            throw new Refusal(BackupText.Current["ownerUnset"]);
        }
        await using var connection = (NpgsqlConnection)await database.OpenOwner(cancellation);
        await using var command = new NpgsqlCommand(
            "select rolname, rolsuper or rolbypassrls from pg_roles where rolname = current_user",
            connection
        );
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return row.GetBoolean(1)
            ? connection.PostgreSqlVersion.Major
            : throw new Refusal(BackupText.Current.Format("ownerBlind", row.GetString(0)));
    }

    private PostgresPrograms Programs() =>
        new(database.PostgresPrograms, new NpgsqlConnectionStringBuilder(database.OwnerConnection));

    /// <summary>The schema of a copy: the rows of <c>schema_history</c> as pg_restore writes them, <c>number⇥name⇥hash⇥…</c>.</summary>
    private static Dictionary<int, string> Applied(string script) =>
        script
            .Split('\n')
            .SkipWhile(l => !l.StartsWith("COPY public.schema_history (number, name, hash,", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(l => l != "\\.")
            .Select(l => l.Split('\t'))
            .ToDictionary(l => int.Parse(l[0], CultureInfo.InvariantCulture), l => l[2]);
}
