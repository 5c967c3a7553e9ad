using System.Text;
using PorteOuverte.Ledgers.Fec;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Reads the files one after the other and puts what the parts hold together.</summary>
internal sealed class LedgerAssembly
{
    private readonly List<FileReader> readers = [];

    public LedgerAssembly(int threads)
    {
        for (var i = 0; i < threads; i++)
        {
            Parts.Add(new Part());
        }
    }

    public List<Part> Parts { get; } = [];
    public List<LedgerFile> Files { get; private set; } = [];
    public MovementRow[] Movements { get; private set; } = [];
    public int[] ClientStarts { get; private set; } = [];
    public Ledger.ClientIdentity[] Clients { get; private set; } = [];
    public Ledger.AccountTotals[] Accounts { get; private set; } = [];
    public Exercises Exercises { get; private set; } = null!;
    public Openings Openings { get; private set; } = null!;
    public DayTotals DirectSales { get; private set; } = new();
    public (int First, int Last) DirectDays { get; private set; }
    public bool IsLettered { get; private set; }

    public void Read(IReadOnlyList<LedgerSource> sources, Action<long>? progress, CancellationToken cancellation)
    {
        long done = 0;
        var duplicates = FindDuplicates(sources);
        for (var i = 0; i < sources.Count; i++)
        {
            if (duplicates.ContainsKey(i))
            {
                continue;
            }
            long size = 0;
            var reader = new FileReader(sources[i], (ushort)readers.Count, Parts);
            Files.Add(reader.Read(bytes => progress?.Invoke(done + (size = bytes)), cancellation));
            readers.Add(reader);
            done += size;
        }
        foreach (var (copy, original) in duplicates)
        {
            var reader = original - duplicates.Keys.Count(d => d < original);
            readers[reader].Tally.Note(NoticeCode.DuplicateFile, Tally.WholeLine, 0, Encoding.UTF8.GetBytes(sources[copy].Name));
        }
        var company = Files.Find(f => f.Siren is not null)?.Siren;
        for (var i = 0; i < Files.Count; i++)
        {
            if (Files[i].Siren is { } siren && siren != company)
            {
                readers[i].Tally.Note(NoticeCode.OtherCompany, Tally.WholeLine, 0, Encoding.ASCII.GetBytes(siren), Encoding.ASCII.GetBytes(company!));
            }
        }
        Assemble();
        for (var i = 0; i < Files.Count; i++)
        {
            // Only now that all files are read is everything noticed.
            Files[i] = Files[i] with
            {
                Notices = [.. readers[i].Tally.Notices(readers[i].Layout, CodePages.Of(Files[i].Encoding))],
            };
        }
    }

    // The same export given twice would double every figure.
    private static Dictionary<int, int> FindDuplicates(IReadOnlyList<LedgerSource> sources)
    {
        var duplicates = new Dictionary<int, int>();
        if (sources.Count < 2)
        {
            return duplicates;
        }
        var lengths = new long[sources.Count];
        for (var i = 0; i < sources.Count; i++)
        {
            using var stream = sources[i].Open();
            lengths[i] = stream.Length;
            for (var j = 0; j < i; j++)
            {
                if (lengths[j] == lengths[i] && !duplicates.ContainsKey(j) && SameContent(sources[j], stream))
                {
                    duplicates.Add(i, j);
                    break;
                }
            }
        }
        return duplicates;
    }

    private static bool SameContent(LedgerSource source, Stream other)
    {
        using var stream = source.Open();
        other.Position = 0;
        var (a, b) = (new byte[1 << 16], new byte[1 << 16]);
        while (true)
        {
            var read = stream.ReadAtLeast(a, a.Length, throwOnEndOfStream: false);
            var same = other.ReadAtLeast(b, b.Length, throwOnEndOfStream: false);
            if (!a.AsSpan(0, read).SequenceEqual(b.AsSpan(0, same)))
            {
                return false;
            }
            if (read == 0)
            {
                return true;
            }
        }
    }

