using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using Quartz;

namespace PorteOuverte.Features.Settings.ListJobs;

/// <param name="Before">Only runs asked for before this one: where the page before ended.</param>
public sealed record ListJobs(Id<JobRun>? Before);

/// <summary>A recurring job, with its past and its next time. Instants are UTC.</summary>
public sealed record JobRow(JobKind Kind, DateTime? Last, JobState? LastState, int Failures, DateTime? Next);

public sealed record JobRunRow(
    Id<JobRun> Id,
    string Job,
    JobState State,
    int Attempts,
    long Position,
    long Total,
    string? Error,
    bool StopAsked,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? EndedAt
);

public sealed record JobsPage(
    IReadOnlyList<JobRow> Jobs,
    IReadOnlyList<JobRunRow> Runs,
    Id<JobRun>? Older,
    TimeZoneInfo Zone
);

public sealed class ListJobsHandler(
    AppDb db,
    IEnumerable<JobKind> kinds,
    ISchedulerFactory schedulers,
    TimeProvider clock
)
{
    private const int RunsOnAPage = 30;
    private const int DaysOfFailures = 30;

    public async Task<JobsPage> Handle(ListJobs query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-DaysOfFailures);
        var past = await db
            .JobRuns.GroupBy(r => r.Job)
            .Select(g => new
            {
                Job = g.Key,
                Last = g.Max(r => r.CreatedAt),
                Failures = g.Count(r => r.State == JobState.Failed && r.CreatedAt >= since),
                State = g.OrderByDescending(r => r.CreatedAt).Select(r => r.State).First(),
            })
            .ToDictionaryAsync(g => g.Job, cancellation);
        var scheduler = await schedulers.GetScheduler(cancellation);
        var jobs = new List<JobRow>();
        foreach (var kind in kinds.Where(k => k.Cron is not null))
        {
            var trigger = await scheduler.GetTrigger(kind.Trigger, cancellation);
            var known = past.GetValueOrDefault(kind.Name);
            jobs.Add(
                new JobRow(kind, known?.Last, known?.State, known?.Failures ?? 0, trigger?.NextFireTimeUtc?.UtcDateTime)
            );
        }
        // Identities are made in order of time: the later a run was asked for, the greater its own.
        var runs = await db
            .JobRuns.AsNoTracking()
            .Where(r => query.Before == null || r.Id < query.Before.Value)
            .OrderByDescending(r => r.Id)
            .Take(RunsOnAPage + 1)
            .Select(r => new JobRunRow(
                r.Id,
                r.Job,
                r.State,
                r.Attempts,
                r.Position,
                r.Total,
                r.Error,
                r.StopAsked,
                r.CreatedAt,
                r.StartedAt,
                r.EndedAt
            ))
            .ToListAsync(cancellation);
        var zone = await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation);
        var page = runs.Take(RunsOnAPage).ToList();
        return new JobsPage(
            jobs,
            page,
            runs.Count > RunsOnAPage ? page[^1].Id : null,
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );
    }
}
