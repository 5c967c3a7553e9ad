using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Jobs;

/// <summary>Does one run of a job: begins it, does it, writes how it ended.</summary>
internal sealed partial class RunErrand(
    AppDb db,
    CurrentWorkspace workspace,
    IServiceProvider services,
    IServiceScopeFactory scopes,
    IEnumerable<JobKind> kinds,
    TimeProvider clock,
    ILogger<RunErrand> log
) : IErrand
{
    public const string Name = "run";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<DateTime?> Run(ErrandCall call, CancellationToken stop)
    {
        var id = Id<JobRun>.Parse(call.Argument, null);
        var run = await db.JobRuns.SingleOrDefaultAsync(r => r.Id == id, stop);
        if (run is null || run.HasEnded)
        {
            return null;
        }
        // A run that kept dying with its process is not taken up for ever.
        if (run.Attempts >= JobRun.MostAttempts || kinds.SingleOrDefault(k => k.Name == run.Job) is not { } kind)
        {
            run.Fail(run.Error ?? "…", Now);
            await db.SaveChangesAsync(stop);
            return null;
        }
        try
        {
            run.Begin(call.Node, Now);
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException e)
        {
            Lost(log, e, kind.Name);
            return null;
        }
        try
        {
            var job = (Job)ActivatorUtilities.GetServiceOrCreateInstance(services, kind.Type);
            await job.Do(run, new JobProgress(scopes, workspace.Id!.Value, id), stop);
            run.Finish(Now);
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process stops: the scheduler gives the run to another node, or to this one when it is back.
            await End(run, r => r.PutBack());
            throw;
        }
        catch (JobStopped)
        {
            await End(run, r => r.Cancel(Now));
            return null;
        }
        catch (Exception e)
        {
            Failed(log, e, kind.Name, run.Attempts);
            var error = e is Refusal ? e.Message : $"{e.GetType().Name}: {e.Message}";
            var final = e is Refusal || run.Attempts >= JobRun.MostAttempts;
            var isOurs = await End(
                run,
                r =>
                {
                    if (final)
                    {
                        r.Fail(error, Now);
                    }
                    else
                    {
                        r.PutBack(error);
                    }
                }
            );
            if (!isOurs)
            {
                Lost(log, e, kind.Name);
            }
            return final || !isOurs ? null : Now + TimeSpan.FromSeconds(15 * Math.Pow(4, run.Attempts - 1));
        }
    }

    // In a scope of its own: what the job had changed and not saved must not be saved with it.
    /// <returns>False where somebody else took the run while this process was asleep: it is theirs to end.</returns>
    private async Task<bool> End(JobRun run, Action<JobRun> end)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(workspace.Id!.Value);
        var fresh = scope.ServiceProvider.GetRequiredService<AppDb>();
        var id = run.Id;
        var there = await fresh.JobRuns.SingleAsync(r => r.Id == id, CancellationToken.None);
        // Not its version, which changes too when somebody asks it to stop.
        if (there.HasEnded || there.Attempts != run.Attempts)
        {
            return false;
        }
        end(there);
        await fresh.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job {Job} failed at attempt {Attempt}")]
    private static partial void Failed(ILogger logger, Exception error, string job, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job {Job} was taken up elsewhere")]
    private static partial void Lost(ILogger logger, Exception error, string job);
}
