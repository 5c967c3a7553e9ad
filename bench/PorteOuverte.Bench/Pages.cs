using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PorteOuverte.Bench;

/// <summary>Measures pages at a steady pace in a house of many workspaces, one of them large; and how long its figures take to follow a change.</summary>
/// <remarks>PostgreSQL is measured too where PORTE_Database and PORTE_DatabaseOwner name an empty database. Needs <c>hey</c>.</remarks>
internal static partial class Pages
{
    private const int Clients = 10_000;
    private const int Workspaces = 200;
    private const int ClientsOfSmall = 40;
    private const string Pace = "-c 2 -q 25";

    private sealed record Paced(string Page, double RequestsPerSecond, double Median, double P95, double P99);

    private sealed record Figures(
        string Database,
        long Rows,
        IReadOnlyList<Paced> Pages,
        double OneSaved,
        double OnePicture,
        double All
    );

    public static async Task<int> Run(string porte)
    {
        var ledgers = Directory.CreateTempSubdirectory("porte-bench-").FullName;
        try
        {
            await Said(porte, [], ["sample", ledgers, "--clients", $"{Clients}", "--years", "3", "--force"]);
            List<Figures> all = [await Measure(porte, ledgers, "SQLite", owner: null)];
            Console.WriteLine(Table(all, ledgers));
            if (Environment.GetEnvironmentVariable("PORTE_DatabaseOwner") is { Length: > 0 } owner)
            {
                all.Add(await Measure(porte, ledgers, "PostgreSQL", owner));
            }
            var table = Table(all, ledgers);
            Console.WriteLine(table);
            await File.WriteAllTextAsync(WholeProcess.Results("pages.md"), table);
            return 0;
        }
        finally
        {
            Directory.Delete(ledgers, recursive: true);
        }
    }

