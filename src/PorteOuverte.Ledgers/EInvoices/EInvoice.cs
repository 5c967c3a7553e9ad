namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>The grammar an e-invoice is written in.</summary>
public enum EInvoiceSyntax
{
    /// <summary>UN/CEFACT Cross Industry Invoice, the XML of Factur-X and ZUGFeRD 2.</summary>
    Cii,

    /// <summary>The Cross Industry Document of ZUGFeRD 1.0.</summary>
    Zugferd1,

    /// <summary>OASIS UBL 2, Invoice or CreditNote.</summary>
    Ubl,
}

/// <summary>What one e-invoice says (EN 16931; BT-n are its business terms), whatever its syntax.</summary>
/// <remarks>
/// <para>Amounts are in <see cref="Currency"/>. One convention of sign: what the buyer owes is positive, what the buyer is
/// credited is negative. So the totals, line amounts and quantities of a credit note are negative here, whether the document
/// writes it as type 381 with positive amounts or as type 380 with negative ones; unit prices keep their sign.
/// <see cref="AreAmountsTurned"/> tells the two ways apart: where true, the document itself shows the opposite signs.</para>
/// <para>Texts are trimmed and their white space is made one space. A value that is absent or blank is null.</para>
/// </remarks>
public sealed record EInvoice
{
    /// <summary>The grammar it is written in.</summary>
    public required EInvoiceSyntax Syntax { get; init; }

    /// <summary>The guideline or profile it says it follows (BT-24), as <c>urn:factur-x.eu:1p0:minimum</c>; or null.</summary>
    public string? Profile { get; init; }

    /// <summary>The document's number (BT-1).</summary>
    public required string Number { get; init; }

    /// <summary>The document's type (BT-3, UNTDID 1001): 380 invoice, 381 credit note, 384 corrected invoice, 386 prepayment, 389 self-billed, 326 partial…</summary>
    public required string TypeCode { get; init; }

    /// <summary>True where the document credits the buyer: by its type (381 and the like, a UBL CreditNote), or because its total is negative.</summary>
    public required bool IsCreditNote { get; init; }

    /// <summary>True where the document shows its amounts and quantities with the opposite sign: a credit note by type, with positive amounts.</summary>
    public required bool AreAmountsTurned { get; init; }

    /// <summary>The day it was issued (BT-2).</summary>
    public required DateOnly IssueDate { get; init; }

    /// <summary>The day it is to be paid (BT-9), the last where there are several; or null. The profile MINIMUM has none.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>The currency of the amounts (BT-5, ISO 4217).</summary>
    public required string Currency { get; init; }

    /// <summary>The currency VAT is accounted in (BT-6), where it is another; or null.</summary>
    public string? VatCurrency { get; init; }

    /// <summary>Total without VAT (BT-109); or null where only the amount to pay is known.</summary>
    public decimal? NetTotal { get; init; }

    /// <summary>Total VAT (BT-110); or null where only the amount to pay is known.</summary>
    public decimal? VatTotal { get; init; }

    /// <summary>Total VAT in <see cref="VatCurrency"/> (BT-111); or null.</summary>
    public decimal? VatTotalInVatCurrency { get; init; }

    /// <summary>Total with VAT (BT-112).</summary>
    public required decimal GrossTotal { get; init; }

    /// <summary>What has been paid already (BT-113); where the document says nothing of it, as the profile MINIMUM, what gross and due tell.</summary>
    public required decimal Prepaid { get; init; }

    /// <summary>What rounding adds to the amount due (BT-114); 0 where the document says nothing of it.</summary>
    public required decimal Rounding { get; init; }

    /// <summary>What is to be paid (BT-115).</summary>
    public required decimal DuePayable { get; init; }

    /// <summary>Who sells (BG-4).</summary>
    public required EInvoiceParty Seller { get; init; }

    /// <summary>Who buys (BG-7).</summary>
    public required EInvoiceParty Buyer { get; init; }

    /// <summary>What the buyer wants to find on the invoice (BT-10): a service code, a person; or null.</summary>
    public string? BuyerReference { get; init; }

