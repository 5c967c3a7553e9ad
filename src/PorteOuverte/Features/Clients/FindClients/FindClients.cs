using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui.Search;

namespace PorteOuverte.Features.Clients.FindClients;

/// <summary>Clients by their name, or by a code of the books.</summary>
internal sealed class FindClients(AppDb db) : IFind
{
    private const int MostWords = 10;

    public string Title => ClientsText.Current["clients"];

    public Role Least => Role.Reader;

    public async Task<IReadOnlyList<Found>> Find(string words, int most, CancellationToken cancellation)
    {
        var clients = db.Clients.Where(c => c.MergedInto == null && c.RemovedAt == null);
        foreach (var word in PlainLetters.Of(words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            clients = clients.Where(c =>
                PlainLetters.Of(c.Name).Contains(word)
                || db.ClientCodes.Any(k => k.ClientId == c.Id && PlainLetters.Of(k.Code).Contains(word))
            );
        }
        var found = await clients
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
