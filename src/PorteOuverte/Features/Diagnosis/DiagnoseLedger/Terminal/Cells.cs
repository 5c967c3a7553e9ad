using System.Globalization;
using System.Text;

namespace PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;

/// <summary>How wide a text stands in a terminal: names come in every script.</summary>
internal static class Cells
{
    // Scripts and pictures that take two cells (East Asian Width W and F, and emoji).
    private static readonly (int From, int To)[] Wide =
    [
        (0x1100, 0x115F),
        (0x231A, 0x231B),
        (0x2329, 0x232A),
        (0x23E9, 0x23F3),
        (0x25FD, 0x25FE),
        (0x2614, 0x2615),
        (0x2648, 0x2653),
        (0x267F, 0x267F),
        (0x2693, 0x2693),
        (0x26A1, 0x26A1),
        (0x26AA, 0x26AB),
        (0x26BD, 0x26BE),
        (0x26C4, 0x26C5),
        (0x26CE, 0x26CE),
        (0x26D4, 0x26D4),
        (0x26EA, 0x26EA),
        (0x26F2, 0x26F5),
        (0x26FA, 0x26FD),
        (0x2705, 0x2705),
        (0x270A, 0x270B),
        (0x2728, 0x2728),
        (0x274C, 0x274E),
        (0x2753, 0x2757),
        (0x2795, 0x2797),
        (0x27B0, 0x27BF),
        (0x2B1B, 0x2B1C),
        (0x2B50, 0x2B55),
        (0x2E80, 0x303E),
        (0x3041, 0x33FF),
        (0x3400, 0x4DBF),
        (0x4E00, 0xA4CF),
        (0xA960, 0xA97F),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60),
        (0xFFE0, 0xFFE6),
        (0x16FE0, 0x18AFF),
        (0x1B000, 0x1B2FF),
        (0x1F004, 0x1F004),
        (0x1F0CF, 0x1F0CF),
        (0x1F18E, 0x1F19A),
        (0x1F200, 0x1F64F),
        (0x1F680, 0x1F6FF),
        (0x1F7E0, 0x1F7EB),
        (0x1F900, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }
        return width;
    }

    private static int Width(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }
        if (
            Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
                or UnicodeCategory.Control
        )
        {
            return 0;
        }
        foreach (var (from, to) in Wide)
        {
            if (rune.Value >= from && rune.Value <= to)
            {
                return 2;
            }
        }
        return 1;
    }

    /// <summary>The text in at most so many cells; what is left out is an ellipsis. A letter keeps its accents.</summary>
    public static string Shorten(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }
        var (head, _) = Split(text, Math.Max(0, width - 1));
        return head.TrimEnd(' ') + (width > 0 ? "…" : "");
    }

    /// <summary>The longest beginning that fits, and the rest.</summary>
    public static (string Head, string Tail) Split(string text, int width)
    {
        var at = 0;
        var taken = 0;
        while (at < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            var cells = Width(text.Substring(at, length));
            if (taken + cells > width)
            {
                break;
            }
            taken += cells;
            at += length;
        }
        return (text[..at], text[at..]);
    }

    /// <summary>The text, followed by a mark of no width where it is written from right to left.</summary>
    /// <remarks>Without it a terminal that turns such names around takes the figures after them along.</remarks>
    public static string EndWriting(string text)
    {
        const char LeftToRightMark = '\u200E';
        return text.Any(c => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFEFC'))
            ? text + LeftToRightMark
            : text;
    }

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Width(text))) + text;

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));
}
