using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.SendWeekly;

/// <param name="Client">Its name; null where the alert is about the whole business.</param>
public sealed record NamedAlert(Alert Alert, string? Client);

/// <summary>What a week has to say: each alert in one place.</summary>
/// <param name="Found">Held already when one came, and not told yet.</param>
/// <param name="New">Not told yet.</param>
/// <param name="Back">Was told, rested, and does so no more.</param>
/// <param name="Still">Was told and is open.</param>
/// <param name="Over">Was told and is over.</param>
public sealed record WeeklyNews(
    IReadOnlyList<NamedAlert> Found,
    IReadOnlyList<NamedAlert> New,
    IReadOnlyList<NamedAlert> Back,
    IReadOnlyList<NamedAlert> Still,
    IReadOnlyList<NamedAlert> Over
)
{
    /// <summary>Nobody is written to in order to read that there is nothing; that something is over is said once.</summary>
    public bool IsNothing => Open == 0 && Over.Count == 0;

    public int Open => Found.Count + New.Count + Back.Count + Still.Count;

    /// <param name="last">When one was last written to; null: never.</param>
    public static WeeklyNews Of(IEnumerable<NamedAlert> alerts, DateTime? last, DateTime now)
    {
        var (found, fresh, back, still, over) = (
            new List<NamedAlert>(),
            new List<NamedAlert>(),
            new List<NamedAlert>(),
            new List<NamedAlert>(),
            new List<NamedAlert>()
        );
        foreach (
            var named in alerts
                .OrderByDescending(a => a.Alert.Level)
                .ThenBy(a => a.Alert.Kind)
                .ThenByDescending(a => a.Alert.RaisedAt)
                .ThenByDescending(a => a.Alert.Now.Size)
                .ThenBy(a => a.Alert.Id)
        )
        {
            var alert = named.Alert;
            if (alert.Outcome == AlertOutcome.Over && alert.ToldAt is not null && !(alert.EndedAt <= last))
            {
                over.Add(named);
            }
            else if (alert.IsOpen(now))
            {
                (
                    alert.ToldAt is null
                        ? alert.IsFirst
                            ? found
                            : fresh
                        : alert.WakesAt > last
                            ? back
                            : still
                ).Add(named);
            }
        }
        return new WeeklyNews(found, fresh, back, still, over);
    }
}
