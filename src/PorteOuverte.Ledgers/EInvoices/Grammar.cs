namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>One kind of document: how it is recognised and which of its paths is which term.</summary>
/// <param name="Syntax">The syntax it belongs to.</param>
/// <param name="DefaultType">Its type code (BT-3) where it does not say.</param>
/// <param name="Root">Its root element.</param>
/// <param name="RootNamespace">How the root's namespace begins; what follows is a version.</param>
/// <param name="Families">How the namespaces of its elements begin; elements of others are passed over.</param>
internal sealed record Grammar(
    EInvoiceSyntax Syntax,
    string DefaultType,
    PathNode Root,
    string RootNamespace,
    params string[] Families
)
{
    private const string Cefact = "urn:un:unece:uncefact:data:";
    private const string Ferd = "urn:ferd:CrossIndustryDocument:invoice:";
    private const string Oasis = "urn:oasis:names:specification:ubl:schema:xsd:";

    private static readonly Grammar[] All =
    [
        new(
            EInvoiceSyntax.Cii,
            "380",
            CiiPaths.Of("CrossIndustryInvoice"),
            Cefact + "standard:CrossIndustryInvoice:",
            Cefact
        ),
        new(EInvoiceSyntax.Zugferd1, "380", CiiPaths.Of("CrossIndustryDocument"), Ferd, Ferd, Cefact),
        new(EInvoiceSyntax.Ubl, "380", UblPaths.Of("Invoice"), Oasis + "Invoice-2", Oasis),
        new(EInvoiceSyntax.Ubl, "381", UblPaths.Of("CreditNote"), Oasis + "CreditNote-2", Oasis),
    ];

    /// <summary>The kind of document with this root element, or null.</summary>
    public static Grammar? Of(string localName, string ns) =>
        Array.Find(All, g => g.Root.Path[1..] == localName && ns.StartsWith(g.RootNamespace, StringComparison.Ordinal));

    public bool Owns(string ns) => Array.Exists(Families, f => ns.StartsWith(f, StringComparison.Ordinal));
}
