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
            Id = Identity(client, kind, number),
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

    /// <summary>The same document of the same client, whatever file brings it, is the same entry.</summary>
    public static Id<Entry> Identity(Id<Client> client, EntryKind kind, string number)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\n{kind}\n{number}"), hash);
        return new Id<Entry>(new Guid(hash[..16], bigEndian: true));
    }

    private static long Cents(decimal amount) => (long)Math.Round(amount * 100, MidpointRounding.AwayFromZero);
}
