using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Tests.Support;

/// <summary>Clients and their entries, as a file would have brought them.</summary>
public static class Clientele
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
                await services.GetRequiredService<ReckonFiguresHandler>().Handle(clients: null, Stop);
            }
        );
        return client.Id;
    }

    /// <summary>A few clients to look at: one with a past, one merged into it, one that pays at once.</summary>
    public static async Task<IReadOnlyList<Id<Client>>> Some(House house, Id<Workspace> workspace)
    {
        ArgumentNullException.ThrowIfNull(house);
        var first = await Add(
            house,
            workspace,
            "Chocolaterie du Pré Cendré",
            "411CHOCO",
            [
                .. Enumerable
                    .Range(0, 24)
                    .Select(i => new DateOnly(2024, 11, 3).AddMonths(i))
                    .Select(
                        (day, i) => Invoice($"F-{i + 1:000}", day, 2900 + (37 * i), i < 22 ? day.AddDays(38) : null)
                    ),
                Payment(new(2026, 8, 12), 4000),
            ]
        );
        var twin = await Add(house, workspace, "Choco. Pré-Cendré SARL", "411CHOC2");
        var third = await Add(
            house,
            workspace,
            "Mutuelle du Chêne Foudroyé",
            "411MUT",
            Invoice("F-100", new(2026, 9, 1), 9000, new(2026, 9, 30))
        );
        await house.In(
            workspace,
            async services =>
            {
                var db = services.GetRequiredService<AppDb>();
                var client = await db.Clients.FindAsync([workspace, first], Stop);
                client!.Describe(
                    "Chocolaterie du Pré Cendré",
                    Siren.Read("732829320"),
                    "FR44732829320",
                    "12 rue des Lilas\n69003 Lyon",
                    "Sites",
                    new PaymentTerms(45, EndOfMonth: true),
                    isCollective: false
                );
                db.AddRange(new ClientTag(first, "vip"), new ClientTag(first, "commerce"));
                (await db.Clients.FindAsync([workspace, twin], Stop))!.MergeInto(first);
                await db.SaveChangesAsync(Stop);
                await services.GetRequiredService<ReckonFiguresHandler>().Handle(clients: null, Stop);
            }
        );
        return [first, third, twin];
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
