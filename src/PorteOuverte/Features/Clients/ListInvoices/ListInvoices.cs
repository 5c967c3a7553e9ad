using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Clients.ListInvoices;

public sealed record InvoiceRow
{
    public Id<Entry> Id { get; init; }
    public long Reading { get; init; }
    public EntryKind Kind { get; init; }
    public string Number { get; init; } = "";
    public DateOnly Date { get; init; }
    public DateOnly BookedOn { get; init; }
    public DateOnly? DueOn { get; init; }
    public long Net { get; init; }
    public long Gross { get; init; }
    public long Outstanding { get; init; }
    public DateOnly? PaidOn { get; init; }
    public string? Currency { get; init; }
    public string? Origin { get; init; }
    public int? Line { get; init; }
}

/// <summary>The invoices and credit notes of a client and of those merged into it, the newest first.</summary>
internal static class ListInvoices
{
    private static readonly EntryKind[] Kinds = [EntryKind.Invoice, EntryKind.CreditNote, EntryKind.DaySales];

    /// <returns>The table, and the client whose it is; null where there is none.</returns>
    public static async Task<(TableOf<InvoiceRow> Table, string Client)?> Of(
        Id<Client> id,
        AppDb db,
        IEnumerable<INameFiles> files,
        CancellationToken cancellation
    )
    {
        var members = await db
            .Clients.Where(c => (c.Id == id && c.MergedInto == null) || c.MergedInto == id)
            .Select(c => new { c.Id, c.Name })
            .ToListAsync(cancellation);
        if (members.Find(m => m.Id == id) is not { } client)
        {
            return null;
        }
        Id<Client>[] group = [.. members.Select(m => m.Id)];
        var origins = await files.NamesOf(
            await db
                .CurrentEntries.Where(e => group.Contains(e.ClientId))
                .Select(e => e.File)
                .Distinct()
                .ToListAsync(cancellation),
            cancellation
        );
        return (Table(group, client.Name, origins, id => EntriesTell.Address(db, id)), client.Name);
    }

    private static TableOf<InvoiceRow> Table(
        Id<Client>[] clients,
        string title,
        IReadOnlyDictionary<Guid, string> origins,
        Func<Id<Entry>, string> address
    )
    {
        var texts = EntryText.Current;
        return TableOf<InvoiceRow>
            .By(
                "invoices",
                texts.Format("invoicesOf", title),
                db =>
                    db.CurrentEntries.Where(e => clients.Contains(e.ClientId) && !e.IsCovered && Kinds.Contains(e.Kind))
                        .Select(e => new InvoiceRow
                        {
                            Id = e.Id,
                            Reading = e.Reading,
                            Kind = e.Kind,
                            Number = e.Number,
                            Date = e.Date,
                            BookedOn = e.BookedOn,
                            DueOn = e.DueOn,
                            Net = e.Net,
                            Gross = e.Amount,
                            Outstanding = e.Outstanding,
                            PaidOn = e.PaidOn,
                            Currency = e.Currency,
                            Origin = e.File == null ? null : e.File.ToString(),
                            Line = e.Line,
                        }),
                e => e.Id
            )
            .Text("number", texts["number"], e => e.Number, e => e.Reading == Entry.ByHand ? address(e.Id) : null)
            .Badge("kind", texts["kind"], e => e.Kind, kind => ("", texts["kind_" + kind]))
            .Date("date", texts["date"], e => e.Date)
            .Amount("net", texts["netColumn"], e => e.Net)
            .Amount("gross", texts["gross"], e => e.Gross)
            .Amount("open", texts["openColumn"], e => e.Outstanding)
            .Date("paid", texts["paidOn"], e => e.PaidOn)
            .Date("due", texts["dueOn"], e => e.DueOn, shown: false)
            .Date("booked", texts["bookedOn"], e => e.BookedOn, shown: false)
            .Text("currency", texts["currency"], e => e.Currency, shown: false)
            .Badge(
                "origin",
                texts["origin"],
                e => e.Origin,
                file => ("", Guid.TryParse(file, out var id) ? origins.GetValueOrDefault(id, "") : ""),
                shown: false
            )
            .Number("line", texts["line"], e => e.Line, shown: false)
            .Filter("kind", texts["kind"], e => e.Kind, Kinds.Select(k => (k, texts["kind_" + k])))
            .Filter("open", texts["openColumn"], [("1", texts["stillOpen"], e => e.Outstanding > 0)])
            .Search(e => e.Number)
            .SortedBy("-date");
    }
}
