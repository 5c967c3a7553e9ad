using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace PorteOuverte.Tests.Schemas;

/// <summary>Fills every table with rows made from the catalogue, and reads them again.</summary>
/// <remarks>Row n of every table belongs to workspace n and points at rows n: references always hold, whatever the tables.</remarks>
public sealed class Filling(DbConnection connection, IReadOnlyList<Table> tables)
{
    public const int Rows = 3;

    private readonly bool sqlite = connection is SqliteConnection;

    /// <summary>The tables, what is pointed at first; without the schema's own history and the tables of the scheduler.</summary>
    public IReadOnlyList<Table> Tables { get; } =
        Ordered([
            .. tables.Where(t =>
                t.Name != "schema_history" && !t.Name.StartsWith("qrtz_", StringComparison.OrdinalIgnoreCase)
            ),
        ]);

    public static async Task<Filling> Of(DbConnection connection) => new(connection, await Catalogue.Read(connection));

    public async Task Fill()
    {
        foreach (var table in Tables)
        {
            for (var row = 0; row < Rows; row++)
            {
                await Insert(connection, table, row);
            }
        }
    }

    /// <summary>Inserts row n of a table, over a connection of one's choice.</summary>
    public async Task Insert(DbConnection over, Table table, int row)
    {
        ArgumentNullException.ThrowIfNull(over);
        ArgumentNullException.ThrowIfNull(table);
        var columns = table.Columns.Where(c => c.Written).ToList();
        await using var command = over.CreateCommand();
        command.CommandText =
            $"insert into {table.Name} ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) values ({string.Join(", ", columns.Select((c, i) => sqlite ? $"@p{i}" : $"@p{i}::{c.Type.Split(" identity ")[0]}"))})";
        for (var i = 0; i < columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = Value(table, columns[i], row);
            command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Every value that stands there: table, key of the row and column in front of it.</summary>
    public async Task<SortedDictionary<string, string>> Read()
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            var columns = table.Columns.Select(c => c.Name).ToList();
            var rows = await Catalogue.Rows(
                connection,
                $"select {string.Join(", ", columns.Select(c => $"\"{c}\""))} from {table.Name}"
            );
            foreach (var row in rows)
            {
                var key = string.Join('/', table.Key.Select(k => Text(row[columns.IndexOf(k)])));
                for (var i = 0; i < columns.Count; i++)
                {
                    values.Add($"{table.Name}[{key}].{columns[i]}", Text(row[i]));
                }
            }
        }
        return values;
    }

    /// <summary>The value of a column in row n: what it points at, or one made from its name.</summary>
    public object Value(Table table, Column column, int row)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(column);
        foreach (var key in table.ForeignKeys.Where(f => f.To != table.Name))
        {
            var place = key.Columns.ToList().IndexOf(column.Name);
            if (place >= 0)
            {
                var to = Tables.Single(t => t.Name == key.To);
                return Value(to, to.Columns.Single(c => c.Name == key.ToColumns[place]), row);
            }
        }
        // A table that outlives its workspace (the audit trail) names it without a reference.
        if (column.Name == "workspace_id" && table.Name != "workspaces")
        {
            return Made(column.Type, "workspaces.workspace_id", row);
        }
        // A row that may point into its own table points at itself.
        var own = table.ForeignKeys.FirstOrDefault(f => f.To == table.Name && f.Columns.Contains(column.Name));
        var named = own is null ? column.Name : own.ToColumns[own.Columns.ToList().IndexOf(column.Name)];
        return Made(
            table.Columns.Single(c => c.Name == named).Type.Split(" identity ")[0].Split('(')[0],
            $"{table.Name}.{named}",
            row
        );
    }

    private static object Made(string type, string name, int row)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {row}"))[..16];
        return type switch
        {
            "uuid" => new Guid(bytes),
            "blob" or "bytea" => bytes,
            // SQLite keeps instants as text: the name says which.
            "text"
                when name.EndsWith("_at", StringComparison.Ordinal)
                    || name.EndsWith(".at", StringComparison.Ordinal)
                    || name.EndsWith(".since", StringComparison.Ordinal) => string.Create(
                CultureInfo.InvariantCulture,
                $"2026-01-{row + 1:00} 12:30:15.123456"
            ),
            "text" or "character varying" or "any" => string.Create(
                CultureInfo.InvariantCulture,
                $"{name} n° {row} : « l’été » 🙂"
            ),
            "integer" or "bigint" or "smallint" => row + 1,
            "boolean" => row % 2 == 1,
            "real" or "double precision" => row + 0.1,
            "numeric" => row + 0.25m,
            "date" => new DateOnly(2026, 1, 1).AddDays(row),
            "timestamp with time zone" => new DateTime(2026, 1, 1, 12, 30, 15, DateTimeKind.Utc)
                .AddDays(row)
                .AddMicroseconds(row),
            "time without time zone" => new TimeOnly(12, row),
            "interval" => TimeSpan.FromMinutes(row),
            "jsonb" or "json" => string.Create(CultureInfo.InvariantCulture, $"{{\"row\": {row}}}"),
            "text[]" => new[] { name, "é" },
            "uuid[]" => new[] { new Guid(bytes) },
            _ => throw new NotSupportedException($"{name} is a {type}: say here which value to fill it with."),
        };
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "∅",
            byte[] bytes => Convert.ToHexStringLower(bytes),
            DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
            Array many => string.Join('|', many.Cast<object>().Select(Text)),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static List<Table> Ordered(List<Table> tables)
    {
        var ordered = new List<Table>();
        while (ordered.Count < tables.Count)
        {
            var next = tables
                .Where(t =>
                    !ordered.Contains(t) && t.ForeignKeys.All(f => f.To == t.Name || ordered.Any(o => o.Name == f.To))
                )
                .ToList();
            next.ShouldNotBeEmpty(
                "tables point at each other in a circle: "
                    + string.Join(", ", tables.Except(ordered).Select(t => t.Name))
            );
            ordered.AddRange(next);
        }
        return ordered;
    }
}
