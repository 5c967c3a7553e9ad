using System.Globalization;
using System.Text;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>Small things said of the text of cells.</summary>
internal static class Cells
{
    /// <summary>Removes the spaces, NULs and marks of encodings around a text.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }
        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }
        return text[start..end];

        static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\0' or '\uFEFF' or '\u200B';
    }

    /// <summary>The text a person wrote: encoded once, entities resolved, on one line.</summary>
    public static string Label(string text) =>
        Repair.Label(Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ")), Encoding.UTF8);

    /// <summary>Shortened to what a report shows.</summary>
    public static string Short(string text) =>
        text.Length <= TableLimits.SampleLength ? text
        : char.IsHighSurrogate(text[TableLimits.SampleLength - 1]) ? text[..(TableLimits.SampleLength - 1)]
        : text[..TableLimits.SampleLength];

    /// <summary>Lower case, without accents; anything but letters and digits is one space, and little words are left out.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Short(text).Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(c == '%' ? " % " : ' ');
            }
        }
        folded.Replace("œ", "oe");
        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(
            ' ',
            words.Where(w => w is not ("d" or "de" or "du" or "des" or "l" or "la" or "le" or "les" or "of" or "the"))
        );
    }

    /// <summary>A column's letters in a spreadsheet: A, B … Z, AA.</summary>
    public static string Letter(int position)
    {
        var letter = "";
        for (var rest = position + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letter = (char)('A' + ((rest - 1) % 26)) + letter;
        }
        return letter;
    }
}
