using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting;

/// <summary>The names of the files that entries were read from.</summary>
internal sealed class NameImportedFiles(AppDb db) : INameFiles
{
    public async Task<IReadOnlyDictionary<Guid, string>> Names(
        IReadOnlyCollection<Guid> files,
        CancellationToken cancellation
    )
    {
        Id<ImportedFile>[] asked = [.. files.Select(f => new Id<ImportedFile>(f))];
        return await db
            .ImportedFiles.Where(f => asked.Contains(f.Id))
            .Select(f => new { f.Id, f.Name })
            .ToDictionaryAsync(f => f.Id.Value, f => f.Name, cancellation);
    }
}
