namespace PorteOuverte.Ledgers.Fec;

/// <summary>What a French account number says of an amount.</summary>
[Flags]
internal enum Traits
{
    None = 0,

    /// <summary>411, 410, 413 (bills), 416 (doubtful).</summary>
    Client = 1,

    /// <summary>70: sales and rebates on sales.</summary>
    Revenue = 1 << 1,

    /// <summary>4457: VAT charged.</summary>
    Vat = 1 << 2,

    /// <summary>51, 53, 58: bank, cash, cheques in hand, transfers on their way.</summary>
    Treasury = 1 << 3,

    /// <summary>512, 53: what can be spent.</summary>
    Cash = 1 << 4,

    /// <summary>61 to 64: services, taxes, staff.</summary>
    FixedCharge = 1 << 5,

    /// <summary>60: purchases, which follow the sales.</summary>
    Purchase = 1 << 6,

    /// <summary>40: suppliers.</summary>
    Supplier = 1 << 7,

    /// <summary>654: irrecoverable debts.</summary>
    WriteOff = 1 << 8,

    /// <summary>658, 758, 665, 765 …: rounding and discounts.</summary>
    Rounding = 1 << 9,

    /// <summary>419: advances and credit notes due.</summary>
    Advance = 1 << 10,

    /// <summary>Classes 6 and 7.</summary>
    Income = 1 << 11,

    /// <summary>12: the result of the year.</summary>
    Result = 1 << 12,

    /// <summary>1: capital, reserves, loans.</summary>
    Capital = 1 << 13,

    /// <summary>891: the closing balance sheet.</summary>
    BalanceSheet = 1 << 14,

    /// <summary>Classes 2 and 3, and those of class 4 that no other trait names: what only an opening puts beside capital and bank.</summary>
    Standing = 1 << 15,

    /// <summary>890: the opening balance sheet.</summary>
    OpeningSheet = 1 << 16,
}

internal static class Accounts
{
    public static Traits TraitsOf(ReadOnlySpan<byte> number)
    {
        if (number.Length < 2)
        {
            return Traits.None;
        }
        var third = number.Length > 2 ? number[2] : (byte)0;
        return (number[0], number[1]) switch
        {
            ((byte)'1', (byte)'2') => Traits.Capital | Traits.Result,
            ((byte)'1', _) => Traits.Capital,
            ((byte)'4', (byte)'0') => Traits.Supplier,
            ((byte)'4', (byte)'1') => third switch
            {
                (byte)'0' or (byte)'1' or (byte)'3' or (byte)'6' => Traits.Client,
                (byte)'9' => Traits.Advance,
                _ => Traits.None,
            },
            ((byte)'4', (byte)'4') => number.StartsWith("4457"u8) ? Traits.Vat : Traits.Standing,
            ((byte)'2' or (byte)'3', _) or ((byte)'4', not ((byte)'5' or (byte)'6' or (byte)'7')) => Traits.Standing,
            ((byte)'5', (byte)'1') => third == '2' ? Traits.Treasury | Traits.Cash : Traits.Treasury,
            ((byte)'5', (byte)'3') => Traits.Treasury | Traits.Cash,
            ((byte)'5', (byte)'8') => Traits.Treasury,
            ((byte)'6', (byte)'0') => Traits.Income | Traits.Purchase,
            ((byte)'6', >= (byte)'1' and <= (byte)'4') => Traits.Income | Traits.FixedCharge,
            ((byte)'6', (byte)'5') => third switch
            {
                (byte)'4' => Traits.Income | Traits.WriteOff,
                (byte)'8' => Traits.Income | Traits.Rounding,
                _ => Traits.Income,
            },
            ((byte)'6', (byte)'6') => third is (byte)'5' or (byte)'6' ? Traits.Income | Traits.Rounding : Traits.Income,
            ((byte)'7', (byte)'0') => Traits.Income | Traits.Revenue,
            ((byte)'7', (byte)'5') => third == '8' ? Traits.Income | Traits.Rounding : Traits.Income,
            ((byte)'7', (byte)'6') => third is (byte)'5' or (byte)'6' ? Traits.Income | Traits.Rounding : Traits.Income,
            ((byte)'6' or (byte)'7', _) => Traits.Income,
            ((byte)'8', (byte)'9') => third == '1' ? Traits.BalanceSheet : Traits.OpeningSheet,
            _ => Traits.None,
        };
    }

    /// <summary>What follows 411 in <c>411DUPONT</c>; empty where the account names nobody (<c>411000</c>).</summary>
    public static ReadOnlySpan<byte> ClientSuffix(ReadOnlySpan<byte> number)
    {
        var suffix = number[Math.Min(3, number.Length)..];
        return suffix.IndexOfAnyExcept((byte)'0') < 0 ? default : suffix;
    }
}
