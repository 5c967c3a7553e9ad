namespace PorteOuverte.Ledgers.Tables;

/// <summary>Words in cells that tell what a row is.</summary>
internal static class RowWords
{
    private static readonly string[] CreditNotes =
    [
        "avoir",
        "avoirs",
        "credit note",
        "creditnote",
        "credit memo",
        "note credit",
        "credit",
        "refund",
        "remboursement",
        "facture avoir",
        "facture d avoir",
        "gutschrift",
        "381",
        "annulation",
    ];

    private static readonly string[] NoInvoices =
    [
        "devis",
        "quote",
        "quotation",
        "estimate",
        "proforma",
        "pro forma",
        "facture proforma",
        "commande",
        "order",
        "sales order",
        "bon commande",
        "bon livraison",
        "delivery note",
        "brouillon",
        "draft",
        "annule",
        "annulee",
        "cancelled",
        "canceled",
        "void",
    ];

    private static readonly string[] Totals =
    [
        "total",
        "totaux",
        "totals",
        "sous total",
        "sous totaux",
        "subtotal",
        "sub total",
        "grand total",
        "total general",
        "somme",
        "sum",
    ];

    /// <summary>True where a kind names a credit note.</summary>
    public static bool IsCreditNote(string kind) => Begins(kind, CreditNotes);

    /// <summary>True where a kind names a document that is no invoice.</summary>
    public static bool IsNoInvoice(string kind) => Begins(kind, NoInvoices);

    /// <summary>True for a cell that begins as rows of totals do.</summary>
    public static bool IsTotal(string text) =>
        text.Length is > 2 and < 80 && text[0] is 't' or 'T' or 's' or 'S' or 'g' or 'G' && Begins(text, Totals);

    private static bool Begins(string text, string[] words)
    {
        var folded = Cells.Fold(text);
        return words.Any(w =>
            folded.StartsWith(w, StringComparison.Ordinal) && (folded.Length == w.Length || folded[w.Length] == ' ')
        );
    }
}
