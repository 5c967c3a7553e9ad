namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;

/// <summary>Small bars of shares, with the healthy line and the danger line drawn through them.</summary>
internal sealed class Bars
{
    // Eighths of a cell, so that 5 % and 6 % differ.
    private const string Eighths = " ▏▎▍▌▋▊▉█";

    private readonly int width;
    private readonly bool unicode;
    private readonly double full;
    private readonly HashSet<int> lines;

    public Bars(Report report, int width, bool unicode)
    {
        this.width = width;
        this.unicode = unicode;
        var largest = report.Concentration.Clients.Select(c => c.Share).DefaultIfEmpty(0).Max();
        full = Math.Max(largest, report.Thresholds.Danger * 1.2);
        lines = [Cell(report.Thresholds.Healthy), Cell(report.Thresholds.Danger)];
    }

    private int Cell(double share) => Math.Clamp((int)(share / full * width), 0, width - 1);

    public string Of(double share)
    {
        var eighths = Math.Clamp((int)Math.Round(share / full * width * 8), share > 0 ? 1 : 0, width * 8);
        return string.Create(
            width,
            (this, eighths),
            static (bar, state) =>
            {
                var (self, filled) = state;
                for (var i = 0; i < bar.Length; i++)
                {
                    var part = Math.Clamp(filled - (i * 8), 0, 8);
                    bar[i] =
                        part == 0 || (part < 4 && self.lines.Contains(i)) ? (self.lines.Contains(i) ? self.Rule : ' ')
                        : self.unicode ? Eighths[part]
                        : part >= 4 ? '='
                        : ' ';
                }
            }
        );
    }

    private char Rule => unicode ? '│' : '|';
}
