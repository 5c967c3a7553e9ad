using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers.EInvoices;
using PorteOuverte.Ledgers.Tables;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>What a document says of its buyer.</summary>
/// <param name="Code">As the books call it.</param>
public readonly record struct Buyer(string? Code, string? Name, Siren? Siren, string? VatNumber, string Address = "")
{
    public static Buyer Of(EInvoiceParty party)
    {
        ArgumentNullException.ThrowIfNull(party);
        return new(
            null,
            party.Name,
            Kernel.Siren.Read(party.Siren),
            party.VatNumber,
            string.Join('\n', [.. party.AddressLines, $"{party.PostCode} {party.City}".Trim()])
        );
    }

    public static Buyer Of(TableInvoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return new(
            invoice.ClientCode,
            CleanText.Line(invoice.ClientName, Client.LongestName),
            Kernel.Siren.Read(invoice.Siren),
            string.Concat(invoice.VatNumber.Where(c => !char.IsWhiteSpace(c)))
        );
    }
}

/// <summary>Who the buyer of an invoice is among our clients: by number, else by name.</summary>
public sealed class Buyers(AppDb db)
{
    private readonly Dictionary<string, Id<Client>> known = new(StringComparer.Ordinal);
    private Dictionary<string, Id<Client>>? waiting;
    private bool isFilled;
    private string? unknown;

    /// <returns>Null: nobody we know.</returns>
    public async Task<Id<Client>?> Find(Buyer buyer, CancellationToken cancellation)
    {
        if (!isFilled)
        {
            isFilled = true;
            await Fill(known, OneClient.IsThere(db), cancellation);
        }
        return Among(known, buyer);
    }

    /// <summary>The client; who went with a file comes back, and is made only if nobody is known by that name or number.</summary>
    public async Task<Id<Client>> FindOrAdd(Buyer buyer, DateTime now, CancellationToken cancellation)
    {
        if (await Find(buyer, cancellation) is { } found)
        {
            return found;
        }
        if (waiting is null)
        {
            waiting = new(StringComparer.Ordinal);
            await Fill(waiting, OneClient.WaitsForFile, cancellation);
        }
        if (Among(waiting, buyer) is { } back)
        {
            return back;
        }
        var client = await New(buyer, now, cancellation);
        db.Add(client);
        return client.Id;
    }

    /// <summary>A client nobody knew, and who is known from now on; not yet one of the workspace's.</summary>
    public async Task<Client> New(Buyer buyer, DateTime now, CancellationToken cancellation)
    {
        unknown ??= (await AccountingText.OfWorkspace(db, cancellation))["unknownClient"];
        var name =
            new[] { buyer.Name, buyer.Code, buyer.VatNumber, buyer.Siren?.ToString() }.FirstOrDefault(n =>
                !string.IsNullOrEmpty(n)
            )
            ?? unknown;
        var client = new Client(name, now, fromBooks: true);
        client.Learn(buyer.Siren, string.IsNullOrEmpty(buyer.VatNumber) ? null : buyer.VatNumber, buyer.Address);
        Know(known, client.Id, buyer with { Name = client.Name });
        return client;
    }

    private async Task Fill(
        Dictionary<string, Id<Client>> into,
        Expression<Func<Client, bool>> who,
        CancellationToken cancellation
    )
    {
        var clients = await db
            .Clients.AsNoTracking()
            .Where(who)
            .OrderBy(c => c.Id)
            .Select(c => new
            {
                Id = c.MergedInto ?? c.Id,
                c.Siren,
                c.VatNumber,
                c.Name,
            })
            .ToListAsync(cancellation);
        clients.ForEach(c => Know(into, c.Id, new Buyer(null, c.Name, c.Siren, c.VatNumber)));
        var codes = await db
            .ClientCodes.AsNoTracking()
            .Join(
                db.Clients.Where(who),
                code => code.ClientId,
                client => client.Id,
                (code, client) => new { code.Code, Client = client.MergedInto ?? client.Id }
            )
            .ToListAsync(cancellation);
        codes.ForEach(c => Know(into, c.Client, new Buyer(c.Code, null, null, null)));
    }

    private static Id<Client>? Among(Dictionary<string, Id<Client>> clients, Buyer buyer)
    {
        foreach (var key in Keys(buyer))
        {
            if (clients.TryGetValue(key, out var client))
            {
                return client;
            }
        }
        return null;
    }

    // Of two of one name, the one that was there first.
    private static void Know(Dictionary<string, Id<Client>> clients, Id<Client> client, Buyer buyer)
    {
        foreach (var key in Keys(buyer))
        {
            clients.TryAdd(key, client);
        }
    }

    // A name that is known with another number would be another business; numbers come first.
    private static IEnumerable<string> Keys(Buyer buyer)
    {
        if (!string.IsNullOrEmpty(buyer.Code))
        {
            yield return "code " + buyer.Code;
        }
        if (buyer.Siren is { } number)
        {
            yield return "siren " + number.Digits;
        }
        if (!string.IsNullOrEmpty(buyer.VatNumber))
        {
            yield return "vat " + buyer.VatNumber;
        }
        if (!string.IsNullOrEmpty(buyer.Name))
        {
            yield return "name " + PlainLetters.Of(buyer.Name);
        }
    }
}
