using PorteOuverte.Ledgers.Fec;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Says what each client line of an entry is, from the accounts that stand beside it, and shares the entry's sales among its clients.</summary>
/// <param name="parts">Where the lines lie.</param>
/// <param name="numbering">From the numbers of each part to those of the ledger.</param>
/// <param name="rows">Receives the movements, each in the place kept for it.</param>
/// <param name="firstEntry">Serial number of the first entry: several classifications must not share any.</param>
internal sealed class Classification(IReadOnlyList<Part> parts, Numbering numbering, MovementTable rows, int firstEntry)
{
    private readonly List<LineAt> clientLines = [];
    private readonly List<LineAt> buyerLines = [];
    private readonly HashSet<(int Client, MovementKind Kind)> seen = [];
    private int entries = firstEntry;

    private readonly record struct LineAt(RunAt Run, int Posting);

    /// <summary>Sales without a client account nor a named buyer, per day.</summary>
    public DayTotals DirectSales { get; } = new();

    public (int First, int Last) DirectDays { get; private set; } = (int.MaxValue, 0);

    /// <summary>Year-end entries left out of the sales, per file.</summary>
    public Dictionary<int, (int Count, int Line)> ClosingEntries { get; } = [];

    private long salesCredit;
    private long salesDebit;
    private long vat;
    private long treasury;
    private Traits traits;

    // False where an account stands in the entry that says nothing by its number.
    private bool onlyKnown;

    /// <summary>An entry of one run.</summary>
    public void Entry(RunAt run)
    {
        Clear();
        Read(run);
        Classify(run);
    }

    /// <summary>An entry of several runs.</summary>
    public void Entry(IReadOnlyList<RunAt> runs)
    {
        Clear();
        foreach (var run in runs)
        {
            Read(run);
        }
        Classify(runs[0]);
    }

    private void Classify(RunAt run)
    {
        ref readonly var first = ref parts[run.Part].Runs.Items[run.Index];
        if ((first.Marks & RunMarks.Closing) != 0 || (traits & (Traits.Result | Traits.Revenue)) == (Traits.Result | Traits.Revenue))
        {
            if (salesCredit != 0 || salesDebit != 0 || clientLines.Count > 0)
            {
                var line = parts[run.Part].Postings.Items[first.First].Line;
                var (count, at) = ClosingEntries.GetValueOrDefault(first.File, (0, line));
                ClosingEntries[first.File] = (count + 1, Math.Min(at, line));
            }
            return;
        }
        entries++;
        var opening = (first.Marks & RunMarks.Opening) != 0;
        var sales = salesCredit - salesDebit;
        long debits = 0,
            credits = 0;
        foreach (var line in clientLines)
        {
            var amount = At(line).Amount;
            debits += Math.Max(0, amount);
            credits -= Math.Min(0, amount);
        }
        if (sales == 0 && salesCredit == 0)
        {
            foreach (var line in clientLines)
            {
                Add(line, opening ? MovementKind.Opening : WithoutSales(At(line).Amount), 0, 0);
            }
            return;
        }
        // Which side carries the sales: the debits of an invoice, the credits of a credit note, both where one
        // entry holds both, or none where a bank deposit mixes payments with cash sales.
        var both = debits > 0 && credits > 0 && salesCredit > 0 && salesDebit > 0 && treasury == 0 && (traits & Traits.Advance) == 0;
        var toDebits = both ? salesCredit : sales > 0 && debits > 0 ? sales : 0;
        // A rebate among payments is no credit note: the money says what the credits are.
        var toCredits = both ? -salesDebit : sales < 0 && credits > 0 && treasury <= 0 ? sales : 0;
        var debitShare = new Share(toDebits, both || toDebits == 0 ? 0 : vat, debits);
        var creditShare = new Share(toCredits, both || toCredits == 0 ? 0 : vat, credits);
        foreach (var line in clientLines)
        {
            var amount = At(line).Amount;
            if (amount > 0 && toDebits != 0)
            {
                var (net, tax) = debitShare.Next(amount);
                Add(line, MovementKind.Invoice, net, tax);
            }
            else if (amount < 0 && toCredits != 0)
            {
                var (net, tax) = creditShare.Next(-amount);
                Add(line, MovementKind.CreditNote, net, tax);
            }
            else
            {
                Add(line, WithoutSales(amount), 0, 0);
            }
        }
        AddDirect(first.Date, sales - toDebits - toCredits);
    }

    private ref Posting At(LineAt line) => ref parts[line.Run.Part].Postings.Items[line.Posting];

    private void Clear()
    {
        clientLines.Clear();
        buyerLines.Clear();
        salesCredit = salesDebit = vat = treasury = 0;
        traits = Traits.None;
        onlyKnown = true;
        if (seen.Count > 0)
        {
            seen.Clear();
        }
    }

