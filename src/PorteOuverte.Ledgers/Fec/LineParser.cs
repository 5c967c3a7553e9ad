using System.Runtime.CompilerServices;
using System.Text;
using PorteOuverte.Ledgers.Facts;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>What a quick look at the bytes of a line says of it.</summary>
internal enum Special
{
    /// <summary>Plain ASCII without padding.</summary>
    None,

    /// <summary>Letters beyond ASCII, in valid UTF-8.</summary>
    High,

    /// <summary>Letters beyond ASCII that ask for a second look.</summary>
    Suspect,

    /// <summary>Control characters, ampersands, or spaces and quotation marks at the end of a field.</summary>
    Odd,
}

/// <summary>Turns the lines of one file, as bytes, into the postings and totals of a <see cref="Part"/>.</summary>
/// <remarks>
/// It stays on bytes: a ledger repeats its journals, accounts and clients endlessly, and only the few names
/// that remain are worth decoding, once, when the encoding of the whole file is known.
/// </remarks>
internal sealed class LineParser
{
    /// <summary>Columns beyond this many are not looked at.</summary>
    public const int MaxColumns = 64;

    private readonly Part part;
    private readonly Tally tally;
    private readonly ushort file;
    private readonly Layout layout;
    private readonly bool xml;
    private readonly int[] ends = new int[MaxColumns + 1];
    private readonly FieldCleaner cleaner;

    private readonly int journalAt;
    private readonly int journalNameAt;
    private readonly int numberAt;
    private readonly int dateAt;
    private readonly int accountAt;
    private readonly int accountNameAt;
    private readonly int auxAt;
    private readonly int auxNameAt;
    private readonly int pieceAt;
    private readonly int pieceDateAt;
    private readonly int labelAt;
    private readonly int debitAt;
    private readonly int creditAt;
    private readonly int letterAt;
    private readonly int letterDateAt;
    private readonly int validAt;
    private readonly int currencyAt;
    private readonly int amountAt;
    private readonly int sideAt;
    private readonly int buyerAt;

    // The run being read.
    private readonly KeptBytes runJournal = new();
    private readonly KeptBytes runJournalName = new();
    private readonly KeptBytes runNumber = new();
    private readonly KeptBytes runDate = new();
    private readonly KeptBytes runPiece = new();
    private readonly KeptBytes runLabel = new();
    private JournalUse runUse;
    private int runDay;
    private int runFirst;
    private long runBalance;
    private bool runOpen;
    private bool runUnnumbered;
    private bool runMoved;
    private bool runAtEdge;
    private Traits runTraits;
    private int notedDay;
    private RunMarks notedMarks;

    public LineParser(Part part, Tally tally, ushort file, Layout layout, bool xml = false)
    {
        this.part = part;
        this.tally = tally;
        this.file = file;
        this.layout = layout;
        this.xml = xml;
        cleaner = new FieldCleaner(tally, layout);
        journalAt = layout[Column.JournalCode];
        journalNameAt = layout[Column.JournalLib];
        numberAt = layout[Column.EcritureNum];
        dateAt = layout[Column.EcritureDate];
        accountAt = layout[Column.CompteNum];
        accountNameAt = layout[Column.CompteLib];
        auxAt = layout[Column.CompAuxNum];
        auxNameAt = layout[Column.CompAuxLib];
        pieceAt = layout[Column.PieceRef];
        pieceDateAt = layout[Column.PieceDate];
        labelAt = layout[Column.EcritureLib];
        debitAt = layout[Column.Debit];
        creditAt = layout[Column.Credit];
        letterAt = layout[Column.EcritureLet];
        letterDateAt = layout[Column.DateLet];
        validAt = layout[Column.ValidDate];
        currencyAt = layout[Column.Idevise];
        amountAt = layout[Column.Montant];
        sideAt = layout[Column.Sens];
        buyerAt = layout[Column.IdClient];
    }

    /// <summary>Forgets the line read before: what follows comes from another place of the file.</summary>
    public void BeginBlock() => runAtEdge = true;

    /// <summary>Ends the run being read. To be called after each block: its run may go on in a block that another worker reads.</summary>
    public void EndBlock()
    {
        runAtEdge = true;
        EndRun();
    }

