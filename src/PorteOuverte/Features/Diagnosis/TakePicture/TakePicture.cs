using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Diagnosis.TakePicture;

/// <summary>Makes a picture anew and keeps it: after every change of the figures, or when somebody asks for another day or period.</summary>
internal sealed class TakePicture(
    AppDb db,
    PortfolioFrom portfolio,
    PictureOf pictures,
    ReckonFiguresHandler figures,
    RaiseAlertsHandler alerts,
    TimeProvider clock
) : Job
{
    public const string Name = "take-picture";
    private const int MostLooks = 24;

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(run);
        // Begun by the clock it has no argument: each night, so that nothing is missed that was imported beside the server.
        var asked = run.Argument ?? Look.Now.ToString();
        var look = Look.Parse(asked);
        await TakeOver(run, stop);
        await Forget(stop);
        var madeAt = clock.GetUtcNow().UtcDateTime;
        var kept = await db.Pictures.SingleOrDefaultAsync(p => p.Look == asked, stop);
        if (look == Look.Now && await IsOtherwise(kept, stop))
        {
            await figures.Handle(clients: null, stop);
        }
        var told = await portfolio.Take(look, stop);
        // Where nothing is told by that day the picture is empty: whoever waits for it must know.
        var picture = told is null ? null : await pictures.Take(told, stop);
        var content = picture is null ? "" : KeptReport.Write(picture);
        // Somebody who began later has read more, and was faster.
        if (await db.Pictures.AnyAsync(p => p.Look == asked && p.MadeAt > madeAt, stop))
        {
            return;
        }
        if (look == Look.Now)
        {
            await alerts.Handle(picture?.Report, isFirst: kept is null || kept.Content.Length == 0, stop);
        }
        if (kept is null)
        {
            db.Add(
                new KeptPicture
                {
                    Look = asked,
                    MadeAt = madeAt,
                    Content = content,
                }
            );
        }
        else
        {
            (kept.MadeAt, kept.Content) = (madeAt, content);
        }
    }

    // Figures of an older version know less than the picture asks for; when other terms are agreed, others are late; and books
    // that run past today tell more each day.
    private async Task<bool> IsOtherwise(KeptPicture? kept, CancellationToken stop)
    {
        if (kept is null || await figures.AreOld(stop))
        {
            return true;
        }
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(stop);
        return KeptReport.Read(kept.Content) is { } picture && picture.PaymentTerms != workspace.PaymentTerms;
    }

    // Of other days and periods only the last ones looked at.
    private async Task Forget(CancellationToken stop)
    {
        var now = Look.Now.ToString();
        var old = await db
            .Pictures.Where(p => p.Look != now)
            .OrderByDescending(p => p.MadeAt)
            .Select(p => p.Look)
            .Skip(MostLooks)
            .ToListAsync(stop);
        await db.Pictures.Where(p => old.Contains(p.Look)).ExecuteDeleteAsync(stop);
    }

    // Whoever asked for the same and waits is served by this run: what they changed is saved, so it is read here.
    private async Task TakeOver(JobRun run, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await foreach (
            var waiting in db
                .JobRuns.Where(r =>
                    r.Job == Name && r.Argument == run.Argument && r.State == JobState.Queued && r.Id != run.Id
                )
                .AsAsyncEnumerable()
                .WithCancellation(stop)
        )
        {
            waiting.Finish(now);
        }
        await db.SaveChangesAsync(stop);
    }
}

/// <summary>Asks for a new picture whenever the money of a client has changed; those of other days and periods are taken when somebody looks.</summary>
internal sealed class FollowMoney(AppDb db, JobQueue queue) : IFollowMoney
{
    public async Task Changed(CancellationToken cancellation)
    {
        var now = Look.Now.ToString();
        await db.Pictures.Where(p => p.Look != now).ExecuteDeleteAsync(cancellation);
        queue.Ask<TakePicture>(now);
        await db.SaveChangesAsync(cancellation);
    }
}
