using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PorteOuverte.Tests.Schemas;

/// <param name="Key">The place in the primary key, from 1; 0 outside it.</param>
/// <param name="Written">Whether rows bring a value: not where the database computes it.</param>
public sealed record Column(string Name, string Type, bool Required, int Key, bool Written);

/// <param name="Rest">What happens when the row pointed at changes or goes.</param>
public sealed record ForeignKey(
    string Name,
    IReadOnlyList<string> Columns,
    string To,
    IReadOnlyList<string> ToColumns,
    string Rest
);

/// <summary>A table as the database itself describes it.</summary>
/// <param name="Indexes">Each as one line: its name where it has one, unique or not, columns, condition.</param>
public sealed record Table(
    string Name,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<ForeignKey> ForeignKeys,
    IReadOnlyList<string> Indexes
)
{
    public IReadOnlyList<string> Key => [.. Columns.Where(c => c.Key > 0).OrderBy(c => c.Key).Select(c => c.Name)];

    /// <summary>All of it in lines, to compare two databases.</summary>
    public IEnumerable<string> Lines() =>
        [
            .. Columns.Select(c => $"{Name}.{c.Name} {c.Type}{(c.Required ? " required" : "")}"),
            $"{Name} key ({string.Join(", ", Key)})",
            .. ForeignKeys.Select(f =>
                $"{Name} {f.Name} ({string.Join(", ", f.Columns)}) → {f.To} ({string.Join(", ", f.ToColumns)}) {f.Rest}"
            ),
            .. Indexes.Select(i => $"{Name} index {i}"),
        ];
}

/// <summary>Reads what stands in a database from its own catalogue.</summary>
public static class Catalogue
{
    public static async Task<IReadOnlyList<Table>> Read(DbConnection connection)
    {
        var sqlite = connection is SqliteConnection;
        var names = await Rows(
            connection,
            sqlite
                ? "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name"
                : "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname"
        );
        var tables = new List<Table>();
        foreach (var name in names.Select(n => (string)n[0]!))
        {
            tables.Add(sqlite ? await Sqlite(connection, name) : await Postgres(connection, name));
        }
        return tables;
    }

    /// <summary>The rows of a question.</summary>
    public static async Task<IReadOnlyList<object?[]>> Rows(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<object?[]>();
        while (await row.ReadAsync(TestContext.Current.CancellationToken))
        {
            var values = new object[row.FieldCount];
            row.GetValues(values);
            rows.Add([.. values.Select(v => v is DBNull ? null : v)]);
        }
        return rows;
    }

    private static async Task<Table> Sqlite(DbConnection connection, string name)
    {
        var columns = await Rows(
            connection,
            $"select name, lower(type), \"notnull\", pk, hidden from pragma_table_xinfo('{name}') order by name"
        );
        var foreign = await Rows(
            connection,
            $"select id, seq, \"table\", \"from\", \"to\", on_update, on_delete from pragma_foreign_key_list('{name}') order by id, seq"
        );
        var indexes = await Rows(
            connection,
            $"select l.name, l.\"unique\", l.origin, x.name, x.\"desc\", x.coll, m.sql from pragma_index_list('{name}') l join pragma_index_xinfo(l.name) x left join sqlite_master m on m.name = l.name where l.origin <> 'pk' and x.key = 1 order by l.name, x.seqno"
        );
        return new Table(
            name,
            [
                .. columns.Select(c => new Column(
                    (string)c[0]!,
                    (string)c[1]!,
                    (long)c[2]! == 1,
                    (int)(long)c[3]!,
                    (long)c[4]! == 0
                )),
            ],
            [
                .. foreign
                    .GroupBy(f => f[0])
                    .Select(g => new ForeignKey(
                        "",
                        [.. g.Select(f => (string)f[3]!)],
                        (string)g.First()[2]!,
                        [.. g.Select(f => (string)f[4]!)],
                        $"update {g.First()[5]}, delete {g.First()[6]}"
                    ))
                    .OrderBy(f => string.Join(',', f.Columns), StringComparer.Ordinal),
            ],
            [
                .. indexes
                    .GroupBy(i => (string)i[0]!)
                    .Select(g =>
                        $"{((string)g.First()[2]! == "c" ? g.Key : "(constraint)")}{((long)g.First()[1]! == 1 ? " unique" : "")} ({string.Join(", ", g.Select(i => $"{i[3]}{((long)i[4]! == 1 ? " desc" : "")} {i[5]}"))}){Condition(g.First()[6] as string)}"
                    )
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    // The catalogue of SQLite keeps the condition of an index in its statement only.
    private static string Condition(string? statement)
    {
        var where = statement?.IndexOf(" where ", StringComparison.OrdinalIgnoreCase) ?? -1;
        return where < 0 ? "" : statement![where..].Replace("\"", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    private static async Task<Table> Postgres(DbConnection connection, string name)
    {
        var columns = await Rows(
            connection,
            $"""
            select a.attname::text, format_type(a.atttypid, a.atttypmod) || case a.attidentity when '' then '' else ' identity ' || a.attidentity::text end,
              a.attnotnull, coalesce(array_position(i.indkey::int2[], a.attnum), -1) + 1, a.attidentity <> 'a' and a.attgenerated = ''
            from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
            where a.attrelid = '{name}'::regclass and a.attnum > 0 and not a.attisdropped order by a.attname
            """
        );
        var foreign = await Rows(
            connection,
            $"""
            select c.conname::text,
              array(select attname::text from unnest(c.conkey) with ordinality k (n, o) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.o),
              c.confrelid::regclass::text,
              array(select attname::text from unnest(c.confkey) with ordinality k (n, o) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.o),
              format('update %s, delete %s, %s %s %s', c.confupdtype, c.confdeltype, c.confmatchtype, c.condeferrable, c.condeferred)
            from pg_constraint c where c.conrelid = '{name}'::regclass and c.contype = 'f' order by c.conname
            """
        );
        var indexes = await Rows(
            connection,
            $"select pg_get_indexdef(indexrelid) from pg_index where indrelid = '{name}'::regclass order by indexrelid::regclass::text"
        );
        return new Table(
            name,
            [.. columns.Select(c => new Column((string)c[0]!, (string)c[1]!, (bool)c[2]!, (int)c[3]!, (bool)c[4]!))],
            [
                .. foreign.Select(f => new ForeignKey(
                    (string)f[0]!,
                    (string[])f[1]!,
                    (string)f[2]!,
                    (string[])f[3]!,
                    (string)f[4]!
                )),
            ],
            [.. indexes.Select(i => (string)i[0]!)]
        );
    }
}
