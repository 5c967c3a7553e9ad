using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Holds the openings against what earlier entries say of each client.</summary>
/// <remarks>
/// Lines that repeat a client's balance are taken out, after handing their lettering to the lines they repeat: the file of a
/// year is often exported before its last invoices are paid, and they are lettered only in the next file, on the opening
/// line that brings them forward. Where an opening says something else, it is right and what came before no longer counts.
/// </remarks>
internal sealed class Openings(MovementRow[] movements, int[] clientStarts, Exercises exercises)
{
    // The lettering packs the year in six bits; books of more than sixty years share the last.
    private const int MostYears = 63;

    private readonly Dictionary<int, List<int>> resets = [];

    /// <summary>Opening lines taken out because they repeat: per file, how many and the first.</summary>
    public Dictionary<int, (int Count, int Line)> Repeated { get; } = [];

    /// <summary>Opening lines that say something else than the entries before them.</summary>
    public Dictionary<int, (int Count, int Line)> Differing { get; } = [];

    /// <summary>The day from which a client's balance counts, as known at the end of another.</summary>
    public int StartOf(int client, int last)
    {
        var start = 0;
        foreach (var exercise in exercises.All)
        {
            if (!exercise.IsExplained && exercise.Opening <= last)
            {
                start = exercise.Start;
            }
        }
        foreach (var day in resets.GetValueOrDefault(client, []))
        {
            start = day <= last ? Math.Max(start, day) : start;
        }
        return start;
    }

    public void Resolve(IReadOnlyList<Part> parts)
    {
        for (var e = 0; e < exercises.All.Count; e++)
        {
            if (exercises.All[e].IsDoubtful && Clients.All(c => Difference(c, exercises.All[e] with { Start = exercises.All[e].Opening }) == 0))
            {
                exercises.Explain(e);
            }
        }
        if (exercises.All.Count > 1)
        {
            for (var i = 0; i < movements.Length; i++)
            {
                movements[i].Year = (byte)Math.Min(MostYears, exercises.Of(movements[i].Date));
            }
        }
        for (var e = 0; e < exercises.All.Count; e++)
        {
            if (exercises.All[e].IsExplained)
            {
                Resolve(exercises.All[e], parts);
            }
        }
    }

    private void Resolve(Exercises.Exercise exercise, IReadOnlyList<Part> parts)
    {
        // One line for all clients together repeats them just as well as a line for each.
        var whole = Clients.Sum(client => Difference(client, exercise)) == 0;
        foreach (var client in Clients)
        {
            var repeats = whole || Difference(client, exercise) == 0;
            var has = false;
            for (var i = clientStarts[client]; i < clientStarts[client + 1]; i++)
            {
                ref var row = ref movements[i];
                if (!IsOpeningOf(row, exercise))
                {
                    continue;
                }
                has = true;
                Count(repeats ? Repeated : Differing, row);
                if (repeats)
                {
                    if (row.Letter != 0 && Origin(row, client, parts) is var origin and >= 0)
                    {
                        movements[origin].Letter = row.Letter;
                        movements[origin].Account = row.Account;
                        movements[origin].Year = row.Year;
                    }
                    row.Amount = 0;
                    row.Letter = 0;
                }
            }
            if (has && !repeats)
            {
                if (!resets.TryGetValue(client, out var days))
                {
                    resets.Add(client, days = []);
                }
                days.Add(exercise.Start);
            }
        }
    }

    private IEnumerable<int> Clients => Enumerable.Range(0, clientStarts.Length - 1);

    // What the opening says less what the entries before it add up to.
    private long Difference(int client, Exercises.Exercise exercise)
    {
        var start = StartOf(client, exercise.Opening - 1);
        long difference = 0;
        for (var i = clientStarts[client]; i < clientStarts[client + 1]; i++)
        {
            ref readonly var row = ref movements[i];
            if (IsOpeningOf(row, exercise))
            {
                difference += row.Amount;
            }
            else if (row.Date >= start && row.Date < exercise.Start)
            {
                difference -= row.Amount;
            }
        }
        return difference;
    }

    private static bool IsOpeningOf(in MovementRow row, Exercises.Exercise exercise) =>
        row.Kind == MovementKind.Opening && row.Date >= exercise.Opening && row.Date <= exercise.LastOpening;

    private static void Count(Dictionary<int, (int Count, int Line)> counts, in MovementRow row)
    {
        var (count, line) = counts.GetValueOrDefault(row.File, (0, row.Line));
        counts[row.File] = (count + 1, Math.Min(line, row.Line));
    }

    // The line an opening line repeats: same amount, not lettered, best with the same document or date.
    private int Origin(in MovementRow opening, int client, IReadOnlyList<Part> parts)
    {
        var best = -1;
        var bestScore = -1;
        for (var i = clientStarts[client]; i < clientStarts[client + 1]; i++)
        {
            ref readonly var row = ref movements[i];
            if (row.Amount != opening.Amount || row.Letter != 0 || row.Date >= opening.Date || row.Kind == MovementKind.Opening)
            {
                continue;
            }
            var score =
                Reference(row, parts).SequenceEqual(Reference(opening, parts)) ? 2
                : row.InvoiceDate == opening.PieceDate ? 1
                : 0;
            if (score > bestScore || (score == bestScore && row.Date < movements[best].Date))
            {
                (best, bestScore) = (i, score);
            }
        }
        return best;
    }

    public static ReadOnlySpan<byte> Reference(in MovementRow row, IReadOnlyList<Part> parts) =>
        parts[row.Part].References.Items.AsSpan(row.ReferenceAt, row.ReferenceLength);
}
