using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PorteOuverte.Bench;

/// <summary>Measures <c>porte import</c> of a large ledger, beside a bare copy of the very rows it wrote.</summary>
/// <remarks>The first file is read into PostgreSQL too where PORTE_Database and PORTE_DatabaseOwner name an empty database.</remarks>
internal static class Importing
{
    private const string Columns =
        "client_id, reading, id, kind, number, date, booked_on, amount, counted, net, vat, outstanding, paid_on, file_id, line";

    private sealed record Figures(
        string Database,
        double Megabytes,
        long Lines,
        long Rows,
        double Seconds,
        double BareSeconds,
        Memory Peak
    );

    /// <param name="All">Megabytes resident.</param>
    /// <param name="Own">Those that are not shared with the file of the program.</param>
    private readonly record struct Memory(double All, double Own);

    public static async Task<int> Run(string porte, IReadOnlyList<string> ledgers)
    {
        List<Figures> all = [];
        foreach (var ledger in ledgers)
        {
            all.Add(await Measure(porte, ledger, "SQLite", connection: null));
        }
        if (Environment.GetEnvironmentVariable("PORTE_DatabaseOwner") is { Length: > 0 } owner)
        {
            all.Add(await Measure(porte, ledgers[0], "PostgreSQL", owner));
        }
        var table = new StringBuilder("# `porte import`, whole process\n\n");
        table.Append(
            CultureInfo.InvariantCulture,
            $"Self-contained build, {Environment.ProcessorCount} cores. The import reads the file twice (to look, and to do) and writes what the accounts of the clients hold; the bare copy writes the same rows into a table without keys, in one transaction (SQLite: a prepared insert; PostgreSQL: binary COPY). Own: the part of the memory that is not shared with the file of the program. Made by `dotnet run --project bench/PorteOuverte.Bench -c Release -- import FILE...`.\n\n| database | MB | lines | s | lines/s | rows written | rows/s | bare copy s | import ÷ bare | peak MB | own MB |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        );
        foreach (var f in all)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {f.Database} | {f.Megabytes:0} | {f.Lines} | {f.Seconds:0.0} | {f.Lines / f.Seconds:0} | {f.Rows} | {f.Rows / f.Seconds:0} | {f.BareSeconds:0.0} | {f.Seconds / f.BareSeconds:0.0} | {f.Peak.All:0} | {f.Peak.Own:0} |\n"
            );
        }
        Console.WriteLine(table);
        await File.WriteAllTextAsync(WholeProcess.Results("import.md"), table.ToString());
        return 0;
    }

    private static async Task<Figures> Measure(string porte, string ledger, string name, string? connection)
    {
        var data = Directory.CreateTempSubdirectory("porte-bench-").FullName;
        try
        {
            // Variables of PostgreSQL pass by where SQLite is meant.
            (string, string)[] variables = connection is null
                ? [("PORTE_Database", ""), ("PORTE_DatabaseOwner", "")]
                : [];
            await Serving.FirstOwner(porte, data, variables);
            var start = new ProcessStartInfo(porte, ["import", ledger, "--data", data, "--yes"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            foreach (var (key, value) in variables)
            {
                start.Environment[key] = value;
            }
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            var said = process.StandardOutput.ReadToEndAsync();
            var peak = default(Memory);
            while (!process.WaitForExit(50))
            {
                var (now, own) = Resident(process.Id);
                peak = new Memory(Math.Max(peak.All, now), Math.Max(peak.Own, own));
            }
            var seconds = clock.Elapsed.TotalSeconds;
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(await said);
            }
            await using DbConnection open = connection is null
                ? new SqliteConnection($"Data Source={Path.Combine(data, "porte.db")}")
                : new NpgsqlConnection(connection);
            await open.OpenAsync();
            var rows = await Rows(open);
            var bare = connection is null ? await Bare(data, rows) : await Bare((NpgsqlConnection)open);
            var megabytes = new FileInfo(ledger).Length / 1e6;
            return new Figures(name, megabytes, await Lines(ledger), rows.Count, seconds, bare, peak);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<List<object[]>> Rows(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select {Columns} from entries";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private static async Task<double> Bare(string folder, List<object[]> rows)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bare.db")}");
        await connection.OpenAsync();
        var names = Columns.Split(", ");
        await using (var create = connection.CreateCommand())
        {
            create.CommandText = $"pragma journal_mode = wal; create table bare ({Columns})";
            await create.ExecuteNonQueryAsync();
        }
        var clock = Stopwatch.StartNew();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"insert into bare values ({string.Join(", ", names.Select((_, i) => "$p" + i))})";
        var parameters = names.Select((_, i) => insert.Parameters.Add(new SqliteParameter("$p" + i, null))).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                parameters[i].Value = row[i];
            }
            await insert.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> Bare(NpgsqlConnection connection)
    {
        await using (
            var create = new NpgsqlCommand($"create table bare as select {Columns} from entries limit 0", connection)
        )
        {
            await create.ExecuteNonQueryAsync();
        }
        // The rows as the server itself writes them, so that nothing but the copy is timed.
        var rows = new MemoryStream();
        await using (
            var read = await connection.BeginRawBinaryCopyAsync(
                $"copy (select {Columns} from entries) to stdout (format binary)"
            )
        )
        {
            await read.CopyToAsync(rows);
        }
        rows.Position = 0;
        var clock = Stopwatch.StartNew();
        await using (
            var write = await connection.BeginRawBinaryCopyAsync($"copy bare ({Columns}) from stdin (format binary)")
        )
        {
            await rows.CopyToAsync(write);
        }
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<long> Lines(string file)
    {
        long lines = 0;
        await foreach (var _ in File.ReadLinesAsync(file))
        {
            lines++;
        }
        return lines;
    }

    private static Memory Resident(int process)
    {
        try
        {
            var lines = File.ReadAllLines($"/proc/{process}/status");
            return new Memory(Of("VmHWM:"), Of("RssAnon:"));

            double Of(string name) =>
                Array.Find(lines, l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
                    ? double.Parse(
                        line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                        CultureInfo.InvariantCulture
                    ) / 1024
                    : 0;
        }
        catch (IOException)
        {
            return default;
        }
    }
}
