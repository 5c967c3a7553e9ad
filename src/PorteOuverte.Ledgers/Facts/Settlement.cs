using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Says of each client what is settled, when, and what is open, as it stood at the end of a day.</summary>
/// <param name="movements">All movements, by client.</param>
/// <param name="parts">Where the references of documents lie.</param>
/// <param name="start">The day from which balances count: an opening, or 0.</param>
/// <param name="last">The last day that is known.</param>
/// <param name="isLettered">False where the books are not lettered at all: amounts are then matched.</param>
internal sealed class Settlement(MovementRow[] movements, IReadOnlyList<Part> parts, int start, int last, bool isLettered)
{
    private struct State
    {
        /// <summary>Date of the last payment of its group, or 0.</summary>
        public int PaidOn;

        /// <summary>What remains, in cents.</summary>
        public long Open;
    }

    public ClientFacts Of(Ledger.ClientIdentity identity, int from, int to)
    {
        var rows = new List<int>(to - from);
        for (var i = from; i < to; i++)
        {
            if (movements[i].Date <= last && (movements[i].Amount != 0 || movements[i].Net != 0))
            {
                rows.Add(i);
            }
        }
        rows.Sort(ByDate);
        var states = new State[rows.Count];
        long balance = 0;
        for (var r = 0; r < rows.Count; r++)
        {
            states[r].Open = movements[rows[r]].Amount;
            balance += movements[rows[r]].Date >= start ? movements[rows[r]].Amount : 0;
        }
        SettleLettered(rows, states);
        SettleByReference(rows, states);
        if (!isLettered)
        {
            SettleByAmount(rows, states);
        }
        SettleOldestFirst(rows, states);
        return Facts(identity, rows, states, balance);
    }

    // The order of the files must not matter: every difference between two lines is used before none is left.
    private int ByDate(int a, int b)
    {
        ref readonly var x = ref movements[a];
        ref readonly var y = ref movements[b];
        var order = x.Date.CompareTo(y.Date);
        order = order != 0 ? order : x.InvoiceDate.CompareTo(y.InvoiceDate);
        order = order != 0 ? order : y.Amount.CompareTo(x.Amount);
        return order != 0 ? order : Openings.Reference(x, parts).SequenceCompareTo(Openings.Reference(y, parts));
    }

    // A letter is a group of one account. Codes are used again once their group is settled, so a group ends on
    // each day after which it balances.
    private void SettleLettered(List<int> rows, State[] states)
    {
        var lettered = new List<(long Group, int Row)>();
        for (var r = 0; r < rows.Count; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            if (row.Letter != 0)
            {
                lettered.Add((((long)row.Account << 32) | (uint)row.Letter, r));
            }
        }
        // Rows are in order of date; the sort by group keeps that order.
        lettered.Sort();
        var first = 0;
        long sum = 0;
        for (var i = 0; i < lettered.Count; i++)
        {
            sum += movements[rows[lettered[i].Row]].Amount;
            var ends = i + 1 == lettered.Count || lettered[i + 1].Group != lettered[i].Group;
            var dayEnds = ends || movements[rows[lettered[i + 1].Row]].Date != movements[rows[lettered[i].Row]].Date;
            if (sum == 0 && dayEnds)
            {
                Settle(rows, states, lettered.GetRange(first, i - first + 1).ConvertAll(l => l.Row));
                first = i + 1;
            }
            if (ends)
            {
                first = i + 1;
                sum = 0;
            }
        }
    }

    // An invoice and a payment that bear one document number and cancel out are one affair, lettered or not.
    private void SettleByReference(List<int> rows, State[] states)
    {
        var open = new List<int>();
        for (var r = 0; r < rows.Count; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            if (states[r].Open != 0 && row.ReferenceLength > 1 && row.Kind is MovementKind.Invoice or MovementKind.CreditNote or MovementKind.Payment)
            {
                open.Add(r);
            }
        }
        if (open.Count < 2)
        {
            return;
        }
        open.Sort((a, b) =>
        {
            var order = Openings.Reference(movements[rows[a]], parts).SequenceCompareTo(Openings.Reference(movements[rows[b]], parts));
            return order != 0 ? order : a.CompareTo(b);
        });
        for (var i = 0; i < open.Count; )
        {
            var reference = Openings.Reference(movements[rows[open[i]]], parts);
            long sum = 0;
            var j = i;
            while (j < open.Count && Openings.Reference(movements[rows[open[j]]], parts).SequenceEqual(reference))
            {
                sum += states[open[j++]].Open;
            }
            if (sum == 0)
            {
                Settle(rows, states, open.GetRange(i, j - i));
            }
            i = j;
        }
    }