    private void Read(RunAt at)
    {
        var part = parts[at.Part];
        ref readonly var run = ref part.Runs.Items[at.Index];
        traits |= run.Traits;
        for (var i = run.First; i < run.First + run.Count; i++)
        {
            ref readonly var posting = ref part.Postings.Items[i];
            var account = part.Accounts[posting.Account].Traits;
            if ((account & Traits.Client) != 0)
            {
                if (posting.Amount != 0)
                {
                    clientLines.Add(new LineAt(at, i));
                }
            }
            else if ((account & Traits.Revenue) != 0)
            {
                salesCredit -= Math.Min(0, posting.Amount);
                salesDebit += Math.Max(0, posting.Amount);
                if (posting.Client >= 0)
                {
                    buyerLines.Add(new LineAt(at, i));
                }
            }
            else if ((account & Traits.Vat) != 0)
            {
                vat -= posting.Amount;
            }
            else if ((account & Traits.Treasury) != 0)
            {
                treasury += posting.Amount;
            }
            else if (account == Traits.None && posting.Amount != 0)
            {
                onlyKnown = false;
            }
        }
    }

    private MovementKind WithoutSales(long amount)
    {
        if ((traits & Traits.Treasury) != 0)
        {
            return amount < 0 ? MovementKind.Payment : MovementKind.ReturnedPayment;
        }
        return (traits & Traits.WriteOff) != 0 ? MovementKind.WriteOff
            : (traits & Traits.Supplier) != 0 ? MovementKind.Offset
            : (traits & Traits.Advance) != 0 ? MovementKind.Advance
            : (traits & Traits.Rounding) != 0 ? MovementKind.Rounding
            : traits == Traits.Client && onlyKnown ? MovementKind.Transfer
            : MovementKind.Other;
    }

    private void AddDirect(int day, long sales)
    {
        if (sales == 0)
        {
            return;
        }
        if (clientLines.Count == 0)
        {
            foreach (var line in buyerLines)
            {
                sales += At(line).Amount;
                Add(line, MovementKind.DirectSale, -At(line).Amount, 0, onAccount: false);
            }
        }
        if (sales != 0)
        {
            DirectSales.Add(day, sales);
            DirectDays = (Math.Min(DirectDays.First, day), Math.Max(DirectDays.Last, day));
        }
    }

    private void Add(LineAt line, MovementKind kind, long net, long tax, bool onAccount = true)
    {
        var part = line.Run.Part;
        ref readonly var run = ref parts[part].Runs.Items[line.Run.Index];
        ref readonly var posting = ref At(line);
        ref var row = ref rows.Next(part, posting.Client);
        row.Amount = onAccount ? posting.Amount : 0;
        row.Net = net;
        row.Vat = tax;
        row.Client = numbering.Clients[part][posting.Client];
        row.Account = numbering.Accounts[part][posting.Account];
        row.Letter = numbering.Letters[part][posting.Letter];
        row.Date = run.Date;
        row.PieceDate = Plausible(posting.PieceDate, run.Date, kind);
        row.Line = posting.Line;
        row.Entry = entries;
        row.File = run.File;
        row.Part = (byte)part;
        row.Kind = kind;
        row.Continues = clientLines.Count > 1 && !seen.Add((row.Client, kind));
        // The document's number, or the entry's where it has none.
        var useNumber = run.ReferenceLength == 0;
        row.ReferenceAt = useNumber ? run.ReferenceAt + run.ReferenceLength : run.ReferenceAt;
        row.ReferenceLength = (byte)(useNumber ? run.NumberLength : run.ReferenceLength);
    }

    // An opening brings documents of years ago forward.
    private static int Plausible(int pieceDate, int date, MovementKind kind) =>
        Dates.IsPlausible(pieceDate, date) || (kind == MovementKind.Opening && pieceDate > 0 && pieceDate <= date) ? pieceDate : 0;

    /// <summary>Shares an amount in proportion, to the last cent.</summary>
    private struct Share(long net, long vat, long whole)
    {
        private long done;
        private long netGiven;
        private long vatGiven;

        public (long Net, long Vat) Next(long part)
        {
            done += part;
            var shared = (Proportion(net, done) - netGiven, Proportion(vat, done) - vatGiven);
            netGiven += shared.Item1;
            vatGiven += shared.Item2;
            return shared;
        }

        private readonly long Proportion(long amount, long of) =>
            of == whole ? amount : (long)Math.Round((decimal)amount * of / whole, MidpointRounding.AwayFromZero);
    }
}

/// <summary>From the numbers of each part to those of the whole ledger.</summary>
internal sealed record Numbering(int[][] Clients, int[][] Accounts, int[][] Letters);