    private void Assemble()
    {
        var numbering = Number();
        var grouping = new EntryGrouping(Parts);
        // Each part's entries are classified by its own thread, then the few that lie across runs or parts.
        var rows = new MovementTable(Parts, numbering, Clients.Length);
        var classifications = new Classification[Parts.Count + 1];
        for (var p = 0; p < classifications.Length; p++)
        {
            classifications[p] = new Classification(Parts, numbering, rows, p << 27);
        }
        Parallel.For(0, Parts.Count, p => grouping.ForEachSingle(p, classifications[p].Entry));
        grouping.ForEachGroup(classifications[^1].Entry);
        foreach (var (file, (count, line)) in grouping.Unbalanced)
        {
            readers[file].Tally.Note(NoticeCode.UnbalancedEntry, Tally.WholeLine, line, default, default, count);
        }
        foreach (var classification in classifications)
        {
            foreach (var (file, (count, line)) in classification.ClosingEntries)
            {
                readers[file].Tally.Note(NoticeCode.ClosingEntry, Tally.WholeLine, line, default, default, count);
            }
        }
        foreach (var part in Parts)
        {
            // Only the references of documents are still needed.
            part.Postings = new Growing<Posting>(1);
            part.Runs = new Growing<Run>(1);
        }
        var directDays = (First: int.MaxValue, Last: 0);
        foreach (var classification in classifications)
        {
            DirectSales.AddAll(classification.DirectSales);
            directDays = (Math.Min(directDays.First, classification.DirectDays.First), Math.Max(directDays.Last, classification.DirectDays.Last));
        }
        DirectDays = directDays;
        (Movements, ClientStarts) = (rows.Rows, rows.ClientStarts);
        Exercises = new Exercises(Parts);
        Openings = new Openings(Movements, ClientStarts, Exercises);
        Openings.Resolve(Parts);
        NoteOpenings(Openings, Exercises);
        int lettered = 0,
            credits = 0;
        foreach (var row in Movements)
        {
            if (row.Kind is MovementKind.Payment or MovementKind.CreditNote)
            {
                credits++;
                lettered += row.Letter != 0 ? 1 : 0;
            }
        }
        IsLettered = lettered * 20 >= credits && lettered > 0;
        if (!IsLettered && credits > 0)
        {
            readers[0].Tally.Note(NoticeCode.NotLettered, readers[0].Layout[Column.EcritureLet], 0, default, default, credits);
        }
        NoteSameNames();
    }

