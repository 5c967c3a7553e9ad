using System.Globalization;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Kernel;
using PorteOuverte.Ui;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Diagnosis.ListAlerts;

/// <summary>Where an alert stands, for whoever reads the list.</summary>
internal static class AlertStands
{
    public const string Open = "open";
    public const string Snoozed = "snoozed";
    public const string Settled = "settled";
    public const string Ended = "ended";
}

public sealed record AlertRow
{
    public Id<Alert> Id { get; init; }
    public string Subject { get; init; } = "";
    public AlertKind Kind { get; init; }
    public Level Level { get; init; }
    public string State { get; init; } = "";
    public DateTime RaisedAt { get; init; }
    public DateTime? WakesAt { get; init; }
    public DateTime? EndedAt { get; init; }
    public DateOnly AsOf { get; init; }
}

/// <summary>All alerts of the workspace, the newest first; those that hold while nobody asks for others.</summary>
internal static class ListAlerts
{
    public static TableOf<AlertRow> Table(DateTime now)
    {
        var texts = AlertsText.Current;
        var words = new AlertWords(CultureInfo.CurrentUICulture);
        var (whole, gone) = (texts["wholeBusiness"], texts["clientGone"]);
        return TableOf<AlertRow>
            .By(
                "alerts",
                texts["alerts"],
                db =>
                    from a in db.Alerts
                    from c in db.Clients.Where(c => c.Id == a.ClientId && c.RemovedAt == null).DefaultIfEmpty()
                    select new AlertRow
                    {
                        Id = a.Id,
                        Subject = a.ClientId == null ? whole : c!.Name ?? gone,
                        Kind = a.Kind,
                        Level = a.Level,
                        State =
                            a.EndedAt != null ? AlertStands.Ended
                            : a.SettledAt != null ? AlertStands.Settled
                            : a.WakesAt > now ? AlertStands.Snoozed
                            : AlertStands.Open,
                        RaisedAt = a.RaisedAt,
                        WakesAt = a.WakesAt,
                        EndedAt = a.EndedAt,
                        AsOf = a.AsOf,
                    },
                a => a.Id
            )
            .Text("subject", texts["subject"], a => a.Subject, link: a => $"{a.Id}")
            .Badge("kind", texts["kind"], a => a.Kind, kind => ("", words.Kind(kind)))
            .Badge("level", texts["level"], a => a.Level, level => (Badge.Tone(level), words.Level(level)))
            .Badge("state", texts["state"], a => a.State, state => ("", texts["state_" + state]))
            .Instant("raised", texts["raisedAt"], a => a.RaisedAt)
            .Instant("wakes", texts["wakesAt"], a => a.WakesAt, shown: false)
            .Instant("ended", texts["endedAt"], a => a.EndedAt, shown: false)
            .Date("asOf", texts["asOf"], a => a.AsOf, shown: false)
            .Filter(
                "state",
                texts["state"],
                [
                    (AlertStands.Open, texts["states_open"], a => a.State == AlertStands.Open),
                    (
                        AlertStands.Snoozed,
                        texts["states_snoozed"],
                        a => a.State == AlertStands.Snoozed || a.State == AlertStands.Settled
                    ),
                    (AlertStands.Ended, texts["states_ended"], a => a.EndedAt != null),
                    ("all", texts["states_all"], a => true),
                ],
                (texts["states_holding"], a => a.EndedAt == null)
            )
            .Filter("kind", texts["kind"], a => a.Kind, Enum.GetValues<AlertKind>().Select(k => (k, words.Kind(k))))
            .Search(a => a.Subject)
            .SortedBy("-raised");
    }
}
