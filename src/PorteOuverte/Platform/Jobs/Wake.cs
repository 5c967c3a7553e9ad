using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using Quartz;

namespace PorteOuverte.Platform.Jobs;

/// <summary>What is done at a wake-up, in the workspace it came for.</summary>
public interface IErrand
{
    /// <returns>When to be woken again, or null.</returns>
    Task<DateTime?> Run(ErrandCall call, CancellationToken stop);
}

/// <param name="Argument">As it was given with the wake-up.</param>
/// <param name="PlannedFor">When it was due, in UTC.</param>
/// <param name="Node">The node that does it.</param>
public sealed record ErrandCall(string Argument, DateTime PlannedFor, string Node);

/// <summary>The one class that the scheduler knows: it opens the scope, enters the workspace and runs the errand.</summary>
[DisallowConcurrentExecution]
internal sealed class Wake(IServiceScopeFactory scopes) : Quartz.IJob
{
    public const string Workspace = "workspace";
    public const string Argument = "argument";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var key = context.JobDetail.Key;
        var workspace = context.MergedJobDataMap.GetString(Workspace);
        var argument = context.MergedJobDataMap.GetString(Argument) ?? "";
        await using var scope = scopes.CreateAsyncScope();
        if (Id<Workspace>.TryParse(workspace, null, out var entered))
        {
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(entered);
        }
        var planned = (context.ScheduledFireTimeUtc ?? context.FireTimeUtc).UtcDateTime;
        var errand = scope.ServiceProvider.GetRequiredKeyedService<IErrand>(key.Group);
        var next = await errand.Run(
            new ErrandCall(argument, planned, context.Scheduler.SchedulerInstanceId),
            cancellationToken
        );
        if (next is { } time)
        {
            await new Wakeup(key.Group, workspace!, argument, time).Schedule(context.Scheduler, cancellationToken);
        }
    }
}