    // One number for a code of several parts, and the latest of its names.
    private Numbering Number()
    {
        var encodings = Files.ConvertAll(f => CodePages.Of(f.Encoding));
        var clientIds = new Dictionary<string, int>(StringComparer.Ordinal);
        var identities = new List<(string Code, bool Auxiliary, Part.ClientName Name)>();
        var accountIds = new Dictionary<string, int>(StringComparer.Ordinal);
        var totals = new List<Ledger.AccountTotals>();
        var accountLabels = new List<(int Client, Part.ClientName Label)>();
        var letters = new ByteTable();
        letters.GetOrAdd(default);
        var maps = (Clients: new int[Parts.Count][], Accounts: new int[Parts.Count][], Letters: new int[Parts.Count][]);
        for (var p = 0; p < Parts.Count; p++)
        {
            var part = Parts[p];
            var clientMap = maps.Clients[p] = new int[part.ClientCodes.Count];
            for (var c = 0; c < clientMap.Length; c++)
            {
                var code = part.ClientCodes[c].Length == 0 ? "?" : Repair.Label(part.ClientCodes[c], encodings[part.Clients[c].File]);
                var mine = part.Clients[c];
                if (!clientIds.TryGetValue(code, out var id))
                {
                    id = clientIds[code] = identities.Count;
                    identities.Add((code, mine.FromAuxiliary, mine));
                }
                else
                {
                    var known = identities[id];
                    known.Name.See(mine.Label, mine.Day, mine.File);
                    identities[id] = (code, known.Auxiliary || mine.FromAuxiliary, known.Name);
                }
                clientMap[c] = id;
            }
            var accountMap = maps.Accounts[p] = new int[part.AccountNumbers.Count];
            for (var a = 0; a < accountMap.Length; a++)
            {
                var number = Repair.Label(part.AccountNumbers[a], encodings[part.Accounts[a].Label.File]);
                var mine = part.Accounts[a];
                if (!accountIds.TryGetValue(number, out var id))
                {
                    id = accountIds[number] = totals.Count;
                    totals.Add(new Ledger.AccountTotals(number, mine.Traits, mine.Movements, mine.Openings));
                    accountLabels.Add((mine.Client < 0 ? -1 : clientMap[mine.Client], mine.Label));
                }
                else
                {
                    var known = totals[id];
                    totals[id] = known with
                    {
                        Movements = Merge(known.Movements, mine.Movements),
                        Openings = Merge(known.Openings, mine.Openings),
                    };
                    var label = accountLabels[id];
                    label.Label.See(mine.Label.Label, mine.Label.Day, mine.Label.File);
                    accountLabels[id] = label;
                }
                accountMap[a] = id;
            }
            var letterMap = maps.Letters[p] = new int[part.Letters.Count];
            for (var l = 0; l < letterMap.Length; l++)
            {
                letterMap[l] = letters.GetOrAdd(part.Letters[l]);
            }
        }
        // A client that only its account names bears the account's label.
        foreach (var (client, label) in accountLabels)
        {
            if (client >= 0 && !identities[client].Auxiliary)
            {
                var known = identities[client];
                known.Name.See(label.Label, label.Day, label.File);
                identities[client] = known;
            }
        }
        Clients = [.. identities.ConvertAll(c => Identify(c.Code, c.Auxiliary, Repair.Label(c.Name.Label, encodings[c.Name.File])))];
        Accounts = [.. totals];
        return new Numbering(maps.Clients, maps.Accounts, maps.Letters);
    }

    private static Ledger.ClientIdentity Identify(string code, bool auxiliary, string name) =>
        new(code, name, Collective.Is(code, name, auxiliary));

    private static DayTotals? Merge(DayTotals? a, DayTotals? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }
        a.AddAll(b);
        return a;
    }

    private void NoteOpenings(Openings openings, Exercises exercises)
    {
        foreach (var (code, counts) in ((NoticeCode, Dictionary<int, (int Count, int Line)>)[])
                [(NoticeCode.RepeatedOpening, openings.Repeated), (NoticeCode.OpeningDiffers, openings.Differing)])
        {
            foreach (var (file, (count, line)) in counts)
            {
                readers[file].Tally.Note(code, Tally.WholeLine, line, default, default, count);
            }
        }
        var gaps = exercises.All.Skip(1).Count(e => !e.IsExplained);
        if (gaps > 0)
        {
            readers[^1].Tally.Note(NoticeCode.MissingYear, Tally.WholeLine, 0, default, default, gaps);
        }
    }

    private void NoteSameNames()
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var c = 0; c < Clients.Length; c++)
        {
            var client = Clients[c];
            if (client.Name.Length == 0 || client.IsCollective || ClientStarts[c] == ClientStarts[c + 1])
            {
                continue;
            }
            if (seen.TryGetValue(client.Name, out var other))
            {
                readers[0].Tally.Note(
                    NoticeCode.SameName,
                    readers[0].Layout[Column.CompAuxLib],
                    0,
                    Encoding.UTF8.GetBytes(client.Name),
                    Encoding.UTF8.GetBytes($"{Clients[other].Code}, {client.Code}")
                );
            }
            else
            {
                seen.Add(client.Name, c);
            }
        }
    }
}
