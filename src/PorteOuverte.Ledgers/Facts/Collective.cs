using System.Text;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>Tells an account that gathers many buyers (cash sales, sundry clients) from a client.</summary>
internal static class Collective
{
    // Words that name an account or a crowd, never a company, when nothing else stands in the name.
    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "client", "clients", "collectif", "collectifs", "divers", "diverses", "compte", "comptes", "comptant", "comptoir",
        "vente", "ventes", "caisse", "detail", "particulier", "particuliers", "passage", "public", "boutique", "magasin",
        "au", "aux", "de", "des", "du", "le", "les", "la", "a", "et", "en", "sur", "intra", "comm", "intracomm",
        "intracommunautaires", "export", "france", "etranger", "ue", "cee", "creances", "creance", "douteux", "litigieux",
        "effets", "recevoir", "anonyme", "anonymes", "web", "internet", "b", "bnc", "bic",
    };

    // One of these must be there: "la boutique" alone may well be a company.
    private static readonly string[] Crowds =
    [
        "client", "clients", "collectif", "collectifs", "divers", "diverses", "comptant", "passage", "particuliers", "creances", "anonymes", "caisse",
    ];

    /// <summary>True where a code stands for many buyers.</summary>
    /// <param name="code">The client's code.</param>
    /// <param name="name">Its name.</param>
    /// <param name="auxiliary">True where the code is an auxiliary account: someone took the trouble to name a client.</param>
    public static bool Is(string code, string name, bool auxiliary)
    {
        if (code == "?")
        {
            return true;
        }
        // Nearly every name begins with a word that settles it, and needs no closer reading.
        var first = FirstWord(name);
        if (Ascii.IsValid(first) && !Generic.Contains(first) && !first.All(char.IsAsciiDigit))
        {
            return false;
        }
        var words = Words(name);
        var generic = words.Count > 0 && words.TrueForAll(w => Generic.Contains(w) || w.All(char.IsAsciiDigit)) && words.Exists(w => Crowds.Contains(w));
        // Without auxiliary accounts, 4111 or 411000 is the chart of accounts speaking: "Clients - ventes de biens".
        return generic || (!auxiliary && code.All(char.IsAsciiDigit) && words.Count > 0 && words[0] is "client" or "clients" or "creances");
    }

    private static string FirstWord(string name)
    {
        var start = 0;
        while (start < name.Length && !char.IsLetterOrDigit(name[start]))
        {
            start++;
        }
        var end = start;
        while (end < name.Length && char.IsLetterOrDigit(name[end]))
        {
            end++;
        }
        return name[start..end].ToLowerInvariant();
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                word.Append(c);
            }
            else if (c < 0x300 || c > 0x36F)
            {
                Flush();
            }
        }
        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
