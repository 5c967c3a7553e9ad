using PorteOuverte.Analytics;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Diagnosis.Alerts;

/// <summary>A made-up year of a portfolio, week by week: what the rule says of each, and what it remembers.</summary>
internal sealed class Year
{
    private static readonly DateOnly First = new(2026, 1, 5);

    private readonly Id<Client> client = Id<Client>.New();
    private readonly List<Alert> all = [];
    private AlertRule? rule;
    private Report? report;

    public IReadOnlyList<Alert> Holding => all.FindAll(a => a.Holding is not null);

    /// <summary>A week; amounts in euros. What is not said is calm.</summary>
    /// <param name="share">Null: the client is not there any more.</param>
    /// <returns>What was raised (+), goes on in another's place (>) or ended (-).</returns>
    public string Week(
        int week,
        bool isFirst = false,
        double? share = 0.05,
        int? lastInvoice = null,
        double usual = 31,
        double delay = 20,
        Trend? trend = null,
        double? months = 14,
        long? cash = 60_000,
        LossLevel verdict = LossLevel.NoSignOfClustering,
        bool archived = false,
        long open = 0
    )
    {
        var asOf = First.AddDays(7 * week);
        var now = asOf.ToDateTime(new TimeOnly(6, 0), DateTimeKind.Utc);
        report = Report(
            asOf,
            share,
            First.AddDays(7 * (lastInvoice ?? week)),
            usual,
            delay,
            trend,
            months,
            cash,
            verdict,
            archived,
            open
        );
        rule = new AlertRule(report, leastMonths: 6);
        var changes = rule.Judge(all, isFirst, now);
        // As the handler does, and the database keeps it.
        foreach (var (alert, seen, isAsGrave) in changes.Seen)
        {
            alert.Lately = seen.ToString();
            alert.HeldOn = isAsGrave ? asOf : alert.HeldOn;
        }
        foreach (var ending in changes.Ended)
        {
            ending.Alert.End(ending.Outcome, now);
        }
        all.AddRange(changes.Raised);
        return string.Join(
            ", ",
            changes
                .Ended.Select(e => $"-{e.Alert.Kind} {e.Alert.Level} {e.Outcome}")
                .Concat(changes.Raised.Select(a => $"{(a.Follows is null ? '+' : '>')}{a.Kind} {a.Level}"))
        );
    }

    /// <summary>What stands in the last week and is told by no alert that holds, or by one less grave.</summary>
    public IEnumerable<string> Lost
    {
        get
        {
            var weight = report!.Concentration.Clients.FirstOrDefault(w => w.Client.Code == client.ToString());
            if (weight?.Level > Level.Healthy && !Told(AlertKind.Weight, weight.Level.Value))
            {
                yield return "weight";
            }
            if (report.Quiet.Any(q => q.Code == client.ToString()) && !Told(AlertKind.Quiet, Level.Healthy))
            {
                yield return "quiet";
            }
            if (report.LatePayers.Any(l => l.DelayTrend!.IsRising) && !Told(AlertKind.Delays, Level.Healthy))
            {
                yield return "delays";
            }
            if (report.Totals.Cash < 0 && !Told(AlertKind.Runway, Level.Danger))
            {
                yield return "overdrawn";
            }
            if (report.Runway.MonthsNow < 6 && !Told(AlertKind.Runway, Level.High))
            {
                yield return "runway";
            }
            if (report.Outlook.Departures!.Level == LossLevel.Avalanche && !Told(AlertKind.Departures, Level.Danger))
            {
                yield return "departures";
            }
        }
    }

    /// <summary>Alerts that were news although the one before, of the same, had neither ended nor become worse.</summary>
    public IEnumerable<string> ToldTwice =>
        from kind in all.GroupBy(a => a.Kind)
        let alerts = kind.OrderBy(a => a.RaisedAt).ThenBy(a => a.Id).ToList()
        from pair in alerts.Zip(alerts.Skip(1))
        where pair.Second.Follows is null
        where pair.First.Outcome is not (AlertOutcome.Over or AlertOutcome.Gone)
        where !(pair.First.Outcome == AlertOutcome.Worse && pair.Second.Level > pair.First.Level)
        select $"{kind.Key} {pair.Second.RaisedAt:yyyy-MM-dd}";

    private bool Told(AlertKind kind, Level least) => Holding.Any(a => a.Kind == kind && a.Level >= least);

    private Report Report(
        DateOnly asOf,
        double? share,
        DateOnly last,
        double usual,
        double delay,
        Trend? trend,
        double? months,
        long? cash,
        LossLevel verdict,
        bool archived,
        long open
    )
    {
        const long Whole = 1_000_000;
        var revenue = (long)Math.Round((share ?? 0) * Whole);
        // The rest is a crowd: nobody else weighs or falls silent.
        var crowd = ReportBuilder.Client("", Whole - revenue, collective: true, code: "crowd");
        var one = ReportBuilder.Client(
            "Verrerie",
            revenue,
            usual: usual,
            delay: delay,
            trend: trend,
            open: open,
            code: $"{client}"
        );
        ClientReport[] clients = share is null
            ? [crowd]
            :
            [
                crowd,
                one with
                {
                    LastInvoice = last,
                    DaysSilent = asOf.DayNumber - last.DayNumber,
                    IsArchived = archived,
                },
            ];
        var outlook = ReportBuilder.Calm(clients, 0) with { Departures = ReportBuilder.Departures(verdict) };
        var told = ReportBuilder.Report(clients, months, cash: cash ?? 0, outlook: outlook);
        return told with
        {
            AsOf = asOf,
            Totals = told.Totals with { Cash = cash * 100 },
            LatePayers = [.. told.LatePayers.Where(l => l.StillPays)],
            Quiet = [.. told.Quiet.Where(q => q.DaysSilent <= AlertRule.LongestSilence && !q.IsArchived)],
        };
    }
}