    /// <summary>The number of the buyer's order (BT-13); or null.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>The terms of payment in words (BT-20); or null.</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>The invoices it corrects, credits or follows (BG-3).</summary>
    public required IReadOnlyList<PrecedingInvoice> PrecedingInvoices { get; init; }

    /// <summary>The lines (BG-25). The profiles MINIMUM and BASIC WL have none.</summary>
    public required IReadOnlyList<EInvoiceLine> Lines { get; init; }

    /// <summary>How many files it carries inside (BT-125); they are not read.</summary>
    public required int AttachmentCount { get; init; }

    /// <summary>Every oddity met, counted and located.</summary>
    public required IReadOnlyList<EInvoiceNotice> Notices { get; init; }

    /// <summary>Reads one e-invoice: CII (Factur-X in all profiles, ZUGFeRD 1 and 2, XRechnung) or UBL (Invoice, CreditNote), told apart by the root element.</summary>
    /// <param name="stream">The XML, from its current position; it must be able to seek, and stays open. Any encoding that the XML declares.</param>
    /// <param name="name">The file's name, for the exceptions only.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="UnreadableEInvoiceException">The file is no e-invoice, or one without number, date or amount.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static EInvoice Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream must be able to seek.", nameof(stream));
        }
        return new EInvoiceDocument(stream, name).Read();
    }
}

/// <summary>Who sells or buys, as the document says.</summary>
public sealed record EInvoiceParty
{
    /// <summary>The name (BT-27, BT-44), else the trading name (BT-28, BT-45); or null.</summary>
    public string? Name { get; init; }

    /// <summary>The SIREN, nine digits, of any identifier of scheme 0002 or 0009; or null. Its key is not checked.</summary>
    public string? Siren { get; init; }

    /// <summary>The SIRET, fourteen digits, of any identifier of scheme 0009 or 0002; or null. Its key is not checked.</summary>
    public string? Siret { get; init; }

    /// <summary>The VAT number (BT-31, BT-48) in capitals and without spaces; or null.</summary>
    public string? VatNumber { get; init; }

    /// <summary>The lines of the address before post code and town (BT-35, 36 and 162; BT-50, 51 and 163).</summary>
    public required IReadOnlyList<string> AddressLines { get; init; }

    /// <summary>The post code (BT-38, BT-53); or null.</summary>
    public string? PostCode { get; init; }

    /// <summary>The town (BT-37, BT-52); or null.</summary>
    public string? City { get; init; }

    /// <summary>The country (BT-40, BT-55, ISO 3166-1, two letters; overseas departments have their own, as <c>RE</c>); or null.</summary>
    public string? Country { get; init; }

    /// <summary>The e-mail address of its contact (BT-43, BT-58), else the one it receives invoices at (BT-34, BT-49); or null.</summary>
    public string? Email { get; init; }
}

/// <summary>An earlier invoice that a document names (BG-3).</summary>
/// <param name="Number">Its number (BT-25).</param>
/// <param name="IssueDate">The day it was issued (BT-26), or null.</param>
public sealed record PrecedingInvoice(string Number, DateOnly? IssueDate);

/// <summary>One line of an e-invoice (BG-25).</summary>
public sealed record EInvoiceLine
{
    /// <summary>Its number or other identifier (BT-126), not always unique; or null.</summary>
    public string? Number { get; init; }

    /// <summary>What is sold (BT-153); or null.</summary>
    public string? Name { get; init; }

    /// <summary>More about it (BT-154); or null.</summary>
    public string? Description { get; init; }

    /// <summary>How much of it (BT-129); negative where it is credited; or null.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The unit (BT-130, UN/ECE Recommendation 20): C62 one, HUR hour, DAY day, LTR litre…; or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The price of one unit without VAT: BT-146 divided by the quantity it stands for (BT-149); or null.</summary>
    public decimal? NetUnitPrice { get; init; }

    /// <summary>The amount of the line without VAT, its own allowances and charges included (BT-131); negative where it is credited; or null.</summary>
    public decimal? NetAmount { get; init; }

    /// <summary>The VAT rate in percent (BT-152): 20 for 20 %; or null.</summary>
    public decimal? VatRate { get; init; }

    /// <summary>False for a heading or a line of information (profile EXTENDED, BT-X-8): its amount is not part of the total.</summary>
    public required bool IsCounted { get; init; }
}
