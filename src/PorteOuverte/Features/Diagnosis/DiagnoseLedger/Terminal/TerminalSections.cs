using PorteOuverte.Kernel;
using Spectre.Console;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;

/// <summary>The sections of a report, each set on the sheet in its turn.</summary>
internal sealed partial class TerminalSections(Sheet sheet, Report report, Wording wording, bool unicode)
{
    private const int ShownClients = 10;
    private const int ShownFiles = 6;
    private const int Indent = 2;

    private readonly Texts texts = wording.Texts;

    private Figures Figures => texts.Figures;

    public void Head()
    {
        sheet.Blank();
        sheet.Line(wording.Title(report), Sheet.Strong);
        sheet.Line(wording.Period(report), Sheet.Quiet);
        foreach (var file in report.Files.Take(ShownFiles))
        {
            sheet.Line(wording.FileLine(file), Sheet.Quiet);
        }
        if (report.Files.Count > ShownFiles)
        {
            sheet.Line(texts.Count("other_files", report.Files.Count - ShownFiles), Sheet.Quiet);
        }
        sheet.Blank();
        sheet.Paragraph(wording.Opening(report));
    }

    public void Clients()
    {
        Heading("head_clients");
        var weights = report.Concentration.Clients;
        if (weights.Count == 0)
        {
            Calm(texts["clients_none"]);
            return;
        }
        var compares = Wording.KnowsYearBefore(report);
        var bars = new Bars(report, Math.Clamp((sheet.Width - 52) / 2, 6, 20), unicode);
        var rows = weights
            .Take(ShownClients)
            .Select(w => new TableRow([
                new Cell(wording.Name(w.Client)),
                new Cell(Figures.Euros(w.Client.RevenueTwelveMonths)),
                new Cell(wording.Share(w.Share), Colour(w.Level)),
                new Cell(bars.Of(w.Share), Colour(w.Level)),
                new Cell(wording.LevelName(w.Level), Colour(w.Level)),
                new Cell(compares ? wording.Change(report, w.Client) : "", Sheet.Quiet),
            ]))
            .ToList();
        var others = weights.Skip(ShownClients).ToList();
        if (others.Count > 0)
        {
            rows.Add(
                new TableRow([
                    new Cell(texts.Count("others", others.Count), Sheet.Quiet),
                    new Cell(Figures.Euros(others.Sum(w => w.Client.RevenueTwelveMonths)), Sheet.Quiet),
                    new Cell(wording.Share(others.Sum(w => w.Share)), Sheet.Quiet),
                    new Cell(""),
                    new Cell(""),
                    new Cell(""),
                ])
            );
        }
        List<TableColumn> columns =
        [
            new(texts["col_client"], Takes: true),
            new(texts["col_revenue12"], IsFigure: true),
            new(texts["col_share"], IsFigure: true),
            new("", GivesWay: true),
            new(texts["col_level"]),
            new(texts["col_change"], IsFigure: true, GivesWay: true),
        ];
        if (!compares)
        {
            columns.RemoveAt(columns.Count - 1);
        }
        sheet.Table(columns, rows);
        Note(
            texts.Format(
                "clients_lines",
                wording.Line(report.Thresholds.Healthy),
                wording.Line(report.Thresholds.Danger)
            )
        );
    }

    public void Weight()
    {
        Heading("head_weight");
        var concentration = report.Concentration;
        if (concentration.EffectiveClients is not { } effective)
        {
            Calm(texts["weight_crowd"]);
            return;
        }
        var first = texts.Format("weight_top3", Figures.Percent(concentration.TopThreeShare, 0));
        var whole = texts.Format("weight_effective", wording.EqualClients(effective));
        sheet.Paragraph(Wording.Runs($"{first} {whole}"), Indent);
        var heavy = concentration.Clients.Where(w => w.ToWinElsewhere is { Healthy: > 0 }).ToList();
        if (heavy.Count == 0)
        {
            Calm(texts.Format("weight_none", wording.Line(report.Thresholds.Healthy)));
        }
        foreach (var weight in heavy)
        {
            sheet.Blank();
            sheet.Line(Cells.Shorten(wording.Name(weight.Client), Sheet.Measured - Indent), Sheet.Strong, Indent);
            var level = texts.Format("weight_client", wording.Share(weight.Share), wording.LevelName(weight.Level));
            sheet.Line(level, Colour(weight.Level), Indent * 2);
            foreach (var toWin in wording.ToWin(report, weight))
            {
                sheet.Paragraph(Wording.Runs(toWin), Indent * 2);
            }
        }
    }

