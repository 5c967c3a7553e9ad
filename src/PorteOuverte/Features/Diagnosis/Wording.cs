using PorteOuverte.Analytics;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Diagnosis;

/// <summary>A piece of a sentence; what a reader in a hurry must see is strong.</summary>
public readonly record struct Run(string Text, bool IsStrong);

/// <summary>The phrases made from facts: the terminal and the page say the same things in the same words.</summary>
public sealed partial class Wording(Texts texts)
{
    public Texts Texts { get; } = texts;

    /// <summary>What is said of the files.</summary>
    public FileWords Files { get; } = new(texts.Culture);

    private Figures Figures => Texts.Figures;

    public string Title(Report report) => Texts.Format("title", Figures.LongDate(report.AsOf));

    public string Period(Report report)
    {
        var (from, to) = (Figures.Date(report.Concentration.From), Figures.Date(report.Concentration.To));
        return report.MonthsCovered < report.Months
            ? Texts.Count("period_part", report.MonthsCovered, from, to)
            : Texts.Format("period", from, to);
    }

    public string FileLine(LedgerFile file) => Texts.Count("file_lines", file.Lines, Clean(file.Name));

    /// <summary>A text in its pieces: what stands between asterisks is strong.</summary>
    public static IReadOnlyList<Run> Runs(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split('*').Select((piece, i) => new Run(piece, i % 2 == 1)).Where(r => r.Text.Length > 0)];
    }

    /// <summary>With a capital first letter: a text of a table's head that stands alone.</summary>
    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>Whole months only: a promise is rounded down.</summary>
    public string Months(double? months) =>
        months is not { } known ? Texts["months_more"]
        : known < 1 ? Texts["months_less"]
        : Texts.Count("months", (long)known);

    /// <summary>How long the cash lasts; a dash where the books show none.</summary>
    public string Lasts(Report report, double? months)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Totals.Cash is null ? Texts["dash"] : Months(months);
    }

    public string Days(double days) => Texts.Format("days_short", Figures.Number(days));

    public string LongDays(long days) => Texts.Count("days", days);

    public string Share(double share) => Figures.Percent(share);

    /// <summary>A threshold: 25 %, or 12,5 % where it is not whole.</summary>
    public string Line(double threshold) =>
        Figures.Percent(threshold, Math.Abs((threshold * 100) - Math.Round(threshold * 100)) < 1e-9 ? 0 : 1);

    /// <summary>As how many clients of one size the revenue weighs.</summary>
    public string EqualClients(double effective) =>
        Texts.Count("weight_equal", (long)Math.Round(effective, MidpointRounding.AwayFromZero));

    public string LevelName(Level? level) => Texts[level is { } known ? $"level_{known}" : "level_crowd"];

    public string AgeName(AgeBand band) =>
        band switch
        {
            { FromDays: null } => Texts["age_due"],
            { FromDays: { } from, ToDays: { } to } => Texts.Format("age_between", from, to),
            { FromDays: { } from } => Texts.Format("age_beyond", from - 1),
        };

    /// <summary>How the delays move, where it is not chance; else null.</summary>
    public string? Trend(Trend? trend)
    {
        if (trend is null || !(trend.IsRising || trend.IsFalling))
        {
            return null;
        }
        var key = trend.IsRising ? "late_trend" : "early_trend";
        var slope = Math.Abs(trend.Slope);
        return slope >= 1
            ? Texts.Count(key + "_days", (long)Math.Round(slope, MidpointRounding.AwayFromZero))
            : Texts.Count(key + "_ten", Math.Max(1, (long)Math.Round(slope * 10, MidpointRounding.AwayFromZero)));
    }

    /// <summary>Whether the files go back far enough to compare two whole years.</summary>
    public static bool KnowsYearBefore(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        // A first entry some days into the year is a quiet beginning of January, not half a year missing.
        var start = report.Concentration.From.AddYears(-1).AddDays(31);
        return report.FirstEntry <= start;
    }

    /// <summary>The revenue of a client against the year before.</summary>
    public string Change(Report report, ClientReport client)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(client);
        if (client.RevenueYearBefore <= 0)
        {
            return client.RevenueTwelveMonths <= 0 ? Texts["dash"]
                : client.FirstInvoice < report.Concentration.From ? Texts["change_back"]
                : Texts["change_new"];
        }
        if (client.RevenueTwelveMonths <= 0)
        {
            return Texts["change_gone"];
        }
        var change = (client.RevenueTwelveMonths - client.RevenueYearBefore) / (double)client.RevenueYearBefore;
        var text = Figures.Percent(change, 0);
        return change > 0 ? "+" + text : text;
    }

    /// <summary>How many clients of the mean size of the others an amount is; null where there are no others.</summary>
    public static long? MeanClients(Report report, ClientWeight weight, long amount)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(weight);
        var own = weight.Level is null ? 0 : 1;
        var others = report.Concentration.Singles - own;
        var sum = report.Concentration.SinglesRevenue - (own * weight.Client.RevenueTwelveMonths);
        return sum <= 0 || others <= 0 ? null : (long)Math.Ceiling(amount / (sum / (double)others));
    }

    /// <summary>For each line a client stands over, what to win elsewhere.</summary>
    public IEnumerable<string> ToWin(Report report, ClientWeight weight)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (weight?.ToWinElsewhere is not { } win)
        {
            yield break;
        }
        (double Line, long Amount)[] lines =
        [
            (report.Thresholds.Danger, win.Danger),
            (report.Thresholds.Healthy, win.Healthy),
        ];
        foreach (var (line, amount) in lines.Where(l => l.Amount > 0))
        {
            var clients = MeanClients(report, weight, amount) is { } n
                ? Texts.Count("weight_mean", n)
                : Texts["weight_mean_unknown"];
            yield return Texts.Format("weight_to_win", Line(line), Figures.Euros(amount)) + clients;
        }
    }

    public string LossBasis(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Texts.Count(
            "loss_basis",
            report.MonthsCovered,
            report.Totals.Cash is { } cash ? Figures.Euros(cash) : Texts["dash"],
            Figures.Euros(report.Totals.MonthlyFixedCharges),
            Figures.Percent(report.Runway.PurchaseRate, 0)
        );
    }

    /// <summary>The methods, each a term and its text.</summary>
    public IEnumerable<(string Term, string Text)> Methods(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        object[] lines = [Line(report.Thresholds.Healthy), Line(report.Thresholds.Danger)];
        yield return (Texts["method_revenue"], Texts["method_revenue_text"]);
        yield return (Texts["method_share"], Texts.Format("method_share_text", lines));
        yield return (Texts["method_win"], Texts["method_win_text"]);
        yield return (
            Texts["method_late"],
            Texts.Format("method_late_text", LongDays(report.Terms), Figures.Percent(0.10, 0))
        );
        yield return (Texts["method_quiet"], Texts["method_quiet_text"]);
        yield return (Texts["method_alive"], Texts.Format("method_alive_text", report.Outlook.Silence.FewestRepeaters));
        yield return (Texts["method_departures"], Texts["method_departures_text"]);
        yield return (Texts["method_runway"], Texts["method_runway_text"]);
        yield return (Texts["method_band"], Texts["method_band_text"]);
    }

    /// <summary>What to call a client: the name in the file, else the code.</summary>
    public string Name(ClientReport client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var name = Clean(client.Name);
        return name.Length > 0 ? name
            : client.Code == LedgerFacts.DirectCode ? Texts["client_direct"]
            : client.Code == "?" ? Texts["client_unknown"]
            : Clean(client.Code);
    }

    /// <inheritdoc cref="FileWords.Clean"/>
    public static string Clean(string? text) => FileWords.Clean(text);

    /// <summary>That a file stops in the middle of a line; null where it does not.</summary>
    public string? Truncation(LedgerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.TruncatedAt is { } line
            ? Texts.Format("truncated", Clean(file.Name), Figures.Number((decimal)line))
            : null;
    }
}
