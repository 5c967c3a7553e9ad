using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PorteOuverte.Features.Settings.VerifyAudit;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Audit;

/// <summary>What the tests do to a chain: append to it as a handler does, look at it, and forge it as who owns the database can.</summary>
internal static class Chains
{
    public static Task Append(this House house, Id<Workspace> workspace, int lines = 1) =>
        house.In(
            workspace,
            async services =>
            {
                for (var i = 1; i <= lines; i++)
                {
                    services.GetRequiredService<AuditTrail>().Did("thing.done", workspace, new { count = i });
                    await services.GetRequiredService<AppDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
                }
            }
        );

    /// <summary>Somebody does something; null: the program does.</summary>
    public static Task Did(
        this House house,
        Id<Workspace> workspace,
        Person? person,
        string action,
        object? details = null
    ) =>
        house.In(
            workspace,
            async services =>
            {
                if (person is not null)
                {
                    services.GetRequiredService<CurrentMember>().Identify(new Id<Person>(person.Id), "192.0.2.7");
                }
                services.GetRequiredService<AuditTrail>().Did(action, workspace, details);
                await services.GetRequiredService<AppDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
            }
        );

    public static Task<List<AuditLine>> Lines(this House house, Id<Workspace> workspace) =>
        house.Ask(
            workspace,
            db => db.AuditLines.AsNoTracking().OrderBy(l => l.Number).ToListAsync(TestContext.Current.CancellationToken)
        );

    public static async Task<(NotedHead End, List<Finding> Findings)> Check(
        this House house,
        Id<Workspace> workspace,
        params NotedHead[] noted
    )
    {
        var findings = new List<Finding>();
        await using var reading = await ChainReading.Open(house.Database, TestContext.Current.CancellationToken);
        var end = await reading.Check(workspace, noted, findings.Add, TestContext.Current.CancellationToken);
        return (end, findings);
    }

    /// <summary>What <c>porte audit verify</c> does, notes included; all must be intact.</summary>
    public static async Task AreIntact(Database database)
    {
        var (intact, said) = await Verify(database);
        intact.ShouldBeTrue(said);
    }

    public static async Task<(bool Intact, string Said)> Verify(Database database)
    {
        var french = CultureInfo.GetCultureInfo("fr");
        var output = new StringWriter();
        var handler = new VerifyAuditHandler(
            database,
            new Texts(typeof(VerifyAuditText), french),
            new Texts(typeof(AuditText), french),
            output
        );
        var intact = await handler.Handle(
            new VerifyAudit(Workspace: null, Head: null),
            TestContext.Current.CancellationToken
        );
        return (intact, output.ToString());
    }

    /// <summary>Raw SQL, by whom nothing stops: <c>@w</c> is the workspace, <c>@hash</c> and <c>@previous</c> what is given.</summary>
    public static async Task Forge(
        this House house,
        Id<Workspace> workspace,
        string sql,
        byte[]? hash = null,
        byte[]? previous = null
    )
    {
        await using DbConnection connection = house.Database.IsSqlite
            ? new SqliteConnection(house.Database.ConnectionString)
            : new NpgsqlConnection(Superuser(house.Database));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Add("@w", house.Database.IsSqlite ? workspace.Value.ToByteArray(bigEndian: true) : workspace.Value);
        Add("@hash", hash ?? []);
        Add("@previous", previous ?? []);
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0, sql);

        void Add(string name, object value)
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }
        }
    }

    private static string Superuser(Database database) =>
        new NpgsqlConnectionStringBuilder(database.OwnerConnection) { Username = "postgres" }.ConnectionString;
}
