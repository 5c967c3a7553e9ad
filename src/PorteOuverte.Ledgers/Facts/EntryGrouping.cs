using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Puts runs of lines together into entries that balance, whatever their order in the files.</summary>
/// <remarks>
/// An entry is journal + number + date, cut finer by document where each document balances by itself. What does not
/// balance is tried by number alone (an entry spread over journals), then by number and document, then as runs in the order
/// of the file. What remains stands alone, and is counted.
/// </remarks>
internal sealed class EntryGrouping(IReadOnlyList<Part> parts)
{
    private readonly List<RunView> group = [];
    private readonly List<RunView> loose = [];

    /// <summary>A run with the part it lies in.</summary>
    public readonly record struct RunView(int Part, Run Run);

    /// <summary>How many entries do not balance in any way, per file.</summary>
    public Dictionary<int, (int Count, int Line)> Unbalanced { get; } = [];

    /// <summary>Calls <paramref name="entry"/> once for each entry, with its runs.</summary>
    public void ForEach(Action<List<RunView>> entry)
    {
        var total = parts.Sum(p => p.Runs.Count);
        if (total == 0)
        {
            return;
        }
        // Chains of runs with the same key, in a flat table: most entries are a single run.
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, total * 2));
        var heads = new int[size];
        var next = new int[total + 1];
        var starts = new int[parts.Count + 1];
        for (var p = 0; p < parts.Count; p++)
        {
            starts[p + 1] = starts[p] + parts[p].Runs.Count;
        }
        var mask = size - 1;
        for (var p = 0; p < parts.Count; p++)
        {
            var runs = parts[p].Runs;
            for (var r = 0; r < runs.Count; r++)
            {
                var key = runs.Items[r].EntryKey;
                var slot = (int)key & mask;
                while (heads[slot] != 0 && Key(heads[slot] - 1) != key)
                {
                    slot = (slot + 1) & mask;
                }
                var id = starts[p] + r;
                next[id + 1] = heads[slot];
                heads[slot] = id + 1;
            }
        }
        for (var slot = 0; slot < size; slot++)
        {
            if (heads[slot] == 0)
            {
                continue;
            }
            group.Clear();
            for (var id = heads[slot]; id != 0; id = next[id])
            {
                group.Add(View(id - 1));
            }
            Emit(group, entry);
        }
        EmitLoose(entry);

        ulong Key(int id)
        {
            var p = PartOf(id);
            return parts[p].Runs.Items[id - starts[p]].EntryKey;
        }
        RunView View(int id)
        {
            var p = PartOf(id);
            return new RunView(p, parts[p].Runs.Items[id - starts[p]]);
        }
        int PartOf(int id)
        {
            var p = 0;
            while (id >= starts[p + 1])
            {
                p++;
            }
            return p;
        }
    }

    private void Emit(List<RunView> runs, Action<List<RunView>> entry)
    {
        if (runs.Count == 1)
        {
            if (runs[0].Run.Balance == 0)
            {
                entry(runs);
            }
            else
            {
                loose.Add(runs[0]);
            }
            return;
        }
        if ((runs[0].Run.Marks & RunMarks.Unnumbered) != 0)
        {
            // Without numbers a run that balances is an entry of its own.
            var rest = new List<RunView>();
            foreach (var run in runs)
            {
                if (run.Run.Balance == 0)
                {
                    entry([run]);
                }
                else
                {
                    rest.Add(run);
                }
            }
            if (rest.Count == 0)
            {
                return;
            }
            runs = rest;
        }
        var pieces = runs.GroupBy(r => r.Run.PieceKey).Select(g => g.ToList()).ToList();
        if (pieces.TrueForAll(p => p.Sum(r => r.Run.Balance) == 0))
        {
            pieces.ForEach(entry);
        }
        else if (runs.Sum(r => r.Run.Balance) == 0)
        {
            entry([.. runs]);
        }
        else
        {
            loose.AddRange(runs);
        }
    }

    private void EmitLoose(Action<List<RunView>> entry)
    {
        var rest = EmitBalanced(loose, r => (r.Run.Marks & RunMarks.Unnumbered) != 0 ? r.Run.EntryKey : r.Run.NumberKey ^ (ulong)DateOnly.FromDayNumber(r.Run.Date).Year, entry);
        rest = EmitBalanced(rest, r => r.Run.PieceKey, entry);
        // Runs that balance, in the order of the file.
        var ordered = rest.OrderBy(r => r.Run.File).ThenBy(Line).ToList();
        var pending = new List<RunView>();
        long sum = 0;
        foreach (var run in ordered)
        {
            if (pending.Count > 0 && pending[0].Run.File != run.Run.File)
            {
                EmitAlone(pending, entry);
                sum = 0;
            }
            pending.Add(run);
            sum += run.Run.Balance;
            if (sum == 0)
            {
                entry([.. pending]);
                pending.Clear();
            }
        }
        EmitAlone(pending, entry);
    }

    private void EmitAlone(List<RunView> runs, Action<List<RunView>> entry)
    {
        // An entry that nothing balances is still one entry: its runs stay together.
        foreach (var one in runs.GroupBy(r => r.Run.EntryKey))
        {
            var members = one.ToList();
            var (file, line) = (members[0].Run.File, members.Min(Line));
            var (count, first) = Unbalanced.GetValueOrDefault(file, (0, line));
            Unbalanced[file] = (count + 1, Math.Min(first, line));
            entry(members);
        }
        runs.Clear();
    }

    private static List<RunView> EmitBalanced(List<RunView> runs, Func<RunView, ulong> key, Action<List<RunView>> entry)
    {
        var rest = new List<RunView>();
        foreach (var candidates in runs.GroupBy(key))
        {
            if (candidates.Sum(r => r.Run.Balance) == 0)
            {
                entry([.. candidates]);
            }
            else
            {
                rest.AddRange(candidates);
            }
        }
        return rest;
    }

    private int Line(RunView run) => parts[run.Part].Postings.Items[run.Run.First].Line;
}
