using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PorteOuverte.Tests.Architecture;

namespace PorteOuverte.Tests.Mail;

/// <summary>A real mail server (python3-aiosmtpd) on a port of its own, with a certificate made for it; it answers as the recipient's name says.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly string folder;
    private readonly Process process;
    private readonly StringBuilder errors;

    private MailServer(string folder, Process process, StringBuilder errors)
    {
        this.folder = folder;
        this.process = process;
        this.errors = errors;
    }

    public int Port { get; private set; }

    /// <summary>The authority that issued the server's certificate, which names localhost and nothing else.</summary>
    public string Authority => Path.Combine(folder, "authority.pem");

    /// <summary>Settings of a house that sends through this server.</summary>
    public (string Key, string Value)[] Settings =>
        [
            ("Mail:Transport", "smtp"),
            ("Mail:Host", "localhost"),
            ("Mail:Port", Port.ToString(CultureInfo.InvariantCulture)),
            ("Mail:From", "Atelier Véga <bonjour@example.fr>"),
            ("Mail:TrustedCertificate", Authority),
            ("Mail:Patience", "20"),
        ];

    /// <param name="options">"clear": offers no encryption; "tls": encrypted from the first byte; "auth": wants a password; "login": by AUTH LOGIN only.</param>
    public static async Task<MailServer> Start(params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("porte-smtp-").FullName;
        List<string> arguments = [Script("server.py"), folder];
        MakeCertificate(folder);
        if (!options.Contains("clear"))
        {
            arguments.AddRange([Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"), .. options]);
        }
        var errors = new StringBuilder();
        var process = Run(arguments);
        process.ErrorDataReceived += (_, e) => errors.AppendLine(e.Data);
        process.BeginErrorReadLine();
        var server = new MailServer(folder, process, errors);
        var port = await server.Hear("port ");
        server.Port = int.Parse(port, CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>What it took, in order of arrival, as the bytes it read.</summary>
    public IReadOnlyList<byte[]> Taken => Files("taken");

    /// <summary>What it read to the end and never answered for.</summary>
    public IReadOnlyList<byte[]> Swallowed => Files("swallowed");

    /// <summary>Makes the next conversation halt at a point; returned when the server knows.</summary>
    public async Task StopAt(string point)
    {
        await process.StandardInput.WriteLineAsync($"stop {point}");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await Hear("will stop");
    }

    public Task Reached(string point) => Hear("reached " + point);

    /// <summary>What a strict reader makes of a mail.</summary>
    public static async Task<System.Text.Json.JsonElement> ReadStrictly(byte[] mail)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, mail, TestContext.Current.CancellationToken);
            using var reader = Run([Script("read.py"), file]);
            var error = reader.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var json = await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await reader.WaitForExitAsync(TestContext.Current.CancellationToken);
            reader.ExitCode.ShouldBe(0, await error);
            return System.Text.Json.JsonDocument.Parse(json).RootElement.Clone();
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private List<byte[]> Files(string kind) =>
        [.. Directory.GetFiles(folder, kind + "-*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private async Task<string> Hear(string beginning)
    {
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            throw new InvalidOperationException(
                errors.ToString().Contains("aiosmtpd", StringComparison.Ordinal)
                    ? "The mail server of the tests is missing: install Debian's package python3-aiosmtpd."
                    : $"The mail server of the tests ended: {errors}"
            );
        }
        line.ShouldStartWith(beginning);
        return line[beginning.Length..];
    }

    private static Process Run(IEnumerable<string> arguments)
    {
        if (!File.Exists(Python))
        {
            throw new InvalidOperationException(
                "The mail server of the tests is missing: install Debian's package python3-aiosmtpd."
            );
        }
        return Process.Start(
            new ProcessStartInfo(Python, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // What Debian installed, whatever else of Python is on the path.
                Environment = { ["PYTHONPATH"] = "", ["PYTHONDONTWRITEBYTECODE"] = "1" },
            }
        )!;
    }

    private static string Script(string name) =>
        Path.Combine(SourceTree.Root, "tests", "PorteOuverte.Tests", "Mail", name);

    private static void MakeCertificate(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Autorité d’essai", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(issuer, now.AddHours(-1), now.AddDays(1), [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(folder, "authority.pem"), issuer.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), issued.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
