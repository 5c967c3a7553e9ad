using System.IO.Compression;
using PdfSharp;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.IO;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

internal enum UnreadablePdfReason
{
    /// <summary>It opens with a password only.</summary>
    Password,

    /// <summary>It is damaged, or cut.</summary>
    Broken,

    /// <summary>It carries no invoice for machines.</summary>
    NoInvoice,

    /// <summary>It, or what it carries, is larger than any invoice.</summary>
    TooLarge,
}

internal sealed class UnreadablePdfException(UnreadablePdfReason reason) : Exception(reason.ToString())
{
    public UnreadablePdfReason Reason => reason;
}

/// <summary>The invoice for machines that a PDF carries: Factur-X, ZUGFeRD, XRechnung.</summary>
internal static class InvoiceOfPdf
{
    private const int Largest = 50_000_000;
    private const int MostNodes = 1000;

    // In the order of what is the rule today.
    private static readonly string[] Names = ["factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"];

    // The library asks under which of its licences it is used; ours is its own.
    static InvoiceOfPdf() => PdfSharpLicense.SetAgplLicense();

    /// <exception cref="UnreadablePdfException">It cannot be opened, or carries none.</exception>
    public static MemoryStream Read(Stream pdf)
    {
        if (pdf.Length > Largest)
        {
            throw new UnreadablePdfException(UnreadablePdfReason.TooLarge);
        }
        try
        {
            using var document = PdfReader.Open(pdf, PdfDocumentOpenMode.Import);
            var carried = Carried(document);
            var invoice = Names
                .Select(n => carried.Find(c => c.Name.Equals(n, StringComparison.OrdinalIgnoreCase)).File)
                .FirstOrDefault(f => f is not null);
            return Unpacked(invoice ?? throw new UnreadablePdfException(UnreadablePdfReason.NoInvoice));
        }
        catch (PdfReaderException e) when (e.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Password);
        }
        catch (Exception e) when (e is not (UnreadablePdfException or OutOfMemoryException))
        {
            // Whatever stumbles over it, it is no PDF one could open.
            throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        }
    }

    private static List<(string Name, PdfDictionary? File)> Carried(PdfDocument document)
    {
        var found = new List<(string, PdfDictionary?)>();
        var left = MostNodes;
        if (
            Dictionary(document.Internals.Catalog, "/Names") is { } names
            && Dictionary(names, "/EmbeddedFiles") is { } tree
        )
        {
            Walk(tree);
        }
        // Some name it as associated only.
        if (document.Internals.Catalog.Elements.GetObject("/AF") is PdfArray associated)
        {
            foreach (var item in associated.Elements)
            {
                Add(Resolved(item));
            }
        }
        return found;

        void Walk(PdfDictionary node)
        {
            if (--left < 0)
            {
                return;
            }
            // Name, file, name, file …
            foreach (var item in node.Elements.GetArray("/Names")?.Elements.ToArray() ?? [])
            {
                Add(Resolved(item));
            }
            foreach (var kid in node.Elements.GetArray("/Kids")?.Elements.ToArray() ?? [])
            {
                if (Resolved(kid) is PdfDictionary child)
                {
                    Walk(child);
                }
            }
        }

        void Add(PdfItem? item)
        {
            if (item is PdfDictionary file && Dictionary(file, "/EF") is { } streams)
            {
                var name = file.Elements.GetString("/UF") is { Length: > 0 } unicode
                    ? unicode
                    : file.Elements.GetString("/F");
                found.Add((name, Dictionary(streams, "/F") ?? Dictionary(streams, "/UF")));
            }
        }
    }

    private static PdfDictionary? Dictionary(PdfDictionary of, string key) =>
        of.Elements.GetObject(key) as PdfDictionary;

    private static PdfItem? Resolved(PdfItem item) => item is PdfReference reference ? reference.Value : item;

    // By ourselves, and not further than an invoice goes: a few kilobytes may unpack to gigabytes.
    private static MemoryStream Unpacked(PdfDictionary file)
    {
        var content = file.Stream?.Value ?? throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        var filter = file.Elements.GetObject("/Filter") switch
        {
            PdfArray { Elements.Count: 1 } one => one.Elements.GetName(0),
            PdfArray => "several",
            _ => file.Elements.GetName("/Filter"),
        };
        if (filter.Length == 0)
        {
            return new MemoryStream(content);
        }
        if (filter != "/FlateDecode")
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        }
        using var packed = new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        var unpacked = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = packed.Read(buffer)) > 0; )
        {
            unpacked.Write(buffer, 0, read);
            if (unpacked.Length > Largest)
            {
                throw new UnreadablePdfException(UnreadablePdfReason.TooLarge);
            }
        }
        unpacked.Position = 0;
        return unpacked;
    }
}
