using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PorteOuverte.Bench;

/// <summary>Times <c>porte diagnose</c> from start to exit beside DuckDB on the same file, in turn, so that both meet the same machine.</summary>
internal static class WholeProcess
{
    private const int Runs = 9;
    internal static readonly string Root = FindRoot();
    internal static readonly string Porte = Path.Combine(Root, "artifacts", "publish", "porte");
    private static readonly string Folder = Path.Combine(Root, "artifacts", "bench");

    /// <summary>What the compiler reads when the program is published.</summary>
    internal static readonly string Profile = Path.Combine(Root, "src", "PorteOuverte", "porte.mibc");

    /// <summary>Where a table is committed.</summary>
    internal static string Results(string file) => Path.Combine(Root, "bench", "results", file);

    private sealed record Figures(double[] Wall, double[] Cpu, long PeakKilobytes)
    {
        public double MedianWall => Median(Wall);
        public double MedianCpu => Median(Cpu);
    }

    public static async Task<int> Run()
    {
        Directory.CreateDirectory(Folder);
        var large = await OneFile("large", clients: 3650, years: 10);
        var huge = await OneFile("huge", clients: 14600, years: 10);
        var small = await OneFile("small", clients: 110, years: 3);

        var table = new StringBuilder();
        table.AppendLine("# `porte diagnose`, whole process");
        table.AppendLine();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"Self-contained build, terminal report, file in the page cache, {Environment.ProcessorCount} cores, {Runs} runs of each in turn after one warm-up. Made by `./dev bench`."
        );
        table.AppendLine();
        table.AppendLine(
            "| file | lines | MB | porte s (median, min–max) | porte CPU s | porte peak MB | DuckDB s (median, min–max) | DuckDB CPU s | wall ratio, pair by pair (median, min–max) |"
        );
        table.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var file in (string[])[small, large, huge])
        {
            var (ours, peer) = await Pair(file);
            var ratios = ours.Wall.Zip(peer.Wall, (a, b) => a / b).ToArray();
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(Path.GetDirectoryName(file))} | {CountLines(file)} | {new FileInfo(file).Length / 1e6:0} | {Spread(ours.Wall)} | {ours.MedianCpu:0.00} | {ours.PeakKilobytes / 1024} | {Spread(peer.Wall)} | {peer.MedianCpu:0.00} | {Spread(ratios)} |"
            );
            Console.WriteLine(row);
            table.AppendLine(row);
        }
        await File.WriteAllTextAsync(Results("diagnose.md"), table.ToString());
        return 0;
    }

    private static async Task<(Figures Ours, Figures Peer)> Pair(string file)
    {
        string[] peerArguments = [Path.Combine(Root, "bench", "peers", "duckdb.mjs"), file];
        var runs = (
            Ours: new List<(double Wall, double Cpu, long Peak)>(),
            Peer: new List<(double Wall, double Cpu, long Peak)>()
        );
        for (var i = 0; i <= Runs; i++)
        {
            var ours = await Time(Porte, ["diagnose", file]);
            var peer = await Time("node", peerArguments);
            if (i > 0)
            {
                runs.Ours.Add(ours);
                runs.Peer.Add(peer);
            }
        }
        return (Of(runs.Ours), Of(runs.Peer));

        static Figures Of(List<(double Wall, double Cpu, long Peak)> runs) =>
            new([.. runs.Select(r => r.Wall)], [.. runs.Select(r => r.Cpu)], runs.Max(r => r.Peak));
    }

    private static async Task<(double Wall, double Cpu, long PeakKilobytes)> Time(string program, string[] arguments)
    {
        var cpuBefore = ChildrenCpu();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        // The high-water mark only grows: the last reading before the end is the peak, or very near it.
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, HighWater(process.Id));
            await Task.Delay(3);
        }
        await process.WaitForExitAsync();
        var wall = clock.Elapsed.TotalSeconds;
        await Task.WhenAll(output, error);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} exited with {process.ExitCode}: {await error}"
            );
        }
        return (wall, ChildrenCpu() - cpuBefore, peak);
    }

    private static long HighWater(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double ChildrenCpu()
    {
        _ = getrusage(-1, out var usage);
        return usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6);
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int getrusage(int who, out Usage usage);

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }

    // The years of one agency in one file: later openings repeat what the file already says, and are left out.
    private static async Task<string> OneFile(string name, int clients, int years)
    {
        var folder = Path.Combine(Folder, name);
        var file = Path.Combine(folder, "123456782FEC20251231.txt");
        if (File.Exists(file))
        {
            return file;
        }
        var parts = Path.Combine(Folder, name + "-years");
        await Time(Porte, ["sample", parts, "--clients", $"{clients}", "--years", $"{years}", "--force"]);
        Directory.CreateDirectory(folder);
        var unfinished = file + ".part";
        await using (
            var output = new StreamWriter(unfinished, append: false, new UTF8Encoding(false), 1 << 20)
            {
                NewLine = "\r\n",
            }
        )
        {
            var first = true;
            foreach (var part in Directory.GetFiles(parts).Order(StringComparer.Ordinal))
            {
                var header = true;
                await foreach (var line in File.ReadLinesAsync(part))
                {
                    if (header ? first : first || !line.StartsWith("AN\t", StringComparison.Ordinal))
                    {
                        await output.WriteLineAsync(line);
                    }
                    header = false;
                }
                first = false;
            }
        }
        File.Move(unfinished, file);
        Directory.Delete(parts, recursive: true);
        return file;
    }

    private static int CountLines(string file) => File.ReadLines(file, Encoding.Latin1).Count() - 1;

    private static string Spread(double[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(values):0.00} ({values.Min():0.00}–{values.Max():0.00})");

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PorteOuverte.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException("Run the benchmarks from the project.");
    }
}
