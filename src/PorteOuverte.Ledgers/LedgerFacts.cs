using PorteOuverte.Ledgers.Facts;
using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers;

/// <summary>What a ledger says at the end of a day. Amounts in cents.</summary>
public sealed class LedgerFacts
{
    /// <summary>The code of the collective client of all sales that name no buyer.</summary>
    public const string DirectCode = "_direct";

    private readonly Ledger ledger;
    internal LedgerFacts(Ledger ledger, DateOnly day, ClientFacts[] clients)
    {
        this.ledger = ledger;
        Day = day;
        var list = clients.Where(c => c.HasMovements).ToList();
        var (first, _) = ledger.DirectDays;
        if (first <= day.DayNumber)
        {
            list.Add(
                new ClientFacts(DirectCode, "", isCollective: true)
                {
                    Direct = (from, to) => ledger.DirectSales(from.DayNumber, Math.Min(to.DayNumber, day.DayNumber)),
                    FirstInvoice = DateOnly.FromDayNumber(first),
                    LastInvoice = DateOnly.FromDayNumber(ledger.LastDirectDay(day.DayNumber)),
                }
            );
        }
        list.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        Clients = list;
    }

    /// <summary>The day.</summary>
    public DateOnly Day { get; }

    /// <summary>Every client with a movement up to the day, by code.</summary>
    public IReadOnlyList<ClientFacts> Clients { get; }

    /// <summary>Bank and cash (accounts 512 and 53) at the end of the day; null where the books have no such account.</summary>
    public long? Cash => ledger.Cash(Day.DayNumber);

    /// <summary>Charges of classes 61 to 64 between two days, both included.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public long FixedCharges(DateOnly from, DateOnly to) => ledger.Total(Traits.FixedCharge, from.DayNumber, Last(to));

    /// <summary>Purchases (class 60) between two days, both included.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public long Purchases(DateOnly from, DateOnly to) => ledger.Total(Traits.Purchase, from.DayNumber, Last(to));

    private int Last(DateOnly to) => Math.Min(to.DayNumber, Day.DayNumber);
}

/// <summary>One client's facts at the end of a day. Amounts in cents.</summary>
public sealed class ClientFacts
{
    internal ClientFacts(string code, string name, bool isCollective)
    {
        Code = code;
        Name = name;
        IsCollective = isCollective;
    }

    /// <summary>The auxiliary account, else what follows 411, else <c>?</c>; <c>_direct</c> for sales that name no buyer.</summary>
    public string Code { get; }

    /// <summary>The client's latest name; may be empty.</summary>
    public string Name { get; }

    /// <summary>True where the code stands for many buyers.</summary>
    public bool IsCollective { get; }

    /// <summary>What the client owes; negative where we owe.</summary>
    public long Balance { get; internal init; }

    /// <summary>Number of payments: several lines of one entry are one.</summary>
    public int Payments { get; internal init; }

    /// <summary>Invoices, in order of entry.</summary>
    public IReadOnlyList<Invoice> Invoices { get; internal init; } = [];

    /// <summary>Credit notes, in order of entry.</summary>
    public IReadOnlyList<Invoice> CreditNotes { get; internal init; } = [];

    /// <summary>Debits that nothing settles yet; where <see cref="Balance"/> is positive they add up to it.</summary>
    public IReadOnlyList<OpenItem> OpenItems { get; internal init; } = [];

    internal bool HasMovements { get; init; }

    internal Func<DateOnly, DateOnly, long>? Direct { get; init; }

    /// <summary>Date of the first invoice, or null.</summary>
    public DateOnly? FirstInvoice { get; internal init; }

    /// <summary>Date of the last invoice, or null.</summary>
    public DateOnly? LastInvoice { get; internal init; }

    /// <summary>Sales without VAT, credit notes deducted, booked between two days, both included.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public long Revenue(DateOnly from, DateOnly to)
    {
        var revenue = Direct?.Invoke(from, to) ?? 0;
        foreach (var invoice in Invoices)
        {
            revenue += invoice.BookedOn >= from && invoice.BookedOn <= to ? invoice.Net : 0;
        }
        foreach (var note in CreditNotes)
        {
            revenue += note.BookedOn >= from && note.BookedOn <= to ? note.Net : 0;
        }
        return revenue;
    }
}

/// <summary>Something a client still owes.</summary>
/// <param name="Date">The invoice's date.</param>
/// <param name="Amount">What remains of it, VAT included, in cents.</param>
/// <param name="Kind">What it is: an invoice, a balance brought forward, a returned payment …</param>
public readonly record struct OpenItem(DateOnly Date, long Amount, MovementKind Kind);

