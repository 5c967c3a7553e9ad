using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Clients;

/// <summary>A client, and all it is found by: name, codes, SIREN, tags, without accents and capitals.</summary>
internal sealed class WordedClient
{
    public required Client Client { get; init; }
    public required string Words { get; init; }
}

/// <summary>What clients are found by. Kept with each, since taking the accents off ten thousand at every search takes long; where it is not kept yet, the database makes it as it searches.</summary>
internal static class ClientWords
{
    public static IQueryable<WordedClient> Of(AppDb db) =>
        db.Clients.Select(c => new WordedClient
        {
            Client = c,
            Words =
                c.Words
                ?? PlainLetters.Of(
                    c.Name
                        + " "
                        + ((string?)(object?)c.Siren ?? "")
                        + " "
                        + (
                            db.ClientCodes.Where(k => k.ClientId == c.Id)
                                .GroupBy(k => k.ClientId)
                                .Select(g => string.Join(" ", g.Select(k => k.Code)))
                                .FirstOrDefault()
                            ?? ""
                        )
                        + " "
                        + (
                            db.ClientTags.Where(t => t.ClientId == c.Id)
                                .GroupBy(t => t.ClientId)
                                .Select(g => string.Join(" ", g.Select(t => t.Tag)))
                                .FirstOrDefault()
                            ?? ""
                        )
                ),
        });

    /// <summary>Keeps them where they are not kept yet.</summary>
    public static Task<int> Keep(AppDb db, CancellationToken cancellation) =>
        Of(db)
            .Where(c => c.Client.Words == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.Client.Words, x => x.Words), cancellation);
}

/// <summary>Keeps what the clients are found by that were changed by day.</summary>
internal sealed class KeepWords(AppDb db) : Job
{
    public override Task Do(JobRun run, JobProgress progress, CancellationToken stop) => ClientWords.Keep(db, stop);
}
