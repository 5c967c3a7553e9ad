namespace PorteOuverte.Ledgers.Tables;

/// <summary>Gathers the problems and notices of a reading.</summary>
internal sealed class TableProblems
{
    private readonly List<TableProblem> problems = [];
    private readonly Dictionary<(TableNoticeCode, string?), TableNotice> notices = [];

    private int lastLeftOut;

    /// <summary>The first thousand.</summary>
    public IReadOnlyList<TableProblem> First => problems;

    public int Count { get; private set; }

    public int RowsLeftOut { get; private set; }

    public IReadOnlyList<TableNotice> Notices => [.. notices.Values.OrderBy(n => n.Code).ThenBy(n => n.FirstLine)];

    public void Add(int line, string? column, TableProblemReason reason, string read, bool isLeftOut)
    {
        Count++;
        // Several cells of one row may be at fault.
        RowsLeftOut += isLeftOut && line != lastLeftOut ? 1 : 0;
        lastLeftOut = isLeftOut ? line : lastLeftOut;
        if (problems.Count < TableLimits.Problems)
        {
            problems.Add(new TableProblem(line, column, reason, Cells.Short(read), isLeftOut));
        }
    }

    public void Note(TableNoticeCode code, int line, string? column = null, string? read = null, int count = 1)
    {
        var key = (code, column);
        notices[key] = notices.TryGetValue(key, out var known)
            ? known with
            {
                Count = known.Count + count,
            }
            : new TableNotice(code, count, line, column, read is null ? null : Cells.Short(read));
    }

    public void Clear()
    {
        problems.Clear();
        notices.Clear();
        (Count, RowsLeftOut, lastLeftOut) = (0, 0, 0);
    }
}