    /// <summary>Reads one line.</summary>
    /// <param name="text">Its bytes, without the line end.</param>
    /// <param name="fieldEnds">Where each field ends in <paramref name="text"/>; only the first <see cref="MaxColumns"/> are given.</param>
    /// <param name="columns">How many fields the line has.</param>
    /// <param name="line">Its number in the file.</param>
    /// <param name="special">Whether the text may hold letters beyond ASCII, or something to clean.</param>
    public void Line(ReadOnlySpan<byte> text, int[] fieldEnds, int columns, int line, Special special)
    {
        tally.Lines++;
        if (columns != layout.Count && !Fits(text, columns, line))
        {
            return;
        }
        columns = Math.Min(columns, MaxColumns);

        if (special == Special.High)
        {
            tally.Utf8Lines++;
        }
        else if (special != Special.None && (special == Special.Odd || cleaner.NeedsCleaning(text)))
        {
            text = cleaner.Clean(text, fieldEnds, ends, columns, line);
            fieldEnds = ends;
        }

        // Amounts and date first: a line is taken whole or not at all.
        long amount;
        if (amountAt >= 0)
        {
            if (!ReadAmountAndSide(text, fieldEnds, columns, line, out amount))
            {
                return;
            }
        }
        else if (!ReadDebitAndCredit(text, fieldEnds, columns, line, out amount))
        {
            return;
        }

        var accountNumber = Field(text, fieldEnds, accountAt, columns);
        if (accountNumber.Length == 0)
        {
            Reject(line, accountAt, RejectReason.Account, text);
            return;
        }

        var journal = Field(text, fieldEnds, journalAt, columns);
        var number = Field(text, fieldEnds, numberAt, columns);
        var date = Field(text, fieldEnds, dateAt, columns);
        var piece = Field(text, fieldEnds, pieceAt, columns);
        if (
            !runOpen
            || !piece.SequenceEqual(runPiece.Span)
            || !number.SequenceEqual(runNumber.Span)
            || !date.SequenceEqual(runDate.Span)
            || !journal.SequenceEqual(runJournal.Span)
            || (runUnnumbered && runMoved && runBalance == 0)
        )
        {
            var day = Dates.Plain(date);
            if (day == Dates.None && !TryOddDate(date, line, out day))
            {
                Reject(line, dateAt, RejectReason.Date, date);
                return;
            }
            EndRun();
            BeginRun(journal, Field(text, fieldEnds, journalNameAt, columns), number, date, day, piece, Field(text, fieldEnds, labelAt, columns), line);
        }

        var accountId = part.AccountOf(accountNumber);
        ref var account = ref part.Accounts[accountId];
        runTraits |= account.Traits;
        runBalance += amount;
        runMoved |= amount != 0;

        ref var posting = ref part.Postings.Add();
        posting.Amount = amount;
        posting.Account = accountId;
        posting.Line = line;
        posting.Client = -1;
        posting.PieceDate = Dates.None;
        posting.Letter = 0;
        if ((account.Traits & Traits.Client) != 0)
        {
            posting.PieceDate = SecondaryDate(Field(text, fieldEnds, pieceDateAt, columns), pieceDateAt, line);
            if (posting.PieceDate != Dates.None && runUse != JournalUse.Opening && !Dates.IsPlausible(posting.PieceDate, runDay))
            {
                tally.Note(NoticeCode.ImplausiblePieceDate, pieceDateAt, line, Field(text, fieldEnds, pieceDateAt, columns), date);
            }
            var letter = Field(text, fieldEnds, letterAt, columns);
            posting.Letter = letter.Length == 0 ? 0 : part.Letters.GetOrAdd(letter);
            var aux = Field(text, fieldEnds, auxAt, columns);
            if (aux.Length > 0)
            {
                posting.Client = part.ClientOf(aux, fromAuxiliary: true);
                part.Clients[posting.Client].See(Field(text, fieldEnds, auxNameAt, columns), runDay, file);
            }
            else
            {
                posting.Client = account.Client;
                if (part.ClientCodes[account.Client].Length == 0)
                {
                    tally.Note(NoticeCode.UnknownClient, accountAt, line, accountNumber, "?"u8);
                }
            }
        }
        else if ((account.Traits & Traits.Revenue) != 0 && buyerAt >= 0)
        {
            var buyer = Field(text, fieldEnds, buyerAt, columns);
            if (buyer.Length > 0)
            {
                posting.Client = part.ClientOf(buyer, fromAuxiliary: true);
            }
        }
        if (posting.Client >= 0)
        {
            part.Clients[posting.Client].Lines++;
        }
        // The label of an account matters where it names a client.
        if (account.Label.Label is null || (account.Client >= 0 && posting.Client == account.Client))
        {
            account.Label.See(Field(text, fieldEnds, accountNameAt, columns), runDay, file);
        }

        var valid = Field(text, fieldEnds, validAt, columns);
        if (valid.Length > 0 && (Dates.IsPlain(valid) || SecondaryDate(valid, validAt, line) != Dates.None))
        {
            tally.ValidatedLines++;
        }
        var lettered = Field(text, fieldEnds, letterDateAt, columns);
        if (lettered.Length > 0 && !Dates.IsPlain(lettered))
        {
            SecondaryDate(lettered, letterDateAt, line);
        }
        var currency = Field(text, fieldEnds, currencyAt, columns);
        if (currency.Length > 0 && !Ascii.EqualsIgnoreCase(currency, "EUR"u8) && currency.IndexOfAnyExcept((byte)'0') >= 0 && !currency.SequenceEqual("€"u8))
        {
            tally.Note(NoticeCode.ForeignCurrency, currencyAt, line, currency, "EUR"u8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> text, int[] fieldEnds, int position, int columns)
    {
        if ((uint)position >= (uint)columns)
        {
            return default;
        }
        var start = position == 0 ? 0 : fieldEnds[position - 1] + 1;
        var end = fieldEnds[position];
        while (start < end && text[start] == ' ')
        {
            start++;
        }
        while (end > start && text[end - 1] == ' ')
        {
            end--;
        }
        return text[start..end];
    }

    private bool ReadDebitAndCredit(ReadOnlySpan<byte> text, int[] fieldEnds, int columns, int line, out long amount)
    {
        var oddity = Amounts.Oddity.None;
        amount = 0;
        var debitText = Field(text, fieldEnds, debitAt, columns);
        if (!Amounts.TryParse(debitText, out var debit, ref oddity))
        {
            Reject(line, debitAt, RejectReason.Amount, debitText);
            return false;
        }
        if (oddity != Amounts.Oddity.None || debit < 0)
        {
            NoteAmount(oddity, debit, debitText, debitAt, line);
            oddity = Amounts.Oddity.None;
        }
        var creditText = Field(text, fieldEnds, creditAt, columns);
        if (!Amounts.TryParse(creditText, out var credit, ref oddity))
        {
            Reject(line, creditAt, RejectReason.Amount, creditText);
            return false;
        }
        if (oddity != Amounts.Oddity.None || credit < 0)
        {
            NoteAmount(oddity, credit, creditText, creditAt, line);
        }
        if (debit != 0 && credit != 0)
        {
            tally.Note(NoticeCode.BothSides, Tally.WholeLine, line, debitText);
        }
        tally.Debit += debit;
        tally.Credit += credit;
        amount = debit - credit;
        return true;
    }

    private bool ReadAmountAndSide(ReadOnlySpan<byte> text, int[] fieldEnds, int columns, int line, out long amount)
    {
        var oddity = Amounts.Oddity.None;
        var amountText = Field(text, fieldEnds, amountAt, columns);
        if (!Amounts.TryParse(amountText, out amount, ref oddity))
        {
            Reject(line, amountAt, RejectReason.Amount, amountText);
            return false;
        }
        var side = Field(text, fieldEnds, sideAt, columns);
        // D or C, +1 or -1, written with or without their sign or in full.
        var first = side.Length == 0 ? (byte)0 : (byte)(side[0] | 0x20);
        var debit = first is (byte)'d' or (byte)('1' | 0x20) or (byte)('+' | 0x20);
        var credit = first is (byte)'c' or (byte)('-' | 0x20);
        if (!debit && !credit && amount != 0)
        {
            Reject(line, sideAt, RejectReason.Direction, side);
            return false;
        }
        if (oddity != Amounts.Oddity.None || amount < 0)
        {
            NoteAmount(oddity, amount, amountText, amountAt, line);
        }
        if (debit)
        {
            tally.Debit += amount;
        }
        else
        {
            tally.Credit += amount;
            amount = -amount;
        }
        return true;
    }

    private void NoteAmount(Amounts.Oddity oddity, long cents, ReadOnlySpan<byte> read, int position, int line)
    {
        Span<byte> assumed = stackalloc byte[24];
        var written = Cents.Format(cents, assumed);
        var value = assumed[..written];
        if ((oddity & Amounts.Oddity.Point) != 0 && !xml)
        {
            tally.Note(NoticeCode.DecimalPoint, position, line, read, value);
        }
        if ((oddity & Amounts.Oddity.Rounded) != 0)
        {
            tally.Note(NoticeCode.AmountRounded, position, line, read, value);
        }
        if (cents < 0)
        {
            tally.Note(NoticeCode.NegativeAmount, position, line, read, value);
        }
        if ((oddity & Amounts.Oddity.Format) != 0)
        {
            tally.Note(NoticeCode.AmountFormat, position, line, read, value);
        }
    }

    private bool Fits(ReadOnlySpan<byte> text, int columns, int line)
    {
        if (columns > layout.Count)
        {
            if (columns == layout.Count + 1 && text[^1] is (byte)'\t' or (byte)'|' or (byte)';')
            {
                tally.Note(NoticeCode.TrailingSeparator, Tally.WholeLine, line, default);
            }
            else
            {
                tally.Note(NoticeCode.ExtraColumns, Tally.WholeLine, line, text);
            }
            return true;
        }
        if (columns <= layout.LastNeeded)
        {
            Reject(line, Tally.WholeLine, RejectReason.TooFewColumns, text);
            return false;
        }
        // A header may itself end with one separator more than its lines.
        if (!(layout.HasTrailingSeparator && columns == layout.Count - 1))
        {
            tally.Note(NoticeCode.MissingColumns, Tally.WholeLine, line, text);
        }
        return true;
    }

    private bool TryOddDate(ReadOnlySpan<byte> date, int line, out int day)
    {
        day = Dates.Any(date);
        if (day != Dates.None && !xml)
        {
            NoteDate(date, day, dateAt, line);
        }
        return day != Dates.None;
    }

    private int SecondaryDate(ReadOnlySpan<byte> date, int position, int line)
    {
        if (date.Length == 0)
        {
            return Dates.None;
        }
        var day = Dates.Plain(date);
        if (day != Dates.None)
        {
            return day;
        }
        if (date.IndexOfAnyExcept((byte)'0') < 0)
        {
            tally.Note(NoticeCode.ZeroDate, position, line, date);
            return Dates.None;
        }
        day = Dates.Any(date);
        if (day == Dates.None)
        {
            tally.Note(NoticeCode.UnreadableDate, position, line, date);
        }
        else if (!xml)
        {
            NoteDate(date, day, position, line);
        }
        return day;
    }

    private void NoteDate(ReadOnlySpan<byte> read, int day, int position, int line)
    {
        Span<byte> assumed = stackalloc byte[10];
        DateOnly.FromDayNumber(day).TryFormat(assumed, out var written, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        tally.Note(NoticeCode.DateFormat, position, line, read, assumed[..written]);
    }

    private void Reject(int line, int position, RejectReason reason, ReadOnlySpan<byte> read) =>
        tally.Reject(line, position, reason, read);

    private void BeginRun(
        ReadOnlySpan<byte> journal,
        ReadOnlySpan<byte> journalName,
        ReadOnlySpan<byte> number,
        ReadOnlySpan<byte> date,
        int day,
        ReadOnlySpan<byte> piece,
        ReadOnlySpan<byte> label,
        int line
    )
    {
        if (!runOpen || !journal.SequenceEqual(runJournal.Span) || !journalName.SequenceEqual(runJournalName.Span))
        {
            runJournal.Set(journal);
            runJournalName.Set(journalName);
            runUse = part.UseOf(journal, journalName);
        }
        runNumber.Set(number);
        runDate.Set(date);
        runPiece.Set(piece);
        runLabel.Set(label);
        runUnnumbered = number.IndexOfAnyExcept((byte)'0') < 0;
        if (runUnnumbered)
        {
            tally.Note(NoticeCode.Unnumbered, numberAt, line, number);
        }
        runDay = day;
        runFirst = part.Postings.Count;
        runBalance = 0;
        runMoved = false;
        runTraits = Traits.None;
        runOpen = true;
        tally.FirstDay = Math.Min(tally.FirstDay, day);
        tally.LastDay = Math.Max(tally.LastDay, day);
    }

    private void EndRun()
    {
        if (!runOpen)
        {
            return;
        }
        runOpen = false;
        var marks = runUnnumbered ? RunMarks.Unnumbered : RunMarks.None;
        if (IsOpening())
        {
            marks |= RunMarks.Opening;
        }
        else if (IsClosing())
        {
            marks |= RunMarks.Closing;
        }
        NoteDay(marks);
        AddTotals(marks);

        // What balances by itself and concerns neither a client nor a sale has said all it has to say. At the
        // edge of a block the run may go on elsewhere, so it is kept until all is known.
        var matters = (runTraits & (Traits.Client | Traits.Revenue)) != 0 || runBalance != 0;
        if (!matters && !runAtEdge)
        {
            part.Postings.Count = runFirst;
            return;
        }
        runAtEdge = false;
        var entryKey = ByteTable.Hash(runNumber.Span, ByteTable.Hash(runJournal.Span, (ulong)runDay));
        ref var run = ref part.Runs.Add();
        run.EntryKey = entryKey;
        run.PieceKey = ByteTable.Hash(runPiece.Span, entryKey);
        run.NumberKey = ByteTable.Hash(runNumber.Span);
        run.Balance = runBalance;
        run.First = runFirst;
        run.Count = part.Postings.Count - runFirst;
        run.Date = runDay;
        run.File = file;
        run.Marks = marks;
        run.Traits = runTraits;
        run.ReferenceLength = (ushort)Math.Min(runPiece.Span.Length, 255);
        run.NumberLength = (ushort)Math.Min(runNumber.Span.Length, 255);
        run.ReferenceAt = part.References.AddRange(runPiece.Span[..run.ReferenceLength]);
        part.References.AddRange(runNumber.Span[..run.NumberLength]);
    }

    private void NoteDay(RunMarks marks)
    {
        if (runDay == notedDay && marks == notedMarks)
        {
            return;
        }
        (notedDay, notedMarks) = (runDay, marks);
        if ((marks & RunMarks.Opening) != 0)
        {
            part.OpeningDays.Add(runDay);
        }
        else
        {
            part.ActiveDays.Add(runDay);
        }
    }

    private bool IsOpening()
    {
        // An opening restates balances: it never touches the income accounts.
        if ((runTraits & Traits.Income) != 0)
        {
            return false;
        }
        // Its journal says so; or the journal or the label let one think it, and it holds what no other entry puts
        // together: capital or a result beside receivables, debts, stocks or fixed assets.
        var holdsABalanceSheet =
            (runTraits & Traits.Capital) != 0 && (runTraits & (Traits.Client | Traits.Supplier | Traits.Standing)) != 0;
        return runUse == JournalUse.Opening
            || (runTraits & Traits.OpeningSheet) != 0
            || (holdsABalanceSheet && (runUse == JournalUse.PerhapsOpening || Journals.IsOpeningLabel(runLabel.Span)));
    }

    // Told by what it does, never by the journal's name: many keep their year-end accruals in an "OD de clôture".
    private bool IsClosing() =>
        (runTraits & (Traits.Result | Traits.Income)) == (Traits.Result | Traits.Income) || (runTraits & Traits.BalanceSheet) != 0;

    private void AddTotals(RunMarks marks)
    {
        const Traits Totalled = Traits.Cash | Traits.FixedCharge | Traits.Purchase;
        if ((runTraits & Totalled) == 0 || (marks & RunMarks.Closing) != 0)
        {
            return;
        }
        var opening = (marks & RunMarks.Opening) != 0;
        for (var i = runFirst; i < part.Postings.Count; i++)
        {
            ref var posting = ref part.Postings.Items[i];
            ref var account = ref part.Accounts[posting.Account];
            if ((account.Traits & Totalled) != 0)
            {
                var totals = opening ? (account.Openings ??= new DayTotals()) : (account.Movements ??= new DayTotals());
                totals.Add(runDay, posting.Amount);
            }
        }
    }

    /// <summary>A copy of a few bytes of a line that is gone.</summary>
    private sealed class KeptBytes
    {
        private byte[] bytes = new byte[64];
        private int length;

        public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

        public void Set(ReadOnlySpan<byte> value)
        {
            if (value.Length > bytes.Length)
            {
                bytes = new byte[value.Length * 2];
            }
            value.CopyTo(bytes);
            length = value.Length;
        }
    }
}
