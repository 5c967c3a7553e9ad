using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Jobs;

public sealed class ListJobsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task The_owner_runs_a_recurring_job_now_and_sees_how_it_ended(string database)
    {
        await using var house = await House.Working(database);
        var (workspace, person) = await house.NewWorkspace();
        using var claire = await house.SignedIn(person);
        var here = $"/e/{workspace}/settings/jobs";
        (await claire.Read(here)).ShouldContain("Rien n’a encore tourné");
        using var asked = await claire.Submit(here, $"{here}/prune-runs/run");
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await claire.Read(asked.Headers.Location!.ToString())).ShouldContain("La tâche commence.");
        await Wait.Until(async () => (await claire.Read(here)).Contains("Terminée", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task A_failed_run_shows_its_reason_and_is_tried_again(string database)
    {
        await using var house = await House.Working(
            database,
            services => services.AddJob<FailsUntilTold>("fails", typeof(JobText))
        );
        var (workspace, person) = await house.NewWorkspace();
        using var claire = await house.SignedIn(person);
        var here = $"/e/{workspace}/settings/jobs";
        await house.In(
            workspace,
            async services =>
            {
                services.GetRequiredService<JobQueue>().Ask<FailsUntilTold>();
                await services.GetRequiredService<AppDb>().SaveChangesAsync(Cancellation);
            }
        );
        await Wait.Until(async () => (await claire.Read(here)).Contains("Le relevé manque.", StringComparison.Ordinal));
        var run = await house.Ask(workspace, db => db.JobRuns.Select(r => r.Id).SingleAsync(Cancellation));
        await house.In(
            workspace,
            async (AppDb db) =>
            {
                (await db.Workspaces.SingleAsync(Cancellation)).Name = "Prêt";
                await db.SaveChangesAsync(Cancellation);
            }
        );
        using var again = await claire.Submit(here, $"{here}/runs/{run}/retry");
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await Wait.Until(async () => (await claire.Read(here)).Contains("Terminée", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Only_the_owner_sees_jobs_and_nobody_those_of_others(string database)
    {
        await using var house = await House.Working(database);
        var (mine, _) = await house.NewWorkspace();
        var (other, manager) = await house.NewWorkspace("Autre", Role.Manager);
        using var visitor = await house.SignedIn(manager);
        using var denied = await visitor.Get($"/e/{other}/settings/jobs");
        denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var absent = await visitor.Get($"/e/{mine}/settings/jobs");
        absent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private sealed class FailsUntilTold(AppDb db) : Job
    {
        public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
        {
            if (await db.Workspaces.Select(w => w.Name).SingleAsync(stop) != "Prêt")
            {
                throw new PorteOuverte.Kernel.Refusal("Le relevé manque.");
            }
        }
    }
}
