using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>A name of a PDF, without its slash.</summary>
internal readonly record struct PdfName(string Text);

/// <summary>Where else in the PDF a value stands.</summary>
internal readonly record struct PdfReference(int Number);

/// <summary>Reads one value of a PDF: a dictionary, a list, a name, a text as bytes, a number, a reference; null for what is none of them.</summary>
/// <remarks>Nested no deeper than any document is: whatever would end the stack ends the reading.</remarks>
internal ref struct PdfSyntax(ReadOnlySpan<byte> content, int at)
{
    private const int Deepest = 100;

    private readonly ReadOnlySpan<byte> content = content;
    private int depth;

    /// <summary>Behind what was read.</summary>
    public int At { get; private set; } = at;

    private readonly bool IsAtEnd => At >= content.Length;

    private readonly byte Next => IsAtEnd ? (byte)0 : content[At];

    /// <exception cref="UnreadablePdfException">It is nested too deeply, or ends in the middle.</exception>
    public object? Value()
    {
        SkipWhite();
        switch (Next)
        {
            case (byte)'/':
                return Name();
            case (byte)'(':
                return Text();
            case (byte)'[':
                At++;
                return List();
            case (byte)'<' when At + 1 < content.Length && content[At + 1] == '<':
                At += 2;
                return Dictionary();
            case (byte)'<':
                return Hex();
            default:
                return NumberOrReference();
        }
    }

    public void SkipWhite()
    {
        while (!IsAtEnd)
        {
            if (Next == '%')
            {
                var end = content[At..].IndexOfAny((byte)'\r', (byte)'\n');
                At = end < 0 ? content.Length : At + end;
            }
            else if (IsWhite(Next))
            {
                At++;
            }
            else
            {
                return;
            }
        }
    }

    public static bool IsWhite(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsEnd(byte b) =>
        IsWhite(b)
        || b is (byte)'/' or (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'%';

    private Dictionary<string, object?> Dictionary()
    {
        Deeper();
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (!Ends((byte)'>'))
        {
            if (Next != '/')
            {
                throw Broken();
            }
            var name = Name().Text;
            entries[name] = Value();
        }
        At = Math.Min(At + 1, content.Length);
        depth--;
        return entries;
    }

    private List<object?> List()
    {
        Deeper();
        var items = new List<object?>();
        while (!Ends((byte)']'))
        {
            items.Add(Value());
        }
        depth--;
        return items;
    }

    private void Deeper()
    {
        if (++depth > Deepest)
        {
            throw Broken();
        }
    }

    private bool Ends(byte with)
    {
        SkipWhite();
        if (IsAtEnd)
        {
            throw Broken();
        }
        if (Next != with)
        {
            return false;
        }
        At++;
        return true;
    }

    private PdfName Name()
    {
        var token = Token(At + 1);
        At += 1 + token.Length;
        return new PdfName(Encoding.Latin1.GetString(token));
    }

    private byte[] Text()
    {
        var text = new List<byte>();
        var open = 0;
        for (; !IsAtEnd; At++)
        {
            switch (Next)
            {
                case (byte)'\\' when At + 1 < content.Length:
                    At++;
                    Escaped(text);
                    continue;
                case (byte)'(' when open++ == 0:
                    continue;
                case (byte)')' when --open == 0:
                    At++;
                    return [.. text];
            }
            text.Add(Next);
        }
        throw Broken();
    }

    private void Escaped(List<byte> text)
    {
        if (Next is >= (byte)'0' and <= (byte)'7')
        {
            var value = 0;
            var first = At;
            for (; At < first + 3 && Next is >= (byte)'0' and <= (byte)'7'; At++)
            {
                value = (value * 8) + Next - '0';
            }
            At--;
            text.Add((byte)value);
        }
        else if (Next is not ((byte)'\r' or (byte)'\n'))
        {
            text.Add(
                Next switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    var other => other,
                }
            );
        }
    }

    private byte[] Hex()
    {
        At++;
        var digits = new StringBuilder();
        for (; !IsAtEnd && Next != '>'; At++)
        {
            if (char.IsAsciiHexDigit((char)Next))
            {
                digits.Append((char)Next);
            }
        }
        if (IsAtEnd)
        {
            throw Broken();
        }
        At++;
        return Convert.FromHexString(digits.Length % 2 == 0 ? digits.ToString() : digits.Append('0').ToString());
    }

    // "12 0 R" is one value, "12 0" are two.
    private object? NumberOrReference()
    {
        var token = Token(At);
        if (token.Length == 0)
        {
            throw Broken();
        }
        At += token.Length;
        if (!Utf8Parser.TryParse(token, out long number, out var length) || length != token.Length)
        {
            return double.TryParse(token, CultureInfo.InvariantCulture, out var real) ? real : null;
        }
        var behind = At;
        SkipWhite();
        var generation = Token(At);
        if (generation.Length is > 0 and <= 5 && !generation.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            At += generation.Length;
            SkipWhite();
            if (Token(At).SequenceEqual("R"u8) && number is > 0 and <= int.MaxValue)
            {
                At++;
                return new PdfReference((int)number);
            }
        }
        At = behind;
        return number;
    }

    private readonly ReadOnlySpan<byte> Token(int from)
    {
        var to = from;
        while (to < content.Length && !IsEnd(content[to]))
        {
            to++;
        }
        return content[Math.Min(from, content.Length)..to];
    }

    private static UnreadablePdfException Broken() => new(UnreadablePdfReason.Broken);
}
