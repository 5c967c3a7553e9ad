using System.Text;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>What the first bytes of a file tell: encoding family, separator, line end, or that it is no ledger.</summary>
internal sealed class Format
{
    public required string File { get; init; }

    /// <summary>The encoding where a mark or a pattern settles it (utf-8 with a mark, UTF-16), else null.</summary>
    public string? Encoding { get; private set; }
    public int MarkLength { get; private set; }
    public bool DoubleMark { get; private set; }
    public bool IsXml { get; private set; }
    public byte LineEnd { get; private set; } = (byte)'\n';
    public byte Separator { get; private set; }

    /// <summary>Looks at the first bytes as they stand in the file.</summary>
    public static Format Of(string file, ReadOnlySpan<byte> head)
    {
        var format = new Format { File = file };
        if (head.IsEmpty)
        {
            throw new UnreadableFileException(file, UnreadableReason.Empty);
        }
        if (head.StartsWith("%PDF"u8))
        {
            throw new UnreadableFileException(file, UnreadableReason.Pdf);
        }
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("7z"u8) || head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new UnreadableFileException(file, UnreadableReason.Archive);
        }
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            format.Encoding = "utf-8";
            format.MarkLength = 3;
            if (head[3..].StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            {
                format.DoubleMark = true;
                format.MarkLength = 6;
            }
        }
        else if (head.StartsWith("ï»¿"u8))
        {
            format.DoubleMark = true;
            format.MarkLength = 6;
        }
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            format.Encoding = "utf-16le";
            format.MarkLength = 2;
        }
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            format.Encoding = "utf-16be";
            format.MarkLength = 2;
        }
        else if (head.Length >= 40)
        {
            // Without a mark, ASCII letters in UTF-16 leave a NUL at every other place.
            var sample = head[..Math.Min(head.Length & ~1, 4096)];
            int even = 0,
                odd = 0;
            for (var i = 0; i < sample.Length; i += 2)
            {
                even += sample[i] == 0 ? 1 : 0;
                odd += sample[i + 1] == 0 ? 1 : 0;
            }
            var most = sample.Length / 2 * 9 / 10;
            format.Encoding =
                odd >= most && even == 0 ? "utf-16le"
                : even >= most && odd == 0 ? "utf-16be"
                : null;
        }
        return format;
    }

    /// <summary>The stream as bytes in which separators and digits are ASCII: UTF-16 is transcoded to UTF-8.</summary>
    public Stream ToAscii(Stream stream) =>
        Encoding is "utf-16le" ? System.Text.Encoding.CreateTranscodingStream(stream, System.Text.Encoding.Unicode, System.Text.Encoding.UTF8)
        : Encoding is "utf-16be"
            ? System.Text.Encoding.CreateTranscodingStream(stream, System.Text.Encoding.BigEndianUnicode, System.Text.Encoding.UTF8)
        : stream;

    /// <summary>Looks at the first bytes of the transcoded text, its mark removed, and finds the header.</summary>
    /// <returns>The columns, and how many bytes the header line takes, its end included.</returns>
    public (Layout Layout, int HeaderLength) ReadHeader(ReadOnlySpan<byte> text)
    {
        var blank = text.IndexOfAnyExcept(" \t\r\n\0"u8);
        if (blank < 0)
        {
            throw new UnreadableFileException(File, UnreadableReason.Empty);
        }
        if (text[blank] == '<')
        {
            IsXml = true;
            return (Layout.Norm(0), 0);
        }
        if (LooksBinary(text))
        {
            throw new UnreadableFileException(File, UnreadableReason.Binary);
        }
        LineEnd = text.Contains((byte)'\n') ? (byte)'\n' : (byte)'\r';
        // Blank lines before the header are skipped; a byte of the header must not be.
        var first = text[..blank].LastIndexOf(LineEnd) + 1;
        var length = text[first..].IndexOf(LineEnd);
        var line = length < 0 ? text[first..] : text.Slice(first, length);
        line = line.TrimEnd("\r\n"u8);
        Separator =
            line.Contains((byte)'\t') ? (byte)'\t'
            : line.Contains((byte)'|') ? (byte)'|'
            : (byte)';';
        var names = SplitNames(line);
        var layout = Layout.FromHeader(names);
        var headerLength = length < 0 ? text.Length : first + length + 1;
        var missing = layout.Missing().ToList();
        if (missing.Count > 0)
        {
            if (IsDataLine(names))
            {
                return (Layout.Norm(names.Count), first);
            }
            // One column missing from a header that is otherwise one: say which. Else: this is something else.
            throw new UnreadableFileException(File, UnreadableReason.NotALedger, 1, string.Join(", ", missing));
        }
        return (layout, headerLength);
    }

    private List<string> SplitNames(ReadOnlySpan<byte> line)
    {
        var names = new List<string>();
        foreach (var range in line.Split(Separator))
        {
            if (names.Count == LineParser.MaxColumns)
            {
                break;
            }
            var field = line[range];
            field = Repair.FromByteRepr(field) ?? field;
            names.Add(CodePages.Decode(field, System.Text.Encoding.Latin1).Trim(' ', '"', '\'', '\0', '\u00A0', '\uFEFF'));
        }
        return names;
    }

    // A file without a header: the columns of the norm, recognised by a date and an account in their places.
    private static bool IsDataLine(List<string> fields) =>
        fields.Count >= 13
        && Dates.Any(System.Text.Encoding.ASCII.GetBytes(fields[3])) != Dates.None
        && fields[4].Length > 0
        && char.IsAsciiDigit(fields[4][0])
        && Amounts.TryParse(System.Text.Encoding.UTF8.GetBytes(fields[11]), out _, ref ignored)
        && Amounts.TryParse(System.Text.Encoding.UTF8.GetBytes(fields[12]), out _, ref ignored);

    [ThreadStatic]
    private static Amounts.Oddity ignored;

    /// <summary>True where one byte in twenty is a control character.</summary>
    public static bool LooksBinary(ReadOnlySpan<byte> text)
    {
        var sample = text[..Math.Min(text.Length, 8192)];
        var controls = 0;
        foreach (var b in sample)
        {
            controls += b < 32 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r') ? 1 : 0;
        }
        return controls * 20 > sample.Length;
    }
}
