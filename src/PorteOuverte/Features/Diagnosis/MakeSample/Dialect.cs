namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>The ways of writing one and the same ledger that programs in use are known for.</summary>
public enum Dialect
{
    /// <summary>As the norm has it: tabs, UTF-8, one auxiliary account per client.</summary>
    Plain,

    /// <summary>Vertical bars, ISO-8859-15.</summary>
    Pipe,

    /// <summary>Tabs, Windows-1252.</summary>
    Cp1252,

    /// <summary>UTF-8 with a mark at its beginning.</summary>
    Utf8Bom,

    /// <summary>UTF-16, little end first, with its mark.</summary>
    Utf16,

    /// <summary>Lines ended by a lone carriage return, Macintosh Roman.</summary>
    Mac,

    /// <summary>One amount and its side, D or C, in place of Debit and Credit.</summary>
    MontantSens,

    /// <summary>Fields of fixed width between bars, amounts filled with zeros, a bar at the end of each line.</summary>
    Padded,

    /// <summary>Bars, numbers with the journal in them, amounts such as <c> 000000000001437,12</c>.</summary>
    Odoo,

    /// <summary>The XML variant of the norm.</summary>
    Xml,

    /// <summary>The client in the account's number, <c>411DUPONT</c>, and no auxiliary account.</summary>
    AuxInAccount,

    /// <summary>Tabs, code page 850, which has no œ.</summary>
    Cp850,
}
