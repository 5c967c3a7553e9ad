using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Data.Backup;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Backup;

/// <summary>H3 after a restoration: the trail that is back is intact, and the notes of the one that is gone do not cry wolf.</summary>
public sealed class RestoredTrailTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task A_backup_taken_while_people_work_brings_back_whole_trails(string database)
    {
        await using var house = await House.Working(database);
        var (workspace, _) = await house.NewWorkspace();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var work = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await house.Append(workspace);
                }
            },
            Cancellation
        );
        var before = (await house.Check(workspace)).End.Number;
        await Wait.Until(async () => (await house.Check(workspace)).End.Number > before);
        var backup = await house.Services.GetRequiredService<Backups>().Take(null, force: false, Cancellation);
        await enough.CancelAsync();
        await work;

        using var other = new EmptyData(database);
        var restored = (await other.Backups.Restore(backup, () => true, Cancellation)).ShouldNotBeNull();
        await Chains.AreIntact(other.Database);
        restored.LastChange.ShouldNotBeNull().ShouldBeGreaterThan(DateTime.UnixEpoch.AddYears(50));
    }

    [Theory, BothDatabases]
    [Trait("Category", "Heavy")]
    public async Task The_restoration_notes_the_heads_of_what_it_brought_back(string database)
    {
        using var data = new EmptyData(database);
        string backup;
        await using (var house = await House.Over(data.Settings))
        {
            var (workspace, _) = await house.NewWorkspace();
            backup = await data.Backups.Take(null, force: false, Cancellation);
            await house.Append(workspace, 3);
        }
        await Chains.AreIntact(data.Database);
        var notes = await File.ReadAllLinesAsync(Notes(data, "audit-heads.txt"), Cancellation);

        // Put back by other means, it contradicts the notes, and the sentence says what to do.
        await data.Backups.Restore(backup, () => true, Cancellation);
        var (intact, said) = await Chains.Verify(data.Database);
        intact.ShouldBeFalse();
        said.ShouldContain("c’est normal\u00A0: supprimez " + Notes(data, "audit-heads.txt"));

        using var porte = PorteProcess.Start(data.Settings, "restore", backup, "--yes");
        (await porte.Ended()).ShouldBe(0, porte.Output);
        porte.Output.ShouldContain(Notes(data, "audit-heads.before-restore.txt"));
        await Chains.AreIntact(data.Database);
        (await File.ReadAllLinesAsync(Notes(data, "audit-heads.before-restore.txt"), Cancellation)).ShouldBe(notes);
    }

    private static string Notes(EmptyData data, string name) => Path.Combine(data.Database.Folder, name);
}
