using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Schemas;

public sealed class ScriptsTests
{
    [Theory, BothDatabases]
    public async Task The_scripts_make_the_tables_that_the_program_expects(string database)
    {
        using var scripted = new EmptyData(database);
        await scripted.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
        var made = await Describe(scripted.Database);

        using var mapped = new EmptyData(database);
        await using (var services = new ServiceCollection().AddData(mapped.Database).BuildServiceProvider())
        {
            await using var scope = services.CreateAsyncScope();
            var script = scope.ServiceProvider.GetRequiredService<AppDb>().Database.GenerateCreateScript();
            await using var connection = await mapped.Database.OpenOwner(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var expected = await Describe(mapped.Database);

        // The schema's own history and the tables of Quartz are read by others than the model.
        made.Where(t => !IsOfOthers(t.Name)).SelectMany(t => t.Lines()).ShouldBe(expected.SelectMany(t => t.Lines()));
    }

    [Fact]
    [Trait("Category", "Postgres")]
    public void Both_databases_take_the_same_steps()
    {
        using var sqlite = new EmptyData("sqlite");
        using var postgres = new EmptyData("postgres");
        sqlite
            .Schema.Steps.Select(s => (s.Number, s.Name))
            .ShouldBe(postgres.Schema.Steps.Select(s => (s.Number, s.Name)));
        sqlite.Schema.Steps.Select(s => s.Number).ShouldBe(Enumerable.Range(1, sqlite.Schema.Steps.Count));
    }

    private static bool IsOfOthers(string table) =>
        table == "schema_history" || table.StartsWith("qrtz_", StringComparison.OrdinalIgnoreCase);

    private static async Task<IReadOnlyList<Table>> Describe(Database database)
    {
        await using DbConnection connection = await database.OpenOwner(TestContext.Current.CancellationToken);
        return await Catalogue.Read(connection);
    }
}
