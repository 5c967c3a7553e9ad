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
        var look = run.Argument is { } asked ? Look.Parse(asked) : Look.Now;
        await TakeOver(run, stop);
        // Before all else is read: what changes from now on has a greater number.
        var change = await db.Workspaces.Select(w => w.MoneyChange).SingleAsync(stop);
        var madeAt = clock.GetUtcNow().UtcDateTime;
        if (look == Look.Now && await IsOtherwise(stop))
        {
            await figures.Handle(clients: null, stop, tells: false);
        }
        var told = await portfolio.Take(look, stop);
        // Where nothing is told by that day the picture is empty: whoever waits for it must know.
        var picture = told is null ? null : await pictures.Take(told, stop);
        await Keep(look, picture, change, madeAt, stop);
    }

    /// <summary>The argument of a run of this look; of the usual one none, as when the clock begins it: each night, so that nothing is missed that was imported beside the server.</summary>
    public static string? Argument(Look look) => look == Look.Now ? null : look.ToString();

    private async Task Keep(Look look, Picture? picture, long change, DateTime madeAt, CancellationToken stop)
    {
        var key = look.ToString();
        var content = picture is null ? "" : KeptReport.Write(picture);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.TakeTurnsHere(Turn.Picture, stop);
        await Forget(stop);
        var kept = await db.Pictures.SingleOrDefaultAsync(p => p.Look == key, stop);
        var last = await db.Workspaces.Select(w => w.MoneyChange).SingleAsync(stop);
        // A change meanwhile has asked for a picture of its own, and nothing is raised from half of it. Another look is kept all the
        // same, and shows by its number that it is old: it takes long, and there is none else.
        if (look == Look.Now ? last != change : kept?.Change > change)
        {
            return;
        }
        if (look == Look.Now)
        {
            await alerts.Handle(picture?.Report, isFirst: kept is null || kept.Content.Length == 0, stop);
        }
        if (kept is null)
        {
            db.Add(kept = new KeptPicture { Look = key, Content = content });
        }
        (kept.MadeAt, kept.Change, kept.Format, kept.Content) = (madeAt, change, KeptReport.Format, content);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    // Figures of an older version know less than the picture asks for; when other terms are agreed, others are late; and books
    // that run past today tell more each day.
    private async Task<bool> IsOtherwise(CancellationToken stop)
    {
        var key = Look.Now.ToString();
        var content = await db
            .Pictures.Where(p => p.Look == key && p.Format == KeptReport.Format)
            .Select(p => p.Content)
            .SingleOrDefaultAsync(stop);
        if (content is null || await figures.AreOld(stop))
        {
            return true;
        }
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(stop);
        return KeptReport.Read(content) is { } picture && picture.PaymentTerms != workspace.PaymentTerms;
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

    // Whoever asked for the same and waits is served by this run: what they changed is saved, so it is read here. One that was begun
    // meanwhile is left alone.
    private async Task TakeOver(JobRun run, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db
            .JobRuns.Where(r =>
                r.Job == Name && r.Argument == run.Argument && r.State == JobState.Queued && r.Id != run.Id
            )
            .ExecuteUpdateAsync(
                r =>
                    r.SetProperty(x => x.State, JobState.Done)
                        .SetProperty(x => x.EndedAt, now)
                        .SetProperty(x => x.Version, x => x.Version + 1),
                stop
            );
    }
}

/// <summary>Asks for a new picture whenever the money of a client has changed; those of other days and periods are taken when somebody looks.</summary>
internal sealed class FollowMoney(AppDb db, JobQueue queue) : IFollowMoney
{
    public async Task Changed(CancellationToken cancellation)
    {
        queue.Ask<TakePicture>(TakePicture.Argument(Look.Now));
        await db.SaveChangesAsync(cancellation);
    }
}