    // In books without lettering: a payment settles the oldest open invoice of exactly its amount.
    private void SettleByAmount(List<int> rows, State[] states)
    {
        var invoices = new Dictionary<long, Queue<int>>();
        for (var r = 0; r < rows.Count; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            if (states[r].Open > 0 && row.Kind is MovementKind.Invoice or MovementKind.Opening)
            {
                if (!invoices.TryGetValue(states[r].Open, out var queue))
                {
                    invoices.Add(states[r].Open, queue = new Queue<int>());
                }
                queue.Enqueue(r);
            }
            else if (states[r].Open < 0 && row.Kind == MovementKind.Payment && invoices.TryGetValue(-states[r].Open, out var waiting) && waiting.TryDequeue(out var paid))
            {
                Settle(rows, states, [paid, r]);
            }
        }
    }

    // What credits remain pay the oldest debits, so that the open items add up to the balance.
    private void SettleOldestFirst(List<int> rows, State[] states)
    {
        long credit = 0;
        for (var r = 0; r < rows.Count; r++)
        {
            if (movements[rows[r]].Date < start)
            {
                // A later opening says what remained of it.
                states[r].Open = 0;
            }
            else if (states[r].Open < 0)
            {
                credit -= states[r].Open;
                states[r].Open = 0;
            }
        }
        for (var r = 0; r < rows.Count && credit > 0; r++)
        {
            if (states[r].Open > 0)
            {
                var taken = Math.Min(credit, states[r].Open);
                states[r].Open -= taken;
                credit -= taken;
            }
        }
    }

    private void Settle(List<int> rows, State[] states, List<int> group)
    {
        var paidOn = 0;
        foreach (var r in group)
        {
            ref readonly var row = ref movements[rows[r]];
            paidOn = row.Kind == MovementKind.Payment ? Math.Max(paidOn, row.Date) : paidOn;
            states[r].Open = 0;
        }
        foreach (var r in group)
        {
            states[r].PaidOn = paidOn;
        }
    }

    private ClientFacts Facts(Ledger.ClientIdentity identity, List<int> rows, State[] states, long balance)
    {
        var invoices = new List<Invoice>();
        var creditNotes = new List<Invoice>();
        var openItems = new List<OpenItem>();
        // The lines of one document are one invoice, whatever the number of its instalments.
        var documents = new Dictionary<(int Entry, MovementKind Kind), int>();
        var payments = new HashSet<int>();
        for (var r = 0; r < rows.Count; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            if (states[r].Open > 0)
            {
                openItems.Add(new OpenItem(DateOnly.FromDayNumber(row.InvoiceDate), states[r].Open, row.Kind));
            }
            if (row.Kind == MovementKind.Payment)
            {
                payments.Add(row.Entry);
            }
            if (row.Kind is not (MovementKind.Invoice or MovementKind.CreditNote or MovementKind.DirectSale))
            {
                continue;
            }
            var list = row.Kind == MovementKind.CreditNote ? creditNotes : invoices;
            if (documents.TryGetValue((row.Entry, row.Kind), out var at))
            {
                list[at] = list[at].With(row, states[r].PaidOn, states[r].Open);
            }
            else
            {
                documents.Add((row.Entry, row.Kind), list.Count);
                list.Add(new Invoice(row, states[r].PaidOn, states[r].Open));
            }
        }
        return new ClientFacts(identity.Code, identity.Name, identity.IsCollective)
        {
            Balance = balance,
            Payments = payments.Count,
            Invoices = invoices,
            CreditNotes = creditNotes,
            OpenItems = openItems,
            HasMovements = rows.Count > 0,
        };
    }
}
