using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Says of each client what is settled, when, and what is open, as it stood at the end of a day.</summary>
/// <param name="movements">All movements, by client.</param>
/// <param name="parts">Where the references of documents lie.</param>
/// <param name="last">The last day that is known.</param>
/// <param name="isLettered">False where the books are not lettered at all: amounts are then matched.</param>
internal sealed class Settlement(MovementRow[] movements, IReadOnlyList<Part> parts, int last, bool isLettered)
{
    private struct State
    {
        /// <summary>Date of the last payment of its group, or 0.</summary>
        public int PaidOn;

        /// <summary>What remains, in cents.</summary>
        public long Open;
        public bool IsSettled;
    }

    /// <summary>What one client's settlement works in; kept by each thread, since most clients have few lines.</summary>
    private sealed class Scratch
    {
        [ThreadStatic]
        private static Scratch? mine;

        public int[] Rows = new int[256];
        public long[] Keys = new long[256];
        public State[] States = new State[256];
        public ulong[] Lettered = new ulong[256];

        public static Scratch For(int rows)
        {
            var scratch = mine ??= new Scratch();
            if (scratch.Rows.Length < rows)
            {
                var size = Math.Max(rows, scratch.Rows.Length * 2);
                scratch.Rows = new int[size];
                scratch.Keys = new long[size];
                scratch.States = new State[size];
                scratch.Lettered = new ulong[size];
            }
            return scratch;
        }
    }

    /// <summary>What the lines of one client add up to.</summary>
    public ClientFacts Of(Ledger.ClientIdentity identity, int from, int to, int start)
    {
        var balance = Settle(from, to, start, out var rows, out var states);
        return Facts(identity, rows, states, balance);
    }

    /// <summary>The same lines, one by one.</summary>
    public List<Movement> MovementsOf(int from, int to, int start)
    {
        Settle(from, to, start, out var rows, out var states);
        var list = new List<Movement>(rows.Length);
        var known = new Dictionary<(int Entry, MovementKind Kind), int>();
        for (var r = 0; r < rows.Length; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            var counted = row.Date >= start ? row.Amount : 0;
            // The lines of one document, or of one payment, are one; those of an opening are documents of their own.
            var isOne = row.Kind is MovementKind.Invoice or MovementKind.CreditNote or MovementKind.DirectSale or MovementKind.Payment;
            if (isOne && !known.TryAdd((row.Entry, row.Kind), list.Count))
            {
                var at = known[(row.Entry, row.Kind)];
                list[at] = list[at].With(row, counted, states[r].PaidOn, states[r].Open);
            }
            else
            {
                list.Add(new Movement(row, counted, states[r].PaidOn, states[r].Open));
            }
        }
        return list;
    }

    private long Settle(int from, int to, int start, out ReadOnlySpan<int> settledRows, out ReadOnlySpan<State> settledStates)
    {
        var scratch = Scratch.For(to - from);
        var count = 0;
        var sorted = true;
        for (var i = from; i < to; i++)
        {
            ref readonly var row = ref movements[i];
            if (row.Date <= last && (row.Amount != 0 || row.Net != 0))
            {
                scratch.Rows[count] = i;
                scratch.Keys[count] = ((long)row.Date << 32) | (uint)row.InvoiceDate;
                sorted &= count == 0 || scratch.Keys[count - 1] <= scratch.Keys[count];
                count++;
            }
        }
        var rows = scratch.Rows.AsSpan(0, count);
        var keys = scratch.Keys.AsSpan(0, count);
        if (!sorted)
        {
            keys.Sort(rows);
        }
        SortTies(keys, rows);
        var states = scratch.States.AsSpan(0, count);
        long balance = 0;
        for (var r = 0; r < count; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            states[r] = new State { Open = row.Amount };
            balance += row.Date >= start ? row.Amount : 0;
        }
        SettleLettered(rows, states, scratch.Lettered);
        SettleByReference(rows, states);
        if (!isLettered)
        {
            SettleByAmount(rows, states);
        }
        SettleOldestFirst(rows, states, start);
        settledRows = rows;
        settledStates = states;
        return balance;
    }

