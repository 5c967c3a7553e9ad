using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace PorteOuverte.Bench.Profile;

/// <summary>Runs the published program as people do, each method compiled when it is called, and writes which methods those were.</summary>
internal static partial class Profiling
{
    // What a server at rest has run lies together, and beside it what only commands run.
    private const int Served = 1000;
    private const int Commanded = 1;

    public static async Task<int> Run(string porte, string file)
    {
        var folder = Directory.CreateTempSubdirectory("porte-profile-").FullName;
        try
        {
            string InFolder(string name) => Path.Combine(folder, name);
            var profile = new MethodProfile(Assemblies());
            var all = new HashSet<string>(StringComparer.Ordinal);
            var known = 0;

            var served = InFolder("served.txt");
            await Serving.FirstOwner(porte, InFolder("data"), Listing(served), Visit);
            Read(served, Served);

            string books = InFolder("books");
            string[][] commands =
            [
                ["sample", books],
                ["diagnose", books + "/*"],
                ["backup", InFolder("backup.zip"), "--data", InFolder("data")],
                ["audit", "verify", "--data", InFolder("data")],
                ["restore", InFolder("backup.zip"), "--data", InFolder("data"), "--yes"],
            ];
            foreach (var (i, command) in commands.Index())
            {
                var list = InFolder($"command{i}.txt");
                await Command(porte, [.. command.SelectMany(Files)], Listing(list));
                Read(list, Commanded);
            }

            profile.Write(file);
            Console.WriteLine($"{known} of {all.Count} methods into {file}");
            return 0;

            void Read(string list, int weight)
            {
                // What is compiled again, or by the next command too, counts as it did first.
                var names = File.ReadLines(list).Select(MethodName.From).OfType<MethodName>();
                known += names.Where(n => all.Add(n.Whole)).Count(n => profile.Add(n, weight));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The libraries the program is made of: its own beside this one, the framework's where this process has them from.
    private static string[] Assemblies() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    // Every method compiled when called, and quickly: nothing is compiled into its caller, so that each has its line.
    private static (string Key, string Value)[] Listing(string file) =>
        [
            ("DOTNET_ReadyToRun", "0"),
            ("DOTNET_TieredCompilation", "1"),
            ("DOTNET_TieredPGO", "0"),
            ("DOTNET_JitDisasmSummary", "1"),
            ("DOTNET_JitStdOutFile", file),
        ];

    private static string[] Files(string argument) =>
        argument.EndsWith("/*", StringComparison.Ordinal) ? Directory.GetFiles(argument[..^2]) : [argument];

    /// <summary>Every page that a link leads to.</summary>
    private static async Task Visit(HttpClient http, Uri first)
    {
        var seen = new HashSet<Uri>();
        var next = new Queue<Uri>([first]);
        while (next.TryDequeue(out var address))
        {
            if (!address.IsLoopback || address.Port != first.Port || !seen.Add(address))
            {
                continue;
            }
            using var answer = await http.GetAsync(address);
            if (answer.StatusCode == HttpStatusCode.Redirect)
            {
                next.Enqueue(new Uri(address, answer.Headers.Location!));
            }
            foreach (Match link in Link().Matches(await answer.Content.ReadAsStringAsync()))
            {
                next.Enqueue(new Uri(address, WebUtility.HtmlDecode(link.Groups["to"].Value).Split('#')[0]));
            }
        }
    }

    private static async Task Command(string porte, string[] arguments, (string Key, string Value)[] variables)
    {
        var start = new ProcessStartInfo(porte, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (key, value) in variables)
        {
            start.Environment[key] = value;
        }
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"porte {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }

    [GeneratedRegex("(?:href|src)=\"(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Link();
}
