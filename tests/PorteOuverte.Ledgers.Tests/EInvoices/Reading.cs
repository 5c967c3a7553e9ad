using System.Globalization;
using System.Text;
using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Ledgers.Tests.EInvoices;

/// <summary>Reads e-invoices of tests and tells what they say in a few lines.</summary>
internal static class Reading
{
    private static readonly string Folder = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "shared", "corpus", "einvoice");
            if (Directory.Exists(corpus))
            {
                return corpus;
            }
        }
        throw new DirectoryNotFoundException("The test corpus (shared/corpus/einvoice) must stand beside the project.");
    }

    public static IEnumerable<string> Corpus =>
        Directory
            .EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".xml" or ".pdf")
            .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The XML of a file of the corpus; those PDFs hold it as it is.</summary>
    public static byte[] Bytes(string path)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, path));
        var from = bytes.AsSpan().IndexOf("<?xml version"u8);
        return path.EndsWith(".pdf", StringComparison.Ordinal)
            ? bytes[from..(bytes.AsSpan().IndexOf("</rsm:CrossIndustryInvoice>"u8) + 27)]
            : bytes;
    }

    public static EInvoice Read(byte[] bytes) => EInvoice.Read(new MemoryStream(bytes), "facture.xml");

    public static EInvoice Read(string xml) => Read(Encoding.UTF8.GetBytes(xml));

    public static UnreadableEInvoiceException Refused(byte[] bytes) =>
        Should.Throw<UnreadableEInvoiceException>(() => Read(bytes));

    public static UnreadableEInvoiceException Refused(string xml) => Refused(Encoding.UTF8.GetBytes(xml));

    public static EInvoiceNotice? Noticed(this EInvoice invoice, EInvoiceNoticeCode code) =>
        invoice.Notices.FirstOrDefault(n => n.Code == code);

    /// <summary>All facts but syntax, type and turn, which tell how it is written; absent is a hyphen.</summary>
    public static string Facts(this EInvoice i) =>
        $"""
            {i.Number} of {Day(i.IssueDate)}, due {Day(i.DueDate)}{(i.IsCreditNote ? ", credit note" : "")}
            {i.Currency} {Number(i.NetTotal)} + {Number(i.VatTotal)} = {Number(i.GrossTotal)}, paid {Number(
                i.Prepaid
            )}, rounding {Number(i.Rounding)}, due {Number(i.DuePayable)}, VAT in {Or(i.VatCurrency)}: {Number(
                i.VatTotalInVatCurrency
            )}
            seller {Party(i.Seller)}
            buyer {Party(i.Buyer)}
            reference {Or(i.BuyerReference)}, order {Or(i.OrderNumber)}, terms {Or(i.PaymentTerms)}
            preceding {Or(
                string.Join(", ", i.PrecedingInvoices.Select(p => $"{p.Number} of {Day(p.IssueDate)}"))
            )}, attachments {i.AttachmentCount}
            {string.Join('\n', i.Lines.Select(Line))}
            """;

    public static string Line(EInvoiceLine l) =>
        $"{Or(l.Number)}: {Or(l.Name)} ({Or(l.Description)}) {Number(l.Quantity)} {Or(l.Unit)} x {Number(l.NetUnitPrice)} = {Number(l.NetAmount)} at {Number(l.VatRate)} %{(l.IsCounted ? "" : ", not counted")}";

    /// <summary>Syntax, profile and type, the facts with the first line only, how many lines, and the notices.</summary>
    public static string Told(this EInvoice i) =>
        $"""
            {i.Syntax} {Or(i.Profile)} {i.TypeCode}{(i.AreAmountsTurned ? " turned" : "")}
            {(i with { Lines = [.. i.Lines.Take(1)] }).Facts().TrimEnd()}
            lines {i.Lines.Count}, notices {Or(string.Join(", ", i.Notices.Select(n => n.Code)))}
            """;

    private static string Party(EInvoiceParty p) =>
        $"{Or(p.Name)} | {Or(p.Siren)} {Or(p.Siret)} {Or(p.VatNumber)} | {Or(string.Join("; ", p.AddressLines))} | {Or(p.PostCode)} {Or(p.City)} {Or(p.Country)} | {Or(p.Email)}";

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "-" : text;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";

    private static string Number(decimal? number) =>
        number?.ToString("0.############", CultureInfo.InvariantCulture) ?? "-";
}
