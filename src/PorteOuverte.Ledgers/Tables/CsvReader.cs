using System.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>Cuts text into rows (RFC 4180), whatever the line ends, and never holds more than one row.</summary>
/// <remarks>
/// By hand: a quote that never closes, a cell without end and the line of each row must be known here, and a library
/// that hides them would have to be worked around. A quote inside a cell that does not begin with one is a letter.
/// </remarks>
internal sealed class CsvReader(TextReader text, char separator, string file)
{
    private readonly char[] buffer = new char[1 << 15];
    private readonly StringBuilder cell = new();
    private readonly List<TableCell> cells = [];
    private int at;
    private int length;
    private int line = 1;
    private int size;

    private enum End
    {
        Cell,
        Row,
        File,
    }

    /// <summary>True where a cell is wrapped in quotes.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>True once the last row has been read and no line end follows it.</summary>
    public bool EndsOpen { get; private set; }

    /// <summary>The next row, blank ones included; null at the end.</summary>
    /// <exception cref="UnreadableFileException">A cell, a row or their number is beyond the limits, or a quote never closes.</exception>
    public TableRow? Read()
    {
        if (!Fill())
        {
            return null;
        }
        cells.Clear();
        size = 0;
        var first = line;
        End end;
        do
        {
            end = ReadCell();
            Add(first);
        } while (end == End.Cell);
        EndsOpen = end == End.File;
        return new TableRow(first, [.. cells]);
    }

    private void Add(int first)
    {
        size += cell.Length;
        if (size > TableLimits.Row)
        {
            throw TableLimits.Exceeded(file, "row", first);
        }
        var value = Cells.Trim(cell.ToString());
        if (cells.Count < TableLimits.Columns)
        {
            cells.Add(new TableCell(value));
        }
        else if (value.Length > 0)
        {
            throw TableLimits.Exceeded(file, "columns", first);
        }
    }

    private End ReadCell()
    {
        cell.Clear();
        if (Fill() && buffer[at] == '"')
        {
            at++;
            ReadQuoted();
        }
        while (Fill())
        {
            var rest = buffer.AsSpan(at, length - at);
            var stop = rest.IndexOfAny(separator, '\r', '\n');
            Append(stop < 0 ? rest : rest[..stop], 0);
            at += stop < 0 ? rest.Length : stop;
            if (stop < 0)
            {
                continue;
            }
            if (buffer[at] == separator)
            {
                at++;
                return End.Cell;
            }
            TakeLineEnd();
            return End.Row;
        }
        return End.File;
    }

    private void ReadQuoted()
    {
        var opened = line;
        IsQuoted = true;
        while (Fill())
        {
            var rest = buffer.AsSpan(at, length - at);
            var stop = rest.IndexOfAny('"', '\r', '\n');
            Append(stop < 0 ? rest : rest[..stop], opened);
            at += stop < 0 ? rest.Length : stop;
            if (stop < 0)
            {
                continue;
            }
            if (buffer[at] != '"')
            {
                TakeLineEnd();
                cell.Append('\n');
                continue;
            }
            at++;
            if (!Fill() || buffer[at] != '"')
            {
                return;
            }
            at++;
            cell.Append('"');
        }
        throw new UnreadableFileException(file, UnreadableReason.OpenQuote, opened);
    }

    private void Append(ReadOnlySpan<char> some, int opened)
    {
        if (cell.Length + some.Length > TableLimits.Cell)
        {
            throw opened > 0
                ? new UnreadableFileException(file, UnreadableReason.OpenQuote, opened)
                : TableLimits.Exceeded(file, "cell", line);
        }
        cell.Append(some);
    }

    private void TakeLineEnd()
    {
        line++;
        if (buffer[at++] == '\r' && Fill() && buffer[at] == '\n')
        {
            at++;
        }
    }

    private bool Fill()
    {
        if (at == length)
        {
            at = 0;
            length = text.Read(buffer, 0, buffer.Length);
        }
        return length > 0;
    }
}
