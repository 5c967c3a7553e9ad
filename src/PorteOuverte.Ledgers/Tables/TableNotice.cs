using System.Text.Json.Serialization;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What was odd about a table, and what was assumed so as to go on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TableNoticeCode>))]
public enum TableNoticeCode
{
    /// <summary>Rows stand before the header; they were passed over.</summary>
    Preamble,

    /// <summary>No row names the columns.</summary>
    NoHeader,

    /// <summary>Two columns bear one name.</summary>
    SameName,

    /// <summary>Rows are longer than the header; the cells beyond it make columns without a name.</summary>
    ExtraCells,

    /// <summary>Rows of a CSV are shorter than the header; what lacks was taken as empty.</summary>
    MissingCells,

    /// <summary>The header stands again between the rows; it was passed over.</summary>
    RepeatedHeader,

    /// <summary>Bytes are not valid in the encoding of the rest of the file.</summary>
    InvalidBytes,

    /// <summary>Cells hold a formula and no value: the workbook was never calculated. They were taken as empty.</summary>
    FormulaWithoutValue,

    /// <summary>Rows of totals were left out.</summary>
    TotalRow,

    /// <summary>Rows are quotes, orders, drafts or cancelled; they were left out. <see cref="TableNotice.Read"/> is the first such kind.</summary>
    NotAnInvoice,

    /// <summary>Rows go on with the invoice above and give none of its amounts; they were left out.</summary>
    LineWithoutAmount,

    /// <summary>Several rows make one invoice and repeat this column's amount: it was counted once.</summary>
    AmountRepeated,

    /// <summary>Several rows make one invoice: this column's amounts were added.</summary>
    AmountsAdded,

    /// <summary>Rows bear the number and client of an earlier row and another date; they were taken for invoices of their own.</summary>
    NumberOnOtherDate,

    /// <summary>An amount has more than two decimals; it was rounded to the hundredth.</summary>
    AmountRounded,

    /// <summary>The net amount is not given and cannot be derived: only the amount with VAT is known.</summary>
    NoNet,

    /// <summary>The amount with VAT is not given and cannot be derived: only the net amount is known.</summary>
    NoGross,

    /// <summary>Net and VAT do not add up to the amount with VAT; all three were kept as they stand.</summary>
    AmountsDisagree,

    /// <summary>An amount is negative: read as a credit note.</summary>
    NegativeAmount,
}

/// <summary>One kind of oddity met in one column of a table: how often, first where, what was read and what was assumed.</summary>
/// <param name="Code">What was odd.</param>
/// <param name="Count">How many times: rows, or invoices where it bears on whole invoices.</param>
/// <param name="FirstLine">Line of the first occurrence; 0 where it concerns the whole file.</param>
/// <param name="Column">The column's name (or letters), or null where it concerns the whole row or file.</param>
/// <param name="Read">What stood there the first time, shortened to 60 characters; or null.</param>
public sealed record TableNotice(
    TableNoticeCode Code,
    int Count,
    int FirstLine,
    string? Column = null,
    string? Read = null
);

/// <summary>Why a cell or a row cannot be read.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TableProblemReason>))]
public enum TableProblemReason
{
    /// <summary>The amount cannot be read in the format of its column.</summary>
    Amount,

    /// <summary>The date cannot be read in the order of its column, or the order has not been chosen.</summary>
    Date,

    /// <summary>The currency is not known.</summary>
    Currency,

    /// <summary>The VAT rate cannot be read.</summary>
    Rate,

    /// <summary>The row has no date.</summary>
    NoDate,

    /// <summary>The row has no amount.</summary>
    NoAmount,

    /// <summary>The row names no client.</summary>
    NoClient,

    /// <summary>Rows of one invoice say different totals where all others repeat one; they were added.</summary>
    TotalsDiffer,

    /// <summary>Rows of one invoice are in several currencies.</summary>
    TwoCurrencies,
}

/// <summary>A cell or row that cannot be read.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Column">The column's name (or letters), or null where the row as a whole is at fault.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Read">What stands there, shortened to 60 characters.</param>
/// <param name="IsLeftOut">True where the whole row was left out; else the cell alone was taken as empty.</param>
public sealed record TableProblem(int Line, string? Column, TableProblemReason Reason, string Read, bool IsLeftOut);
