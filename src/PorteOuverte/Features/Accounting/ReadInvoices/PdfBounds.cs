using System.Buffers.Text;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>Where the objects of a PDF and their streams begin and end. Asked from its beginning to its end, it passes over the file once.</summary>
internal sealed class PdfBounds(byte[] file)
{
    private (int From, int To) ending = (0, -1);

    // "12 0 obj": the number stands before the word, with another between.
    public int? Number(int word)
    {
        var at = word;
        return
            Back(ref at, white: true) > 0
            && Back(ref at, white: false) > 0
            && Back(ref at, white: true) > 0
            && Back(ref at, white: false) is > 0 and <= 10
            && Utf8Parser.TryParse(file.AsSpan(at), out int number, out _)
            ? number
            : null;
    }

    private int Back(ref int at, bool white)
    {
        var from = at;
        while (at > 0 && (white ? PdfSyntax.IsWhite(file[at - 1]) : char.IsAsciiDigit((char)file[at - 1])))
        {
            at--;
        }
        return from - at;
    }

    // Where the object ends, or its stream begins.
    public int End(int at)
    {
        // Sought once for all that stand before it.
        if (at < ending.From || at > ending.To)
        {
            var end = file.AsSpan(at).IndexOf("endobj"u8);
            ending = (at, end < 0 ? file.Length : at + end);
        }
        var stop = ending.To;
        for (var from = at; file.AsSpan(from, stop - from).IndexOf("stream"u8) is >= 0 and var next; )
        {
            if (IsStream(at, from + next))
            {
                return from + next;
            }
            from += next + 6;
        }
        return stop;
    }

    // Behind a dictionary, and not a word of a text.
    private bool IsStream(int at, int word)
    {
        var behind = word + 6;
        if (behind >= file.Length || file[behind] is not ((byte)'\r' or (byte)'\n' or (byte)' '))
        {
            return false;
        }
        var last = word;
        Back(ref last, white: true);
        return last - 2 >= at && file.AsSpan(last - 2, 2).SequenceEqual(">>"u8);
    }

    public int Behind(int at, int end)
    {
        if (!file.AsSpan(end).StartsWith("stream"u8))
        {
            return end;
        }
        var (from, to) = Content(at, end);
        return Math.Max(from, to);
    }

    public (int From, int To) Content(int at, int word)
    {
        var from = word + 6;
        while (from < file.Length && file[from] == ' ')
        {
            from++;
        }
        from += file.AsSpan(from).StartsWith("\r\n"u8) ? 2 : 1;
        from = Math.Min(from, file.Length);
        if (Length(at, word) is { } length && length <= file.Length - from)
        {
            var rest = file.AsSpan(from + length);
            if (rest.TrimStart("\r\n "u8).StartsWith("endstream"u8))
            {
                return (from, from + length);
            }
        }
        var end = file.AsSpan(from).IndexOf("endstream"u8);
        return (from, end < 0 ? file.Length : from + end);
    }

    // As it is written, if it is written here; what leads elsewhere is found out by the end of the stream.
    private int? Length(int at, int word)
    {
        var head = file.AsSpan(at, word - at);
        while (head.IndexOf("/Length"u8) is >= 0 and var found)
        {
            head = head[(found + 7)..];
            var digits = head.TrimStart(" \r\n\t"u8);
            if (digits.Length < head.Length && Utf8Parser.TryParse(digits, out int length, out _) && length >= 0)
            {
                return length;
            }
        }
        return null;
    }
}
