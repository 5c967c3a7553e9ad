using System.Numerics;
using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>A run of lines: which part holds it, and where.</summary>
internal readonly record struct RunAt(int Part, int Index);

/// <summary>Puts runs of lines together into entries that balance, whatever their order in the files.</summary>
/// <remarks>
/// An entry is journal + number + date, cut finer by document where each document balances by itself. What does not
/// balance is tried by number alone (an entry spread over journals), then by number and document, then as runs in the order
/// of the file. What remains stands alone, and is counted.
/// </remarks>
internal sealed class EntryGrouping
{
    private readonly IReadOnlyList<Part> parts;
    private readonly int[] starts;

    // For each run, 1 + the next with the same key, or 0; and whether another run leads to it.
    private readonly int[] next;
    private readonly bool[] follows;

    // For each part, the runs that begin a group.
    private readonly List<int>[] leads;

    public EntryGrouping(IReadOnlyList<Part> parts)
    {
        this.parts = parts;
        starts = new int[parts.Count + 1];
        for (var p = 0; p < parts.Count; p++)
        {
            starts[p + 1] = starts[p] + parts[p].Runs.Count;
        }
        next = new int[starts[^1]];
        follows = new bool[starts[^1]];
        leads = new List<int>[parts.Count];
        var tables = parts.Count;
        Parallel.For(0, tables, table => Chain((uint)table, (uint)tables));
    }

    /// <summary>How many entries do not balance in any way, and the first line of the first, per file.</summary>
    public Dictionary<int, (int Count, int Line)> Unbalanced { get; } = [];

    /// <summary>Calls <paramref name="entry"/> for each run of a part that is a balanced entry by itself: nearly all of them.</summary>
    public void ForEachSingle(int part, Action<RunAt> entry)
    {
        var others = leads[part] = [];
        for (var i = 0; i < parts[part].Runs.Count; i++)
        {
            var id = starts[part] + i;
            if (follows[id])
            {
                continue;
            }
            if (next[id] == 0 && parts[part].Runs.Items[i].Balance == 0)
            {
                entry(new RunAt(part, i));
            }
            else
            {
                others.Add(i);
            }
        }
    }

    /// <summary>
    /// Calls <paramref name="entry"/> for each entry of several runs, or of one that does not balance; after
    /// <see cref="ForEachSingle"/> of every part.
    /// </summary>
    public void ForEachGroup(Action<IReadOnlyList<RunAt>> entry)
    {
        var loose = new List<RunAt>();
        var group = new List<RunAt>();
        for (var p = 0; p < parts.Count; p++)
        {
            foreach (var i in leads[p])
            {
                group.Clear();
                for (var member = starts[p] + i + 1; member != 0; member = next[member - 1])
                {
                    var at = PartOf(member - 1);
                    group.Add(new RunAt(at, member - 1 - starts[at]));
                }
                Emit(group, entry, loose);
            }
        }
        EmitLoose(loose, entry);
    }

    private ref Run At(RunAt at) => ref parts[at.Part].Runs.Items[at.Index];

    private int PartOf(int id)
    {
        var p = 0;
        while (id >= starts[p + 1])
        {
            p++;
        }
        return p;
    }

