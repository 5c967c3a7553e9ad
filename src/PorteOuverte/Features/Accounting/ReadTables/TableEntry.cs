using System.Globalization;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Features.Accounting.ReadTables;

/// <summary>The entries that the invoices of one table make.</summary>
internal sealed class TableEntry(Id<ImportedFile> file)
{
    private const string Euro = "EUR";
    private readonly Dictionary<Id<Entry>, int> seen = [];

    /// <summary>The document, and its payment where the table tells both when and how much.</summary>
    public IEnumerable<Entry> Of(TableInvoice invoice, Id<Client> client)
    {
        var kind = invoice.Kind == TableInvoiceKind.CreditNote ? EntryKind.CreditNote : EntryKind.Invoice;
        var number = CleanText.Line(invoice.Number, Entry.LongestNumber);
        var amount = invoice.Gross ?? invoice.Net ?? 0;
        // A day alone says that all of it was paid.
        var paid = invoice.Paid ?? (invoice.PaidOn is null ? 0 : amount);
        var rest = amount - paid;
        var isSettled = paid != 0 && (amount > 0 ? rest <= 0 : rest >= 0);
        var hasPayment = invoice is { PaidOn: not null, Paid: not null } && paid != 0;
        var document = new Entry
        {
            Id = Identity(client, kind, number, invoice.Date, invoice),
            Reading = Entry.ByHand,
            ClientId = client,
            Kind = kind,
            Number = number,
            Date = invoice.Date,
            BookedOn = invoice.Date,
            DueOn = invoice.Due,
            Amount = amount,
            // What was paid and stands nowhere as a payment leaves only the rest owed.
            Counted = hasPayment ? amount : rest,
            Net = invoice.Net ?? amount,
            Vat = invoice.Vat ?? 0,
            Outstanding = Math.Max(0, rest),
            PaidOn = isSettled ? invoice.PaidOn : null,
            Currency = invoice.Currency == Euro ? null : invoice.Currency,
            File = file.Value,
            Line = invoice.Line,
        };
        yield return document;
        if (hasPayment)
        {
            var payment = paid > 0 ? EntryKind.Payment : EntryKind.ReturnedPayment;
            yield return new Entry
            {
                Id = Identity(client, payment, number, invoice.PaidOn!.Value, invoice),
                Reading = Entry.ByHand,
                ClientId = client,
                Kind = payment,
                Number = number,
                Date = invoice.PaidOn!.Value,
                BookedOn = invoice.PaidOn.Value,
                Amount = -paid,
                Counted = -paid,
                Currency = document.Currency,
                File = file.Value,
                Line = invoice.Line,
            };
        }
    }

    // A number stands for a document in every file that brings it. Without one, its day and amount do; of several alike, the first, the second …
    private Id<Entry> Identity(Id<Client> client, EntryKind kind, string number, DateOnly date, TableInvoice invoice)
    {
        string Name(int copy) =>
            number.Length > 0
                ? InvoiceEntry.Name(kind, number, date, copy)
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"\n{invoice.Date:O}\n{invoice.Gross ?? invoice.Net}{(copy == 1 ? "" : $"\n{copy}")}"
                );
        var first = InvoiceEntry.Identity(client, kind, Name(1));
        var copies = seen[first] = seen.GetValueOrDefault(first) + 1;
        return copies == 1 ? first : InvoiceEntry.Identity(client, kind, Name(copies));
    }
}
