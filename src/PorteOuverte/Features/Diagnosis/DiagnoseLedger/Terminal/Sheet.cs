using Spectre.Console;
using Spectre.Console.Rendering;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;

/// <summary>One cell of a table: its text and how it is shown.</summary>
internal readonly record struct Cell(string Text, Style? Style = null);

/// <param name="IsFigure">Figures stand to the right.</param>
/// <param name="Takes">The column that takes what room the others leave; one in a table.</param>
/// <param name="GivesWay">The column left out where there is no room for all.</param>
internal sealed record TableColumn(string Header, bool IsFigure = false, bool Takes = false, bool GivesWay = false);

/// <param name="Under">A line below the row, under its first column.</param>
internal sealed record TableRow(Cell[] Cells, Cell? Under = null);

/// <summary>A page of a terminal, set line by line.</summary>
/// <remarks>
/// Spectre's own text breaks lines at any white space, the no-break space of « 31 % » included, and its tables draw
/// boxes that a pipe or a narrow window breaks. Here lines are set first and handed over as they are; Spectre knows
/// which colours the terminal has.
/// </remarks>
internal sealed class Sheet(int width) : IRenderable
{
    private const int Gap = 2;
    private const int LeastName = 20;

    /// <summary>Prose wider than this is tiring to read.</summary>
    public const int Measured = 76;

    public static readonly Style Strong = new(decoration: Decoration.Bold);
    public static readonly Style Quiet = new(decoration: Decoration.Dim);
    public static readonly Style Accent = new(Color.Teal);
    public static readonly Style Heading = new(Color.Teal, decoration: Decoration.Bold);

    private readonly List<Segment> segments = [];

    public int Width { get; } = width;

    public void Blank() => segments.Add(Segment.LineBreak);

    public void Line(string text, Style? style = null, int indent = 0) =>
        Paragraph([new Run(text, false)], indent, style);

    /// <summary>A text over as many lines as it needs; lines break at spaces only, never at a no-break space.</summary>
    public void Paragraph(IReadOnlyList<Run> runs, int indent = 0, Style? style = null, int hanging = 0)
    {
        var room = Math.Min(Width, Measured + indent) - indent - hanging;
        var used = 0;
        var first = true;
        Add(new string(' ', indent), null);
        foreach (var (word, strong, spaced) in Words(runs))
        {
            var rest = word;
            var lead = used > 0 && spaced ? " " : "";
            if (used > 0 && used + lead.Length + Cells.Width(rest) > room + (first ? hanging : 0))
            {
                NewLine();
                lead = "";
            }
            while (Cells.Width(rest) > room && used == 0)
            {
                var (head, tail) = Cells.Split(rest, room);
                if (head.Length == 0)
                {
                    break;
                }
                Add(head, strong ? Strong : style);
                NewLine();
                rest = tail;
            }
            Add(lead + rest, strong ? Strong : style);
            used += lead.Length + Cells.Width(rest);
        }
        segments.Add(Segment.LineBreak);

        void NewLine()
        {
            segments.Add(Segment.LineBreak);
            Add(new string(' ', indent + hanging), null);
            used = 0;
            first = false;
        }
    }

    // A strong figure may touch the full stop that follows it: only a space in the text is a space.
    private static IEnumerable<(string Word, bool IsStrong, bool IsSpaced)> Words(IReadOnlyList<Run> runs)
    {
        var spaced = false;
        foreach (var run in runs)
        {
            var words = run.Text.Split(' ');
            for (var i = 0; i < words.Length; i++)
            {
                spaced |= i > 0;
                if (words[i].Length > 0)
                {
                    yield return (words[i], run.IsStrong, spaced);
                    spaced = false;
                }
            }
        }
    }

    public void Table(IReadOnlyList<TableColumn> columns, IReadOnlyList<TableRow> rows, int indent = 2)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        var widths = columns
            .Select((c, i) => rows.Select(r => Cells.Width(r.Cells[i].Text)).Append(Cells.Width(c.Header)).Max())
            .ToArray();
        var taker = columns.ToList().FindIndex(c => c.Takes);
        int Room() => Width - indent - shown.Where(i => i != taker).Sum(i => widths[i] + Gap);
        while (
            Room() < Math.Min(widths[taker], LeastName)
            && shown.FindLastIndex(i => columns[i].GivesWay) is var last and >= 0
        )
        {
            shown.RemoveAt(last);
        }
        widths[taker] = Math.Clamp(Room(), 4, widths[taker]);
        if (columns.Any(c => c.Header.Length > 0))
        {
            Row([.. columns.Select(c => new Cell(c.Header, Quiet))]);
        }
        foreach (var row in rows)
        {
            Row(row.Cells);
            if (row.Under is { } under)
            {
                Add(new string(' ', indent + Gap), null);
                Add(Cells.Shorten(under.Text, Width - indent - Gap), under.Style ?? Quiet);
                segments.Add(Segment.LineBreak);
            }
        }

        void Row(Cell[] cells)
        {
            Add(new string(' ', indent), null);
            // No spaces after the last word of a line: they would wrap in a window that shrinks.
            var end = shown.FindLast(i => cells[i].Text.Length > 0);
            foreach (var i in shown.TakeWhile(i => i <= end))
            {
                var text = Cells.Shorten(cells[i].Text, widths[i]);
                text =
                    columns[i].IsFigure ? Cells.PadLeft(text, widths[i])
                    : i == end ? text
                    : Cells.PadRight(text, widths[i]);
                Add(Cells.EndWriting(text), cells[i].Style);
                if (i != end)
                {
                    Add(new string(' ', Gap), null);
                }
            }
            segments.Add(Segment.LineBreak);
        }
    }

    private void Add(string text, Style? style)
    {
        if (text.Length > 0)
        {
            segments.Add(new Segment(text, style ?? Style.Plain));
        }
    }

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Width, Width);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
}
