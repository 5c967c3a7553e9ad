namespace PorteOuverte.Ledgers.Tables;

/// <summary>Looks at all rows of a table once, and tells its columns and what is odd.</summary>
internal sealed class TableSurvey
{
    private readonly TableFile table;
    private readonly TableRow? header;
    private readonly bool isCsv;
    private readonly int width;
    private readonly List<ColumnEvidence> columns = [];
    private int extra;
    private int firstExtra;
    private int firstShort;
    private int repeated;
    private int firstRepeated;

    public TableSurvey(TableFile table, TableRow? header, bool isCsv)
    {
        this.table = table;
        this.header = header;
        this.isCsv = isCsv;
        for (var i = header?.Cells.Count ?? 0; i > 0 && width == 0; i--)
        {
            width = header!.Cells[i - 1].IsEmpty ? 0 : i;
        }
        // A header that lists four names over two thousand empty cells is four columns wide.
        while (columns.Count < width)
        {
            columns.Add(new ColumnEvidence());
        }
    }

    public int Rows { get; private set; }

    public int Short { get; private set; }

    public bool LastIsShort { get; private set; }

    public int LastLine { get; private set; }

    public void Add(TableRow row)
    {
        if (table.RepeatsHeader(row))
        {
            firstRepeated = repeated++ == 0 ? row.Line : firstRepeated;
            return;
        }
        Rows++;
        LastLine = row.Line;
        // A row of totals may be as short as it likes.
        LastIsShort = isCsv && row.Cells.Count < width && !row.Cells.Any(c => RowWords.IsTotal(c.Text));
        if (LastIsShort)
        {
            firstShort = Short++ == 0 ? row.Line : firstShort;
        }
        var last = 0;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            if (cell.IsEmpty)
            {
                continue;
            }
            while (columns.Count <= i)
            {
                columns.Add(new ColumnEvidence());
            }
            columns[i].Add(cell);
            last = i + 1;
        }
        if (header is not null && last > width)
        {
            firstExtra = extra++ == 0 ? row.Line : firstExtra;
        }
    }

    public IReadOnlyList<TableColumn> Columns(bool since1904)
    {
        var found = new List<TableColumn>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            var name = header is null ? "" : Cells.Label(header[i].Text);
            var folded = Cells.Fold(name);
            var key = "@" + Cells.Letter(i);
            if (folded.Length > 0)
            {
                var nth = seen[folded] = seen.GetValueOrDefault(folded) + 1;
                key = nth == 1 ? folded : $"{folded}#{nth}";
            }
            var isDate = FieldWords.Best(name) is TableField.Date or TableField.DueDate or TableField.PaidOn;
            var column = columns[i].Column(i, name, key, isDate, since1904);
            if (column.Name.Length > 0 || column.Filled > 0)
            {
                found.Add(column);
            }
        }
        return PreferKnownOrder(found);
    }

    public IReadOnlyList<TableNotice> Notices(IReadOnlyList<TableRow> preamble, int formulas)
    {
        var notices = new List<TableNotice>();
        if (preamble.Count > 0)
        {
            notices.Add(
                new TableNotice(
                    TableNoticeCode.Preamble,
                    preamble.Count,
                    preamble[0].Line,
                    null,
                    Cells.Short(preamble[0].Cells.First(c => !c.IsEmpty).Text)
                )
            );
        }
        if (header is null)
        {
            notices.Add(new TableNotice(TableNoticeCode.NoHeader, 1, 0));
        }
        var twice = table.Columns.Where(c => c.Key.Contains('#', StringComparison.Ordinal)).ToList();
        notices.AddRange(twice.Select(c => new TableNotice(TableNoticeCode.SameName, 1, table.HeaderLine, c.Name)));
        Add(TableNoticeCode.ExtraCells, extra, firstExtra);
        Add(TableNoticeCode.MissingCells, Short, firstShort);
        Add(TableNoticeCode.RepeatedHeader, repeated, firstRepeated);
        Add(TableNoticeCode.FormulaWithoutValue, formulas, 0);
        return notices;

        void Add(TableNoticeCode code, int count, int line)
        {
            if (count > 0)
            {
                notices.Add(new TableNotice(code, count, line));
            }
        }
    }

    // One program wrote all columns: what one of them tells makes that order the likelier in another, though no more.
    private static List<TableColumn> PreferKnownOrder(List<TableColumn> columns)
    {
        var known = columns.Select(c => c.Dates).FirstOrDefault(d => d is DateForm.DayFirst or DateForm.MonthFirst);
        return known is not DateForm.MonthFirst
            ? columns
            :
            [
                .. columns.Select(c =>
                    c.DateCandidates is [DateForm.DayFirst, DateForm.MonthFirst]
                        ? c with
                        {
                            DateCandidates = [DateForm.MonthFirst, DateForm.DayFirst],
                        }
                        : c
                ),
            ];
    }
}
