namespace PorteOuverte.Ledgers.Tables;

/// <summary>The words by which exports name their columns, in French and English, folded (<see cref="Cells.Fold"/>).</summary>
internal static class FieldWords
{
    private const int Exact = 100;
    private const int Within = 50;

    // A phrase after "~" names the field only where nothing else does.
    private static readonly (TableField Field, string[] Phrases)[] Words =
    [
        (
            TableField.DueDate,
            Split(
                "echeance|date echeance|due date|due|due on|date limite|date limite paiement|a payer avant|payer avant|payable|exigibilite|payment due|echeance paiement"
            )
        ),
        (
            TableField.PaidOn,
            Split(
                "date paiement|date reglement|date encaissement|payment date|paid on|paid at|date paid|paye|payee|paiement|regle|reglee|reglement|date payment|encaisse|encaissee|paid|settled on|payment on|dernier paiement|date dernier paiement"
            )
        ),
        (
            TableField.Date,
            Split(
                "date|date facture|date facturation|date emission|invoice date|date invoice|issue date|date issued|issued|issued on|emis|emise|emission|date piece|date document|document date|billing date|bill date|~created|~date creation|~created at|~jour|~day"
            )
        ),
        (
            TableField.ClientEmail,
            Split(
                "email|e mail|mail|courriel|adresse mail|adresse email|client email|email client|customer email|billing email|contact email"
            )
        ),
        (
            TableField.Siren,
            Split(
                "siren|siret|siren siret|n siren|n siret|siren client|siret client|numero siren|numero siret|company number|registration number"
            )
        ),
        (
            TableField.VatNumber,
            Split(
                "n tva|numero tva|tva intracommunautaire|n tva intracommunautaire|n tva intracom|tva intracom|numero tva intracommunautaire|vat number|vat id|vat no|tax id|tax number|customer vat number|tva client|n tva client|vat reg no|id tva"
            )
        ),
        (
            TableField.ClientCode,
            Split(
                "code client|n client|no client|numero client|num client|client id|id client|client code|client number|customer id|customer code|customer number|account number|code tiers|ref client|reference client|compte client|compte tiers|compte auxiliaire|code|~compte|~account|~id"
            )
        ),
        (
            TableField.ClientName,
            Split(
                "client|nom|nom client|client name|raison sociale|customer|customer name|company|company name|societe|tiers|nom tiers|nom societe|denomination|destinataire|bill to|billed to|billing name|organisation|organization|entreprise|acheteur|buyer|compte client nom|~name|~nom prenom|~contact|~libelle tiers|~intitule compte|~debiteur|~debtor"
            )
        ),
        (
            TableField.VatRate,
            Split("taux tva|taux|tva %|% tva|vat rate|tax rate|vat %|% vat|taux taxe|tax %|taux tva %")
        ),
        (
            TableField.Vat,
            Split(
                "tva|montant tva|total tva|tva eur|vat|vat amount|tax|taxes|tax amount|total tax|total vat|total taxes|sales tax|montant taxe|gst|tva totale"
            )
        ),
        (
            TableField.Net,
            Split(
                "ht|montant ht|total ht|prix ht|net ht|total net ht|hors taxes|hors taxe|montant hors taxes|montant hors taxe|net|net amount|amount net|total net|montant net|subtotal|sub total|sous total|amount excl vat|amount excl tax|total excl vat|total excl tax|excl vat|excl tax|untaxed amount|tax excluded|before tax|amount before tax|base ht|ca ht|chiffre affaires ht|amount ex vat|ht eur"
            )
        ),
        (
            TableField.Outstanding,
            Split(
                "reste|reste a payer|reste du|solde|solde du|solde restant|balance|balance due|amount due|outstanding|open amount|open balance|montant du|restant du|a encaisser|montant restant|reste a regler"
            )
        ),
        (
            TableField.Paid,
            Split(
                "montant paye|montant regle|montant encaisse|montant reglement|amount paid|paid amount|paye|regle|encaisse|deja regle|total paye|total paid|payment amount|montant paiement|paid|paiement|reglement|payments|acomptes|payment"
            )
        ),
        (
            TableField.Gross,
            Split(
                "ttc|montant ttc|total ttc|net a payer|toutes taxes comprises|gross|gross amount|amount gross|total gross|grand total|invoice total|total facture|montant facture|invoice amount|amount incl vat|amount incl tax|total incl vat|total incl tax|incl vat|incl tax|tax included|prix ttc|ttc eur|total amount|amount total|total amount due|~total|~montant|~amount|~montant total|~somme|~value|~valeur|~montant eur"
            )
        ),
        (TableField.Currency, Split("devise|currency|monnaie|ccy|currency code|code devise|code monnaie")),
        (
            TableField.Number,
            Split(
                "numero|n|no|num|number|facture|n facture|no facture|num facture|numero facture|facture n|invoice|invoice number|invoice no|invoice num|invoice id|invoice n|n piece|numero piece|piece|document|document number|numero document|n document|ref facture|reference facture|bill number|bill no|inv no|doc no|~reference|~ref|~id facture"
            )
        ),
        (
            TableField.Kind,
            Split(
                "type|nature|kind|type document|document type|type piece|type facture|invoice type|transaction type|facture avoir|type transaction"
            )
        ),
        (
            TableField.Label,
            Split(
                "libelle|objet|description|designation|label|subject|item|article|intitule|prestation|memo|details|product|produit|service|title|titre|~commentaire|~comment|~notes|~note"
            )
        ),
    ];

