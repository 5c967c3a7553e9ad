using System.Globalization;
using PorteOuverte.Analytics;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>What is said of what is to come: silences, departures, the band of cash.</summary>
public sealed partial class Wording
{
    private const double DaysInMonth = 365.25 / 12;

    // Who is called first stands among those that are shown.
    private const int QuietShown = 10;

    // Below this risk there is nothing to be urged to.
    private const double RiskToActOn = 0.2;

    /// <summary>A probability in a sentence: never nothing, never certain.</summary>
    public string Chance(double probability) => Chance(probability, "chance_below", "chance_above");

    /// <summary>A probability in a cell.</summary>
    public string ShortChance(double probability) => Chance(probability, "chance_below_short", "chance_above_short");

    private string Chance(double probability, string below, string above) =>
        probability < 0.01 ? Texts.Format(below, Figures.Percent(0.01, 0))
        : probability > 0.99 ? Texts.Format(above, Figures.Percent(0.99, 0))
        : Figures.Percent(probability, 0);

    /// <summary>The chance that a quiet client is still there; a dash for one who has not bought for years.</summary>
    public string Alive(Silence? silence) => silence is null ? Texts["dash"] : ShortChance(silence.ProbabilityAlive);

    /// <summary>The place by length of silence.</summary>
    public string Rank(Silence? silence) =>
        silence is null ? Texts["dash"] : Figures.Number((decimal)silence.RecencyRank);

    /// <summary>How the chances were found, and what the rank is.</summary>
    public string QuietMethod(SilenceReport silence)
    {
        ArgumentNullException.ThrowIfNull(silence);
        var key = silence.Reason switch
        {
            QuietReason.Fitted => "quiet_fitted",
            QuietReason.TooFewRepeaters => "quiet_own",
            _ => "quiet_own_unfit",
        };
        return Texts.Format(key, Figures.Number((decimal)silence.Repeaters), silence.FewestRepeaters)
            + " "
            + Texts.Format("quiet_rank", Figures.Number((decimal)silence.Count));
    }

    /// <summary>Whom to call first: where most is at stake and not yet lost; null where nobody is quiet.</summary>
    public IReadOnlyList<Run>? QuietFirst(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var silences = Silences(report);
        var gone = (report.Outlook.Departures?.Losses ?? []).Select(l => l.Client.Code).ToHashSet(StringComparer.Ordinal);
        var first = report
            .Quiet.Take(QuietShown)
            .Where(c => silences.ContainsKey(c.Code))
            // Who counts as gone can wait.
            .OrderBy(c => gone.Contains(c.Code))
            .GroupBy(c => gone.Contains(c.Code))
            .FirstOrDefault()
            ?.MaxBy(c => silences[c.Code].ProbabilityAlive * Math.Max(c.RevenueTwelveMonths, c.RevenueYearBefore));
        return first is null ? null : Filled("quiet_first", Name(first));
    }

    /// <summary>The silences by the code of their client.</summary>
    public static IReadOnlyDictionary<string, Silence> Silences(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Outlook.Silence.Clients.ToDictionary(s => s.Client.Code, StringComparer.Ordinal);
    }

    /// <summary>Whether departures come in a row, in a sentence or two and a first step.</summary>
    public IEnumerable<string> Departures(Outlook outlook)
    {
        ArgumentNullException.ThrowIfNull(outlook);
        if (outlook.Departures is not { } departures)
        {
            yield return Texts.Count("departures_short", outlook.DaysCovered);
            yield break;
        }
        switch (departures.Level)
        {
            case LossLevel.Avalanche:
                yield return Cluster("departures_avalanche", departures);
                yield return Texts["departures_avalanche_step"];
                break;
            case LossLevel.CommonCause:
                yield return Texts["departures_cause"];
                yield return Texts["departures_avalanche_step"];
                break;
            case LossLevel.Watch:
                // Where no window stands out it is the pace of the months that does.
                yield return departures.PValue <= 0.1
                    ? Cluster("departures_watch", departures)
                    : Texts["departures_pace"];
                yield return Texts["departures_watch_step"];
                break;
            default:
                var months = MonthsIn(departures.HorizonDays);
                yield return departures.Count == 0
                    ? Texts.Format("departures_none", months)
                    : Texts.Count("departures_few", departures.Count, months);
                yield return Detectable(departures);
                break;
        }
    }

    private string Cluster(string key, DeparturesReport departures) =>
        Texts.Count(
            key,
            departures.Observed,
            departures.WindowDays,
            Figures.Number(departures.Expected, departures.Expected < 0.1 ? 2 : 1)
        );

    private string Detectable(DeparturesReport departures)
    {
        var detectable = departures.Detectable;
        object[] rest =
        [
            MonthsIn(departures.HorizonDays - detectable.RecentDays),
            detectable.AtFivePercent,
            MonthsIn(detectable.RecentDays),
        ];
        return detectable.PastLosses == 0
            ? Texts.Format("departures_detectable_none", [0, .. rest])
            : Texts.Count("departures_detectable", detectable.PastLosses, rest);
    }

    private static int MonthsIn(int days) => (int)Math.Round(days / DaysInMonth);

    /// <summary>What may become of the cash, in a few sentences; the first step where the risk is high.</summary>
    public IEnumerable<string> Band(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Outlook.Band is not { } band)
        {
            yield return Texts[report.Totals.Cash is null ? "open_no_cash" : "band_no_charges"];
            yield break;
        }
        var last = band.Last;
        if (report.Totals.Cash < 0)
        {
            yield return Texts["band_overdrawn"];
        }
        else
        {
            yield return Texts.Format("band_risk", Chance(last.ProbabilityOut), last.Month);
            if (band.MonthOut is { } month)
            {
                yield return Texts.Format("band_when", Figures.LongDate(report.AsOf.AddMonths(month)));
            }
        }
        yield return Texts.Format("band_range", last.Month, RoundEuros(last.Low), RoundEuros(last.High));
        var late = report.Ages.Where(a => a.FromDays is not null).Sum(a => a.Amount);
        if (last.ProbabilityOut >= RiskToActOn && late > 0)
        {
            yield return Texts.Format("band_step", Figures.Euros(late));
        }
    }

    /// <summary>On what the band rests.</summary>
    public string BandBasis(BandReport band)
    {
        ArgumentNullException.ThrowIfNull(band);
        return Texts.Format("band_basis", Figures.Percent(band.MonthlyLeaving), Figures.Number((decimal)band.Runs));
    }

    /// <summary>An amount to two or three figures, for what is only estimated: 45 k€, 1,2 M€.</summary>
    public string RoundEuros(long cents)
    {
        var (euros, sign) = (Math.Abs(cents) / 100.0, cents < 0 ? "−" : "");
        return euros < 1_000 ? Figures.Euros(cents)
            : euros < 999_500
                ? sign + Texts.Format("euros_thousands", Figures.Number(euros / 1_000, euros < 9_950 ? 1 : 0))
            : sign + Texts.Format("euros_millions", Figures.Number(euros / 1_000_000, euros < 99_950_000 ? 1 : 0));
    }

    // What stands in the places is data: an asterisk in a name is no mark of stress.
    private List<Run> Filled(string key, params object[] values) =>
        [
            .. Runs(Texts[key])
                .Select(r => r with { Text = string.Format(CultureInfo.InvariantCulture, r.Text, values) }),
        ];
}
