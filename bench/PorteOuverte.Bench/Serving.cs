using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PorteOuverte.Bench;

/// <summary>Measures <c>porte serve</c> as a person meets it: how long until it answers, what it holds at rest, how much it answers.</summary>
internal static class Serving
{
    private const int Runs = 5;
    private const int RequestsBeforeRest = 30;
    private const int AtOnce = 4;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(4);

    private static readonly (string Name, (string Key, string Value)[] Variables)[] Settings =
    [
        ("as built", []),
        ("DOTNET_TieredCompilation=1, TieredPGO=0", [("DOTNET_TieredCompilation", "1"), ("DOTNET_TieredPGO", "0")]),
    ];

    private sealed record Figures(
        double FirstAnswer,
        double IdleMegabytes,
        double RestMegabytes,
        double OwnMegabytes,
        double RequestsPerSecond
    );

    public static async Task<int> Run(string porte, string? results)
    {
        var data = Directory.CreateTempSubdirectory("porte-bench-").FullName;
        try
        {
            var (cookie, page) = await FirstOwner(porte, data, []);
            var runs = Settings.ToDictionary(s => s.Name, _ => new List<Figures>(), StringComparer.Ordinal);
            // In turn, so that all meet the same machine.
            for (var i = 0; i < Runs; i++)
            {
                foreach (var (name, variables) in Settings)
                {
                    runs[name].Add(await Measure(porte, data, variables, cookie, page));
                }
            }
            var table = Table(runs);
            Console.WriteLine(table);
            if (results is not null)
            {
                await File.WriteAllTextAsync(results, table);
            }
            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static string Table(Dictionary<string, List<Figures>> runs)
    {
        var table = new StringBuilder("# `porte serve`, whole process\n\n");
        table.Append(
            CultureInfo.InvariantCulture,
            $"Self-contained build, SQLite, data that is there already, {Environment.ProcessorCount} cores shared with the client, {Runs} runs of each in turn: median (min–max). Made by `dotnet run --project bench/PorteOuverte.Bench -c Release -- serve`.\n\n"
        );
        table.Append(
            "First answer: from the start of the process to a 200 of /sign-in. Idle: resident memory five seconds later, nobody having come. Used: the same after 30 signed-in pages, and the part of it that is not shared with the file of the program. Pages per second: a signed-in page, four connections, after four seconds of the same.\n\n"
        );
        table.Append("| settings | first answer s | idle MB | used MB | own MB | pages per second |\n|---|--:|--:|--:|--:|--:|\n");
        foreach (var (name, figures) in runs)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {Spread(figures.Select(f => f.FirstAnswer), "0.00")} | {Spread(figures.Select(f => f.IdleMegabytes), "0")} | {Spread(figures.Select(f => f.RestMegabytes), "0")} | {Spread(figures.Select(f => f.OwnMegabytes), "0")} | {Spread(figures.Select(f => f.RequestsPerSecond), "0")} |\n"
            );
        }
        return table.ToString();
    }

    private static async Task<Figures> Measure(
        string porte,
        string data,
        (string Key, string Value)[] variables,
        string cookie,
        string page
    )
    {
        var url = FreeUrl();
        var clock = Stopwatch.StartNew();
        using var process = Start(porte, data, url, variables);
        try
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await Answered(url);
            var first = clock.Elapsed.TotalSeconds;
            await Task.Delay(5000);
            var idle = Memory(process.Id, "VmRSS:");
            using var http = new HttpClient { BaseAddress = url };
            http.DefaultRequestHeaders.Add("Cookie", cookie);
            for (var i = 0; i < RequestsBeforeRest; i++)
            {
                (await http.GetStringAsync(new Uri(page, UriKind.Relative))).Contains(
                    "<main",
                    StringComparison.Ordinal
                );
            }
            await Task.Delay(5000);
            var rest = Memory(process.Id, "VmRSS:");
            var own = Memory(process.Id, "RssAnon:");
            await Load(http, page, Warming);
            var pages = await Load(http, page, Answering);
            return new Figures(first, idle, rest, own, pages / Answering.TotalSeconds);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<int> Load(HttpClient http, string page, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, AtOnce)
                .Select(async _ =>
                {
                    var count = 0;
                    while (clock.Elapsed < time)
                    {
                        await http.GetByteArrayAsync(new Uri(page, UriKind.Relative));
                        count++;
                    }
                    return count;
                })
        );
        return counts.Sum();
    }

    /// <summary>Waits until a server answers.</summary>
    internal static async Task Answered(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url };
        while (!await Answers(http))
        {
            await Task.Delay(2);
        }
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/sign-in", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Makes the first owner in this data: their cookie, and the page they come to.</summary>
    /// <param name="goOn">What the owner does before the server ends, from that page on.</param>
    internal static async Task<(string Cookie, string Page)> FirstOwner(
        string porte,
        string data,
        (string Key, string Value)[] variables,
        Func<HttpClient, Uri, Task>? goOn = null
    )
    {
        using var process = Start(porte, data, FreeUrl(), variables);
        try
        {
            return await Newcomer.OpenWorkspace(await Newcomer.PrintedLink(process), goOn);
        }
        finally
        {
            // Asked, not killed: what it has not yet written is written on the way out.
            using var end = Process.Start("kill", [$"{process.Id}"]);
            await process.WaitForExitAsync();
        }
    }

    internal static Process Start(string porte, string data, Uri url, (string Key, string Value)[] variables)
    {
        var start = new ProcessStartInfo(porte, ["serve", "--urls", url.ToString(), "--data", data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // A line for each request is work of the disk, not of the pages.
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in variables)
        {
            start.Environment[key] = value;
        }
        return Process.Start(start)!;
    }

    internal static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static double Memory(int id, string line) =>
        double.Parse(
            File.ReadLines($"/proc/{id}/status")
                .First(l => l.StartsWith(line, StringComparison.Ordinal))
                .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        ) / 1024;

    internal static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToArray();
        return string.Join(
            "",
            sorted[sorted.Length / 2].ToString(format, CultureInfo.InvariantCulture),
            " (",
            sorted[0].ToString(format, CultureInfo.InvariantCulture),
            "–",
            sorted[^1].ToString(format, CultureInfo.InvariantCulture),
            ")"
        );
    }
}
