using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PorteOuverte.Platform.Data;
using Quartz;

namespace PorteOuverte.Platform.Jobs;

/// <summary>Asks that something be done in this workspace at a time: in the transaction of the change that asks for it, so neither is there without the other.</summary>
/// <remarks>A wake-up carries no work. What is to be done stands in rows; the errand looks for it.</remarks>
public sealed class Wakeups(CurrentWorkspace workspace)
{
    private readonly HashSet<Wakeup> pending = [];

    /// <summary>An earlier wake-up of the same errand and argument stays; a later one gives way.</summary>
    public void At(string errand, string argument, DateTime time) =>
        pending.Add(new Wakeup(errand, workspace.Id!.Value.ToString(), argument, time));

    internal IReadOnlyList<Wakeup> Take()
    {
        Wakeup[] taken = [.. pending];
        pending.Clear();
        return taken;
    }
}

internal sealed record Wakeup(string Errand, string Workspace, string Argument, DateTime At)
{
    // One job for each errand of a workspace: its wake-ups come one after the other, never two at once.
    private JobKey Key => new($"{Workspace}/{Argument}", Errand);

    public async Task Schedule(IScheduler scheduler, CancellationToken cancellation)
    {
        var job = JobBuilder
            .Create<Wake>()
            .WithIdentity(Key)
            .UsingJobData(Wake.Workspace, Workspace)
            .UsingJobData(Wake.Argument, Argument)
            .RequestRecovery()
            .Build();
        var trigger = TriggerBuilder
            .Create()
            .WithIdentity(Key.Name, Key.Group)
            .ForJob(Key)
            .StartAt(new DateTimeOffset(At, TimeSpan.Zero))
            .Build();
        await scheduler.AddJob(job, AddJobOptions.ReplacingAndStoringNonDurable, cancellation);
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, cancellation);
    }
}

/// <summary>The scheduler of this process, built once; a factory that is asked while it shuts down would build another.</summary>
internal sealed class TheScheduler(ISchedulerFactory schedulers)
{
    private readonly Lazy<Task<IScheduler>> built = new(() => schedulers.GetScheduler().AsTask());

    public Task<IScheduler> Built => built.Value;
}

/// <summary>Writes the wake-ups asked for just before the transaction commits, with its own connection.</summary>
internal sealed class WakeupScheduling(Wakeups wakeups, TheScheduler scheduler) : DbTransactionInterceptor
{
    private IDisposable? enlisted;

    // The first time, the scheduler is built and writes what recurs: it must not wait for a transaction that waits for it.
    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection,
        TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default
    )
    {
        await scheduler.Built;
        return result;
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        if (wakeups.Take() is { Count: > 0 } asked)
        {
            var built = await scheduler.Built;
            enlisted = built.EnlistTransaction(transaction);
            foreach (var wakeup in asked)
            {
                await wakeup.Schedule(built, cancellationToken);
            }
        }
        return result;
    }

    // Only now can the scheduler see them: it is told.
    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        enlisted?.Dispose();
        enlisted = null;
        return Task.CompletedTask;
    }

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    ) => TransactionCommittedAsync(transaction, eventData, cancellationToken);
}
