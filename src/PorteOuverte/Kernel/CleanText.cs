using System.Buffers;
using System.Text;

namespace PorteOuverte.Kernel;

/// <summary>What was typed or sent, without what is no text and makes libraries and databases stumble: zeros, orders to a terminal, halves of characters, places that Unicode gives to no character.</summary>
public static class CleanText
{
    /// <summary>One line: what separates lines and columns becomes a space. Without spaces at the ends, and cut after so many characters.</summary>
    public static string Line(string? text, int most = int.MaxValue) => Cleaned(text ?? "", "", most);

    /// <summary>Several lines, of one kind of line end; without empty ones at the ends, and cut after so many characters.</summary>
    public static string Lines(string? text, int most = int.MaxValue) =>
        Cleaned((text ?? "").ReplaceLineEndings("\n"), "\n\t", most);

    /// <summary>Whole characters alone, and only those that Unicode knows or may know one day: .NET does not normalize anything else.</summary>
    public static string Whole(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Nearly always there is nothing to do: what is doubtful begins at the surrogates.
        if (
            !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            && !text.AsSpan().ContainsAnyInRange('\uFDD0', '\uFFFF')
        )
        {
            return text;
        }
        var whole = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); rest.Length > 0; )
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (status == OperationStatus.Done && !IsNoCharacter(rune.Value))
            {
                whole.Append(rest[..length]);
            }
            rest = rest[length..];
        }
        return whole.ToString();
    }

    private static string Cleaned(string text, string kept, int most)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in Whole(text))
        {
            if (kept.Contains(c, StringComparison.Ordinal))
            {
                clean.Append(c);
            }
            else if (c is '\u2028' or '\u2029' || (char.IsControl(c) && char.IsWhiteSpace(c)))
            {
                clean.Append(' ');
            }
            else if (!char.IsControl(c))
            {
                clean.Append(c);
            }
        }
        var trimmed = clean.ToString().Trim();
        return trimmed.Length <= most ? trimmed : Whole(trimmed[..most]).TrimEnd();
    }

    private static bool IsNoCharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}
