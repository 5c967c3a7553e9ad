using System.Diagnostics;

namespace PorteOuverte.Bench;

/// <summary>Shows the pages of the published server to Lighthouse.</summary>
internal static class Lighthouse
{
    public static async Task<int> Run()
    {
        var data = Directory.CreateTempSubdirectory("porte-bench-").FullName;
        try
        {
            var (cookie, page) = await Serving.FirstOwner(WholeProcess.Porte, data, []);
            // By name: a browser trusts localhost as it would trust an encrypted address.
            var url = new UriBuilder(Serving.FreeUrl()) { Host = "localhost" }.Uri;
            // The gallery of components is shown to developers only.
            using var server = Serving.Start(WholeProcess.Porte, data, url, [("PORTE_Development", "true")]);
            try
            {
                server.BeginOutputReadLine();
                server.BeginErrorReadLine();
                await Serving.Answered(url);
                return await Show(url, cookie, page);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<int> Show(Uri url, string cookie, string page)
    {
        var script = Path.GetFullPath(Path.Combine(WholeProcess.Results(".."), "lighthouse", "lighthouse.mjs"));
        using var node = Process.Start(
            new ProcessStartInfo("node", [script, url.ToString(), cookie, page])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var table = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        if (table.Length > 0)
        {
            Console.WriteLine(table);
            await File.WriteAllTextAsync(WholeProcess.Results("lighthouse.md"), table);
        }
        return node.ExitCode;
    }
}
