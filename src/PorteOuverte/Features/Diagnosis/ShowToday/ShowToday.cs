using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Diagnosis.ShowToday;

/// <param name="Picture">Null while it is made, and where nothing is told.</param>
/// <param name="IsComing">It is being made, or made anew.</param>
public sealed record TodaySeen(Picture? Picture, bool IsComing);

/// <summary>The picture of a look as it is kept; asks for it where it is not there yet.</summary>
public sealed class ShowTodayHandler(AppDb db, JobQueue queue)
{
    public async Task<TodaySeen> Handle(Look look, CancellationToken cancellation)
    {
        var key = look.ToString();
        var kept = await (
            from p in db.Pictures.AsNoTracking()
            from w in db.Workspaces.AsNoTracking()
            where p.Look == key
            select new
            {
                p.Content,
                Workspace = w,
                // An import beside the server asks nobody for a picture.
                IsOld = db.Imports.Any(i => i.DoneAt > p.MadeAt),
            }
        ).SingleOrDefaultAsync(cancellation);
        var picture = kept is null ? null : KeptReport.Read(kept.Content);
        if (kept is { IsOld: false } && (picture is null || Agrees(picture, kept.Workspace)))
        {
            return new TodaySeen(picture, IsComing: false);
        }
        var isAsked = await db.JobRuns.AnyAsync(
            r =>
                r.Job == TakePicture.TakePicture.Name
                && r.Argument == key
                && (r.State == JobState.Queued || r.State == JobState.Running),
            cancellation
        );
        if (!isAsked)
        {
            if (kept is null && !await db.Entries.AnyAsync(cancellation))
            {
                return new TodaySeen(null, IsComing: false);
            }
            queue.Ask<TakePicture.TakePicture>(key);
            await db.SaveChangesAsync(cancellation);
        }
        return new TodaySeen(picture, IsComing: true);
    }

    // The lines and the terms are settings, which may change after the picture was made.
    private static bool Agrees(Picture picture, Workspace workspace) =>
        picture.Report.Thresholds == workspace.Thresholds && picture.PaymentTerms == workspace.PaymentTerms;
}
