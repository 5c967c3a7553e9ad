using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>What an entry is for a client.</summary>
public enum EntryKind
{
    Invoice,
    CreditNote,
    Payment,

    /// <summary>A payment sent back, or a refund.</summary>
    ReturnedPayment,

    /// <summary>A balance brought forward from a year that was not given.</summary>
    Opening,

    /// <summary>From one account of the client to another.</summary>
    Transfer,

    /// <summary>Given up as irrecoverable.</summary>
    WriteOff,

    /// <summary>A rounding or a settlement discount.</summary>
    Rounding,

    /// <summary>Set off against what we owe them as a supplier.</summary>
    Offset,

    /// <summary>Against an advance received or a credit note due.</summary>
    Advance,

    /// <summary>The sales of a day that name no buyer.</summary>
    DaySales,

    /// <summary>None of the kinds above.</summary>
    Other,
}

/// <summary>A money fact of a client: from the books, from an e-invoice or a table, or by hand. Amounts in cents of the euro.</summary>
/// <remarks>
/// Those of the books belong to a reading: all files read together, whole or not at all. Those typed by people, or brought one by
/// one, bear reading 0 and outlast every reading.
/// </remarks>
public sealed class Entry
{
    public const long ByHand = 0;
    public const int LongestNumber = 100;

    public required Id<Entry> Id { get; init; }

    /// <summary><see cref="ByHand"/>, or which reading of the books it belongs to.</summary>
    public required long Reading { get; init; }

    public required Id<Client> ClientId { get; init; }

    public required EntryKind Kind { get; set; }

    /// <summary>Of the document, or of its entry where it has none.</summary>
    public required string Number { get; set; }

    /// <summary>The document's date.</summary>
    public required DateOnly Date { get; set; }

    /// <summary>The entry's date: the one that sales are counted by.</summary>
    public required DateOnly BookedOn { get; set; }

    /// <summary>When it is to be paid, where the document says so.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>With VAT; what the client owes more is positive, what it owes less negative.</summary>
    public required long Amount { get; set; }

    /// <summary>The part of <see cref="Amount"/> that counts in the balance: none where a later opening takes its place.</summary>
    public required long Counted { get; set; }

    /// <summary>Without VAT; negative for a credit note.</summary>
    public long Net { get; set; }

    public long Vat { get; set; }

    /// <summary>What nothing settles yet.</summary>
    public long Outstanding { get; set; }

    /// <summary>The day of the last payment that settles it; null: open, or settled without money.</summary>
    public DateOnly? PaidOn { get; set; }

    /// <summary>How much of it payments by hand settle; <see cref="Outstanding"/> is without it.</summary>
    public long SettledByHand { get; set; }

    /// <summary>Of a payment by hand: the invoices it settles, by id, one after the other; null: none.</summary>
    public string? Settles { get; set; }

    /// <summary>ISO 4217, where it is not the euro: shown, and in no total.</summary>
    public string? Currency { get; set; }

    /// <summary>The books have the same document: it counts once, there.</summary>
    public bool IsCovered { get; set; }

    /// <summary>The file it came from.</summary>
    public Guid? File { get; init; }

    /// <summary>Its line there.</summary>
    public int? Line { get; init; }

    public DateTime? RemovedAt { get; set; }

    public long Version { get; private set; }

    /// <summary>Typed by people, who may change it. What a file brought stays as the file has it.</summary>
    public bool IsTyped => Reading == ByHand && File is null;
}

/// <summary>Which reading of the books holds, and up to which day they tell.</summary>
public sealed class Books
{
    public long Reading { get; set; }

    public DateOnly? FirstEntry { get; set; }

    public DateOnly? LastEntry { get; set; }

    public long Version { get; private set; }
}
