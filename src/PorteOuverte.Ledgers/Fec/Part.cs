using PorteOuverte.Ledgers.Facts;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>One line of an entry that is kept. Numbers of accounts, clients and letters are those of its <see cref="Part"/>.</summary>
internal struct Posting
{
    /// <summary>Debit less credit, in cents.</summary>
    public long Amount;
    public int Account;

    /// <summary>The client of a client line, or the buyer of a sale without one; -1 where there is none.</summary>
    public int Client;
    public int PieceDate;

    /// <summary>0 where the line is not lettered.</summary>
    public int Letter;
    public int Line;
}

/// <summary>Lines that follow each other with the same journal, number, date and document.</summary>
internal struct Run
{
    public ulong EntryKey;
    public ulong PieceKey;

    /// <summary>Hash of the entry's number alone: the wider grouping of an entry spread over journals.</summary>
    public ulong NumberKey;
    public long Balance;
    public int First;
    public int Count;
    public int Date;
    public int ReferenceAt;
    public ushort ReferenceLength;
    public ushort NumberLength;
    public ushort File;
    public RunMarks Marks;
    public Traits Traits;
}

[Flags]
internal enum RunMarks : byte
{
    None = 0,
    Opening = 1,
    Closing = 2,

    /// <summary>The entry has no number: a run that balances is an entry by itself.</summary>
    Unnumbered = 4,
}

/// <summary>All that one worker keeps of the lines it read, over all files.</summary>
internal sealed class Part
{
    public ByteTable AccountNumbers { get; } = new();
    public ByteTable ClientCodes { get; } = new();
    public ByteTable Letters { get; } = new();
    public AccountFacts[] Accounts = new AccountFacts[64];
    public ClientName[] Clients = new ClientName[256];
    public Growing<Posting> Postings = new(4096);
    public Growing<Run> Runs = new(1024);
    public Growing<byte> References = new(4096);

    private readonly ByteTable journals = new();
    private readonly List<JournalUse> journalUses = [];

    /// <summary>What a journal is kept for; worked out once for each code and name.</summary>
    public JournalUse UseOf(ReadOnlySpan<byte> code, ReadOnlySpan<byte> name)
    {
        Span<byte> key = stackalloc byte[256];
        if (code.Length + name.Length + 1 > key.Length)
        {
            return Journals.UseOf(code, name);
        }
        code.CopyTo(key);
        key[code.Length] = (byte)'\t';
        name.CopyTo(key[(code.Length + 1)..]);
        var id = journals.GetOrAdd(key[..(code.Length + 1 + name.Length)]);
        if (id == journalUses.Count)
        {
            journalUses.Add(Journals.UseOf(code, name));
        }
        return journalUses[id];
    }

    /// <summary>Makes room for what a file of so many bytes may hold: memory that is not written to costs nothing.</summary>
    public void Reserve(long bytes)
    {
        // A line has some 130 bytes, an entry three lines.
        Postings.Reserve(Postings.Count + (int)Math.Min(bytes / 120, 1 << 26));
        Runs.Reserve(Runs.Count + (int)Math.Min(bytes / 300, 1 << 25));
        References.Reserve(References.Count + (int)Math.Min(bytes / 16, 1 << 29));
    }

    /// <summary>Days with entries other than openings.</summary>
    public HashSet<int> ActiveDays { get; } = [];

    public HashSet<int> OpeningDays { get; } = [];

    public Part() => Letters.GetOrAdd(default);

    public struct AccountFacts
    {
        public Traits Traits;

        /// <summary>The client that the account's own number names, or -1.</summary>
        public int Client;
        public ClientName Label;
        public DayTotals? Movements;
        public DayTotals? Openings;
    }

    /// <summary>The latest name of a client or account: names change, and the newest is the one people know.</summary>
    public struct ClientName
    {
        public byte[]? Label;
        public int Day;

        /// <summary>The file it stood in, whose encoding it has.</summary>
        public ushort File;
        public bool FromAuxiliary;

        /// <summary>How many lines are kept under this code.</summary>
        public int Lines;

        public void See(ReadOnlySpan<byte> label, int day, ushort file)
        {
            if (label.Length == 0)
            {
                return;
            }
            var order = Label is null ? 1 : label.SequenceCompareTo(Label);
            if (order == 0)
            {
                Day = Math.Max(Day, day);
            }
            else if (Label is null || day > Day || (day == Day && order > 0))
            {
                Label = label.ToArray();
                Day = day;
                File = file;
            }
        }
    }

    public int AccountOf(ReadOnlySpan<byte> number)
    {
        var known = AccountNumbers.Count;
        var id = AccountNumbers.GetOrAdd(number);
        if (id == known)
        {
            if (id == Accounts.Length)
            {
                Array.Resize(ref Accounts, id * 2);
            }
            var traits = Fec.Accounts.TraitsOf(number);
            Accounts[id] = new AccountFacts
            {
                Traits = traits,
                Client = (traits & Traits.Client) != 0 ? ClientOf(Fec.Accounts.ClientSuffix(number), fromAuxiliary: false) : -1,
            };
        }
        return id;
    }

    public int ClientOf(ReadOnlySpan<byte> code, bool fromAuxiliary)
    {
        var id = ClientCodes.GetOrAdd(code);
        if (id >= Clients.Length)
        {
            Array.Resize(ref Clients, id * 2);
        }
        Clients[id].FromAuxiliary |= fromAuxiliary;
        return id;
    }
}

/// <summary>An array that grows, whose items can be changed in place and whose tail can be taken back.</summary>
internal struct Growing<T>(int capacity)
    where T : struct
{
    public T[] Items = new T[capacity];
    public int Count;

    public ref T Add()
    {
        if (Count == Items.Length)
        {
            Array.Resize(ref Items, Count * 2);
        }
        return ref Items[Count++];
    }

    public void Reserve(int count)
    {
        if (count > Items.Length)
        {
            Array.Resize(ref Items, count);
        }
    }

    public int AddRange(ReadOnlySpan<T> items)
    {
        if (Count + items.Length > Items.Length)
        {
            Array.Resize(ref Items, Math.Max(Items.Length * 2, Count + items.Length));
        }
        items.CopyTo(Items.AsSpan(Count));
        Count += items.Length;
        return Count - items.Length;
    }
}
