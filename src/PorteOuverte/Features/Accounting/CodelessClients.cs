using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting;

/// <summary>Clients that people or invoices brought and the books have not named yet: a new code of the same name is theirs.</summary>
internal static class CodelessClients
{
    /// <returns>By name without accents and capitals; a name that two of them bear belongs to neither.</returns>
    public static async Task<Dictionary<string, Id<Client>>> ByName(AppDb db, CancellationToken cancellation)
    {
        var clients = await db
            .Clients.AsNoTracking()
            .Where(c => c.RemovedAt == null && c.MergedInto == null && !db.ClientCodes.Any(x => x.ClientId == c.Id))
            .Select(c => new { c.Id, c.Name })
            .ToListAsync(cancellation);
        return clients
            .GroupBy(c => PlainLetters.Of(c.Name), StringComparer.Ordinal)
            .Where(g => g.Count() == 1)
            .ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);
    }
}
