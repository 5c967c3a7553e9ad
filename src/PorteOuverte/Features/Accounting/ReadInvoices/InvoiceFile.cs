using PorteOuverte.Kernel;
using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>Reads a file that holds one invoice, whatever carries it.</summary>
internal static class InvoiceFile
{
    // Papers that ask for no money of their own: pro forma, and what only the accounts want.
    private static readonly HashSet<string> NoSale = new(StringComparer.Ordinal) { "325", "751" };

    /// <param name="ours">The number of our business, where it is known.</param>
    /// <returns>The invoice, or why it is none of our sales.</returns>
    public static (EInvoice? Invoice, FileProblem? Problem) Read(Stream content, string name, Siren? ours)
    {
        try
        {
            using var carried = IsPdf(content) ? InvoiceOfPdf.Read(content) : null;
            var invoice = EInvoice.Read(carried ?? content, name);
            return NoSale.Contains(invoice.TypeCode) ? (null, new FileProblem("einvoice_NoSale", 0, invoice.Number))
                : ours is { } mine && invoice.Buyer.Siren == mine.Digits && invoice.Seller.Siren != mine.Digits
                    ? (null, new FileProblem("einvoice_Received", 0, invoice.Seller.Name))
                : (invoice, null);
        }
        catch (UnreadableEInvoiceException e)
        {
            return (null, FileProblem.Of(e));
        }
        catch (UnreadablePdfException e)
        {
            return (null, FileProblem.Of(e));
        }
    }

    public static bool IsPdf(Stream content)
    {
        Span<byte> first = stackalloc byte[5];
        content.Position = 0;
        var read = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return first[..read].SequenceEqual("%PDF-"u8);
    }
}
