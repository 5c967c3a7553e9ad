using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers.EInvoices;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>The entry that an invoice makes for its buyer.</summary>
internal static class InvoiceEntry
{
    private const string Euro = "EUR";

    public static Entry Of(EInvoice invoice, Id<Client> client, Id<ImportedFile> file)
    {
        var kind = invoice.IsCreditNote ? EntryKind.CreditNote : EntryKind.Invoice;
        var number = CleanText.Line(invoice.Number, Entry.LongestNumber);
        return new Entry
        {
            Id = Identity(client, kind, Name(kind, number, invoice.IssueDate)),
            Reading = Entry.ByHand,
            ClientId = client,
            Kind = kind,
            Number = number,
            Date = invoice.IssueDate,
            BookedOn = invoice.IssueDate,
            DueOn = invoice.DueDate,
            Amount = Cents(invoice.GrossTotal),
            // What was paid before stands nowhere as a payment: only the rest is owed.
            Counted = Cents(invoice.DuePayable),
            Net = Cents(invoice.NetTotal ?? invoice.GrossTotal),
            Vat = Cents(invoice.VatTotal ?? 0),
            Outstanding = Math.Max(0, Cents(invoice.DuePayable)),
            Currency = invoice.Currency == Euro ? null : invoice.Currency,
            File = file.Value,
        };
    }

    /// <summary>What tells a document that bears a number from all others of its client: many begin at 1 each year. A payment bears the number of what it pays, and its own day.</summary>
    /// <param name="copy">Of several alike, the first, the second …</param>
    public static string Name(EntryKind kind, string number, DateOnly date, int copy = 1) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number}\n{(kind is EntryKind.Invoice or EntryKind.CreditNote ? $"{date:yyyy}" : $"{date:O}")}{(copy == 1 ? "" : $"\n{copy}")}"
        );

    /// <summary>The same document of the same client, whatever file brings it, is the same entry.</summary>
    public static Id<Entry> Identity(Id<Client> client, EntryKind kind, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\n{kind}\n{name}"), hash);
        return new Id<Entry>(new Guid(hash[..16], bigEndian: true));
    }

    private static long Cents(decimal amount) => (long)Math.Round(amount * 100, MidpointRounding.AwayFromZero);
}