    public void LatePayers()
    {
        Heading("head_late");
        if (report.LatePayers.Count == 0)
        {
            Calm(texts["late_none"]);
            return;
        }
        sheet.Table(
            [
                new(texts["col_client"], Takes: true),
                new(texts["col_delay"], IsFigure: true),
                new(texts["col_late"], IsFigure: true),
                new(texts["col_open"], IsFigure: true),
            ],
            [
                .. report
                    .LatePayers.Take(ShownClients)
                    .Select(c => new TableRow(
                        [
                            new Cell(wording.Name(c)),
                            new Cell(wording.Days(c.MedianDelay ?? 0), Sheet.Strong),
                            new Cell(c.LateShare is { } late ? Figures.Percent(late, 0) : texts["dash"]),
                            new Cell(Figures.Euros(c.OpenBalance)),
                        ],
                        wording.Trend(c.DelayTrend) is { } trend ? new Cell(trend) : null
                    )),
            ]
        );
        Others(report.LatePayers.Count);
        Note(texts.Format("late_terms", wording.LongDays(report.Terms)));
    }

    public void Ages()
    {
        Heading("head_ages");
        var total = report.Ages.Sum(a => a.Amount);
        if (report.Ages.All(a => a.Items == 0))
        {
            Calm(texts["ages_none"]);
        }
        else
        {
            var late = report.Ages.Where(a => a.FromDays is not null).Sum(a => a.Amount);
            sheet.Paragraph(Wording.Runs(texts.Format("ages_late", Figures.Euros(late), Figures.Euros(total))), Indent);
            sheet.Blank();
            List<TableRow> rows =
            [
                .. report.Ages.Select(a => new TableRow([
                    new Cell(wording.AgeName(a)),
                    new Cell(Figures.Euros(a.Amount), a.FromDays > 60 ? Sheet.Strong : null),
                    new Cell(Figures.Number((decimal)a.Items), Sheet.Quiet),
                ])),
            ];
            sheet.Table(
                [
                    new(texts["col_age"], Takes: true),
                    new(texts["col_amount"], IsFigure: true),
                    new(texts["col_items"], IsFigure: true),
                ],
                rows
            );
        }
        if (total > report.Totals.Receivable)
        {
            Note(texts.Format("ages_differ", Figures.Euros(report.Totals.Receivable)));
        }
    }

    public void Losses()
    {
        Heading("head_loss");
        if (report.Runway.IfLost.Count == 0)
        {
            Calm(texts["loss_none"]);
        }
        sheet.Paragraph(Wording.Runs(wording.CashNow(report)), Indent);
        if (report.Runway.IfLost.Count > 0)
        {
            sheet.Blank();
            sheet.Table(
                [
                    new(texts["col_client"], Takes: true),
                    new(texts["col_shortfall"], IsFigure: true),
                    new(texts["col_runway"], IsFigure: true),
                ],
                [
                    .. report.Runway.IfLost.Select(l => new TableRow([
                        new Cell(texts.Format("loss_without", wording.Name(l.Client))),
                        new Cell(Figures.Euros(l.MonthlyShortfall)),
                        new Cell(wording.Lasts(report, l.Months), Sheet.Strong),
                    ])),
                ]
            );
        }
        Note(wording.LossBasis(report));
    }

    public void Next(string? page)
    {
        sheet.Blank();
        var text = texts[page is null ? "next_page" : "next_open"];
        sheet.Paragraph([new Run(text, false), new Run(" " + (page ?? texts["next_page_command"]), true)]);
    }

    private void Heading(string key)
    {
        sheet.Blank();
        sheet.Line(texts[key], Sheet.Heading);
    }

    private void Calm(string sentence) => sheet.Line(sentence, indent: Indent);

    private void Note(string sentence)
    {
        sheet.Line(sentence, Sheet.Quiet, Indent);
    }

    private void Others(int count)
    {
        if (count > ShownClients)
        {
            sheet.Line(texts.Count("others", count - ShownClients), Sheet.Quiet, Indent);
        }
    }

    // The word of the level stands beside: colour only helps.
    private static Style? Colour(Level? level) =>
        level switch
        {
            Level.Danger => new Style(Color.Maroon, decoration: Decoration.Bold),
            Level.High => new Style(Color.Olive, decoration: Decoration.Bold),
            Level.Watch => new Style(Color.Olive),
            Level.Healthy => new Style(Color.Teal),
            _ => Sheet.Quiet,
        };
}
