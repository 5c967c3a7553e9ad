namespace PorteOuverte.Ledgers.Facts;

/// <summary>One line of a client's account with what its entry says of it. Amounts in cents.</summary>
internal struct MovementRow
{
    /// <summary>Debit less credit.</summary>
    public long Amount;

    /// <summary>Share of the entry's sales (without VAT); negative for a credit note.</summary>
    public long Net;

    /// <summary>Share of the entry's VAT.</summary>
    public long Vat;
    public int Client;
    public int Account;
    public int Letter;
    public int Date;
    public int PieceDate;
    public int Line;

    /// <summary>Serial number of the entry: lines of one invoice share it.</summary>
    public int Entry;
    public int ReferenceAt;
    public ushort File;
    public byte ReferenceLength;
    public byte Part;
    public MovementKind Kind;

    /// <summary>The accounting year it was lettered in, counted by openings: codes begin again with each.</summary>
    public byte Year;

    /// <summary>True where an earlier line of the entry has the same client and kind: an instalment.</summary>
    public bool Continues;

    /// <summary>The date of the document, where it is plausible, else of the entry.</summary>
    public readonly int InvoiceDate => PieceDate == 0 ? Date : PieceDate;
}

internal static class MovementRows
{
    /// <summary>Whether anything happened: a place that was kept and not needed holds neither amount nor sales.</summary>
    public static bool ContainsMovement(this Span<MovementRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.Amount != 0 || row.Net != 0)
            {
                return true;
            }
        }
        return false;
    }
}
