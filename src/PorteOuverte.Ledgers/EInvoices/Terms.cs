namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>The values the reader looks for, whatever the syntax (the business terms of EN 16931).</summary>
internal enum Term
{
    Profile,
    Number,
    TypeCode,
    IssueDate,
    DueDate,
    Currency,
    VatCurrency,
    AllowanceTotal,
    ChargeTotal,
    NetTotal,
    VatTotal,
    GrossTotal,
    Prepaid,
    Rounding,
    DuePayable,
    BuyerReference,
    OrderNumber,
    PaymentTerms,
    Name,
    TradingName,
    Identifier,
    TaxNumber,
    TaxScheme,
    AddressLine,
    PostCode,
    City,
    Country,
    Email,
    Description,
    LineStatus,
    Quantity,
    Price,
    PriceQuantity,
    NetAmount,
    VatRate,
}

/// <summary>The elements whose values belong together.</summary>
internal enum TermGroup
{
    Document,
    Seller,
    Buyer,
    TaxRegistration,
    PrecedingInvoice,
    Line,
    Attachment,
}

/// <summary>One value as the document writes it, and where.</summary>
/// <param name="Text">The text, trimmed, its white space made one space; never blank.</param>
/// <param name="Qualifier">The scheme, currency or unit it bears, or null.</param>
/// <param name="Place">The path of its element.</param>
/// <param name="Line">The line of the XML.</param>
internal readonly record struct Written(string Text, string? Qualifier, string Place, int Line);

/// <summary>The values of one group, in the order of the document.</summary>
internal sealed class TermValues(TermGroup group)
{
    private readonly List<(Term Term, Written Value)> values = [];

    public TermGroup Group { get; } = group;

    public int Count => values.Count;

    public void Add(Term term, Written value) => values.Add((term, value));

    public IEnumerable<Written> All(Term term) => values.Where(v => v.Term == term).Select(v => v.Value);

    public Written? First(Term term)
    {
        foreach (var (of, value) in values)
        {
            if (of == term)
            {
                return value;
            }
        }
        return null;
    }

    public string? Text(Term term) => First(term)?.Text;
}
