using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data.Backup;

/// <summary>PostgreSQL's own programs, for one database.</summary>
/// <param name="folder">Where they are; null: wherever the system finds them.</param>
/// <param name="connection">Handed over by the environment: arguments are for everybody on the machine to read.</param>
internal sealed class PostgresPrograms(string? folder, NpgsqlConnectionStringBuilder connection)
{
    /// <summary>Refuses a program that is absent, or older than the server.</summary>
    public async Task Refuse(string program, int server, CancellationToken cancellation)
    {
        var said = await Run(program, ["--version"], cancellation);
        // pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
        var number = said.Split(' ').FirstOrDefault(w => w.Length > 0 && char.IsAsciiDigit(w[0])) ?? "0";
        var version = int.Parse(
            string.Concat(number.TakeWhile(char.IsAsciiDigit)),
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        if (version < server)
        {
            throw new Refusal(BackupText.Current.Format("programOld", program, version, server));
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> Run(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Start(program, arguments);
        try
        {
            process.StandardInput.Close();
            var complaint = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await Ended(process, program, await complaint, cancellation);
            return output;
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>Runs one program into another. Only when the first ended well, <paramref name="last"/> follows its output.</summary>
    public async Task Pipe(
        string from,
        string[] fromArguments,
        string into,
        string[] intoArguments,
        string last,
        CancellationToken cancellation
    )
    {
        using var target = Start(into, intoArguments);
        using var source = Start(from, fromArguments);
        try
        {
            source.StandardInput.Close();
            var targetComplaint = target.StandardError.ReadToEndAsync(cancellation);
            var targetOutput = target.StandardOutput.ReadToEndAsync(cancellation);
            var complaint = source.StandardError.ReadToEndAsync(cancellation);
            try
            {
                await source.StandardOutput.BaseStream.CopyToAsync(target.StandardInput.BaseStream, cancellation);
                await Ended(source, from, await complaint, cancellation);
                await target.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(last), cancellation);
                target.StandardInput.Close();
            }
            catch (IOException)
            {
                // The reader ended before the writer: it says why itself.
            }
            await targetOutput;
            await Ended(target, into, await targetComplaint, cancellation);
        }
        finally
        {
            Kill(target);
            Kill(source);
        }
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(folder is null ? program : Path.Combine(folder, program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in Environment())
        {
            if (!string.IsNullOrEmpty(value))
            {
                start.Environment[name] = value;
            }
        }
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new Refusal(BackupText.Current.Format("programMissing", program));
        }
    }

    private IEnumerable<(string Name, string? Value)> Environment() =>
        [
            ("PGHOST", connection.Host),
            ("PGPORT", connection.Port.ToString(CultureInfo.InvariantCulture)),
            ("PGUSER", connection.Username),
            ("PGPASSWORD", connection.Password),
            ("PGPASSFILE", connection.Passfile),
            ("PGDATABASE", connection.Database),
            ("PGSSLMODE", Dashed(connection.SslMode)),
            ("PGSSLROOTCERT", connection.RootCertificate),
            ("PGSSLCERT", connection.SslCertificate),
            ("PGSSLKEY", connection.SslKey),
            ("PGCLIENTENCODING", "UTF8"),
            // What goes wrong is quoted to a person: in the language everybody can look up.
            ("LC_MESSAGES", "C"),
        ];

    private static string Dashed(SslMode mode) =>
        mode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            _ => mode.ToString().ToLowerInvariant(),
        };

    private static async Task Ended(Process process, string program, string complaint, CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            var lines = complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            throw new Refusal(
                BackupText.Current.Format(
                    "programFailed",
                    program,
                    lines.FirstOrDefault(l => l.Contains("rror:", StringComparison.Ordinal))
                        ?? lines.FirstOrDefault()
                        ?? process.ExitCode.ToString(CultureInfo.InvariantCulture)
                )
            );
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }
}
