namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;

/// <summary>What is to come: who has gone quiet, whether departures come in a row, how far the cash goes.</summary>
internal sealed partial class TerminalSections
{
    // The months of the band that are shown: soon, and then by half-years.
    private static readonly int[] MonthsShown = [3, 6, 12, 18, 24];

    public void Quiet()
    {
        Heading("head_quiet");
        if (report.Quiet.Count == 0)
        {
            Calm(texts["quiet_none"]);
            return;
        }
        sheet.Line(texts["quiet_lead"], indent: Indent);
        sheet.Blank();
        var silences = Wording.Silences(report);
        sheet.Table(
            [
                new(texts["col_client"], Takes: true),
                new(texts["col_silence"], IsFigure: true),
                new(texts["col_usual"], IsFigure: true),
                new(texts["col_alive"], IsFigure: true),
                new(texts["col_rank"], IsFigure: true),
                new(texts["col_revenue12"], IsFigure: true),
                new(texts["col_last"], IsFigure: true, GivesWay: true),
            ],
            [
                .. report
                    .Quiet.Take(ShownClients)
                    .Select(c =>
                    {
                        var silence = silences.GetValueOrDefault(c.Code);
                        return new TableRow([
                            new Cell(wording.Name(c)),
                            new Cell(wording.Days(c.DaysSilent ?? 0)),
                            new Cell(wording.Days(c.UsualInterval ?? 0)),
                            new Cell(wording.Alive(silence), Sheet.Strong),
                            new Cell(wording.Rank(silence), Sheet.Quiet),
                            new Cell(Figures.Euros(c.RevenueTwelveMonths)),
                            new Cell(c.LastInvoice is { } last ? Figures.Date(last) : texts["dash"]),
                        ]);
                    }),
            ]
        );
        Others(report.Quiet.Count);
        Note(wording.QuietMethod(report.Outlook.Silence));
        if (wording.QuietFirst(report) is { } first)
        {
            sheet.Blank();
            sheet.Paragraph(first, Indent);
        }
    }

    public void Departures()
    {
        Heading("head_departures");
        Sentences(wording.Departures(report.Outlook));
        if (report.Outlook.Departures is not { Losses: { Count: > 0 } losses })
        {
            return;
        }
        sheet.Blank();
        sheet.Table(
            [
                new(texts["col_client"], Takes: true),
                new(texts["col_due"], IsFigure: true),
                new(texts["col_last"], IsFigure: true, GivesWay: true),
                new(texts["col_usual"], IsFigure: true),
            ],
            [
                .. losses
                    .Take(ShownClients)
                    .Select(l => new TableRow([
                        new Cell(wording.Name(l.Client)),
                        new Cell(Figures.Date(l.On)),
                        new Cell(l.Client.LastInvoice is { } last ? Figures.Date(last) : texts["dash"]),
                        new Cell(wording.Days(l.Client.UsualInterval ?? 0)),
                    ])),
            ]
        );
        Others(losses.Count);
        Note(texts["departures_known"]);
    }

    public void Band()
    {
        Heading("head_band");
        Sentences(wording.Band(report));
        if (report.Outlook.Band is not { } band)
        {
            return;
        }
        sheet.Blank();
        sheet.Table(
            [
                new(texts["col_after"], Takes: true),
                new(texts["col_low"], IsFigure: true),
                new(texts["col_median"], IsFigure: true),
                new(texts["col_high"], IsFigure: true),
                new(texts["col_out"], IsFigure: true),
            ],
            [
                .. band
                    .Months.Where(m => MonthsShown.Contains(m.Month))
                    .Select(m => new TableRow([
                        new Cell(texts.Count("months", m.Month)),
                        new Cell(wording.RoundEuros(m.Low), Sheet.Quiet),
                        new Cell(wording.RoundEuros(m.Median), Sheet.Strong),
                        new Cell(wording.RoundEuros(m.High), Sheet.Quiet),
                        new Cell(wording.ShortChance(m.ProbabilityOut)),
                    ])),
            ]
        );
        Note(texts["band_between"] + " " + wording.BandBasis(band));
    }

    private void Sentences(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            sheet.Paragraph(Wording.Runs(sentence), Indent);
        }
    }
}
