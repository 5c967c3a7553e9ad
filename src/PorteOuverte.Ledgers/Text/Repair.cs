using System.Globalization;
using System.Net;
using System.Text;

namespace PorteOuverte.Ledgers.Text;

/// <summary>Undoes what exporting programs do to text.</summary>
internal static class Repair
{
    /// <summary>True where UTF-8 text looks as if it had been encoded twice: <c>Ã©</c>, <c>Â°</c>, <c>â€™</c>.</summary>
    public static bool IsDoublyEncoded(ReadOnlySpan<byte> utf8) =>
        // C3 83 C2: "Ã" before a letter's second half; C3 82 C2: "Â" before a sign; then the start of "â€™".
        utf8.IndexOf("Ã\u00A9"u8[..3]) >= 0 || utf8.IndexOf("Â\u00B0"u8[..3]) >= 0 || utf8.IndexOf("â€"u8) >= 0;

    /// <summary>True where an HTML entity stands in the text.</summary>
    public static bool HasEntity(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'&'); at >= 0; )
        {
            text = text[(at + 1)..];
            var end = text.IndexOfAnyExcept(EntityName);
            if (end > 1 && text[end] == ';')
            {
                return true;
            }
            at = text.IndexOf((byte)'&');
        }
        return false;
    }

    private static readonly System.Buffers.SearchValues<byte> EntityName = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#"u8
    );

    /// <summary>The bytes behind a Python byte string such as <c>b'Soci\xc3\xa9t\xc3\xa9'</c>, or null where the field is none.</summary>
    public static byte[]? FromByteRepr(ReadOnlySpan<byte> field)
    {
        if (field.Length < 3 || field[0] != 'b' || field[1] is not ((byte)'\'' or (byte)'"') || field[^1] != field[1])
        {
            return null;
        }
        var inner = field[2..^1];
        var bytes = new List<byte>(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\' || i + 1 == inner.Length)
            {
                bytes.Add(inner[i]);
                continue;
            }
            i++;
            if (
                inner[i] == 'x'
                && i + 2 < inner.Length
                && byte.TryParse(inner.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            )
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(inner[i] switch
                {
                    (byte)'n' or (byte)'r' or (byte)'t' => (byte)' ',
                    _ => inner[i],
                });
            }
        }
        return [.. bytes];
    }

    /// <summary>Turns the bytes of a label into the text a person wrote: decoded, entities resolved, spaces tidied.</summary>
    public static string Label(ReadOnlySpan<byte> bytes, Encoding fallback)
    {
        if (bytes.Length == 0)
        {
            return "";
        }
        var text = CodePages.Decode(bytes, fallback);
        if (IsDoublyEncoded(bytes))
        {
            text = UndoDoubleEncoding(text);
        }
        if (text.Contains('&', StringComparison.Ordinal))
        {
            text = WebUtility.HtmlDecode(text);
        }
        return Tidy(text);
    }

    private static string UndoDoubleEncoding(string text)
    {
        // Where the text has a character that windows-1252 lacks, it was not all encoded twice: leave it.
        var bytes = new byte[text.Length];
        var cp1252 = Encoding.GetEncoding(1252, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            bytes[i] = c < 0x100 ? (byte)c : cp1252.GetBytes([c])[0];
            if (c >= 0x100 && bytes[i] == '?')
            {
                return text;
            }
        }
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : text;
    }

    private static string Tidy(string text)
    {
        var needed = false;
        var space = true;
        foreach (var c in text)
        {
            var isSpace = c == ' ';
            needed |= char.IsControl(c) || c == '\u00A0' || (isSpace && space);
            space = isSpace;
        }
        if (!needed && !space)
        {
            return text;
        }
        var tidy = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c) && c != '\t')
            {
                continue;
            }
            if (char.IsWhiteSpace(c))
            {
                if (tidy.Length > 0 && tidy[^1] != ' ')
                {
                    tidy.Append(' ');
                }
            }
            else
            {
                tidy.Append(c);
            }
        }
        return tidy.ToString().TrimEnd();
    }
}
