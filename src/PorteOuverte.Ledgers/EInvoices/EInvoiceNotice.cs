namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>What was odd about an e-invoice, and what the reader assumed so as to go on.</summary>
public enum EInvoiceNoticeCode
{
    /// <summary>A number cannot be read (the norm: digits, a point, a sign), or a price stands for no quantity; it was taken as absent, that quantity as 1.</summary>
    UnreadableNumber,

    /// <summary>A date is no day; it was taken as absent.</summary>
    UnreadableDate,

    /// <summary>A date is written neither AAAAMMJJ nor AAAA-MM-JJ; the day was taken to stand before the month.</summary>
    DateFormat,

    /// <summary>A SIREN or SIRET (scheme 0002 or 0009) has neither 9 nor 14 digits; it was left out.</summary>
    UnreadableIdentifier,

    /// <summary>A text is longer than 10 000 characters; the rest was left out.</summary>
    TextShortened,

    /// <summary>The document does not say its type (BT-3); 380 was assumed, or 381 for a credit note of UBL.</summary>
    MissingTypeCode,

    /// <summary>The document does not say its currency (BT-5); that of its totals was assumed, else the euro.</summary>
    MissingCurrency,

    /// <summary>An amount bears another currency than the document; it was taken in the document's.</summary>
    OtherCurrency,

    /// <summary>A total is missing and was worked out from the others.</summary>
    MissingTotal,

    /// <summary>Net and VAT do not add up to the gross total (BR-CO-15); all were kept.</summary>
    TotalsDiffer,

    /// <summary>Gross, prepaid and rounding do not give the amount due (BR-CO-16); all were kept.</summary>
    DueDiffers,

    /// <summary>Lines, charges and allowances do not add up to the net total (BR-CO-10, BR-CO-13); all were kept.</summary>
    LinesDiffer,

    /// <summary>A document of a credit note's type has a negative total; it was taken for a credit note all the same.</summary>
    NegativeCreditNote,

    /// <summary>The document has several due dates; the last was taken.</summary>
    SeveralDueDates,

    /// <summary>The due date lies before the issue date; both were kept.</summary>
    DueBeforeIssue,
}

/// <summary>One kind of oddity met in one place of an e-invoice: how often, first where, what was read and what was assumed.</summary>
/// <param name="Code">What was odd.</param>
/// <param name="Count">How many times.</param>
/// <param name="FirstLine">Line of the first occurrence in the XML; 0 where it concerns what is absent.</param>
/// <param name="Place">The path of the element by local names (<c>/Invoice/IssueDate</c>), or the business term (<c>BT-112</c>) of what is absent or contradicts.</param>
/// <param name="Read">What stood there the first time, shortened to 60 characters; or null.</param>
/// <param name="Assumed">What it was taken for, amounts with a decimal point and the sign the document shows, dates as AAAA-MM-JJ; or null.</param>
public sealed record EInvoiceNotice(
    EInvoiceNoticeCode Code,
    int Count,
    int FirstLine,
    string Place,
    string? Read,
    string? Assumed
);
