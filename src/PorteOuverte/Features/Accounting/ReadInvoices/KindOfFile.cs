using System.Xml;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>Tells by its first bytes what a file is; its name may say anything.</summary>
internal static class KindOfFile
{
    // White space, byte order marks, and the zeros between the letters of UTF-16.
    private static ReadOnlySpan<byte> BeforeText => [0x20, 0x09, 0x0D, 0x0A, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x00];

    private const int LongestBeforeRoot = 1 << 20;

    public static FileKind Of(Stream content)
    {
        if (InvoiceFile.IsPdf(content))
        {
            return FileKind.EInvoice;
        }
        if (IsOffice(content))
        {
            return FileKind.Table;
        }
        // A ledger in XML is one of "comptabilite"; all other XML is meant to be an invoice.
        return Root(content) is { } root && !root.Equals("comptabilite", StringComparison.OrdinalIgnoreCase)
            ? FileKind.EInvoice
            : FileKind.Ledger;
    }

    // A workbook of today is a ZIP; those of old, and those with a password, have a container of their own.
    private static bool IsOffice(Stream content)
    {
        Span<byte> first = stackalloc byte[4];
        var read = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return first[..read].SequenceEqual("PK\u0003\u0004"u8)
            || first[..read].SequenceEqual((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);
    }

    private static string? Root(Stream content)
    {
        Span<byte> first = stackalloc byte[64];
        var read = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        content.Position = 0;
        if (MemoryExtensions.TrimStart<byte>(first[..read], BeforeText) is not [(byte)'<', ..])
        {
            return null;
        }
        try
        {
            using var xml = XmlReader.Create(
                content,
                new XmlReaderSettings
                {
                    DtdProcessing = DtdProcessing.Prohibit,
                    XmlResolver = null,
                    // The root stands at the beginning: whatever comes before it has no need to be kept, nor to be long.
                    MaxCharactersInDocument = LongestBeforeRoot,
                    IgnoreComments = true,
                    IgnoreProcessingInstructions = true,
                    IgnoreWhitespace = true,
                    CloseInput = false,
                }
            );
            return xml.MoveToContent() == XmlNodeType.Element ? xml.LocalName : "";
        }
        catch (XmlException)
        {
            return "";
        }
        finally
        {
            content.Position = 0;
        }
    }
}
