using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui.Search;

namespace PorteOuverte.Features.Clients.FindClients;

/// <summary>Clients by their name, a code of the books, their SIREN or a tag.</summary>
internal sealed class FindClients(AppDb db) : IFind
{
    private const int MostWords = 10;

    public string Title => ClientsText.Current["clients"];

    public Role Least => Role.Reader;

    public async Task<IReadOnlyList<Found>> Find(string words, int most, CancellationToken cancellation)
    {
        var worded = ClientWords.Of(db).Where(c => c.Client.MergedInto == null && c.Client.RemovedAt == null);
        foreach (var word in PlainLetters.Of(words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            worded = worded.Where(c => c.Words.Contains(word));
        }
        var found = await worded
            .Select(c => c.Client)
            .OrderBy(c => c.ArchivedAt != null)
            .ThenBy(c => c.Name)
            .ThenBy(c => c.Id)
            .Take(most)
            .Select(c => new
            {
                c.Id,
                c.Name,
                Code = db.ClientCodes.Where(k => k.ClientId == c.Id).Select(k => k.Code).Min(),
            })
            .ToListAsync(cancellation);
        return [.. found.Select(c => new Found(c.Name, $"clients/{c.Id}", "users", c.Code))];
    }
}
