using System.Text.Json.Serialization;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What a column may be of an invoice, a payment or a client.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TableField>))]
public enum TableField
{
    /// <summary>The client's name.</summary>
    ClientName,

    /// <summary>The client's code or account.</summary>
    ClientCode,

    /// <summary>The client's e-mail address.</summary>
    ClientEmail,

    /// <summary>The client's SIREN or SIRET.</summary>
    Siren,

    /// <summary>The client's VAT number.</summary>
    VatNumber,

    /// <summary>The document's number.</summary>
    Number,

    /// <summary>What the document is: an invoice, a credit note …</summary>
    Kind,

    /// <summary>The document's date.</summary>
    Date,

    /// <summary>The day it is due.</summary>
    DueDate,

    /// <summary>The day of its payment.</summary>
    PaidOn,

    /// <summary>The amount without VAT.</summary>
    Net,

    /// <summary>The VAT.</summary>
    Vat,

    /// <summary>The amount with VAT.</summary>
    Gross,

    /// <summary>The VAT rate: <c>20</c>, <c>20 %</c> or <c>0.2</c>.</summary>
    VatRate,

    /// <summary>What has been paid.</summary>
    Paid,

    /// <summary>What remains to be paid.</summary>
    Outstanding,

    /// <summary>The currency.</summary>
    Currency,

    /// <summary>What the document or line is about.</summary>
    Label,
}