    // Runs with the same key, found in flat tables whose slots hold half of the key beside the run; a table for each
    // value of the key's last bits, so that each is filled by a thread of its own.
    private void Chain(uint table, uint tables)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, next.Length * 2 / tables));
        // Written through in order first: a page that is read before it is written to is mapped twice, and the second
        // time halts the other threads.
        var slots = GC.AllocateUninitializedArray<ulong>((int)size);
        slots.AsSpan().Clear();
        var mask = size - 1;
        for (var p = 0; p < parts.Count; p++)
        {
            var runs = parts[p].Runs.Items.AsSpan(0, parts[p].Runs.Count);
            for (var i = 0; i < runs.Length; i++)
            {
                var key = runs[i].EntryKey;
                if ((uint)key % tables != table)
                {
                    continue;
                }
                var id = (uint)(starts[p] + i) + 1;
                for (var slot = (uint)(key / tables) & mask; ; slot = (slot + 1) & mask)
                {
                    var held = slots[slot];
                    if (held == 0)
                    {
                        slots[slot] = (key & 0xFFFFFFFF00000000) | id;
                        break;
                    }
                    if ((held ^ key) >> 32 == 0 && KeyOf((int)(uint)held - 1) == key)
                    {
                        // The first run leads; the newcomer is put right behind it.
                        var lead = (int)(uint)held - 1;
                        next[id - 1] = next[lead];
                        next[lead] = (int)id;
                        follows[id - 1] = true;
                        break;
                    }
                }
            }
        }
    }

    private ulong KeyOf(int id)
    {
        var p = PartOf(id);
        return parts[p].Runs.Items[id - starts[p]].EntryKey;
    }

    private void Emit(List<RunAt> runs, Action<IReadOnlyList<RunAt>> entry, List<RunAt> loose)
    {
        if (runs.Count > 1 && (At(runs[0]).Marks & RunMarks.Unnumbered) != 0)
        {
            // Without numbers a run that balances is an entry of its own.
            foreach (var run in runs.Where(r => At(r).Balance == 0))
            {
                entry([run]);
            }
            runs = runs.FindAll(r => At(r).Balance != 0);
            if (runs.Count == 0)
            {
                return;
            }
        }
        long sum = 0;
        var oneDocument = true;
        foreach (var run in runs)
        {
            sum += At(run).Balance;
            oneDocument &= At(run).PieceKey == At(runs[0]).PieceKey;
        }
        if (sum != 0)
        {
            loose.AddRange(runs);
        }
        else if (oneDocument)
        {
            // Nearly always an entry that the end of a block has cut in two.
            entry(runs);
        }
        else
        {
            EmitByDocument(runs, entry);
        }
    }

    // Cut by document where each document balances; runs of one document are one entry, wherever they stand.
    private void EmitByDocument(List<RunAt> runs, Action<IReadOnlyList<RunAt>> entry)
    {
        var pieces = runs.GroupBy(r => At(r).PieceKey).Select(g => g.ToList()).ToList();
        if (pieces.TrueForAll(p => p.Sum(r => At(r).Balance) == 0))
        {
            pieces.ForEach(entry);
        }
        else
        {
            entry(runs);
        }
    }

    private void EmitLoose(List<RunAt> loose, Action<IReadOnlyList<RunAt>> entry)
    {
        if (loose.Count == 0)
        {
            return;
        }
        var rest = EmitBalanced(loose, r => (r.Marks & RunMarks.Unnumbered) != 0 ? r.EntryKey : r.NumberKey ^ (ulong)DateOnly.FromDayNumber(r.Date).Year, entry);
        rest = EmitBalanced(rest, r => r.PieceKey, entry);
        // Runs that balance, in the order of the file.
        var pending = new List<RunAt>();
        long sum = 0;
        foreach (var run in rest.OrderBy(r => At(r).File).ThenBy(Line))
        {
            if (pending.Count > 0 && At(pending[0]).File != At(run).File)
            {
                EmitAlone(pending, entry);
                sum = 0;
            }
            pending.Add(run);
            sum += At(run).Balance;
            if (sum == 0)
            {
                entry(pending);
                pending.Clear();
            }
        }
        EmitAlone(pending, entry);
    }

    private void EmitAlone(List<RunAt> runs, Action<IReadOnlyList<RunAt>> entry)
    {
        // An entry that nothing balances is still one entry: its runs stay together.
        foreach (var one in runs.GroupBy(r => At(r).EntryKey))
        {
            var members = one.ToList();
            var (file, line) = (At(members[0]).File, members.Min(Line));
            var (count, first) = Unbalanced.GetValueOrDefault(file, (0, line));
            Unbalanced[file] = (count + 1, Math.Min(first, line));
            entry(members);
        }
        runs.Clear();
    }

    private List<RunAt> EmitBalanced(List<RunAt> runs, Func<Run, ulong> key, Action<IReadOnlyList<RunAt>> entry)
    {
        var rest = new List<RunAt>();
        foreach (var candidates in runs.GroupBy(r => key(At(r))))
        {
            var members = candidates.ToList();
            if (members.Sum(r => At(r).Balance) == 0)
            {
                entry(members);
            }
            else
            {
                rest.AddRange(members);
            }
        }
        return rest;
    }

    private int Line(RunAt run) => parts[run.Part].Postings.Items[At(run).First].Line;
}
