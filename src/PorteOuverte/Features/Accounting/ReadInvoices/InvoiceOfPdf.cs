using System.Text;

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
/// <remarks>
/// Read by ourselves: a library for whole documents trusts them, and a few kilobytes that lead it round in a ring, or down too
/// deep, would end the server.
/// </remarks>
internal static class InvoiceOfPdf
{
    private const int Largest = 50_000_000;

    // In the order of what is the rule today.
    private static readonly string[] Names = ["factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"];

    /// <exception cref="UnreadablePdfException">It cannot be opened, or carries none.</exception>
    public static MemoryStream Read(Stream pdf)
    {
        if (pdf.Length > Largest)
        {
            throw new UnreadablePdfException(UnreadablePdfReason.TooLarge);
        }
        try
        {
            var file = new byte[pdf.Length];
            pdf.ReadExactly(file);
            var objects = new PdfObjects(file);
            var carried = objects.ThatCarry().Select(c => (Name: Name(objects, c), File: File(objects, c))).ToList();
            var invoice = Names
                .Select(n => carried.FindLast(c => c.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault(c => c.Name is not null);
            if (invoice.Name is null)
            {
                throw new UnreadablePdfException(UnreadablePdfReason.NoInvoice);
            }
            return new MemoryStream(
                objects.Stream(invoice.File ?? throw new UnreadablePdfException(UnreadablePdfReason.Broken), Largest)
            );
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        }
    }

    private static string Name(PdfObjects objects, Dictionary<string, object?> carrier) =>
        (objects.Resolved(carrier.GetValueOrDefault("UF")) ?? objects.Resolved(carrier.GetValueOrDefault("F"))) switch
        {
            byte[] and [0xFE, 0xFF, .. var letters] => Encoding.BigEndianUnicode.GetString(letters),
            byte[] and [0xEF, 0xBB, 0xBF, .. var letters] => Encoding.UTF8.GetString(letters),
            byte[] letters => Encoding.Latin1.GetString(letters),
            _ => "",
        };

    private static PdfReference? File(PdfObjects objects, Dictionary<string, object?> carrier) =>
        objects.Resolved(carrier["EF"]) is Dictionary<string, object?> files
        && (files.GetValueOrDefault("F") ?? files.GetValueOrDefault("UF")) is PdfReference file
            ? file
            : null;
}
