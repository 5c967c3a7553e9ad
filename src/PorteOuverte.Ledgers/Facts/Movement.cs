namespace PorteOuverte.Ledgers;

/// <summary>What happened on a client's account.</summary>
public enum MovementKind : byte
{
    /// <summary>None of the kinds below.</summary>
    Other,

    /// <summary>A balance brought forward from a year that was not given.</summary>
    Opening,

    /// <summary>A debit with sales behind it.</summary>
    Invoice,

    /// <summary>A credit with sales taken back, or a rebate.</summary>
    CreditNote,

    /// <summary>A credit with money behind it: bank, cash, cheque in hand, money on its way.</summary>
    Payment,

    /// <summary>A debit with money behind it: a payment sent back or a refund.</summary>
    ReturnedPayment,

    /// <summary>From one client account to another.</summary>
    Transfer,

    /// <summary>Given up as irrecoverable.</summary>
    WriteOff,

    /// <summary>A rounding or a settlement discount.</summary>
    Rounding,

    /// <summary>Set off against what is owed to the same company as a supplier.</summary>
    Offset,

    /// <summary>Against an advance received or a credit note due (419).</summary>
    Advance,

    /// <summary>A sale booked without a client account, by a file that names its buyer.</summary>
    DirectSale,
}
