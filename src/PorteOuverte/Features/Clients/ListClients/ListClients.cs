using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Ui;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Clients.ListClients;

public sealed record ClientRow
{
    public Id<Client> Id { get; init; }
    public string Name { get; init; } = "";
    public string? Siren { get; init; }

    /// <summary>All it is found by.</summary>
    public string Words { get; init; } = "";
    public string? ServiceLine { get; init; }
    public string? Tags { get; init; }
    public string? Codes { get; init; }
    public DateTime? ArchivedAt { get; init; }
    public DateTime? RemovedAt { get; init; }
    public long Revenue { get; init; }
    public long RevenueYearBefore { get; init; }

    /// <summary>Against the year before.</summary>
    public double? Change { get; init; }

    /// <summary>Of the revenue of all clients in twelve months.</summary>
    public double? Share { get; init; }

    /// <summary>How much it weighs, as a number the database can sort by; null: a crowd, or nothing bought.</summary>
    public int? Level { get; init; }
    public long Balance { get; init; }
    public double? MedianDelay { get; init; }
    public DateOnly? LastInvoice { get; init; }
}

/// <summary>The clients, those that weigh most first.</summary>
internal static class ListClients
{
    // Shares are quotients of cents, as in Thresholds.
    private const double Tolerance = 1e-12;

    // What nobody chooses from any more; the search finds the others.
    private const int MostChoices = 200;

    public static async Task<TableOf<ClientRow>?> Table(AppDb db, CancellationToken cancellation)
    {
        // Two short lists in one statement, each off an index.
        var choices = await db
            .ClientTags.Select(t => new { Kind = 0, Word = t.Tag })
            .Distinct()
            .OrderBy(c => c.Word)
            .Take(MostChoices)
            .Concat(
                db.Clients.Where(c => c.ServiceLine != null)
                    .Select(c => new { Kind = 1, Word = c.ServiceLine! })
                    .Distinct()
                    .OrderBy(c => c.Word)
                    .Take(MostChoices)
            )
            .ToListAsync(cancellation);
        return Table(
            [.. choices.Where(c => c.Kind == 1).Select(c => c.Word).OrderBy(PlainLetters.Of)],
            [.. choices.Where(c => c.Kind == 0).Select(c => c.Word).OrderBy(PlainLetters.Of)]
        );
    }

    private static TableOf<ClientRow> Table(IReadOnlyList<string> lines, IReadOnlyList<string> tags)
    {
        var texts = ClientsText.Current;
        return TableOf<ClientRow>
            .By("clients", texts["clients"], Rows, c => c.Id)
            .Text("name", texts["name"], c => c.Name, link: c => $"{c.Id}")
            .Amount("revenue", texts["revenue"], c => c.Revenue)
            .Percent("change", texts["change"], c => c.Change, shown: false)
            .Percent("share", texts["share"], c => c.Share)
            .Badge(
                "level",
                texts["level"],
                c => c.Level,
                level => (Badge.Tone((Level?)level), level is null ? "" : texts["level_" + (Level)level])
            )
            .Amount("balance", texts["balance"], c => c.Balance)
            .Number("delay", texts["delay"], c => c.MedianDelay)
            .Date("last", texts["lastInvoice"], c => c.LastInvoice)
            .Amount("before", texts["yearBefore"], c => c.RevenueYearBefore, shown: false)
            .Text("line", texts["serviceLine"], c => c.ServiceLine, shown: false)
            .Text("tags", texts["tags"], c => c.Tags, shown: false)
            .Text("codes", texts["codes"], c => c.Codes, shown: false)
            .Text("siren", texts["siren"], c => c.Siren, shown: false)
            .Badge(
                "state",
                texts["state"],
                c =>
                    c.RemovedAt != null ? "removed"
                    : c.ArchivedAt != null ? "archived"
                    : "active",
                state => ("", texts["state_" + state]),
                shown: false
            )
            .Filter(
                "state",
                texts["state"],
                [
                    ("archived", texts["states_archived"], c => c.ArchivedAt != null && c.RemovedAt == null),
                    ("kept", texts["states_kept"], c => c.RemovedAt == null),
                    ("removed", texts["states_removed"], c => c.RemovedAt != null),
                ],
                (texts["states_active"], c => c.ArchivedAt == null && c.RemovedAt == null)
            )
            .Filter(
                "level",
                texts["level"],
                c => c.Level,
                Enum.GetValues<Level>().Reverse().Select(l => ((int?)l, texts["level_" + l]))
            )
            .Filter("owes", texts["balance"], [("1", texts["owing"], c => c.Balance > 0)])
            .Filter("line", texts["serviceLine"], c => c.ServiceLine, lines.Select(l => ((string?)l, l)))
            .Filter("tag", texts["tag"], [.. tags.Select(t => (t, t, Tagged(t)))])
            .SearchPlain(c => c.Words)
            .SortedBy("-revenue");
    }

    // Between separators, as the row writes them: a tag is not found in a longer one.
    private static Expression<Func<ClientRow, bool>> Tagged(string tag) =>
        c => (", " + c.Tags + ",").Contains(", " + tag + ",");

    private static IQueryable<ClientRow> Rows(AppDb db) =>
        // From the figures, which stand in the order of the list; a client merged into another has none.
        from f in db.ClientFigures
        join worded in ClientWords.Of(db) on f.ClientId equals worded.Client.Id
        let c = worded.Client
        from w in db.Workspaces
        // Those who bought nothing, or gave more back, are no part of the whole.
        from whole in db
            .ClientFigures.Where(f => f.RevenueTwelveMonths > 0)
            .GroupBy(_ => 1)
            .Select(all => (double?)all.Sum(f => f.RevenueTwelveMonths))
            .DefaultIfEmpty()
        let share = f.RevenueTwelveMonths > 0 ? f.RevenueTwelveMonths / whole : null
        select new ClientRow
        {
            Id = f.ClientId,
            Name = c.Name,
            Siren = (string?)(object?)c.Siren,
            Words = worded.Words,
            ServiceLine = c.ServiceLine,
            ArchivedAt = c.ArchivedAt,
            RemovedAt = c.RemovedAt,
            Tags = db
                .ClientTags.Where(t => t.ClientId == c.Id)
                .GroupBy(t => t.ClientId)
                .Select(g => string.Join(", ", g.Select(t => t.Tag)))
                .FirstOrDefault(),
            Codes = db
                .ClientCodes.Where(k => k.ClientId == c.Id)
                .GroupBy(k => k.ClientId)
                .Select(g => string.Join(", ", g.Select(k => k.Code)))
                .FirstOrDefault(),
            Revenue = f.RevenueTwelveMonths,
            RevenueYearBefore = f.RevenueYearBefore,
            Change =
                f.RevenueYearBefore > 0
                    ? (double)(f.RevenueTwelveMonths - f.RevenueYearBefore) / f.RevenueYearBefore
                    : null,
            Share = share,
            Level =
                c.IsCollective || share == null ? null
                : share >= (w.DangerPercent / 100.0) - Tolerance ? (int)Kernel.Level.Danger
                : share >= (w.HighPercent / 100.0) - Tolerance ? (int)Kernel.Level.High
                : share >= (w.HealthyPercent / 100.0) - Tolerance ? (int)Kernel.Level.Watch
                : (int)Kernel.Level.Healthy,
            Balance = f.Balance,
            MedianDelay = f.MedianDelay,
            LastInvoice = f.LastInvoice,
        };
}
