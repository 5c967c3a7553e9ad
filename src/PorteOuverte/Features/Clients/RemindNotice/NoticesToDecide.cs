using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Clients.RemindNotice;

/// <summary>The engagements about which one must have decided within a month, for the home page.</summary>
internal sealed class NoticesToDecide(AppDb db, TimeProvider clock) : IBringToDos
{
    private const int DaysAhead = 30;
    private const int DaysUrgent = 7;
    private const int DaysImportant = 14;

    public async Task<IReadOnlyList<ToDo>> ToDos(int most, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // Which day it is there is known with the rows: one day more on either side.
        var utc = DateOnly.FromDateTime(now);
        var (from, to) = (utc.AddDays(-1), utc.AddDays(DaysAhead + 1));
        var found = await db
            .Engagements.AsNoTracking()
            .Where(e => e.RemovedAt == null && e.NoticeBy >= from && e.NoticeBy <= to)
            .Join(
                db.Clients.Where(c => c.RemovedAt == null && c.ArchivedAt == null),
                e => e.ClientId,
                c => c.Id,
                (e, c) =>
                    new
                    {
                        e.Id,
                        e.Name,
                        e.RenewalMonths,
                        By = e.NoticeBy!.Value,
                        Client = c.Name,
                        Zone = db.Workspaces.Select(w => w.Zone).First(),
                    }
            )
            .OrderBy(e => e.By)
            .ThenBy(e => e.Id)
            .ToListAsync(cancellation);
        var texts = RemindNoticeText.Current;
        return
        [
            .. found
                .Select(e => (Row: e, Left: e.By.DayNumber - Workspace.Day(now, e.Zone).DayNumber))
                .Where(e => e.Left is >= 0 and <= DaysAhead)
                .Take(most)
                .Select(e => new ToDo(
                    e.Left <= DaysUrgent ? Level.Danger
                        : e.Left <= DaysImportant ? Level.High
                        : Level.Watch,
                    texts.Format(
                        e.Row.RenewalMonths is null ? "todoEnding" : "todoRenewing",
                        e.Row.Name,
                        e.Row.Client,
                        texts.Figures.LongDate(e.Row.By)
                    ),
                    e.Left == 0 ? texts["todoToday"] : texts.Count("todoLeft", e.Left),
                    $"/e/{db.Workspace}/engagements/{e.Row.Id}",
                    texts["todoDecide"],
                    e.Row.By
                )),
        ];
    }
}
