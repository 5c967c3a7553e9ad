using System.Globalization;
using PorteOuverte.Analytics;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>What is said first of a report.</summary>
public sealed partial class Wording
{
    // Numbers up to ten are words in a sentence, figures beyond.
    private const int LastNumberInWords = 10;

    /// <summary>The report in two or three sentences.</summary>
    public IReadOnlyList<Run> Opening(Report report)
    {
        var single = report.Concentration.Clients.Where(c => c.Level is not null).ToList();
        var leads = single.TakeWhile(c => c.Level == Level.Danger).ToList();
        if (leads.Count == 0)
        {
            leads = [.. single.Take(1)];
        }
        string[] sentences =
        [
            OpeningWeight(report, leads),
            OpeningCash(report, leads.Count),
            OpeningQuiet(report, leads),
            report.Outlook.Departures?.Level == LossLevel.Avalanche ? Texts["open_avalanche"] : "",
        ];
        return Runs(string.Join(' ', sentences.Where(s => s.Length > 0)));
    }

    private string OpeningWeight(Report report, List<ClientWeight> leads)
    {
        var concentration = report.Concentration;
        if (concentration.Clients.Count == 0)
        {
            return Texts.Format("open_nothing", Figures.Date(concentration.From), Figures.Date(concentration.To));
        }
        if (leads.Count == 0)
        {
            return Texts["open_crowd"];
        }
        var share = Figures.Percent(leads.Sum(c => c.Share), 0);
        return (leads[0].Level, leads.Count) switch
        {
            (Level.Danger, 1) => Texts.Format("open_danger", share),
            (Level.Danger, var n) => Texts.Format("open_dangers", share, Capital(InWords(n))),
            (Level.High, _) => Texts.Format("open_high", share, Line(report.Thresholds.Danger)),
            (Level.Watch, _) => Texts.Format("open_watch", share),
            _ => Texts.Format("open_healthy", share),
        };
    }

    private string OpeningCash(Report report, int leads)
    {
        if (report.Totals.Cash is null or <= 0 || leads == 0 || report.Runway.IfLost.Count == 0)
        {
            return CashNow(report, "open_runway");
        }
        var (now, after) = (report.Runway.MonthsNow, report.Runway.IfLost[0].Months);
        // Where cash is short with every client, no departure is to blame.
        return now is not null && Months(now) == Months(after)
            ? CashNow(report, "open_runway")
            : Texts.Format(leads == 1 ? "open_loss" : "open_loss_first", Months(after));
    }

    /// <summary>How long the cash lasts with every client; or that there is none.</summary>
    public string CashNow(Report report, string key = "loss_now")
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Totals.Cash < 0 ? Texts.Format("open_overdrawn", Figures.Euros(report.Totals.Cash.Value))
            : report.Totals.Cash is null or 0 ? Texts["open_no_cash"]
            : Texts.Format(key, Months(report.Runway.MonthsNow));
    }

    private string OpeningQuiet(Report report, List<ClientWeight> leads)
    {
        if (report.QuietCount == 0)
        {
            return report.Clients.Any(c => !c.IsCollective && c.UsualInterval > 0) ? Texts["open_quiet_none"] : "";
        }
        var own = leads.Count(l => report.Quiet.Contains(l.Client));
        var others = report.QuietCount - own;
        if (own == 0)
        {
            var who = leads.Count > 0 ? "open_quiet_other" : "open_quiet_client";
            return others == 1 ? Texts[who] : Texts.Format(who + "s", Capital(InWords(others)));
        }
        var lead = leads.Count == 1 ? "open_quiet_it" : "open_quiet_of_them";
        return others switch
        {
            0 => Texts[lead],
            1 => Texts[lead + "_and_other"],
            _ => Texts.Format(lead + "_and_others", InWords(others)),
        };
    }

    private string InWords(int number) =>
        number is < 2 or > LastNumberInWords
            ? Figures.Number((decimal)number)
            : Texts[$"number_{number.ToString(CultureInfo.InvariantCulture)}"];
}
