using System.Text.Json.Serialization;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What a row of a table is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TableInvoiceKind>))]
public enum TableInvoiceKind
{
    /// <summary>An invoice.</summary>
    Invoice,

    /// <summary>A credit note; its amounts are negative.</summary>
    CreditNote,
}

/// <summary>An invoice or a credit note of a table, from one row or several. Amounts in hundredths of the currency; a credit note's are negative.</summary>
public sealed record TableInvoice
{
    /// <summary>Its line; the first, where several rows make it.</summary>
    public required int Line { get; init; }

    /// <summary>How many rows make it.</summary>
    public required int Rows { get; init; }

    /// <summary>The client's name; may be empty.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>The client's code; may be empty.</summary>
    public string ClientCode { get; init; } = "";

    /// <summary>The client's e-mail address; may be empty.</summary>
    public string ClientEmail { get; init; } = "";

    /// <summary>The client's SIREN, its check digit right; or null.</summary>
    public string? Siren { get; init; }

    /// <summary>The client's VAT number as it stands; may be empty.</summary>
    public string VatNumber { get; init; } = "";

    /// <summary>The document's number; may be empty.</summary>
    public string Number { get; init; } = "";

    /// <summary>Invoice or credit note.</summary>
    public TableInvoiceKind Kind { get; init; }

    /// <summary>The document's date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The day it is due, or null.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Amount without VAT; null where it is neither given nor to be derived.</summary>
    public long? Net { get; init; }

    /// <summary>VAT; null where it is neither given nor to be derived.</summary>
    public long? Vat { get; init; }

    /// <summary>Amount with VAT; null where it is neither given nor to be derived.</summary>
    public long? Gross { get; init; }

    /// <summary>The currency (ISO 4217).</summary>
    public required string Currency { get; init; }

    /// <summary>The day of its (last) payment, or null.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>What has been paid, or null where the table does not say.</summary>
    public long? Paid { get; init; }

    /// <summary>What it is about; may be empty.</summary>
    public string Label { get; init; } = "";
}