    // The order of the files must not matter: every difference between two lines of one date is used before none is left.
    private void SortTies(ReadOnlySpan<long> keys, Span<int> rows)
    {
        for (var first = 0; first < rows.Length; )
        {
            var end = first + 1;
            while (end < rows.Length && keys[end] == keys[first])
            {
                end++;
            }
            if (end - first > 1)
            {
                rows[first..end].Sort(ByContent);
            }
            first = end;
        }
    }

    private int ByContent(int a, int b)
    {
        ref readonly var x = ref movements[a];
        ref readonly var y = ref movements[b];
        var order = y.Amount.CompareTo(x.Amount);
        order = order != 0 ? order : x.Kind.CompareTo(y.Kind);
        return order != 0 ? order : Openings.Reference(x, parts).SequenceCompareTo(Openings.Reference(y, parts));
    }

    // A letter is a group of one account and one year: codes begin again with each. What remains is tried across years,
    // for files exported after the payment give one code to an invoice of one year and its payment of the next.
    private void SettleLettered(ReadOnlySpan<int> rows, Span<State> states, ulong[] packed)
    {
        SettleLettered(rows, states, packed, byYear: true);
        SettleLettered(rows, states, packed, byYear: false);
    }

    private void SettleLettered(ReadOnlySpan<int> rows, Span<State> states, ulong[] packed, bool byYear)
    {
        // Account, letter, year and place packed into one number: sorting it groups the lines and keeps their order.
        const int RowBits = 28;
        const int YearBits = 6;
        const int LetterBits = 24;
        Span<int> accounts = stackalloc int[1 << (64 - RowBits - YearBits - LetterBits)];
        var accountCount = 0;
        var count = 0;
        for (var r = 0; r < rows.Length; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            if (row.Letter == 0 || states[r].IsSettled)
            {
                continue;
            }
            var account = accounts[..accountCount].IndexOf(row.Account);
            if (account < 0)
            {
                account = Math.Min(accountCount, accounts.Length - 1);
                accounts[account] = row.Account;
                accountCount = account + 1;
            }
            var year = byYear ? row.Year : 0u;
            packed[count++] = ((((((ulong)account << LetterBits) | (uint)row.Letter) << YearBits) | year) << RowBits) | (uint)r;
        }
        var lettered = packed.AsSpan(0, count);
        lettered.Sort();
        var first = 0;
        long sum = 0;
        for (var i = 0; i < count; i++)
        {
            ref readonly var row = ref movements[rows[Row(lettered[i])]];
            sum += row.Amount;
            var ends = i + 1 == count || lettered[i + 1] >> RowBits != lettered[i] >> RowBits;
            // A code may be used again within the year: a group ends on each day after which it balances.
            if (sum == 0 && (ends || movements[rows[Row(lettered[i + 1])]].Date != row.Date))
            {
                Settle(rows, states, lettered[first..(i + 1)]);
                first = i + 1;
            }
            if (ends)
            {
                first = i + 1;
                sum = 0;
            }
        }

        void Settle(ReadOnlySpan<int> rows, Span<State> states, ReadOnlySpan<ulong> group)
        {
            var paidOn = 0;
            foreach (var member in group)
            {
                ref readonly var row = ref movements[rows[Row(member)]];
                paidOn = row.Kind == MovementKind.Payment ? Math.Max(paidOn, row.Date) : paidOn;
            }
            foreach (var member in group)
            {
                states[Row(member)] = new State { PaidOn = paidOn, IsSettled = true };
            }
        }

        static int Row(ulong packed) => (int)(packed & ((1 << RowBits) - 1));
    }

    // An invoice and a payment that bear one document number and cancel out are one affair, where the books are not
    // lettered, or one of the two bears a letter whose other half stands in a file that does not know of it. In lettered
    // books two lines without a letter are what their keeper left open.
    private void SettleByReference(ReadOnlySpan<int> rows, Span<State> states)
    {
        var open = new List<int>();
        for (var r = 0; r < rows.Length; r++)
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
        var order = rows.ToArray();
        open.Sort((a, b) =>
        {
            var byReference = Openings.Reference(movements[order[a]], parts).SequenceCompareTo(Openings.Reference(movements[order[b]], parts));
            return byReference != 0 ? byReference : a.CompareTo(b);
        });
        for (var i = 0; i < open.Count; )
        {
            var reference = Openings.Reference(movements[rows[open[i]]], parts);
            long sum = 0;
            var isLetteredOnce = !isLettered;
            var j = i;
            while (j < open.Count && Openings.Reference(movements[rows[open[j]]], parts).SequenceEqual(reference))
            {
                isLetteredOnce |= movements[rows[open[j]]].Letter != 0;
                sum += states[open[j++]].Open;
            }
            if (sum == 0 && isLetteredOnce)
            {
                Settle(rows, states, open.GetRange(i, j - i));
            }
            i = j;
        }
    }

