using PorteOuverte.Analytics;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts;

/// <summary>An alert that ends, and how; with what is seen of it at the end, where anything is.</summary>
public sealed record AlertEnding(Alert Alert, AlertOutcome Outcome, AlertFacts? Seen);

/// <summary>An alert that goes on.</summary>
/// <param name="IsAsGrave">As grave as it was raised, or more.</param>
public sealed record AlertSight(Alert Alert, AlertFacts Seen, bool IsAsGrave);

/// <summary>What a picture changes about the alerts.</summary>
public sealed record AlertChanges(
    IReadOnlyList<Alert> Raised,
    IReadOnlyList<AlertEnding> Ended,
    IReadOnlyList<AlertSight> Seen
);

/// <summary>What must be told of a report, given what was told already.</summary>
/// <remarks>What stands near a line does not come and go: to end, a thing must have become better by more than it took to begin.</remarks>
public sealed class AlertRule
{
    /// <summary>A weight ends this far below its line.</summary>
    public const double ShareBelow = 0.01;

    /// <summary>A trend of delays ends when it may be chance once in five; it begins at one in ten.</summary>
    public const double TrendIsOver = 0.20;

    /// <summary>Or when the client pays this many days before it must.</summary>
    public const double DaysEarly = 2;

    /// <summary>The cash must last this much longer than one wants.</summary>
    public const double MonthsMore = 0.5;

    /// <summary>A verdict about departures has to stay better for four weeks of facts.</summary>
    public const int CalmDays = 28;

    /// <summary>Nobody waits any longer for who is silent for two years.</summary>
    public const int LongestSilence = 730;

    /// <summary>What was taken back and comes again within so many days is no news: files read anew, clients separated again.</summary>
    public const int DaysRemembered = 90;

    private readonly Report report;
    private readonly int leastMonths;
    private readonly Dictionary<string, ClientReport> clients;
    private readonly Dictionary<string, ClientWeight> weights;

    public AlertRule(Report report, int leastMonths)
    {
        ArgumentNullException.ThrowIfNull(report);
        (this.report, this.leastMonths) = (report, leastMonths);
        clients = report.Clients.ToDictionary(c => c.Code, StringComparer.Ordinal);
        weights = report.Concentration.Clients.ToDictionary(w => w.Client.Code, StringComparer.Ordinal);
    }

    /// <param name="known">The alerts that have not ended, whether or not they rest, and those that ended lately.</param>
    /// <param name="isFirst">Nothing was ever told: all that holds, held already.</param>
    public AlertChanges Judge(IReadOnlyList<Alert> known, bool isFirst, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(known);
        var standing = Standing().ToDictionary(s => Alert.Key(s.Kind, s.Client), StringComparer.Ordinal);
        var (raised, ended, seen) = (new List<Alert>(), new List<AlertEnding>(), new List<AlertSight>());
        foreach (var alert in known.Where(a => a.Holding is not null))
        {
            // What is settled here is not raised below; an alert that is over may begin anew at once.
            if (!standing.TryGetValue(alert.Holding!, out var stands))
            {
                stands = null;
            }
            var facts = Facts(alert.Kind, alert.ClientId);
            var byRungs = HasRungs(alert.Kind);
            if (byRungs && stands?.Level > alert.Level)
            {
                ended.Add(new AlertEnding(alert, AlertOutcome.Worse, facts));
            }
            else if (facts is null)
            {
                ended.Add(new AlertEnding(alert, AlertOutcome.Gone, null));
            }
            else if (Holds(alert, facts, stands))
            {
                seen.Add(new AlertSight(alert, facts, !byRungs || stands?.Level >= alert.Level));
                standing.Remove(alert.Holding!);
            }
            else if (byRungs && stands is not null)
            {
                ended.Add(new AlertEnding(alert, AlertOutcome.Eased, facts));
                raised.Add(Raise(stands, isFirst, now, follows: alert));
                standing.Remove(alert.Holding!);
            }
            else
            {
                ended.Add(
                    new AlertEnding(alert, IsWellAgain(alert, facts) ? AlertOutcome.Over : AlertOutcome.Gone, facts)
                );
            }
        }
        raised.AddRange(standing.Values.Select(s => Raise(s, isFirst, now, follows: Before(s, known, now))));
        return new AlertChanges(raised, ended, seen);
    }

