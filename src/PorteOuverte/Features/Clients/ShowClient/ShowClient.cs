using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.ShowClient;

/// <summary>What stands on the sheet of a client.</summary>
/// <param name="Figures">Null: nothing was reckoned yet.</param>
/// <param name="Share">Of the revenue of all clients in twelve months; null where there is none.</param>
/// <param name="Level">Null for a crowd of buyers.</param>
/// <param name="Terms">Agreed with the client, else with all.</param>
/// <param name="Merged">Those that are shown here.</param>
public sealed record ClientSheet(
    Client Client,
    ClientFigures? Figures,
    double? Share,
    Level? Level,
    PaymentTerms Terms,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Codes,
    IReadOnlyList<(Id<Client> Id, string Name)> Merged
)
{
    /// <summary>The client and those merged into it.</summary>
    public IReadOnlyList<Id<Client>> Group => [Client.Id, .. Merged.Select(m => m.Id)];
}

public sealed class ShowClientHandler(AppDb db, IEnumerable<ITellThePast> past)
{
    public const int PastOnPage = 20;

    /// <returns>Null where there is no such client.</returns>
    public async Task<ClientSheet?> Find(Id<Client> id, CancellationToken cancellation)
    {
        var found = await (
            from c in db.Clients.AsNoTracking()
            where c.Id == id
            from w in db.Workspaces
            from f in db.ClientFigures.Where(f => f.ClientId == c.Id).DefaultIfEmpty()
            select new
            {
                Client = c,
                Workspace = w,
                Figures = f,
                Whole = db.ClientFigures.Where(x => x.RevenueTwelveMonths > 0).Sum(x => x.RevenueTwelveMonths),
            }
        ).SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }
        var words = await Words(id).ToListAsync(cancellation);
        double? share =
            found.Figures?.RevenueTwelveMonths > 0 ? (double)found.Figures.RevenueTwelveMonths / found.Whole : null;
        return new ClientSheet(
            found.Client,
            found.Figures,
            share,
            share is { } weight && !found.Client.IsCollective ? found.Workspace.Thresholds.Of(weight) : null,
            found.Client.PaymentTerms ?? found.Workspace.PaymentTerms,
            [.. words.Where(w => w.Kind == Word.Tag).Select(w => w.Text)],
            [.. words.Where(w => w.Kind == Word.Code).Select(w => w.Text)],
            [.. words.Where(w => w.Kind == Word.Merged).Select(w => (w.Client, w.Text))]
        );
    }

    /// <summary>What happened with a client, the newest first, and from where it goes on; all that anybody remembers.</summary>
    public async Task<(IReadOnlyList<Happening> Happened, Moment? More)> Past(
        ClientSheet sheet,
        Moment? before,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var asked = new PastAsked(sheet.Group, before, PastOnPage + 1);
        var told = new List<Happening>();
        foreach (var one in past)
        {
            told.AddRange(await one.Tell(asked, cancellation));
        }
        told.Sort((a, b) => b.At.CompareTo(a.At));
        Happening[] shown = [.. told.Take(PastOnPage)];
        return (shown, told.Count > PastOnPage ? shown[^1].At : null);
    }

    // Three lists in one statement.
    private IQueryable<Word> Words(Id<Client> id) =>
        db
            .ClientTags.Where(t => t.ClientId == id)
            .Select(t => new Word
            {
                Kind = Word.Tag,
                Text = t.Tag,
                Client = t.ClientId,
            })
            .Concat(
                db.Clients.Where(c => c.Id == id || c.MergedInto == id)
                    .Join(
                        db.ClientCodes,
                        c => c.Id,
                        k => k.ClientId,
                        (c, k) =>
                            new Word
                            {
                                Kind = Word.Code,
                                Text = k.Code,
                                Client = k.ClientId,
                            }
                    )
            )
            .Concat(
                db.Clients.Where(c => c.MergedInto == id)
                    .Select(c => new Word
                    {
                        Kind = Word.Merged,
                        Text = c.Name,
                        Client = c.Id,
                    })
            )
            .OrderBy(w => w.Kind)
            .ThenBy(w => w.Text);

    private sealed class Word
    {
        public const int Tag = 0;
        public const int Code = 1;
        public const int Merged = 2;

        public int Kind { get; init; }
        public string Text { get; init; } = "";
        public Id<Client> Client { get; init; }
    }
}