/// <summary>An invoice or a credit note. Amounts in cents; a credit note's are negative.</summary>
public readonly struct Invoice
{
    internal Invoice(in MovementRow row, int paidOn, long outstanding)
    {
        Date = DateOnly.FromDayNumber(row.InvoiceDate);
        BookedOn = DateOnly.FromDayNumber(row.Date);
        Gross = row.Amount;
        Net = row.Net;
        Vat = row.Vat;
        Outstanding = Math.Max(0, outstanding);
        PaidOn = paidOn == 0 ? null : DateOnly.FromDayNumber(paidOn);
        Part = row.Part;
        NumberAt = row.ReferenceAt;
        NumberLength = row.ReferenceLength;
        FileIndex = row.File;
        Line = row.Line;
    }

    /// <summary>The document's date.</summary>
    public DateOnly Date { get; init; }

    /// <summary>The entry's date.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>Amount with VAT.</summary>
    public long Gross { get; init; }

    /// <summary>Amount without VAT.</summary>
    public long Net { get; init; }

    /// <summary>VAT.</summary>
    public long Vat { get; init; }

    /// <summary>What remains to be paid.</summary>
    public long Outstanding { get; init; }

    /// <summary>The day of the last payment of the group that settles it; null where it is open or was settled without money.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>Days from the document to the last payment; negative for a deposit; null where <see cref="PaidOn"/> is.</summary>
    public int? DelayDays => PaidOn is { } day ? day.DayNumber - Date.DayNumber : null;

    /// <summary>Which of the ledger's files it stands in.</summary>
    public int FileIndex { get; init; }

    /// <summary>Its line in that file.</summary>
    public int Line { get; init; }

    internal byte Part { get; init; }

    internal int NumberAt { get; init; }

    internal byte NumberLength { get; init; }

    // Another line of the same document: an instalment.
    internal Invoice With(in MovementRow row, int paidOn, long outstanding) =>
        this with
        {
            Gross = Gross + row.Amount,
            Net = Net + row.Net,
            Vat = Vat + row.Vat,
            Outstanding = Outstanding + Math.Max(0, outstanding),
            PaidOn = PaidOn is { } day && paidOn != 0 ? DateOnly.FromDayNumber(Math.Max(day.DayNumber, paidOn)) : null,
        };
}

/// <summary>What happened on a client's account: a document or a payment, with what it is settled by. Amounts in cents.</summary>
public readonly struct Movement
{
    internal Movement(in MovementRow row, long counted, int paidOn, long open)
    {
        Kind = row.Kind;
        Date = DateOnly.FromDayNumber(row.InvoiceDate);
        BookedOn = DateOnly.FromDayNumber(row.Date);
        Amount = row.Amount;
        Counted = counted;
        Net = row.Net;
        Vat = row.Vat;
        Outstanding = Math.Max(0, open);
        PaidOn = paidOn == 0 ? null : DateOnly.FromDayNumber(paidOn);
        Part = row.Part;
        NumberAt = row.ReferenceAt;
        NumberLength = row.ReferenceLength;
        FileIndex = row.File;
        Line = row.Line;
    }

    /// <summary>What it is.</summary>
    public MovementKind Kind { get; init; }

    /// <summary>The document's date.</summary>
    public DateOnly Date { get; init; }

    /// <summary>The entry's date.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>Debit less credit: positive where the client owes more.</summary>
    public long Amount { get; init; }

    /// <summary>The part of <see cref="Amount"/> that counts in the balance: none where a later opening takes its place.</summary>
    public long Counted { get; init; }

    /// <summary>Sales without VAT; negative for a credit note.</summary>
    public long Net { get; init; }

    /// <summary>VAT.</summary>
    public long Vat { get; init; }

    /// <summary>What nothing settles yet.</summary>
    public long Outstanding { get; init; }

    /// <summary>The day of the last payment of the group that settles it; null where it is open or was settled without money.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>Which of the ledger's files it stands in.</summary>
    public int FileIndex { get; init; }

    /// <summary>Its line in that file.</summary>
    public int Line { get; init; }

    internal byte Part { get; init; }

    internal int NumberAt { get; init; }

    internal byte NumberLength { get; init; }

    internal Movement With(in MovementRow row, long counted, int paidOn, long open) =>
        this with
        {
            Amount = Amount + row.Amount,
            Counted = Counted + counted,
            Net = Net + row.Net,
            Vat = Vat + row.Vat,
            Outstanding = Outstanding + Math.Max(0, open),
            PaidOn = PaidOn is { } day && paidOn != 0 ? DateOnly.FromDayNumber(Math.Max(day.DayNumber, paidOn)) : null,
        };
}

/// <summary>One client's account, line by line.</summary>
/// <param name="Code">As <see cref="ClientFacts.Code"/>.</param>
/// <param name="Name">The client's latest name; may be empty.</param>
/// <param name="IsCollective">True where the code stands for many buyers.</param>
/// <param name="Movements">In order of entry; the lines of one document are one.</param>
public sealed record ClientAccount(string Code, string Name, bool IsCollective, IReadOnlyList<Movement> Movements);
