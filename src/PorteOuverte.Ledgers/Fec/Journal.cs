using System.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>What a journal is kept for, as far as its code and name tell.</summary>
internal enum JournalUse
{
    Ordinary,

    /// <summary>Perhaps opening entries: the lines themselves must agree.</summary>
    PerhapsOpening,
    Opening,
}

internal static class Journals
{
    public static JournalUse UseOf(ReadOnlySpan<byte> code, ReadOnlySpan<byte> name)
    {
        var key = Plain(code);
        var label = Plain(name);
        if (key is "an" or "ano" or "ran" or "anouv" or "anouveau" || IsOpeningLabel(label))
        {
            return JournalUse.Opening;
        }
        return key is "ad" or "2" or "00" or "bo" or "ouv" or "anx" or "opn" or "open" ? JournalUse.PerhapsOpening : JournalUse.Ordinary;
    }

    /// <summary>True for labels such as À NOUVEAU, REPORT, BILAN D'OUVERTURE, BALANCE INITIALE.</summary>
    public static bool IsOpeningLabel(ReadOnlySpan<byte> label) => IsOpeningLabel(Plain(label));

    private static bool IsOpeningLabel(string label) =>
        label.Contains("anouveau", StringComparison.Ordinal)
        || label.Contains("ouverture", StringComparison.Ordinal)
        || label.Contains("bilandebut", StringComparison.Ordinal)
        || label.Contains("balanceinitiale", StringComparison.Ordinal)
        || label.Contains("reportexercice", StringComparison.Ordinal)
        || label is "nouveau" or "nouveaux" or "san" or "bilan" or "openingbalance" or "opening";

    // Letters and digits only, in lower case; an accented A counts as an a in every encoding, as any
    // byte above ASCII just before "nouveau" does.
    private static string Plain(ReadOnlySpan<byte> text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (char.IsAsciiLetterOrDigit((char)b))
            {
                plain.Append(char.ToLowerInvariant((char)b));
            }
            else if (b >= 0x80 && (i == 0 || text[i - 1] < 0x80))
            {
                // The accents of the words looked for: à (nouveau), ô (clôture), é (début).
                plain.Append(plain.Length == 0 || plain[^1] != 'l' ? plain.Length > 0 && plain[^1] == 'd' ? 'e' : 'a' : 'o');
            }
        }
        return plain.ToString();
    }
}
