using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Jobs;

/// <summary>Forgets runs that ended well three months ago.</summary>
internal sealed class PruneRuns(AppDb db, TimeProvider clock) : Job
{
    private const int DaysKept = 90;

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-DaysKept);
        var count = await db.JobRuns.Where(r => r.EndedAt < before).ExecuteDeleteAsync(stop);
        run.Outcome = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
