using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Tests.Support;
using Quartz;

namespace PorteOuverte.Tests.Jobs;

public sealed class JobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task A_job_asked_for_is_done_once_in_its_workspace(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var run = await Ask<Rename>(house, workspace, "Atelier Orion");
        var ended = await Ended(house, workspace, run);
        ended.State.ShouldBe(JobState.Done);
        ended.Attempts.ShouldBe(1);
        ended.Node.ShouldNotBeNullOrEmpty();
        (await house.Ask(workspace, db => db.Workspaces.Select(w => w.Name).SingleAsync(Cancellation))).ShouldBe(
            "Atelier Orion"
        );
    }

    [Theory, BothDatabases]
    public async Task What_is_not_saved_asks_for_nothing(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        await house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
                services.GetRequiredService<JobQueue>().Ask<Rename>("Jamais");
                await db.SaveChangesAsync(Cancellation);
                await transaction.RollbackAsync(Cancellation);
            }
        );
        (await house.Ask(workspace, db => db.JobRuns.CountAsync(Cancellation))).ShouldBe(0);
        var scheduler = await house.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation);
        (await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals("run"), Cancellation)).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_job_that_fails_is_tried_again_and_what_it_had_changed_is_not_kept(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var run = await Ask<FailsOnce>(house, workspace, "Atelier Orion");
        var failed = await Until(house, workspace, run, r => r.Error is not null);
        failed.State.ShouldBe(JobState.Queued);
        failed.Error!.ShouldContain("pas encore");
        // Its next try stands in the schedule, after a while.
        var scheduler = await house.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation);
        ITrigger? next = null;
        await Wait.Until(async () =>
            (
                next = await scheduler.GetTrigger(new TriggerKey($"{workspace}/{run}", "run"), Cancellation)
            )?.NextFireTimeUtc
                is not null
        );
        (next!.NextFireTimeUtc!.Value.UtcDateTime - failed.StartedAt!.Value).TotalSeconds.ShouldBeInRange(14, 40);
        (await house.Ask(workspace, db => db.Workspaces.Select(w => w.Name).SingleAsync(Cancellation))).ShouldBe(
            "Atelier Véga"
        );
    }

    [Theory, BothDatabases]
    public async Task A_job_whose_rows_somebody_else_changed_is_tried_again(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var run = await Ask<IsOvertaken>(house, workspace);
        var failed = await Until(house, workspace, run, r => r.Error is not null);
        failed.State.ShouldBe(JobState.Queued);
        failed.Error!.ShouldContain(nameof(DbUpdateConcurrencyException));
    }

    [Theory, BothDatabases]
    public async Task A_job_that_was_asked_to_stop_and_had_ended_already_is_begun_again_and_stops(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var run = await Ask<IsStopped>(house, workspace);
        (await Until(house, workspace, run, r => r.Error is not null)).State.ShouldBe(JobState.Queued);
    }

    [Theory, BothDatabases]
    public async Task A_rule_broken_ends_the_run_with_its_sentence(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var ended = await Ended(house, workspace, await Ask<Refuses>(house, workspace));
        ended.State.ShouldBe(JobState.Failed);
        ended.Error.ShouldBe("Ce fichier n’est pas un FEC.");
    }

    [Theory, BothDatabases]
    public async Task A_running_job_stops_when_asked_and_shows_how_far_it_came(string database)
    {
        await using var house = await Open(database);
        var (workspace, _) = await house.NewWorkspace();
        var run = await Ask<Endless>(house, workspace);
        (await Until(house, workspace, run, r => r.Position >= 3)).Total.ShouldBe(1000);
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                (await db.JobRuns.SingleAsync(r => r.Id == run, Cancellation)).AskToStop();
                await db.SaveChangesAsync(Cancellation);
            }
        );
        (await Ended(house, workspace, run)).State.ShouldBe(JobState.Cancelled);
    }

    [Theory, BothDatabases]
    public async Task A_recurring_job_begins_once_in_every_workspace(string database)
    {
        await using var house = await Open(database);
        var (first, _) = await house.NewWorkspace();
        var (second, _) = await house.NewWorkspace("Autre");
        var scheduler = await house.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation);
        await scheduler.TriggerJob(new JobKey("prune-runs", "begin"), null, Cancellation);
        foreach (var workspace in new[] { first, second })
        {
            await Wait.Until(async () =>
                await house.Ask(workspace, db => db.JobRuns.AnyAsync(r => r.State == JobState.Done, Cancellation))
            );
            (await house.Ask(workspace, db => db.JobRuns.CountAsync(Cancellation))).ShouldBe(1);
        }
    }

    [Theory, BothDatabases]
    public async Task A_house_that_closes_hands_its_jobs_back_and_takes_them_up_when_it_opens(string database)
    {
        var folder = Directory.CreateTempSubdirectory("porte-jobs-").FullName;
        var settings = House.Settings(database, folder);
        Id<Workspace> workspace;
        Id<JobRun> run;
        await using (var house = await House.Over(settings, Kinds))
        {
            (workspace, _) = await house.NewWorkspace();
            run = await Ask<Patient>(house, workspace);
            await Until(house, workspace, run, r => r.Checkpoint == "1");
        }
        await using (var house = await House.Over(settings, Kinds))
        {
            var ended = await Ended(house, workspace, run);
            ended.State.ShouldBe(JobState.Done);
            ended.Attempts.ShouldBe(2);
            ended.Outcome.ShouldBe("continued from 1");
        }
        Directory.Delete(folder, recursive: true);
    }

    private static Task<House> Open(string database) => House.Working(database, Kinds);

    private static void Kinds(IServiceCollection services) =>
        services
            .AddJob<Rename>("rename", typeof(JobText))
            .AddJob<FailsOnce>("fails-once", typeof(JobText))
            .AddJob<IsOvertaken>("is-overtaken", typeof(JobText))
            .AddJob<IsStopped>("is-stopped", typeof(JobText))
            .AddJob<Refuses>("refuses", typeof(JobText))
            .AddJob<Endless>("endless", typeof(JobText))
            .AddJob<Patient>("patient", typeof(JobText));

    private static async Task<Id<JobRun>> Ask<TJob>(House house, Id<Workspace> workspace, string? argument = null)
        where TJob : Job
    {
        Id<JobRun> run = default;
        await house.In(
            workspace,
            async services =>
            {
                run = services.GetRequiredService<JobQueue>().Ask<TJob>(argument);
                await services.GetRequiredService<AppDb>().SaveChangesAsync(Cancellation);
            }
        );
        return run;
    }

    private static Task<JobRun> Ended(House house, Id<Workspace> workspace, Id<JobRun> run) =>
        Until(house, workspace, run, r => r.HasEnded);

    private static async Task<JobRun> Until(
        House house,
        Id<Workspace> workspace,
        Id<JobRun> run,
        Func<JobRun, bool> reached
    )
    {
        JobRun? seen = null;
        await Wait.Until(async () =>
            reached(
                seen = await house.Ask(
                    workspace,
                    db => db.JobRuns.AsNoTracking().SingleAsync(r => r.Id == run, Cancellation)
                )
            )
        );
        return seen!;
    }

    private sealed class Rename(AppDb db) : Job
    {
        public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop) =>
            (await db.Workspaces.SingleAsync(stop)).Name = run.Argument!;
    }

    private sealed class FailsOnce(AppDb db) : Job
    {
        public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
        {
            (await db.Workspaces.SingleAsync(stop)).Name = run.Argument!;
            throw new InvalidOperationException("pas encore");
        }
    }

    private sealed class IsOvertaken(AppDb db) : Job
    {
        public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
        {
            (await db.Workspaces.SingleAsync(stop)).Name = "Atelier Orion";
            await db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.Version, x => x.Version + 1), stop);
        }
    }

    /// <summary>Somebody asks it to stop after it has last looked.</summary>
    private sealed class IsStopped(AppDb db) : Job
    {
        public override Task Do(JobRun run, JobProgress progress, CancellationToken stop) =>
            db
                .JobRuns.Where(r => r.Id == run.Id)
                .ExecuteUpdateAsync(
                    r => r.SetProperty(x => x.StopAsked, true).SetProperty(x => x.Version, x => x.Version + 1),
                    stop
                );
    }

    private sealed class Refuses : Job
    {
        public override Task Do(JobRun run, JobProgress progress, CancellationToken stop) =>
            throw new Refusal("Ce fichier n’est pas un FEC.");
    }

    private sealed class Endless : Job
    {
        public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
        {
            for (var i = 0; ; i++)
            {
                await progress.Report(i, 1000, stop);
            }
        }
    }

    /// <summary>Saves a checkpoint and waits for ever; taken up again, it ends.</summary>
    private sealed class Patient(AppDb db) : Job
    {
        public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
        {
            if (run.Checkpoint is { } checkpoint)
            {
                run.Outcome = $"continued from {checkpoint}";
                return;
            }
            run.Checkpoint = "1";
            await db.SaveChangesAsync(stop);
            await Task.Delay(Timeout.Infinite, stop);
        }
    }
}
