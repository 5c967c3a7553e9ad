namespace PorteOuverte.Ledgers.Tables;

/// <summary>Finds the row that names the columns, below titles and addresses.</summary>
internal static class HeaderFinder
{
    /// <summary>True for a cell that reads as a number or a date.</summary>
    public static bool IsTyped(TableCell cell) =>
        cell.Type != TableCellType.Text || AmountText.TryRead(cell.Text, out _) || DateText.Read(cell.Text).IsDate;

    /// <summary>True where rows stand in columns: at least two of them with two cells, and most of them so.</summary>
    public static bool IsTable(IReadOnlyList<TableRow> head) =>
        head.Count(r => r.Filled > 1) is var wide && wide > 1 && wide * 2 >= head.Count - 20;

    /// <summary>The place of the header among the first rows; -1 where they are all data.</summary>
    public static int Find(IReadOnlyList<TableRow> head)
    {
        var best = -1;
        var bestScore = 0.0;
        for (var i = 0; i < Math.Min(head.Count - 1, TableLimits.Head / 2); i++)
        {
            var score = Score(head, i);
            if (score > bestScore)
            {
                (best, bestScore) = (i, score);
            }
        }
        return best;
    }

    private static double Score(IReadOnlyList<TableRow> head, int at)
    {
        var cells = head[at]
            .Cells.Select((c, position) => (Cell: c, Position: position))
            .Where(c => !c.Cell.IsEmpty)
            .ToList();
        var below = head.Skip(at + 1).Take(20).ToList();
        var typed = cells.Count(c => IsTyped(c.Cell));
        if (cells.Count < 2 || typed * 3 > cells.Count)
        {
            return 0;
        }
        var widths = below.Select(r => r.Filled).Order().ToList();
        var usual = Math.Max(1, widths[widths.Count / 2]);
        var distinct = cells.Select(c => Cells.Fold(c.Cell.Text)).Distinct(StringComparer.Ordinal).Count();
        var known = cells.Count(c => FieldWords.Knows(c.Cell.Text));
        // Text here and figures below is what tells a header from a row of text.
        var contrast = cells.Count(c =>
            !IsTyped(c.Cell)
            && below.Count(r => !r[c.Position].IsEmpty && IsTyped(r[c.Position])) * 2
                > below.Count(r => !r[c.Position].IsEmpty)
        );
        return (3.0 * known / cells.Count)
            + (2 * Math.Min(1.0, (double)cells.Count / usual))
            + (3.0 * contrast / cells.Count)
            + ((double)distinct / cells.Count)
            - (4.0 * typed / cells.Count)
            - (cells.Count * 2 < usual ? 4 : 0)
            - (0.01 * at);
    }
}