    // The alert that was taken back lately, though nothing was well again, and that this one says once more.
    private Alert? Before(StandingFact stands, IReadOnlyList<Alert> known, DateTime now)
    {
        var last = known
            .Where(a => a.Kind == stands.Kind && a.ClientId == stands.Client)
            .MaxBy(a => a.EndedAt ?? DateTime.MaxValue);
        var isSame =
            last is { Outcome: AlertOutcome.Gone }
            && last.EndedAt > now.AddDays(-DaysRemembered)
            && last.AsOf <= report.AsOf
            && last.Level >= stands.Level
            && !HasBought(last, Facts(stands.Kind, stands.Client)!);
        return isSame ? last : null;
    }

    private Alert Raise(StandingFact stands, bool isFirst, DateTime now, Alert? follows)
    {
        var facts = Facts(stands.Kind, stands.Client)!.ToString();
        return new Alert
        {
            Kind = stands.Kind,
            Level = stands.Level,
            ClientId = stands.Client,
            Holding = Alert.Key(stands.Kind, stands.Client),
            IsFirst = follows?.IsFirst ?? isFirst,
            Follows = follows?.Id,
            RaisedAt = now,
            AsOf = report.AsOf,
            HeldOn = report.AsOf,
            Facts = facts,
            Lately = facts,
            // Who let the worse rest, lets the lesser rest too; and the same, when it is told once more.
            WakesAt = follows?.WakesAt,
            SettledAt = follows?.SettledAt,
            ToldAt = follows?.ToldAt,
        };
    }

    private static bool HasRungs(AlertKind kind) =>
        kind is AlertKind.Weight or AlertKind.Runway or AlertKind.Departures;

    // Whether what was raised has not yet become better by enough.
    private bool Holds(Alert alert, AlertFacts facts, StandingFact? stands) =>
        alert.Kind switch
        {
            AlertKind.Weight => facts.Share >= Line(alert.Level) - ShareBelow,
            // Without a purchase silence only grows; where it does not, the day to look from has gone back.
            AlertKind.Quiet => !HasBought(alert, facts)
                && facts.DaysSilent <= LongestSilence
                && (stands is not null || facts.DaysSilent >= alert.Then.DaysSilent),
            AlertKind.Delays => StillLate(alert),
            AlertKind.Runway when alert.Level == Level.Danger => facts.Cash < report.Totals.MonthlyFixedCharges / 2
                || facts.Cash < 0,
            AlertKind.Runway => facts.Cash < 0 || facts.Months < leastMonths + MonthsMore,
            _ => stands?.Level >= alert.Level
                || (report.AsOf >= alert.HeldOn && report.AsOf < alert.HeldOn.AddDays(CalmDays)),
        };

    // Only what the same days and more tell otherwise has become better; the rest is no longer known, and nobody claims it is well.
    private bool IsWellAgain(Alert alert, AlertFacts facts) =>
        report.AsOf >= alert.HeldOn
        && alert.Kind switch
        {
            AlertKind.Quiet => HasBought(alert, facts),
            AlertKind.Delays => Of(alert).StillPays,
            _ => true,
        };

    private static bool HasBought(Alert alert, AlertFacts facts) => facts.LastInvoice > alert.Then.LastInvoice;

    private ClientReport Of(Alert alert) => clients[alert.ClientId!.Value.ToString()];

    private bool StillLate(Alert alert)
    {
        var client = Of(alert);
        return client.StillPays
            && client.MedianDelay > client.Terms - DaysEarly
            // Of who is too small to be followed nothing is known: that is no end.
            && (client.DelayTrend is not { } trend || (trend.Slope > 0 && trend.P <= TrendIsOver));
    }

