using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Schemas;

[InFrench]
public sealed class UpgradeTests
{
    [Theory, BothDatabases]
    public async Task Every_step_ever_taken_upgrades_with_every_value(string database)
    {
        IReadOnlyList<SchemaStep> steps;
        using (var any = new EmptyData(database))
        {
            steps = any.Schema.Steps;
        }
        foreach (var step in steps)
        {
            using var data = new EmptyData(database);
            await data.Schema.Upgrade(upTo: step.Number, cancellation: TestContext.Current.CancellationToken);
            var before = await Fill(data.Database);
            await data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
            Lost(before, await Read(data.Database)).ShouldBeEmpty($"from step {step.Number}");
        }
    }

    [Theory, BothDatabases]
    public async Task A_step_that_loses_something_is_found(string database)
    {
        using var data = new EmptyData(database);
        await data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
        var before = await Fill(data.Database);
        await With(
                data,
                "update people set name = 'another' where access_failed_count = 2; delete from memberships where role like '% n° 0 %'"
            )
            .Upgrade(cancellation: TestContext.Current.CancellationToken);
        Lost(before, await Read(data.Database))
            .Select(l => l[..l.IndexOf('[', StringComparison.Ordinal)])
            .Distinct()
            .ShouldBe(["memberships", "people"]);
    }

    [Theory, BothDatabases]
    public async Task A_step_that_fails_leaves_nothing_of_itself(string database)
    {
        using var data = new EmptyData(database);
        await data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken);
        var before = await Fill(data.Database);
        await Should.ThrowAsync<System.Data.Common.DbException>(() =>
            With(data, "create table later (id integer); update people set name = 'x'; select nothing from nowhere")
                .Upgrade(cancellation: TestContext.Current.CancellationToken)
        );
        (await Read(data.Database)).ShouldBe(before);
    }

    [Theory, BothDatabases]
    public async Task Data_of_a_later_version_is_left_alone(string database)
    {
        using var data = new EmptyData(database);
        await With(data, "create table later (id integer)")
            .Upgrade(cancellation: TestContext.Current.CancellationToken);
        (
            await Should.ThrowAsync<Refusal>(() =>
                data.Schema.Upgrade(cancellation: TestContext.Current.CancellationToken)
            )
        ).Message.ShouldContain("version plus récente");
    }

    /// <summary>The schema with one step more than there is.</summary>
    public static Schema With(EmptyData data, string sql)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new Schema(data.Database, data.Clock)
        {
            Steps = [.. data.Schema.Steps, new SchemaStep(data.Schema.Steps.Count + 1, "later", sql)],
        };
    }

    private static IEnumerable<string> Lost(
        SortedDictionary<string, string> before,
        SortedDictionary<string, string> after
    ) =>
        before
            .Where(b => after.GetValueOrDefault(b.Key) != b.Value)
            .Select(b => $"{b.Key}: {b.Value} → {after.GetValueOrDefault(b.Key)}");

    private static async Task<SortedDictionary<string, string>> Fill(Database database)
    {
        await using var connection = await database.OpenOwner(TestContext.Current.CancellationToken);
        var filling = await Filling.Of(connection);
        await filling.Fill();
        return await filling.Read();
    }

    private static async Task<SortedDictionary<string, string>> Read(Database database)
    {
        await using var connection = await database.OpenOwner(TestContext.Current.CancellationToken);
        return await (await Filling.Of(connection)).Read();
    }
}
