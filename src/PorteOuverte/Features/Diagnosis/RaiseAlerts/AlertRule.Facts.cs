using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts;

/// <content>The figures behind what the rule says.</content>
public sealed partial class AlertRule
{
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
}
