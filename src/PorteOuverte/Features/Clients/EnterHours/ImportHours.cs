using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.EnterHours;

/// <summary>A month of a client as a table has it, beside what stands there.</summary>
public sealed record ImportedMonth(string Client, DateOnly Month, int Before, int After);

/// <summary>Looks a table of hours through: which clients it means, and what it would change.</summary>
public sealed class ImportHoursHandler(AppDb db)
{
    public const long Largest = 1024 * 1024;

    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, as spreadsheets save it; null when it is too large.</summary>
    public static async Task<string?> Text(IFormFile file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length > Largest)
        {
            return null;
        }
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        var bytes = content.ToArray();
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(bytes);
        }
    }

    public async Task<(ReadHours Read, IReadOnlyList<ImportedMonth> Months)> Read(
        string text,
        CancellationToken cancellation
    )
    {
        var clients = await db
            .Clients.AsNoTracking()
            .Where(OneClient.IsThere(db))
            .Select(c => new
            {
                c.Id,
                c.Name,
                c.MergedInto,
            })
            .ToListAsync(cancellation);
        var codes = await db
            .ClientCodes.AsNoTracking()
            .Select(c => new { c.Code, c.ClientId })
            .ToListAsync(cancellation);
        // Who was merged into another is that other.
        var shown = clients.ToDictionary(c => c.Id, c => c.MergedInto ?? c.Id);
        var byName = clients.ToLookup(c => PlainLetters.Of(c.Name), c => shown[c.Id], StringComparer.Ordinal);
        var byCode = codes
            .Where(c => shown.ContainsKey(c.ClientId))
            .ToLookup(c => PlainLetters.Of(c.Code), c => shown[c.ClientId], StringComparer.Ordinal);
        var read = ReadHours.Of(text, typed => Meant(PlainLetters.Of(typed)));
        var names = clients.ToDictionary(c => c.Id, c => c.Name);
        Id<Client>[] said = [.. read.Read.Select(m => m.Client).Distinct()];
        var before = await db
            .ClientHours.AsNoTracking()
            .Where(h => said.Contains(h.ClientId))
            .ToDictionaryAsync(h => (h.ClientId, h.Month), h => h.Minutes, cancellation);
        return (
            read,
            [
                .. read
                    .Read.Select(m => new ImportedMonth(
                        names[m.Client],
                        m.First,
                        before.GetValueOrDefault((m.Client, m.First)),
                        m.Minutes
                    ))
                    .OrderBy(m => PlainLetters.Of(m.Client), StringComparer.Ordinal)
                    .ThenBy(m => m.Month),
            ]
        );

        // A code is said on purpose: it goes before a name.
        IReadOnlyCollection<Id<Client>> Meant(string typed) =>
            byCode.Contains(typed) ? [.. byCode[typed].Distinct()] : [.. byName[typed].Distinct()];
    }
}
