using System.Collections;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What a table holds, read as it is asked for, with all that was odd.</summary>
/// <remarks>
/// Every row is something that was read, part of it, or said in <see cref="Problems"/> or <see cref="Notices"/>, which
/// are whole once everything has been asked for, and begin anew when it is asked for again.
/// </remarks>
/// <typeparam name="T">What is read: invoices, payments or clients.</typeparam>
public sealed class TableReading<T> : IEnumerable<T>
{
    private readonly Func<TableProblems, IEnumerable<T>> read;
    private readonly TableProblems problems = new();

    internal TableReading(Func<TableProblems, IEnumerable<T>> read) => this.read = read;

    /// <summary>The first thousand cells and rows that could not be read.</summary>
    public IReadOnlyList<TableProblem> Problems => problems.First;

    /// <summary>How many cells and rows could not be read.</summary>
    public int ProblemCount => problems.Count;

    /// <summary>How many of them are rows that were left out.</summary>
    public int RowsLeftOut => problems.RowsLeftOut;

    /// <summary>What was assumed or passed over, counted.</summary>
    public IReadOnlyList<TableNotice> Notices => problems.Notices;

    /// <inheritdoc/>
    /// <exception cref="UnreadableFileException">The file has changed since it was opened.</exception>
    public IEnumerator<T> GetEnumerator()
    {
        problems.Clear();
        return read(problems).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
