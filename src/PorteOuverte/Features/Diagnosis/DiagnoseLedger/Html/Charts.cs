using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Html;

/// <summary>The four charts of the page, made from a report.</summary>
internal sealed class Charts(Report report, Wording wording)
{
    public const int ShownClients = 10;

    private readonly Texts texts = wording.Texts;

    private Figures Figures => texts.Figures;

    public Chart Revenue()
    {
        var weights = report.Concentration.Clients;
        var (healthy, danger) = (report.Thresholds.Healthy, report.Thresholds.Danger);
        var shown = weights.Take(ShownClients).ToList();
        var bars = shown.ConvertAll(w => new ChartBar(
            wording.Name(w.Client),
            wording.Share(w.Share),
            [new ChartPart(0, w.Share, Tone(w.Level))],
            Figures.Euros(w.Client.RevenueTwelveMonths)
        ));
        var full = Math.Max(danger * 1.15, shown.Select(w => w.Share).DefaultIfEmpty(0).Max());
        if (weights.Count > ShownClients)
        {
            var rest = weights.Skip(ShownClients).ToList();
            var share = rest.Sum(w => w.Share);
            bars.Add(
                new ChartBar(
                    texts.Count("others", rest.Count),
                    wording.Share(share),
                    [new ChartPart(0, Math.Min(share, full), "crowd")],
                    Figures.Euros(rest.Sum(w => w.Client.RevenueTwelveMonths))
                )
            );
        }
        return new Chart(
            "chart-clients",
            texts["clients_chart"],
            texts.Format("clients_chart_note", wording.Line(healthy), wording.Line(danger)),
            full,
            bars,
            [
                new ChartLine(healthy, $"{wording.Line(healthy)} {wording.LevelName(Level.Healthy)}", "healthy"),
                new ChartLine(danger, $"{wording.Line(danger)} {wording.LevelName(Level.Danger)}", "danger"),
            ]
        );
    }

    public Chart Delays()
    {
        var terms = report.Terms;
        var shown = report.LatePayers.Take(ShownClients).ToList();
        return new Chart(
            "chart-late",
            texts["late_chart"],
            texts.Format("late_chart_note", wording.LongDays(terms)),
            Math.Max(terms * 1.5, shown.Select(c => c.MedianDelay ?? 0).DefaultIfEmpty(0).Max()),
            shown.ConvertAll(c =>
            {
                string?[] notes =
                [
                    c.OpenBalance > 0 ? texts.Format("late_owes", Figures.Euros(c.OpenBalance)) : null,
                    wording.Trend(c.DelayTrend),
                ];
                var note = string.Join(" · ", notes.OfType<string>());
                return new ChartBar(
                    wording.Name(c),
                    wording.Days(c.MedianDelay ?? 0),
                    [new ChartPart(0, terms, "crowd"), new ChartPart(terms, c.MedianDelay ?? 0, "watch")],
                    Note: note.Length == 0 ? null : note
                );
            }),
            [new ChartLine(terms, texts.Format("late_line", wording.Days(terms)), "healthy")]
        );
    }

    public Chart Ages()
    {
        string[] tones = ["healthy", "crowd", "watch", "high", "danger"];
        return new Chart(
            "chart-ages",
            texts["ages_chart"],
            texts.Format("ages_chart_note", wording.LongDays(report.Terms)),
            report.Ages.Select(a => (double)a.Amount).DefaultIfEmpty(0).Max(),
            [
                .. report.Ages.Select(
                    (a, i) =>
                        new ChartBar(
                            wording.AgeName(a),
                            Figures.Euros(a.Amount),
                            a.Amount > 0 ? [new ChartPart(0, a.Amount, tones[Math.Min(i, tones.Length - 1)])] : [],
                            texts.Count("ages_items", a.Items)
                        )
                ),
            ],
            []
        );
    }

    public Chart Runway()
    {
        const double Beyond = 60;
        var now = report.Runway.MonthsNow ?? Beyond;
        var longest = report.Runway.IfLost.Select(l => l.Months ?? Beyond).Append(now).Max();
        return new Chart(
            "chart-runway",
            texts["loss_chart"],
            texts["loss_chart_note"],
            Math.Max(longest, 1),
            [
                new ChartBar(
                    texts["loss_today"],
                    wording.Months(report.Runway.MonthsNow),
                    [new ChartPart(0, now, "healthy")]
                ),
                .. report.Runway.IfLost.Select(l =>
                {
                    var months = l.Months ?? Beyond;
                    // What the departure takes away stays visible, as a shadow behind what is left.
                    ChartPart[] parts =
                        months < now ? [new(0, months, "high"), new(months, now, "lost")] : [new(0, months, "healthy")];
                    return new ChartBar(
                        texts.Format("loss_without", wording.Name(l.Client)),
                        wording.Months(l.Months),
                        parts,
                        Note: texts.Format("loss_a_month", Figures.Euros(-l.MonthlyShortfall))
                    );
                }),
            ],
            []
        );
    }

    public static string Tone(Level? level) =>
        level switch
        {
            Level.Danger => "danger",
            Level.High => "high",
            Level.Watch => "watch",
            Level.Healthy => "healthy",
            _ => "crowd",
        };
}
