using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PorteOuverte.Bench;

/// <summary>Times what a newcomer waits for: a fresh clone, <c>./dev run</c>, and the form that opens a workspace.</summary>
internal static class FirstMinutes
{
    private const int Runs = 3;

    public static async Task<int> Run()
    {
        List<(double Clone, double Answer, double Owner)> runs = [];
        for (var i = 0; i < Runs; i++)
        {
            runs.Add(await Once());
        }
        var table = new StringBuilder("# The first two minutes\n\n");
        table.Append(
            CultureInfo.InvariantCulture,
            $"From nothing to the first page of one’s own workspace, packages already on the machine, {Environment.ProcessorCount} cores, {Runs} runs: median (min–max), in seconds from the beginning. What one types into the form takes no time here. Made by `./dev bench first-minutes`.\n\n| after | s |\n|---|--:|\n"
        );
        Row("`git clone`", runs.Select(r => r.Clone));
        Row("`./dev run` has built, serves and prints the link", runs.Select(r => r.Answer));
        Row("the form is filled in: the owner’s first page is there", runs.Select(r => r.Owner));
        Console.WriteLine(table);
        await File.WriteAllTextAsync(WholeProcess.Results("first-minutes.md"), table.ToString());
        return 0;

        void Row(string what, IEnumerable<double> seconds) =>
            table.Append(CultureInfo.InvariantCulture, $"| {what} | {Serving.Spread(seconds, "0.0")} |\n");
    }

    private static async Task<(double Clone, double Answer, double Owner)> Once()
    {
        var folder = Directory.CreateTempSubdirectory("porte-clone-").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            using (var git = Process.Start("git", ["clone", "--quiet", "--no-local", WholeProcess.Root, folder]))
            {
                await git.WaitForExitAsync();
            }
            var clone = clock.Elapsed.TotalSeconds;
            var start = new ProcessStartInfo(Path.Combine(folder, "dev"), ["run"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            start.Environment["PORTE_Urls"] = Serving.FreeUrl().ToString();
            // A newcomer has no compiler waiting from the build before.
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            start.Environment["UseSharedCompilation"] = "false";
            using var server = Process.Start(start)!;
            try
            {
                var link = await Newcomer.PrintedLink(server);
                var answer = clock.Elapsed.TotalSeconds;
                await Newcomer.OpenWorkspace(link);
                return (clone, answer, clock.Elapsed.TotalSeconds);
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