    private IEnumerable<StandingFact> Standing()
    {
        foreach (var weight in report.Concentration.Clients.Where(w => w.Level > Level.Healthy && !w.Client.IsArchived))
        {
            yield return new StandingFact(AlertKind.Weight, Of(weight.Client), weight.Level!.Value);
        }
        foreach (var client in report.Quiet)
        {
            yield return new StandingFact(AlertKind.Quiet, Of(client), Importance(client));
        }
        foreach (var client in report.LatePayers.Where(c => c.DelayTrend is { IsRising: true }))
        {
            yield return new StandingFact(AlertKind.Delays, Of(client), Level.Watch);
        }
        if (report.Totals.Cash is { } cash && (cash < 0 || report.Runway.MonthsNow < leastMonths))
        {
            yield return new StandingFact(AlertKind.Runway, null, cash < 0 ? Level.Danger : Level.High);
        }
        if (Verdict(report.Outlook.Departures?.Level) is { } verdict)
        {
            yield return new StandingFact(AlertKind.Departures, null, verdict);
        }
    }

    private static Level? Verdict(LossLevel? level) =>
        level switch
        {
            LossLevel.Avalanche => Level.Danger,
            LossLevel.CommonCause => Level.High,
            LossLevel.Watch => Level.Watch,
            _ => null,
        };

    // Who weighs, or weighed before falling silent, comes first.
    private Level Importance(ClientReport client)
    {
        var (whole, best) = (
            report.Concentration.Revenue,
            Math.Max(client.RevenueTwelveMonths, client.RevenueYearBefore)
        );
        return best >= report.Thresholds.Healthy * whole ? Level.High : Level.Watch;
    }

    // What is seen now of an alert; null where there is nothing to be seen any more.
    private AlertFacts? Facts(AlertKind kind, Id<Client>? id)
    {
        if (kind == AlertKind.Runway)
        {
            return report.Totals.Cash is { } cash
                ? new AlertFacts
                {
                    Cash = cash,
                    Months = report.Runway.MonthsNow,
                    LeastMonths = leastMonths,
                }
                : null;
        }
        if (kind == AlertKind.Departures)
        {
            return report.Outlook.Departures is { } departures
                ? new AlertFacts { Losses = departures.Losses.Count(l => l.On > report.AsOf.AddYears(-1)) }
                : null;
        }
        if (!clients.TryGetValue(id!.Value.ToString(), out var client))
        {
            return null;
        }
        // Whom one has put away one knows to be gone: what it owes is all that is left to say.
        if (client.IsArchived && !(kind == AlertKind.Delays && client.StillPays))
        {
            return null;
        }
        return kind switch
        {
            AlertKind.Weight => Weight(client),
            AlertKind.Quiet => new AlertFacts
            {
                LastInvoice = client.LastInvoice,
                DaysSilent = client.DaysSilent,
                UsualInterval = client.UsualInterval,
                Revenue = client.RevenueTwelveMonths,
            },
            _ => new AlertFacts
            {
                MedianDelay = client.MedianDelay,
                Terms = client.Terms,
                Slope = client.DelayTrend?.Slope,
                Owed = client.OpenBalance,
            },
        };
    }

    private AlertFacts Weight(ClientReport client)
    {
        var facts = new AlertFacts { Revenue = client.RevenueTwelveMonths };
        if (!weights.TryGetValue(client.Code, out var weight) || weight.Level is not { } level)
        {
            return facts with { Share = 0 };
        }
        facts = facts with { Share = weight.Share };
        return level == Level.Healthy
            ? facts
            : facts with
            {
                Line = Line(level),
                ToWin = level switch
                {
                    Level.Danger => weight.ToWinElsewhere?.Danger,
                    Level.High => weight.ToWinElsewhere?.High,
                    _ => weight.ToWinElsewhere?.Healthy,
                },
            };
    }

    private double Line(Level level) =>
        level switch
        {
            Level.Danger => report.Thresholds.Danger,
            Level.High => report.Thresholds.High,
            _ => report.Thresholds.Healthy,
        };

    private static Id<Client> Of(ClientReport client) => Id<Client>.Parse(client.Code, null);

    private sealed record StandingFact(AlertKind Kind, Id<Client>? Client, Level Level);
}
