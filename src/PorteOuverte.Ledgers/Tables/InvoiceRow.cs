using System.Runtime.CompilerServices;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>The amounts of a row or an invoice, each in hundredths or unknown.</summary>
[InlineArray(Count)]
internal struct Money
{
    public const int Net = 0;
    public const int Vat = 1;
    public const int Gross = 2;
    public const int Paid = 3;
    public const int Outstanding = 4;
    public const int Count = 5;

    public static readonly TableField[] Fields =
    [
        TableField.Net,
        TableField.Vat,
        TableField.Gross,
        TableField.Paid,
        TableField.Outstanding,
    ];

    private long? first;
}

/// <summary>What a row says of a client.</summary>
internal readonly record struct Party(string Name, string Code, string Email, string? Siren, string VatNumber)
{
    public bool IsKnown => Name.Length + Code.Length + VatNumber.Length > 0 || Siren is not null;

    /// <summary>What tells, together with its number, one client's invoice from another's.</summary>
    public string Key =>
        Code.Length > 0 ? Code
        : Name.Length > 0 ? Cells.Fold(Name)
        : Siren ?? VatNumber;
}

/// <summary>One row, read: what it says of an invoice.</summary>
internal sealed class InvoiceRow
{
    public required int Line { get; init; }
    public required Party Client { get; init; }
    public required string Number { get; init; }
    public required bool IsCreditNote { get; init; }
    public required DateOnly Date { get; init; }
    public required DateOnly? Due { get; init; }
    public required DateOnly? PaidOn { get; init; }
    public required Money Amounts { get; init; }
    public required string Currency { get; init; }
    public required string Label { get; init; }

    /// <summary>A hash of the numbers in columns that are not mapped: quantities, unit prices, amounts of lines.</summary>
    public required ulong OtherNumbers { get; init; }
}
