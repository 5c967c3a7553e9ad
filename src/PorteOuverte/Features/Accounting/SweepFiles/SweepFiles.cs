using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting.SweepFiles;

/// <summary>Deletes what came of uploads that nobody ended, and the content of files that no reading will want again; that there were such files stays known.</summary>
internal sealed class SweepFiles(AppDb db, TimeProvider clock) : Job
{
    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        var before = clock.GetUtcNow().UtcDateTime - LongestUpload;
        // The node that took them was killed: what is there of them was never whole.
        await db.Imports.Where(i => i.State == ImportState.Uploading && i.GivenAt < before).ExecuteDeleteAsync(stop);
        var useless = await db
            .ImportedFiles.Where(f =>
                db.ImportedFileParts.Any(p => p.FileId == f.Id)
                // What was replaced comes back if the newer export is taken back.
                && (
                    (f.State == FileState.Gone && f.ReplacedBy == null)
                    || (
                        f.State == FileState.Waiting
                        && db.Imports.Any(i =>
                            i.Id == f.ImportId
                            && (
                                i.State == ImportState.GivenUp
                                || i.State == ImportState.Refused
                                || i.State == ImportState.Done
                                || i.State == ImportState.Undone
                            )
                        )
                    )
                )
            )
            .Select(f => f.Id)
            .ToListAsync(stop);
        // One after the other, so that others can write in between: a file may be a gigabyte.
        foreach (var file in useless)
        {
            await db.ImportedFileParts.Where(p => p.FileId == file).ExecuteDeleteAsync(stop);
        }
        run.Outcome = AccountingText.Current.Count("swept", useless.Count);
    }
}
