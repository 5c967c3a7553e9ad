using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.ShowClient;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>What the entries remember: invoices, payments, and where each was read.</summary>
internal sealed class EntriesTell(AppDb db, IEnumerable<INameFiles> files) : ITellThePast
{
    private readonly Texts texts = EntryText.Current;

    public async Task<IReadOnlyList<Happening>> Tell(PastAsked asked, CancellationToken cancellation)
    {
        var known = db.CurrentEntries.AsNoTracking().Where(e => asked.Clients.Contains(e.ClientId) && !e.IsCovered);
        if (asked.Before is var (day, last))
        {
            var id = new Id<Entry>(last);
            known = known.Where(e => e.Date < day || (e.Date == day && e.Id < id));
        }
        var entries = await known
            .OrderByDescending(e => e.Date)
            .ThenByDescending(e => e.Id)
            .Take(asked.Most)
            .ToListAsync(cancellation);
        var names = await files.NamesOf(entries.Select(e => e.File), cancellation);
        return
        [
            .. entries.Select(e => new Happening(
                new Moment(e.Date, e.Id.Value),
                texts.Format("entry_" + e.Kind, e.Number, Sum(Math.Abs(e.Amount), e.Currency)).Trim(),
                string.Join(" · ", More(e, names).Where(part => part is not null)),
                e is { Kind: EntryKind.Invoice, Outstanding: > 0 } ? Level.Watch : null,
                e.Reading == Entry.ByHand ? Address(db, e.Id) : null
            )),
        ];
    }

    /// <summary>The page of an entry that people brought; those of the books have none of their own.</summary>
    internal static string Address(AppDb db, Id<Entry> id) => $"/e/{db.Workspace}/accounting/entries/{id}";

    private IEnumerable<string?> More(Entry entry, IReadOnlyDictionary<Guid, string> names)
    {
        if (entry.Net != 0)
        {
            yield return texts.Format("net", Sum(Math.Abs(entry.Net), entry.Currency));
        }
        if (entry.Kind == EntryKind.Invoice)
        {
            yield return Settled(entry);
        }
        if (entry.Currency is not null)
        {
            yield return texts["foreign"];
        }
        yield return Origin(texts, entry.File, entry.Line, names);
    }

    private string Settled(Entry entry) =>
        entry.PaidOn is { } paid
            ? texts.Count("paid", Math.Max(0, paid.DayNumber - entry.Date.DayNumber), texts.Figures.Date(paid))
        : entry.Outstanding > 0 ? texts.Format("open", Sum(entry.Outstanding, entry.Currency))
        : texts["settled"];

    private string Sum(long amount, string? currency) =>
        currency is null ? texts.Figures.Amount(amount) : texts.Figures.Number(amount / 100m, 2) + "\u00A0" + currency;

    /// <summary>The file and the line, as far as they are known; null: brought by hand.</summary>
    internal static string? Origin(Texts texts, Guid? file, int? line, IReadOnlyDictionary<Guid, string> names) =>
        file is not { } known || !names.TryGetValue(known, out var name) ? null
        : line is { } number ? texts.Format("originLine", name, texts.Figures.Number((decimal)number))
        : name;
}

internal static class FileNames
{
    public static async Task<IReadOnlyDictionary<Guid, string>> NamesOf(
        this IEnumerable<INameFiles> keepers,
        IEnumerable<Guid?> files,
        CancellationToken cancellation
    )
    {
        Guid[] asked = [.. files.OfType<Guid>().Distinct()];
        var names = new Dictionary<Guid, string>();
        foreach (var keeper in asked.Length == 0 ? [] : keepers)
        {
            foreach (var (file, name) in await keeper.Names(asked, cancellation))
            {
                names[file] = name;
            }
        }
        return names;
    }
}
