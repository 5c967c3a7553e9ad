namespace PorteOuverte.Ledgers.Tables;

/// <summary>What the file itself says a cell is. Cells of a CSV are always text.</summary>
public enum TableCellType
{
    /// <summary>Text, to be read by the format chosen for its column.</summary>
    Text,

    /// <summary>A number of a workbook; <see cref="TableCell.Text"/> is written with a decimal point, without grouping.</summary>
    Number,

    /// <summary>A date of a workbook; <see cref="TableCell.Text"/> is written <c>2025-01-31</c>.</summary>
    Date,
}

/// <summary>One cell of a table.</summary>
/// <param name="Text">What stands there, without the spaces around it; may be empty.</param>
/// <param name="Type">What the file says it is.</param>
/// <param name="Currency">The currency (ISO 4217) a workbook shows with the number, or null.</param>
public readonly record struct TableCell(string Text, TableCellType Type = TableCellType.Text, string? Currency = null)
{
    /// <summary>A cell without content.</summary>
    public static TableCell Empty { get; } = new("");

    /// <summary>True where nothing stands in the cell.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Text);
}

/// <summary>One row of a table.</summary>
public sealed class TableRow
{
    private readonly TableCell[] cells;

    internal TableRow(int line, TableCell[] cells)
    {
        Line = line;
        this.cells = cells;
        foreach (var cell in cells)
        {
            Filled += cell.IsEmpty ? 0 : 1;
        }
    }

    /// <summary>Its line in the file (the first, where a cell holds line ends), or its row in the sheet; from 1.</summary>
    public int Line { get; }

    /// <summary>How many cells are not empty.</summary>
    public int Filled { get; }

    /// <summary>The cells as they stand; rows may be of different lengths.</summary>
    public IReadOnlyList<TableCell> Cells => cells;

    /// <summary>The cell at a position; empty beyond the last.</summary>
    /// <param name="position">The column's position, from 0.</param>
    public TableCell this[int position] => position < cells.Length ? cells[position] : TableCell.Empty;
}

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsHidden">True where the workbook does not show it.</param>
public sealed record TableSheet(string Name, bool IsHidden);

/// <summary>What a person corrects of the way a file is read; what is null is found out.</summary>
public sealed record TableChoices
{
    /// <summary>The sheet's name.</summary>
    public string? Sheet { get; init; }

    /// <summary>The line of the header, from 1; 0 for a table without one.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>The separator of a CSV.</summary>
    public char? Separator { get; init; }

    /// <summary>The encoding of a CSV: one of those <see cref="LedgerFile.Encoding"/> names.</summary>
    public string? Encoding { get; init; }
}
