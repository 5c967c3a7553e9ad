using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PorteOuverte.Tests.Support;

/// <summary>The real program in a process of its own: what a second node is, and what can be killed.</summary>
public sealed class PorteProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PorteProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it answers; only of a server.</summary>
    public Uri Url { get; private init; } = new("http://127.0.0.1:0");

    /// <summary>What it has said so far, on both streams.</summary>
    public string Output => string.Join('\n', lines);

    public bool HasExited => process.HasExited;

    /// <summary>Starts a server on a port of its own and waits until it answers.</summary>
    /// <param name="settings">As for <see cref="House.Settings"/>: at least the data folder.</param>
    public static async Task<PorteProcess> Serve(IReadOnlyDictionary<string, string?> settings)
    {
        var server = StartServing(settings);
        try
        {
            var first = await Task.WhenAny(
                server.ready.Task,
                server.process.WaitForExitAsync(TestContext.Current.CancellationToken)
            );
            (first == server.ready.Task).ShouldBeTrue("porte serve ended: " + server.Output);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts a server and waits for nothing.</summary>
    public static PorteProcess StartServing(IReadOnlyDictionary<string, string?> settings)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        return new PorteProcess(Begin(settings, ["serve", "--urls", url.ToString()])) { Url = url };
    }

    /// <summary>Starts any other command.</summary>
    public static PorteProcess Start(IReadOnlyDictionary<string, string?> settings, params string[] arguments) =>
        new(Begin(settings, arguments));

    /// <summary>Waits for the end, and for all that was said.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>Ends it as a power cut would: nothing is finished, nothing is cleaned up.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
            if (line.Contains("répond sur", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        }
    }

    private static Process Begin(IReadOnlyDictionary<string, string?> settings, string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "porte"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings)
        {
            start.Environment["PORTE_" + name.ToUpperInvariant()] = value;
        }
        // A build for debugging is compiled while it starts: in tiers that takes a third of the time.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")
        );
        return Process.Start(start)!;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
