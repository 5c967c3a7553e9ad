using System.Buffers;
using System.Text;
using System.Xml;

namespace PorteOuverte.Ledgers.EInvoices;

/// <summary>Walks through the XML once, keeps the values its grammar knows, and passes over everything else.</summary>
/// <param name="stream">The XML.</param>
/// <param name="file">The file's name, for the refusals.</param>
/// <param name="notices">Told of texts that were shortened.</param>
/// <param name="ended">Told of each group at its end, and of the group it stands in.</param>
internal sealed class TermReader(Stream stream, string file, NoticeTally notices, Action<TermValues, TermValues> ended)
{
    private const int MaxBytes = 50_000_000;
    private const int MaxCount = 100_000;
    private const int MaxDepth = 100;
    private const int MaxText = 10_000;

    // White space, the zeros of UTF-16, and the byte order marks.
    private static readonly SearchValues<byte> BeforeXml = SearchValues.Create([
        0x20,
        0x09,
        0x0D,
        0x0A,
        0x00,
        0xEF,
        0xBB,
        0xBF,
        0xFE,
        0xFF,
    ]);

    private readonly int[] begun = new int[Enum.GetValues<TermGroup>().Length];
    private readonly char[] chunk = new char[1024];
    private readonly StringBuilder text = new();
    private XmlReader xml = null!;
    private Grammar grammar = null!;
    private bool isBlankDue;
    private bool isShortened;

    // What windows-1252 is, .NET knows only when told.
    static TermReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The kind of document and the values that stand in no smaller group.</summary>
    public (Grammar Grammar, TermValues Values) Read()
    {
        var start = stream.Position;
        RefuseWhatIsNoXml();
        string? root = null;
        try
        {
            stream.Position = start;
            using var reader = Open(DtdProcessing.Prohibit);
            xml = reader;
            xml.MoveToContent();
            root = xml.Name;
            grammar =
                Grammar.Of(xml.LocalName, xml.NamespaceURI)
                ?? throw Refusal(UnreadableEInvoiceReason.NotAnInvoice, Shortened(xml.LocalName));
            var values = new TermValues(TermGroup.Document);
            Element(grammar.Root, values);
            return (grammar, values);
        }
        catch (XmlException e)
        {
            var reason =
                root is null && HasDocumentType(start) ? UnreadableEInvoiceReason.DocumentType
                : IsCut(start, root) ? UnreadableEInvoiceReason.Truncated
                : UnreadableEInvoiceReason.Malformed;
            throw new UnreadableEInvoiceException(file, reason, e.LineNumber);
        }
    }

    private XmlReader Open(DtdProcessing documentType) =>
        XmlReader.Create(
            stream,
            new XmlReaderSettings
            {
                DtdProcessing = documentType,
                XmlResolver = null,
                MaxCharactersInDocument = MaxBytes,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            }
        );

    // Whatever the encoding, XML begins with "<".
    private void RefuseWhatIsNoXml()
    {
        if (stream.Length - stream.Position > MaxBytes)
        {
            throw new UnreadableEInvoiceException(file, UnreadableEInvoiceReason.TooLarge);
        }
        var bytes = new byte[4096];
        int count;
        while ((count = stream.Read(bytes)) > 0)
        {
            var first = bytes.AsSpan(0, count).IndexOfAnyExcept(BeforeXml);
            if (first >= 0)
            {
                if (bytes[first] != '<')
                {
                    throw new UnreadableEInvoiceException(file, UnreadableEInvoiceReason.NotXml);
                }
                return;
            }
        }
        throw new UnreadableEInvoiceException(file, UnreadableEInvoiceReason.Empty);
    }

    // The parser says no to a document type as it does to any fault; what is well formed once it is passed over had one.
    private bool HasDocumentType(long start)
    {
        stream.Position = start;
        try
        {
            using var reader = Open(DtdProcessing.Ignore);
            return reader.MoveToContent() == XmlNodeType.Element;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private bool IsCut(long start, string? root)
    {
        stream.Position = Math.Max(start, stream.Length - 1024);
        var bytes = new byte[1024];
        var end = Encoding.Latin1.GetString(
            bytes,
            0,
            stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)
        );
        return !end.Replace("\0", "", StringComparison.Ordinal)
            .TrimEnd()
            .EndsWith(root + ">", StringComparison.Ordinal);
    }

    private void Element(PathNode node, TermValues outer)
    {
        RefuseDepth();
        var line = Line;
        var values = node.Group is { } group ? Begin(group) : outer;
        var qualifier = node.Term is null
            ? null
            : xml.GetAttribute("schemeID") ?? xml.GetAttribute("currencyID") ?? xml.GetAttribute("unitCode");
        text.Clear();
        isBlankDue = isShortened = false;
        var isOpen = !xml.IsEmptyElement;
        while (isOpen && xml.Read() && xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                if (node.Term is not null)
                {
                    AppendText();
                }
            }
            else if (grammar.Owns(xml.NamespaceURI) && node.Child(xml.LocalName) is { } child)
            {
                Element(child, values);
            }
            else
            {
                PassOver();
            }
        }
        if (node.Term is { } term)
        {
            Keep(term, values, new Written(text.ToString().Trim(), qualifier?.Trim(), node.Path, line));
        }
        if (node.Group is not null)
        {
            ended(values, outer);
        }
    }

    private TermValues Begin(TermGroup group) =>
        ++begun[(int)group] > MaxCount ? throw Refusal(UnreadableEInvoiceReason.TooLarge) : new TermValues(group);

    private void Keep(Term term, TermValues values, Written written)
    {
        if (written.Text.Length == 0)
        {
            return;
        }
        if (values.Count == MaxCount)
        {
            throw Refusal(UnreadableEInvoiceReason.TooLarge);
        }
        if (isShortened)
        {
            notices.Add(EInvoiceNoticeCode.TextShortened, written);
        }
        values.Add(term, written);
    }

    // A text is taken by chunks: what is too long is never held.
    private void AppendText()
    {
        int count;
        while ((count = xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0)
        {
            foreach (var c in chunk.AsSpan(0, count))
            {
                if (c is ' ' or '\t' or '\r' or '\n')
                {
                    isBlankDue = text.Length > 0;
                }
                // A pair of UTF-16 is not cut in the middle.
                else if (isShortened || (text.Length >= MaxText && !char.IsLowSurrogate(c)))
                {
                    isShortened = true;
                }
                else
                {
                    text.Append(isBlankDue ? " " : "").Append(c);
                    isBlankDue = false;
                }
            }
        }
    }

    private void PassOver()
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement)
        {
            return;
        }
        while (xml.Read() && xml.Depth > depth)
        {
            RefuseDepth();
        }
    }

    private void RefuseDepth()
    {
        if (xml.Depth > MaxDepth)
        {
            throw Refusal(UnreadableEInvoiceReason.TooDeep);
        }
    }

    private int Line => ((IXmlLineInfo)xml).LineNumber;

    private UnreadableEInvoiceException Refusal(UnreadableEInvoiceReason reason, string? detail = null) =>
        new(file, reason, Line, detail);

    private static string Shortened(string name) => name.Length > 60 ? name[..60] : name;
}