    private static readonly string[] OfLines =
    [
        "unitaire",
        "unit",
        "ligne",
        "line",
        "pu",
        "price",
        "remise",
        "discount",
        "quantite",
        "qty",
        "quantity",
        "cout",
        "cost",
        "marge",
        "margin",
    ];

    /// <summary>True where a text is one of the words that name columns.</summary>
    public static bool Knows(string text)
    {
        var folded = Cells.Fold(text);
        return folded.Length > 0 && Words.Any(w => Score(w.Phrases, folded) >= Within);
    }

    /// <summary>How well a header names each field; those it does not name are left out.</summary>
    public static IEnumerable<(TableField Field, int Score)> Of(string header)
    {
        var folded = Cells.Fold(header);
        foreach (var (field, phrases) in Words)
        {
            var score = Score(phrases, folded);
            var isAmount = field is TableField.Net or TableField.Vat or TableField.Gross;
            if (score > 0 && isAmount && folded.Split(' ').Intersect(OfLines).Any())
            {
                score = 1;
            }
            if (score > 0)
            {
                yield return (field, score);
            }
        }
    }

    /// <summary>The field a header names best, or null.</summary>
    public static TableField? Best(string header) =>
        Of(header).OrderByDescending(o => o.Score).Select(o => (TableField?)o.Field).FirstOrDefault();

    private static int Score(string[] phrases, string folded)
    {
        var best = 0;
        foreach (var phrase in phrases)
        {
            var weak = phrase[0] == '~';
            var words = weak ? phrase[1..] : phrase;
            var score =
                words == folded ? Exact
                : Contains(folded, words)
                    ? Within + (5 * words.Count(' ')) + words.Length - (folded.Count(' ') - words.Count(' '))
                : 0;
            best = Math.Max(best, weak ? score / 3 : score);
        }
        return best;
    }

    private static bool Contains(string folded, string words)
    {
        // A letter alone ("n") says nothing inside a longer name.
        for (
            var at = words.Length < 2 ? -1 : folded.IndexOf(words, StringComparison.Ordinal);
            at >= 0;
            at = folded.IndexOf(words, at + 1, StringComparison.Ordinal)
        )
        {
            var end = at + words.Length;
            if ((at == 0 || folded[at - 1] == ' ') && (end == folded.Length || folded[end] == ' '))
            {
                return true;
            }
        }
        return false;
    }

    private static string[] Split(string phrases) => phrases.Split('|');

    private static int Count(this string text, char c) => text.AsSpan().Count(c);
}
