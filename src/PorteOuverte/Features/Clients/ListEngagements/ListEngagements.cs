using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.EditEngagement;
using PorteOuverte.Kernel;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Clients.ListEngagements;

public sealed record EngagementLine
{
    public Id<Engagement> Id { get; init; }
    public string Client { get; init; } = "";
    public string Name { get; init; } = "";
    public EngagementKind Kind { get; init; }
    public string? ServiceLine { get; init; }
    public long? Rate { get; init; }
    public RateUnit Unit { get; init; }
    public DateOnly? Start { get; init; }
    public DateOnly? End { get; init; }
    public DateOnly? DecideBy { get; init; }
    public bool Renews { get; init; }
    public bool IsDue { get; init; }
    public string? Lead { get; init; }
}

/// <summary>All engagements of the workspace, what must be decided soonest first.</summary>
internal static class ListEngagements
{
    public static TableOf<EngagementLine> Table()
    {
        var texts = EngagementsText.Current;
        return TableOf<EngagementLine>
            .By(
                "engagements",
                texts["engagements"],
                db =>
                    from e in db.Engagements
                    join c in db.Clients on e.ClientId equals c.Id
                    // Two that were merged bear the name of the one.
                    from main in db.Clients.Where(m => m.Id == c.MergedInto).DefaultIfEmpty()
                    where e.RemovedAt == null && c.RemovedAt == null && main!.RemovedAt == null
                    select new EngagementLine
                    {
                        Id = e.Id,
                        Client = main == null ? c.Name : main.Name,
                        Name = e.Name,
                        Kind = e.Kind,
                        ServiceLine = e.ServiceLine,
                        Rate = e.RateCents,
                        Unit = e.RateUnit,
                        Start = e.Start,
                        End = e.TermEndsOn,
                        DecideBy = e.NoticeBy,
                        Renews = e.RenewalMonths != null,
                        IsDue = e.NoticeBy != null,
                        Lead = db.People.Where(p => p.Id == (Guid)(object)e.Lead!).Select(p => p.Name).FirstOrDefault(),
                    },
                e => e.Id
            )
            .Text("name", texts["name"], e => e.Name, link: e => $"{e.Id}")
            .Text("client", texts["client"], e => e.Client)
            .Badge("kind", texts["kind"], e => e.Kind, kind => ("", texts["kind_" + kind]))
            .Amount("rate", texts["rate"], e => e.Rate)
            .Badge("unit", texts["unit"], e => e.Unit, unit => ("", texts["unit_" + unit]))
            .Date("end", texts["termEnd"], e => e.End)
            .Date("notice", texts["decideBy"], e => e.DecideBy)
            .Text("lead", texts["leader"], e => e.Lead, shown: false)
            .Text("line", texts["serviceLine"], e => e.ServiceLine, shown: false)
            .Date("start", texts["start"], e => e.Start, shown: false)
            .Filter(
                "kind",
                texts["kind"],
                e => e.Kind,
                Enum.GetValues<EngagementKind>().Select(k => (k, texts["kind_" + k]))
            )
            .Filter(
                "renews",
                texts["renews"],
                e => e.Renews,
                [(true, texts["renews_true"]), (false, texts["renews_false"])]
            )
            .Filter("due", texts["due"], e => e.IsDue, [(true, texts["due_true"]), (false, texts["due_false"])])
            .Search(e => e.Name, e => e.Client, e => e.Lead, e => e.ServiceLine)
            .SortedBy("notice");
    }
}
