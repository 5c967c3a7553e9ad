using PorteOuverte.Ledgers.Fec;
using static PorteOuverte.Ledgers.Facts.EntryGrouping;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Says what each client line of an entry is, from the accounts that stand beside it, and shares the entry's sales among its clients.</summary>
internal sealed class Classification(IReadOnlyList<Part> parts, Numbering numbering)
{
    private readonly List<(RunView Run, Posting Posting)> clientLines = [];
    private readonly List<(RunView Run, Posting Posting)> buyerLines = [];
    private int entries;

    public Growing<MovementRow> Movements = new(4096);

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

    public void Entry(List<RunView> runs)
    {
        Read(runs);
        var first = runs[0].Run;
        if ((first.Marks & RunMarks.Closing) != 0 || (traits & (Traits.Result | Traits.Revenue)) == (Traits.Result | Traits.Revenue))
        {
            if (salesCredit != 0 || salesDebit != 0 || clientLines.Count > 0)
            {
                var line = runs.Min(r => parts[r.Part].Postings.Items[r.Run.First].Line);
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
        foreach (var (_, posting) in clientLines)
        {
            if (posting.Amount > 0)
            {
                debits += posting.Amount;
            }
            else
            {
                credits -= posting.Amount;
            }
        }
        if (sales == 0 && salesCredit == 0)
        {
            foreach (var (run, posting) in clientLines)
            {
                Add(run, posting, opening ? MovementKind.Opening : WithoutSales(posting.Amount), 0, 0);
            }
            return;
        }
        // Which side carries the sales: the debits of an invoice, the credits of a credit note, both where one
        // entry holds both, or none where a bank deposit mixes payments with cash sales.
        var both = debits > 0 && credits > 0 && salesCredit > 0 && salesDebit > 0 && treasury == 0 && (traits & Traits.Advance) == 0;
        var toDebits = both ? salesCredit : sales > 0 && debits > 0 ? sales : 0;
        var toCredits = both ? -salesDebit : sales < 0 && credits > 0 ? sales : 0;
        // A sale taken back in full within its own entry leaves nothing to share, yet its lines are documents.
        var debitShare = new Share(toDebits, both || toDebits == 0 ? 0 : vat, debits);
        var creditShare = new Share(toCredits, both || toCredits == 0 ? 0 : vat, credits);
        foreach (var (run, posting) in clientLines)
        {
            if (posting.Amount > 0 && (toDebits != 0 || both))
            {
                var (net, tax) = debitShare.Next(posting.Amount);
                Add(run, posting, MovementKind.Invoice, net, tax);
            }
            else if (posting.Amount < 0 && (toCredits != 0 || both))
            {
                var (net, tax) = creditShare.Next(-posting.Amount);
                Add(run, posting, MovementKind.CreditNote, net, tax);
            }
            else
            {
                Add(run, posting, WithoutSales(posting.Amount), 0, 0);
            }
        }
        AddDirect(first.Date, sales - toDebits - toCredits);
    }

    private void Read(List<RunView> runs)
    {
        clientLines.Clear();
        buyerLines.Clear();
        salesCredit = salesDebit = vat = treasury = 0;
        traits = Traits.None;
        foreach (var run in runs)
        {
            var part = parts[run.Part];
            traits |= run.Run.Traits;
            for (var i = run.Run.First; i < run.Run.First + run.Run.Count; i++)
            {
                ref var posting = ref part.Postings.Items[i];
                var account = part.Accounts[posting.Account].Traits;
                if ((account & Traits.Client) != 0)
                {
                    if (posting.Amount != 0)
                    {
                        clientLines.Add((run, posting));
                    }
                }
                else if ((account & Traits.Revenue) != 0)
                {
                    if (posting.Amount < 0)
                    {
                        salesCredit -= posting.Amount;
                    }
                    else
                    {
                        salesDebit += posting.Amount;
                    }
                    if (posting.Client >= 0)
                    {
                        buyerLines.Add((run, posting));
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
            : traits == Traits.Client ? MovementKind.Transfer
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
            foreach (var (run, posting) in buyerLines)
            {
                sales += posting.Amount;
                Add(run, posting, MovementKind.DirectSale, -posting.Amount, 0, onAccount: false);
            }
        }
        if (sales != 0)
        {
            DirectSales.Add(day, sales);
            DirectDays = (Math.Min(DirectDays.First, day), Math.Max(DirectDays.Last, day));
        }
    }

    private void Add(RunView view, in Posting posting, MovementKind kind, long net, long tax, bool onAccount = true)
    {
        ref var row = ref Movements.Add();
        row.Amount = onAccount ? posting.Amount : 0;
        row.Net = net;
        row.Vat = tax;
        row.Client = numbering.Clients[view.Part][posting.Client];
        row.Account = numbering.Accounts[view.Part][posting.Account];
        row.Letter = numbering.Letters[view.Part][posting.Letter];
        row.Date = view.Run.Date;
        row.PieceDate = Plausible(posting.PieceDate, view.Run.Date, kind);
        row.Line = posting.Line;
        row.Entry = entries;
        row.File = view.Run.File;
        row.Part = (byte)view.Part;
        row.Kind = kind;
        // The document's number, or the entry's where it has none.
        var useNumber = view.Run.ReferenceLength == 0;
        row.ReferenceAt = useNumber ? view.Run.ReferenceAt + view.Run.ReferenceLength : view.Run.ReferenceAt;
        row.ReferenceLength = (byte)(useNumber ? view.Run.NumberLength : view.Run.ReferenceLength);
    }

    // A document may be a little younger than its entry, or a year older; an opening brings older ones forward.
    private static int Plausible(int pieceDate, int date, MovementKind kind) =>
        pieceDate <= date + 31 && pieceDate >= date - (kind == MovementKind.Opening ? 3660 : 400) ? pieceDate : 0;

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
