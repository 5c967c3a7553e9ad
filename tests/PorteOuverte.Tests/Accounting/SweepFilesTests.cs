using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

public sealed class SweepFilesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task What_no_reading_will_want_again_is_deleted_and_nothing_else(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var now = house.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var run = Id<JobRun>.New();
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                void Given(string name, DateTime at, Action<Import> import, Action<ImportedFile> file)
                {
                    var given = new Import(null, at);
                    import(given);
                    var its = new ImportedFile(given.Id, name);
                    file(its);
                    db.AddRange(given, its, new ImportedFilePart(its.Id, 0, [1]), new ImportedFilePart(its.Id, 1, [2]));
                }
                Given("killed", now.AddHours(-25), _ => { }, _ => { });
                Given("coming", now.AddHours(-23), _ => { }, _ => { });
                Given("waiting", now.AddDays(-90), i => i.Propose("{}"), _ => { });
                Given("given up", now, i => i.GiveUp(), _ => { });
                Given("known", now, i => i.Finish(now), _ => { });
                Given("live", now, i => i.Finish(now), f => Live(f));
                Given("replaced", now, i => i.Finish(now), f => Live(f).Leave(Id<ImportedFile>.New()));
                Given("arriving", now, i => i.Apply(run), f => f.Arrive());
                Given(
                    "undone",
                    now,
                    i =>
                    {
                        i.TakeBack(run);
                        i.Finish(now);
                    },
                    f => Live(f).Leave()
                );
                foreach (var file in db.ChangeTracker.Entries<ImportedFile>().Select(e => e.Entity))
                {
                    if (file.State == FileState.Leaving)
                    {
                        file.Settle();
                    }
                }
                await db.SaveChangesAsync(Stop);
            }
        );
        (await house.Do(workspace, "sweep-files")).ShouldBe("3 files deleted");
        string[] kept = ["coming", "waiting", "live", "replaced", "arriving"];
        (
            await house.Ask(
                workspace,
                db =>
                    db.ImportedFileParts.Join(db.ImportedFiles, p => p.FileId, f => f.Id, (p, f) => f.Name)
                        .ToListAsync(Stop)
            )
        ).ShouldBe(kept.SelectMany(name => new[] { name, name }), ignoreOrder: true);
        // What became of each stays known, but for what never came.
        (await house.Ask(workspace, db => db.ImportedFiles.Select(f => f.Name).ToListAsync(Stop))).ShouldBe(
            [.. kept, "given up", "known", "undone"],
            ignoreOrder: true
        );
        (await house.Do(workspace, "sweep-files")).ShouldBe("0 files deleted");
    }

    private static ImportedFile Live(ImportedFile file)
    {
        file.Arrive();
        file.Settle();
        return file;
    }
}
