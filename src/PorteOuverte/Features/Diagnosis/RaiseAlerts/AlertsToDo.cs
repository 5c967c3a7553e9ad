using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts;

/// <summary>The open alerts that do not rest, for the home page.</summary>
internal sealed class AlertsToDo(AppDb db, TimeProvider clock) : IBringToDos
{
    // More than are shown, to choose among.
    private const int Looked = 40;

    public async Task<IReadOnlyList<ToDo>> ToDos(int most, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await db
            .Alerts.AsNoTracking()
            .Where(a => a.EndedAt == null && a.SettledAt == null && (a.WakesAt == null || a.WakesAt <= now))
            // By urgency, not by the letters of its name.
            .OrderBy(a =>
                a.Level == Level.Danger ? 0
                : a.Level == Level.High ? 1
                : 2
            )
            .ThenBy(a =>
                a.Kind == AlertKind.Runway ? 0
                : a.Kind == AlertKind.Departures ? 1
                : a.Kind == AlertKind.Weight ? 2
                : a.Kind == AlertKind.Quiet ? 3
                : 4
            )
            .ThenByDescending(a => a.RaisedAt)
            .ThenBy(a => a.Id)
            .Take(Looked)
            .Select(a => new
            {
                Alert = a,
                Client = db.Clients.Where(c => c.Id == a.ClientId).Select(c => c.Name).FirstOrDefault(),
                Zone = db.Workspaces.Select(w => w.Zone).First(),
            })
            .ToListAsync(cancellation);
        var texts = AlertsText.Current;
        var words = new AlertWords(CultureInfo.CurrentUICulture);
        return
        [
            .. found
                .GroupBy(f => (f.Alert.Level, f.Alert.Kind))
                .SelectMany(g =>
                    g.OrderByDescending(f => f.Alert.RaisedAt)
                        .ThenByDescending(f => f.Alert.Now.Size)
                        .Select((f, place) => (Found: f, Place: place))
                )
                .OrderByDescending(f => f.Found.Alert.Level)
                // The first of each kind before the second of any: who is silent is not hidden behind who weighs.
                .ThenBy(f => f.Place)
                .ThenBy(f => f.Found.Alert.Kind == AlertKind.Weight)
                .ThenBy(f => f.Found.Alert.Kind)
                .Take(most)
                .Select(f => f.Found)
                .Select(f => new ToDo(
                    f.Alert.Level,
                    words.Sentence(f.Alert.Kind, f.Alert.Level, f.Alert.Now, f.Client),
                    words.Way(f.Alert.Now)
                        ?? words.Since(f.Alert.IsFirst, f.Alert.RaisedAt, TimeZoneInfo.FindSystemTimeZoneById(f.Zone)),
                    f.Alert is { Kind: AlertKind.Quiet, ClientId: { } client }
                        ? $"/e/{db.Workspace}/clients/{client}"
                        : $"/e/{db.Workspace}/alerts/{f.Alert.Id}",
                    texts[f.Alert.Kind == AlertKind.Quiet ? "openSheet" : "see"]
                )),
        ];
    }
}
