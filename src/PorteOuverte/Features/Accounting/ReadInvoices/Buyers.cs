using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers.EInvoices;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>Who the buyer of an invoice is among our clients: by number, else by name.</summary>
public sealed class Buyers(AppDb db)
{
    private readonly Dictionary<string, Id<Client>> known = new(StringComparer.Ordinal);
    private bool isFilled;

    /// <returns>Null: nobody we know.</returns>
    public async Task<Id<Client>?> Find(EInvoiceParty buyer, CancellationToken cancellation)
    {
        await Fill(cancellation);
        foreach (var key in Keys(Siren.Read(buyer.Siren), buyer.VatNumber, buyer.Name))
        {
            if (known.TryGetValue(key, out var client))
            {
                return client;
            }
        }
        return null;
    }

    /// <summary>The client, made if nobody is known by that name or number.</summary>
    public async Task<Id<Client>> FindOrAdd(EInvoiceParty buyer, DateTime now, CancellationToken cancellation)
    {
        if (await Find(buyer, cancellation) is { } found)
        {
            return found;
        }
        var name =
            buyer.Name
            ?? buyer.VatNumber
            ?? buyer.Siren
            ?? (await AccountingText.OfWorkspace(db, cancellation))["unknownClient"];
        var client = new Client(name, now, fromBooks: true);
        client.Learn(
            Siren.Read(buyer.Siren),
            buyer.VatNumber,
            string.Join('\n', [.. buyer.AddressLines, $"{buyer.PostCode} {buyer.City}".Trim()])
        );
        db.Add(client);
        Know(client.Id, client.Siren, client.VatNumber, client.Name);
        return client.Id;
    }

    private async Task Fill(CancellationToken cancellation)
    {
        if (isFilled)
        {
            return;
        }
        isFilled = true;
        var clients = await db
            .Clients.AsNoTracking()
            .Where(c => c.RemovedAt == null)
            .OrderBy(c => c.Id)
            .Select(c => new
            {
                Id = c.MergedInto ?? c.Id,
                c.Siren,
                c.VatNumber,
                c.Name,
            })
            .ToListAsync(cancellation);
        clients.ForEach(c => Know(c.Id, c.Siren, c.VatNumber, c.Name));
    }

    // Of two of one name, the one that was there first.
    private void Know(Id<Client> client, Siren? siren, string? vat, string? name)
    {
        foreach (var key in Keys(siren, vat, name))
        {
            known.TryAdd(key, client);
        }
    }

    // A name that is known with another number would be another business; numbers come first.
    private static IEnumerable<string> Keys(Siren? siren, string? vat, string? name)
    {
        if (siren is { } number)
        {
            yield return "siren " + number.Digits;
        }
        if (!string.IsNullOrEmpty(vat))
        {
            yield return "vat " + vat;
        }
        if (!string.IsNullOrEmpty(name))
        {
            yield return "name " + PlainLetters.Of(name);
        }
    }
}
