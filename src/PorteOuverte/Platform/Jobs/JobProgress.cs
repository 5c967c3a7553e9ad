using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Jobs;

/// <summary>Shows how far a run has come, and tells the job when somebody asked to stop.</summary>
public sealed class JobProgress(IServiceScopeFactory scopes, Id<Workspace> workspace, Id<JobRun> run)
{
    /// <summary>Writes the position at once, whatever the job saves later. Call it every second or so, not every line.</summary>
    /// <exception cref="JobStopped">Somebody asked the run to stop.</exception>
    public async Task Report(long position, long total, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(workspace);
        var runs = scope.ServiceProvider.GetRequiredService<AppDb>().JobRuns.Where(r => r.Id == run);
        // Without touching the version: progress is no change that anybody could miss.
        await runs.ExecuteUpdateAsync(
            r => r.SetProperty(x => x.Position, position).SetProperty(x => x.Total, total),
            stop
        );
        if (await runs.Select(r => r.StopAsked).SingleOrDefaultAsync(stop))
        {
            throw new JobStopped();
        }
    }
}

/// <summary>Ends a run at the wish of a person.</summary>
public sealed class JobStopped : Exception
{
    public JobStopped()
        : base("The run was asked to stop.") { }
}
