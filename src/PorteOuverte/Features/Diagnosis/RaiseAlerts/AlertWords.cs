using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.RaiseAlerts;

/// <summary>What is said of an alert: what is the matter, and the first step. The home page, the mail and its own page say the same.</summary>
internal sealed class AlertWords(CultureInfo culture)
{
    private readonly Texts texts = AlertsText.In(culture);
    private readonly Wording wording = new(new Texts(typeof(DiagnosisText), culture));

    private Figures Figures => texts.Figures;

    public string Kind(AlertKind kind) => texts["of_" + kind];

    public string Level(Level level) => texts["level_" + level];

    /// <summary>One sentence.</summary>
    /// <param name="client">Its name; null where the alert is about the whole business.</param>
    public string Sentence(AlertKind kind, Level level, AlertFacts facts, string? client)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var name = CleanText.Line(client);
        return kind switch
        {
            AlertKind.Weight => Weight(facts, name),
            AlertKind.Quiet => facts.UsualInterval is { } usual
                ? texts.Format("quiet", name, Number(facts.DaysSilent), Figures.Number(Math.Round(usual)))
                : texts.Format("quietPlain", name, Number(facts.DaysSilent)),
            AlertKind.Delays => texts.Format("delays", name, Number(facts.MedianDelay), Number(facts.Terms)),
            AlertKind.Runway => facts.Cash < 0
                ? texts.Format("overdrawn", Figures.Euros(-facts.Cash.Value))
                : texts.Format("runway", wording.Months(facts.Months), facts.LeastMonths),
            _ => texts["departures_" + level],
        };
    }

    /// <summary>Since when, for the small line below.</summary>
    public string Since(bool isFirst, DateTime raisedAt, TimeZoneInfo zone) =>
        isFirst
            ? texts["sinceBefore"]
            : texts.Format(
                "since",
                Figures.LongDate(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(raisedAt, zone)))
            );

    /// <summary>What it would take to be rid of it; null where no figure says.</summary>
    public string? Way(AlertFacts facts) =>
        facts is { Line: { } line, ToWin: > 0 and { } win }
            ? texts.Format("toWin", wording.Line(line), Figures.Euros(win))
            : null;

    /// <summary>The figures when it was raised and as seen last, each with its name.</summary>
    public IEnumerable<(string Name, string Then, string Now)> Compared(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var (then, now) = (alert.Then, alert.Now);
        (string Key, Func<AlertFacts, string?> Of)[] lines = alert.Kind switch
        {
            AlertKind.Weight =>
            [
                ("fact_share", f => f.Share is { } share ? Figures.Percent(share) : null),
                ("fact_revenue", f => Euros(f.Revenue)),
                ("fact_line", f => f.Line is { } line ? wording.Line(line) : null),
                ("fact_win", f => Euros(f.ToWin)),
            ],
            AlertKind.Quiet =>
            [
                ("fact_silent", f => Days(f.DaysSilent)),
                ("fact_usual", f => Days(f.UsualInterval)),
                ("fact_last", f => f.LastInvoice is { } day ? Figures.Date(day) : null),
                ("fact_revenue", f => Euros(f.Revenue)),
            ],
            AlertKind.Delays =>
            [
                ("fact_delay", f => Days(f.MedianDelay)),
                ("fact_terms", f => Days(f.Terms)),
                ("fact_slope", f => f.Slope is { } slope ? Figures.Number(slope, 1) : null),
                ("fact_owed", f => Euros(f.Owed)),
            ],
            AlertKind.Runway =>
            [
                ("fact_cash", f => Euros(f.Cash)),
                ("fact_months", f => wording.Months(f.Months)),
                ("fact_least", f => f.LeastMonths is { } least ? wording.Months(least) : null),
            ],
            _ => [("fact_losses", f => Number(f.Losses))],
        };
        return lines
            .Select(line => (texts[line.Key], line.Of(then), line.Of(now)))
            .Where(line => line.Item2 is not null || line.Item3 is not null)
            .Select(line => (line.Item1, line.Item2 ?? "–", line.Item3 ?? "–"));
    }

    private string Weight(AlertFacts facts, string name)
    {
        var share = Figures.Percent(facts.Share ?? 0, 0);
        return texts.Format(facts is { Line: not null, ToWin: > 0 } ? "weight" : "weightNear", name, share);
    }

    private string? Euros(long? cents) => cents is { } known ? Figures.Euros(known) : null;

    private string? Days(double? days) => days is { } known ? wording.Days(Math.Round(known)) : null;

    private string? Number(double? number) => number is { } known ? Figures.Number(Math.Round(known)) : null;
}
