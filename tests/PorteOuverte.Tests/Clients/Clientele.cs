using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

/// <summary>Clients and their entries, as a file would have brought them.</summary>
internal static class Clientele
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static DateTime Now => new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A client with its code and its entries by hand, and the figures of all reckoned anew.</summary>
    public static async Task<Id<Client>> Add(
        House house,
        Id<Workspace> workspace,
        string name,
        string? code = null,
        params Func<Id<Client>, Entry>[] entries
    )
    {
        var client = new Client(name, Now);
        await house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                db.Add(client);
                if (code is not null)
                {
                    db.Add(new ClientCode(code, client.Id, name));
                }
                db.AddRange(entries.Select(e => e(client.Id)));
                await db.SaveChangesAsync(Stop);
                await services.GetRequiredService<ReckonFiguresHandler>().Handle([client.Id], Stop);
            }
        );
        return client.Id;
    }

    /// <param name="net">In euros, without VAT.</param>
    public static Func<Id<Client>, Entry> Invoice(string number, DateOnly date, int net, DateOnly? paidOn = null) =>
        client => new Entry
        {
            Id = Id<Entry>.New(),
            Reading = Entry.ByHand,
            ClientId = client,
            Kind = EntryKind.Invoice,
            Number = number,
            Date = date,
            BookedOn = date,
            Net = net * 100,
            Vat = net * 20,
            Amount = net * 120,
            Counted = net * 120,
            Outstanding = paidOn is null ? net * 120 : 0,
            PaidOn = paidOn,
        };

    public static Func<Id<Client>, Entry> Payment(DateOnly date, int gross) =>
        client => new Entry
        {
            Id = Id<Entry>.New(),
            Reading = Entry.ByHand,
            ClientId = client,
            Kind = EntryKind.Payment,
            Number = "",
            Date = date,
            BookedOn = date,
            Amount = -gross * 100,
            Counted = -gross * 100,
        };
}
