using System.Security.Cryptography;
using System.Text;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Accounting.ReadBooks;

/// <summary>The entries of one client, as a ledger tells them.</summary>
internal static class EntriesOf
{
    /// <param name="files">The files of the ledger, in its order.</param>
    public static IEnumerable<Entry> Account(
        Ledger ledger,
        ClientAccount account,
        Id<Client> client,
        long reading,
        IReadOnlyList<Id<ImportedFile>> files
    )
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var movement in account.Movements)
        {
            var number = CleanText.Line(ledger.NumberOf(movement), Entry.LongestNumber);
            var kind = Kind(movement.Kind);
            yield return new Entry
            {
                Id = Identity(
                    $"{account.Code}\n{kind}\n{number}\n{movement.Date:O}\n{movement.BookedOn:O}\n{movement.Amount}\n{movement.Net}",
                    seen
                ),
                Reading = reading,
                ClientId = client,
                Kind = kind,
                Number = number,
                Date = movement.Date,
                BookedOn = movement.BookedOn,
                Amount = movement.Amount,
                Counted = movement.Counted,
                Net = movement.Net,
                Vat = movement.Vat,
                Outstanding = movement.Outstanding,
                PaidOn = movement.PaidOn,
                File = files[movement.FileIndex].Value,
                Line = movement.Line,
            };
        }
    }

    /// <summary>The sales that name no buyer, as a client of their own.</summary>
    public static IEnumerable<Entry> DirectSales(Ledger ledger, Id<Client> client, long reading)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (day, net) in ledger.DirectSalesByDay)
        {
            yield return new Entry
            {
                Id = Identity($"{LedgerFacts.DirectCode}\n{day:O}", seen),
                Reading = reading,
                ClientId = client,
                Kind = EntryKind.DaySales,
                Number = "",
                Date = day,
                BookedOn = day,
                Amount = 0,
                Counted = 0,
                Net = net,
            };
        }
    }

    // The same line of the same client is the same entry in every reading: what people say of it later stays with it.
    private static Id<Entry> Identity(string content, Dictionary<string, int> seen)
    {
        var copies = seen[content] = seen.GetValueOrDefault(content) + 1;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{content}\n{copies}"), hash);
        return new Id<Entry>(new Guid(hash[..16], bigEndian: true));
    }

    private static EntryKind Kind(MovementKind kind) =>
        kind switch
        {
            MovementKind.Invoice or MovementKind.DirectSale => EntryKind.Invoice,
            MovementKind.CreditNote => EntryKind.CreditNote,
            MovementKind.Payment => EntryKind.Payment,
            MovementKind.ReturnedPayment => EntryKind.ReturnedPayment,
            MovementKind.Opening => EntryKind.Opening,
            MovementKind.Transfer => EntryKind.Transfer,
            MovementKind.WriteOff => EntryKind.WriteOff,
            MovementKind.Rounding => EntryKind.Rounding,
            MovementKind.Offset => EntryKind.Offset,
            MovementKind.Advance => EntryKind.Advance,
            _ => EntryKind.Other,
        };
}