    // In books without lettering: a payment settles the oldest open invoice of exactly its amount.
    private void SettleByAmount(ReadOnlySpan<int> rows, Span<State> states)
    {
        var invoices = new Dictionary<long, Queue<int>>();
        for (var r = 0; r < rows.Length; r++)
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
    private void SettleOldestFirst(ReadOnlySpan<int> rows, Span<State> states, int start)
    {
        long credit = 0;
        for (var r = 0; r < rows.Length; r++)
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
        for (var r = 0; r < rows.Length && credit > 0; r++)
        {
            if (states[r].Open > 0)
            {
                var taken = Math.Min(credit, states[r].Open);
                states[r].Open -= taken;
                credit -= taken;
            }
        }
    }

    private void Settle(ReadOnlySpan<int> rows, Span<State> states, List<int> group)
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

    private ClientFacts Facts(Ledger.ClientIdentity identity, ReadOnlySpan<int> rows, ReadOnlySpan<State> states, long balance)
    {
        int invoiceRows = 0,
            creditRows = 0,
            openRows = 0,
            payments = 0;
        var instalments = false;
        var (firstDay, lastDay) = (int.MaxValue, 0);
        for (var r = 0; r < rows.Length; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            invoiceRows += row.Kind is MovementKind.Invoice or MovementKind.DirectSale ? 1 : 0;
            creditRows += row.Kind == MovementKind.CreditNote ? 1 : 0;
            openRows += states[r].Open > 0 ? 1 : 0;
            payments += row.Kind == MovementKind.Payment && !row.Continues ? 1 : 0;
            instalments |= row.Continues;
            if (row.Kind is MovementKind.Invoice or MovementKind.DirectSale)
            {
                firstDay = Math.Min(firstDay, row.InvoiceDate);
                lastDay = Math.Max(lastDay, row.InvoiceDate);
            }
        }
        var invoices = new List<Invoice>(invoiceRows);
        var creditNotes = new List<Invoice>(creditRows);
        var openItems = new List<OpenItem>(openRows);
        // The lines of one document are one invoice, whatever the number of its instalments.
        var documents = instalments ? new Dictionary<(int Entry, MovementKind Kind), int>() : null;
        for (var r = 0; r < rows.Length; r++)
        {
            ref readonly var row = ref movements[rows[r]];
            if (states[r].Open > 0)
            {
                openItems.Add(new OpenItem(DateOnly.FromDayNumber(row.InvoiceDate), states[r].Open, row.Kind));
            }
            if (row.Kind is not (MovementKind.Invoice or MovementKind.CreditNote or MovementKind.DirectSale))
            {
                continue;
            }
            var list = row.Kind == MovementKind.CreditNote ? creditNotes : invoices;
            if (documents is not null && documents.TryGetValue((row.Entry, row.Kind), out var at))
            {
                list[at] = list[at].With(row, states[r].PaidOn, states[r].Open);
            }
            else
            {
                documents?.Add((row.Entry, row.Kind), list.Count);
                list.Add(new Invoice(row, states[r].PaidOn, states[r].Open));
            }
        }
        return new ClientFacts(identity.Code, identity.Name, identity.IsCollective)
        {
            Balance = balance,
            Payments = payments,
            Invoices = invoices,
            CreditNotes = creditNotes,
            OpenItems = openItems,
            HasMovements = rows.Length > 0,
            FirstInvoice = lastDay == 0 ? null : DateOnly.FromDayNumber(firstDay),
            LastInvoice = lastDay == 0 ? null : DateOnly.FromDayNumber(lastDay),
        };
    }
}