    private static string Table(List<Figures> all, string ledgers)
    {
        var lines = Directory.EnumerateFiles(ledgers, "*.txt").Sum(f => File.ReadLines(f).LongCount());
        var table = new StringBuilder("# The pages of a large house\n\n");
        table.Append(
            CultureInfo.InvariantCulture,
            $"A workspace of {Clients} clients from three FECs of {lines} lines together, beside {Workspaces - 1} of {ClientsOfSmall} clients each; {Environment.ProcessorCount} cores shared with the one who asks. `hey {Pace} -z 12s` of a signed-in page, after four seconds of the same. Made by `dotnet run --project bench/PorteOuverte.Bench -c Release -- pages`.\n\n"
        );
        table.Append("| database | page | requests/s | median ms | p95 ms | p99 ms |\n|---|---|--:|--:|--:|--:|\n");
        foreach (var (figures, page) in all.SelectMany(f => f.Pages.Select(p => (f, p))))
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {figures.Database} | {page.Page} | {page.RequestsPerSecond:0.0} | {page.Median:0} | {page.P95:0} | {page.P99:0} |\n"
            );
        }
        table.Append(
            "\nHow long the figures take to follow, in seconds. One client: an invoice typed by hand, until it is saved with the figures of its client, and until the home page's picture is made anew. All: the figures of every client and the picture, from nothing.\n\n| database | entries | one, saved | one, picture | all, and picture |\n|---|--:|--:|--:|--:|\n"
        );
        foreach (var f in all)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {f.Database} | {f.Rows} | {f.OneSaved:0.00} | {f.OnePicture:0.00} | {f.All:0.0} |\n"
            );
        }
        return table.ToString();
    }

    private static async Task<Figures> Measure(string porte, string ledgers, string name, string? owner)
    {
        var data = Directory.CreateTempSubdirectory("porte-bench-").FullName;
        // Variables of PostgreSQL pass by where SQLite is meant.
        (string, string)[] variables = owner is null ? [("PORTE_Database", ""), ("PORTE_DatabaseOwner", "")] : [];
        var url = Serving.FreeUrl();
        using var server = Serving.Start(porte, data, url, variables);
        try
        {
            var (cookie, page) = await Newcomer.OpenWorkspace(await Newcomer.PrintedLink(server));
            // Nobody reads what it prints; it must not wait for them.
            _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            var home = page[..page.LastIndexOf('/')];
            using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
            http.DefaultRequestHeaders.Add("Cookie", cookie);
            await Said(porte, variables, ["import", .. Directory.GetFiles(ledgers, "*.txt"), "--data", data, "--yes"]);
            await using DbConnection db = owner is null
                ? new SqliteConnection($"Data Source={Path.Combine(data, "porte.db")}")
                : new NpgsqlConnection(owner);
            await db.OpenAsync();
            await Fill(db, Guid.Parse(home["/e/".Length..]), isSqlite: owner is null);
            await Drawn(http, home);
            var client = await Text(
                db,
                $"select {(owner is null ? "lower(hex(client_id))" : "replace(client_id::text, '-', '')")} from client_figures order by revenue_twelve_months desc limit 1"
            );
            var (saved, picture) = await One(http, db, home, client);
            await Execute(db, "delete from pictures");
            await Drawn(http, home);
            var took = await Took(db);
            List<Paced> pages = [];
            foreach (
                var (what, path) in new[]
                {
                    ("home", $"{home}/today"),
                    ("list of clients", $"{home}/clients"),
                    ("sheet of a client", $"{home}/clients/{client}"),
                }
            )
            {
                pages.Add(await Ask(what, new Uri(url, path), cookie));
            }
            return new Figures(
                name,
                long.Parse(await Text(db, "select count(*) from entries"), CultureInfo.InvariantCulture),
                pages,
                saved,
                picture,
                took
            );
        }
        finally
        {
            using var end = Process.Start("kill", [$"{server.Id}"]);
            await server.WaitForExitAsync();
            SqliteConnection.ClearAllPools();
            Directory.Delete(data, recursive: true);
        }
    }

    // The other workspaces are made of clients of the large one.
    private static async Task Fill(DbConnection db, Guid large, bool isSqlite)
    {
        string[] tables = ["clients", "client_codes", "client_figures", "entries", "books", "books_money"];
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables.Prepend("workspaces"))
        {
            columns[table] = await Text(
                db,
                isSqlite
                    ? $"select group_concat(name, ',') from pragma_table_info('{table}') where name <> 'workspace_id'"
                    : $"select string_agg(column_name::text, ',' order by ordinal_position) from information_schema.columns where table_schema = 'public' and table_name = '{table}' and column_name <> 'workspace_id'"
            );
        }
        await using var transaction = await db.BeginTransactionAsync();
        await Execute(
            db,
            $"create temporary table few as select id from clients where removed_at is null and workspace_id = {Literal(large)} order by id limit {ClientsOfSmall}",
            transaction
        );
        for (var i = 1; i < Workspaces; i++)
        {
            var own = Literal(Guid.CreateVersion7());
            foreach (var (table, names) in columns)
            {
                var which = table switch
                {
                    "clients" => " and id in (select id from few)",
                    "client_codes" or "client_figures" or "entries" => " and client_id in (select id from few)",
                    _ => "",
                };
                await Execute(
                    db,
                    $"insert into {table} (workspace_id, {names}) select {own}, {names} from {table} where workspace_id = {Literal(large)}{which}",
                    transaction
                );
            }
        }
        await transaction.CommitAsync();
        await Execute(db, "analyze");

        string Literal(Guid id) => isSqlite ? $"x'{id:N}'" : $"'{id}'::uuid";
    }

    // An invoice by hand, through the form as a person fills it in.
    private static async Task<(double Saved, double Picture)> One(
        HttpClient http,
        DbConnection db,
        string home,
        string client
    )
    {
        var path = $"{home}/accounting/entries/new?client={client}";
        var page = await http.GetStringAsync(new Uri(path, UriKind.Relative));
        var fields = Newcomer.Hidden(page, "name=\"In.Date\"");
        fields.AddRange(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["In.Number"] = "H-1",
                ["In.Date"] = await Text(db, "select cast(max(last_entry) as text) from books"),
                ["In.Net"] = "1000",
                ["In.Rate"] = "20",
            }
        );
        using var body = new FormUrlEncodedContent(fields);
        var clock = Stopwatch.StartNew();
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body);
        var saved = clock.Elapsed.TotalSeconds;
        answer.EnsureSuccessStatusCode();
        await Drawn(http, home);
        return (saved, await Took(db));
    }

    // Until the picture is made and nothing is left to do.
    private static async Task Drawn(HttpClient http, string home)
    {
        while (
            (await http.GetStringAsync(new Uri($"{home}/today", UriKind.Relative))).Contains(
                "every 1s",
                StringComparison.Ordinal
            )
        )
        {
            await Task.Delay(200);
        }
    }

    // The last picture, from its beginning to its end.
    private static async Task<double> Took(DbConnection db)
    {
        await using var command = db.CreateCommand();
        command.CommandText =
            "select started_at, ended_at from job_runs where job = 'take-picture' and ended_at is not null order by ended_at desc limit 1";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetDateTime(1) - reader.GetDateTime(0)).TotalSeconds;
    }

    private static async Task<Paced> Ask(string name, Uri page, string cookie)
    {
        await Hey(page, cookie, "4s");
        var said = await Hey(page, cookie, "12s");
        if (!said.Contains("[200]", StringComparison.Ordinal) || Status().Count(said) != 1)
        {
            throw new InvalidOperationException(said);
        }
        return new Paced(
            name,
            Number("Requests/sec:\\s+"),
            Number("50%+ in ") * 1000,
            Number("95%+ in ") * 1000,
            Number("99%+ in ") * 1000
        );

        double Number(string before) =>
            double.Parse(
                Regex
                    .Match(said, before + "(?<n>[\\d.]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                    .Groups["n"]
                    .Value,
                CultureInfo.InvariantCulture
            );
    }

    private static Task<string> Hey(Uri page, string cookie, string time) =>
        Said("hey", [], [.. Pace.Split(' '), "-z", time, "-H", $"Cookie: {cookie}", page.ToString()]);

    private static async Task<string> Said(string program, (string Key, string Value)[] variables, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (key, value) in variables)
        {
            start.Environment[key] = value;
        }
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException(said);
    }

    private static async Task<string> Text(DbConnection db, string question)
    {
        await using var command = db.CreateCommand();
        command.CommandText = question;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }

    private static async Task Execute(DbConnection db, string statement, DbTransaction? transaction = null)
    {
        await using var command = db.CreateCommand();
        command.CommandTimeout = 600;
        (command.CommandText, command.Transaction) = (statement, transaction);
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex("^ +\\[\\d+\\]", RegexOptions.Multiline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Status();
}
