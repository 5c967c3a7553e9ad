using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Diagnosis.ShowToday;

/// <param name="Picture">Null while it is made, and where nothing is told.</param>
/// <param name="IsComing">It is being made, or made anew.</param>
/// <param name="Failed">It could not be made, or not anew.</param>
public sealed record TodaySeen(Picture? Picture, bool IsComing, FailedLook? Failed = null);

/// <param name="Made">When what is shown was made, in UTC, and the zone to say it in; null where nothing is shown.</param>
public sealed record FailedLook(Look Look, (DateTime At, TimeZoneInfo Zone)? Made);

/// <summary>The picture of a look as it is kept; asks for it where it is not there yet, or older than what it shows.</summary>
public sealed class ShowTodayHandler(AppDb db, JobQueue queue)
{
    public async Task<TodaySeen> Handle(Look look, CancellationToken cancellation)
    {
        look = await Known(look, cancellation);
        var key = look.ToString();
        var kept = await (
            from p in db.Pictures.AsNoTracking()
            from w in db.Workspaces.AsNoTracking()
            where p.Look == key && p.Format == KeptReport.Format
            select new
            {
                p.Content,
                p.MadeAt,
                IsLast = p.Change == w.MoneyChange,
                Workspace = w,
            }
        ).SingleOrDefaultAsync(cancellation);
        var picture = kept is null ? null : KeptReport.Read(kept.Content);
        if (kept is { IsLast: true } && (picture is null || Agrees(picture, kept.Workspace)))
        {
            return new TodaySeen(picture, IsComing: false);
        }
        var argument = TakePicture.TakePicture.Argument(look);
        var last = await db
            .JobRuns.Where(r => r.Job == TakePicture.TakePicture.Name && r.Argument == argument)
            .OrderByDescending(r => r.Id)
            .Select(r => new { r.State, r.Error })
            .FirstOrDefaultAsync(cancellation);
        // Also while it waits to be tried again by itself: that may take minutes.
        if (last is { State: JobState.Failed } or { State: JobState.Queued, Error: not null })
        {
            return new TodaySeen(
                picture,
                IsComing: false,
                new FailedLook(
                    look,
                    picture is null ? null : (kept!.MadeAt, TimeZoneInfo.FindSystemTimeZoneById(kept.Workspace.Zone))
                )
            );
        }
        if (last is not { State: JobState.Queued or JobState.Running })
        {
            if (kept is null && !await db.Entries.AnyAsync(cancellation))
            {
                return new TodaySeen(null, IsComing: false);
            }
            await Ask(look, cancellation);
        }
        return new TodaySeen(picture, IsComing: true);
    }

    /// <summary>Asks for a look, unless it is asked for already. Of other looks than the usual one is made at a time: whoever comes later comes again.</summary>
    public async Task Ask(Look look, CancellationToken cancellation)
    {
        if (await IsAsked())
        {
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsHere(Turn.Picture, cancellation);
        if (!await IsAsked())
        {
            queue.Ask<TakePicture.TakePicture>(TakePicture.TakePicture.Argument(look));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        Task<bool> IsAsked()
        {
            var isNow = look == Look.Now;
            return db.JobRuns.AnyAsync(
                r =>
                    r.Job == TakePicture.TakePicture.Name
                    && (r.Argument == null) == isNow
                    && r.Error == null
                    && (r.State == JobState.Queued || r.State == JobState.Running),
                cancellation
            );
        }
    }

    // From the last day that is told of on, every day is that day.
    private async Task<Look> Known(Look look, CancellationToken cancellation) =>
        look.AsOf is { } day && day >= await db.ClientFigures.MaxAsync(f => (DateOnly?)f.AsOf, cancellation)
            ? look with
            {
                AsOf = null,
            }
            : look;

    // The lines and the terms are settings, which may change after the picture was made.
    private static bool Agrees(Picture picture, Workspace workspace) =>
        picture.Report.Thresholds == workspace.Thresholds && picture.PaymentTerms == workspace.PaymentTerms;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/e/{workspace}/today/again",
                async (
                    [FromForm] IFormCollection _,
                    string workspace,
                    string? asOf,
                    string? months,
                    ShowTodayHandler handler,
                    HttpContext http,
                    CancellationToken cancellation
                ) =>
                {
                    await handler.Ask(Look.Of(asOf, months), cancellation);
                    return Results.LocalRedirect(Back.From(http, $"/e/{workspace}/today"));
                }
            )
            .Needs(Role.Member);
}
