using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings.AskJob;

/// <summary>What the owner decides about jobs: run now, stop, try again. False where there is nothing to decide about.</summary>
public sealed class AskJobHandler(AppDb db, JobQueue queue, AuditTrail audit, IEnumerable<JobKind> kinds)
{
    public async Task<bool> Run(string name, CancellationToken cancellation)
    {
        if (kinds.SingleOrDefault(k => k.Name == name && k.Cron is not null) is not { } kind)
        {
            return false;
        }
        audit.Did("job.asked", queue.Ask(kind), new { job = name });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    public async Task<bool> Stop(Id<JobRun> id, CancellationToken cancellation)
    {
        if (await db.JobRuns.SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { HasEnded: false } run)
        {
            return false;
        }
        queue.Stop(run);
        audit.Did("job.stopped", id, new { job = run.Job });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    public async Task<bool> TryAgain(Id<JobRun> id, CancellationToken cancellation)
    {
        if (
            await db.JobRuns.SingleOrDefaultAsync(r => r.Id == id, cancellation)
            is not { State: JobState.Failed or JobState.Cancelled } run
        )
        {
            return false;
        }
        queue.TryAgain(run);
        audit.Did("job.retried", id, new { job = run.Job });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/e/{workspace}/settings/jobs").Needs(Role.Owner);
        jobs.MapPost(
            "/{name}/run",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                string name,
                AskJobHandler handler,
                CancellationToken cancellation
            ) => Back(workspace, await handler.Run(name, cancellation), asked: true)
        );
        jobs.MapPost(
            "/runs/{id}/stop",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<JobRun> id,
                AskJobHandler handler,
                CancellationToken cancellation
            ) => Back(workspace, await handler.Stop(id, cancellation), asked: false)
        );
        jobs.MapPost(
            "/runs/{id}/retry",
            async (
                [FromForm] IFormCollection _,
                string workspace,
                Id<JobRun> id,
                AskJobHandler handler,
                CancellationToken cancellation
            ) => Back(workspace, await handler.TryAgain(id, cancellation), asked: true)
        );
    }

    private static IResult Back(string workspace, bool found, bool asked) =>
        found ? Results.LocalRedirect($"/e/{workspace}/settings/jobs{(asked ? "?asked=1" : "")}") : Results.NotFound();
}
