using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(PorteOuverte.Tests.Support.PostgresServer))]

namespace PorteOuverte.Tests.Support;

/// <summary>A PostgreSQL of the tests' own: made in a temporary folder when the first test asks for it, gone afterwards.</summary>
/// <remarks>Two roles, as in production: one that owns the tables and may copy all of them, one that works with the rows.</remarks>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lock Gate = new();
    private static PostgresServer? started;
    private static int databases;
    private readonly string folder = Directory.CreateTempSubdirectory("porte-pg-").FullName;

    public PostgresServer() { }

    /// <summary>A new, empty database: the connections of the application and of the owner.</summary>
    public static (string Application, string Owner) NewDatabase(string owner = "porte_owner")
    {
        lock (Gate)
        {
            var name = $"porte_{Interlocked.Increment(ref databases)}";
            Execute(Running().Connection("postgres", "postgres"), $"create database {name} owner {owner}");
            return (Running().Connection("porte", name), Running().Connection(owner, name));
        }
    }

    /// <summary>A new role, with these rights; its name.</summary>
    public static string NewRole(string rights)
    {
        lock (Gate)
        {
            var name = $"porte_role_{Interlocked.Increment(ref databases)}";
            Execute(Running().Connection("postgres", "postgres"), $"create role {name} login {rights}");
            return name;
        }
    }

    private static PostgresServer Running()
    {
        if (started is null)
        {
            var server = new PostgresServer();
            server.Start();
            started = server;
        }
        return started;
    }

    /// <summary>The folder of the server's programs; a sentence when there is none.</summary>
    public static string Programs { get; } =
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Where(d => File.Exists(Path.Combine(d, "bin", "initdb")))
                .OrderByDescending(d => d, StringComparer.Ordinal)
                .Select(d => Path.Combine(d, "bin"))
                .FirstOrDefault()
                ?? ""
            : "";

    public void Dispose()
    {
        lock (Gate)
        {
            if (started is not null)
            {
                NpgsqlConnection.ClearAllPools();
                Run("pg_ctl", $"-D {started.Data} -m immediate stop");
                Directory.Delete(started.folder, recursive: true);
                started = null;
            }
        }
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Data => Path.Combine(folder, "data");

    private string Connection(string role, string database) =>
        $"Host={folder};Username={role};Database={database};Maximum Pool Size=40;Connection Idle Lifetime=10;Connection Pruning Interval=2;Include Error Detail=true";

    private void Start()
    {
        if (Programs.Length == 0)
        {
            throw new InvalidOperationException(
                "PostgreSQL is missing: install Debian's package postgresql. The product is tested on both databases."
            );
        }
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root: Debian's own user runs it.
            Exec("chown", $"postgres {folder}");
        }
        Run("initdb", $"-D {Data} -U postgres --auth=trust --no-sync -E UTF8 --locale=C.UTF-8");
        Run(
            "pg_ctl",
            $"-D {Data} -w -l {folder}/log -o \"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=300\" start"
        );
        Execute(
            Connection("postgres", "postgres"),
            "create role porte_owner login bypassrls; create role porte login;"
        );
    }

    private static void Run(string program, string arguments)
    {
        var path = Path.Combine(Programs, program);
        if (Environment.UserName == "root")
        {
            Exec("runuser", $"-u postgres -- {path} {arguments}");
        }
        else
        {
            Exec(path, arguments);
        }
    }

    private static void Exec(string program, string arguments)
    {
        // Output goes to the server's own log: a pipe inherited by the daemon would never close.
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"{program} {arguments} > /dev/null 2>&1 < /dev/null"])
            {
                WorkingDirectory = "/",
            }
        )!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
        }
    }

    private static void Execute(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        command.ExecuteNonQuery();
    }
}
