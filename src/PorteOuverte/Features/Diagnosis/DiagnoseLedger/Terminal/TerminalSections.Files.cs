using PorteOuverte.Features.Accounting;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;

/// <summary>What could not be read, and what was assumed.</summary>
internal sealed partial class TerminalSections
{
    private const int ShownRejected = 20;
    private const int ShownNotices = 12;

    private string Bullet => unicode ? "·" : "-";

    public void RejectedLines()
    {
        var cut = report.Files.Select(wording.Truncation).OfType<string>().ToList();
        Heading("head_rejected");
        if (report.RejectedLines == 0 && cut.Count == 0)
        {
            Calm(texts["rejected_none"]);
            return;
        }
        cut.ForEach(c => sheet.Line(c, indent: Indent));
        foreach (var file in report.Files.Where(f => f.Rejected > 0))
        {
            sheet.Line(wording.FileLine(file), Sheet.Strong, Indent);
            sheet.Line(texts.Count("rejected_lead", file.Rejected), indent: Indent);
            sheet.Table(
                [
                    new(texts["col_line"], IsFigure: true),
                    new(texts["col_column"], GivesWay: true),
                    new(texts["col_reason"]),
                    new(texts["col_read"], Takes: true),
                ],
                [
                    .. file
                        .RejectedLines.Take(ShownRejected)
                        .Select(r => new TableRow([
                            new Cell(Figures.Number((decimal)r.Line)),
                            new Cell(r.Column is { } column ? Wording.Clean(column) : texts["dash"]),
                            new Cell(wording.Files.Reason(r)),
                            new Cell(Wording.Clean(r.Read), Sheet.Quiet),
                        ])),
                ]
            );
            if (file.Rejected > ShownRejected)
            {
                sheet.Line(
                    texts.Count("rejected_more", file.Rejected - Math.Min(ShownRejected, file.RejectedLines.Count)),
                    Sheet.Quiet,
                    Indent
                );
            }
        }
    }

    public void Notices()
    {
        Heading("head_notices");
        if (report.Files.All(f => f.Notices.Count == 0))
        {
            Calm(texts["notices_none"]);
            return;
        }
        var all = report.Files.SelectMany(f => FileWords.Grouped(f.Notices).Select(n => (File: f, Notice: n))).ToList();
        LedgerFile? current = null;
        foreach (var (file, notice) in all.Take(ShownNotices))
        {
            if (report.Files.Count > 1 && file != current)
            {
                sheet.Line(Wording.Clean(file.Name), Sheet.Quiet, Indent);
            }
            current = file;
            sheet.Paragraph([new Run($"{Bullet} {wording.Files.Message(notice)}", false)], Indent, hanging: 2);
        }
        if (all.Count > ShownNotices)
        {
            sheet.Line(texts.Count("notices_more", all.Count - ShownNotices), Sheet.Quiet, Indent);
        }
    }
}
