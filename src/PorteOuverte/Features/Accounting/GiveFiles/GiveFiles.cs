using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounting.GiveFiles;

/// <summary>Files for the books, one after the other as they come.</summary>
/// <param name="Name">As the one who gives it names it.</param>
public sealed record GivenFile(string Name, Stream Content);

/// <summary>Takes files in, and asks for them to be tried.</summary>
public sealed class GiveFilesHandler(
    AppDb db,
    FileStore store,
    JobQueue queue,
    CurrentMember member,
    AuditTrail audit,
    TimeProvider clock,
    AccountingSettings settings
)
{
    /// <exception cref="Refusal">A file is larger than the house takes, or there is none.</exception>
    public async Task<Id<Import>> Handle(IAsyncEnumerable<GivenFile> files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var texts = AccountingText.Current;
        var import = new Import(member.Person, clock.GetUtcNow().UtcDateTime);
        db.Add(import);
        await db.SaveChangesAsync(cancellation);
        var count = 0;
        try
        {
            await foreach (var given in files.WithCancellation(cancellation))
            {
                if (++count > AccountingSettings.MostFiles)
                {
                    throw new Refusal(texts.Format("tooMany", AccountingSettings.MostFiles));
                }
                var name = CleanText.Line(given.Name, ImportedFile.LongestName);
                var file = new ImportedFile(import.Id, name.Length > 0 ? name : texts["nameless"]);
                db.Add(file);
                await db.SaveChangesAsync(cancellation);
                if (!await store.Keep(file, given.Content, settings.LargestFile, cancellation))
                {
                    throw new Refusal(texts.Format("tooLarge", file.Name, settings.LargestFile >> 20));
                }
            }
            if (count == 0)
            {
                throw new Refusal(texts["noFile"]);
            }
        }
        catch
        {
            // What came of it is of no use, and nobody waits for it.
            db.ChangeTracker.Clear();
            await db.Imports.Where(i => i.Id == import.Id).ExecuteDeleteAsync(CancellationToken.None);
            throw;
        }
        import.Try(queue.Ask<TryImport.TryImport>(import.Id.ToString()));
        audit.Did("import.given", import.Id, new { files = count });
        await db.SaveChangesAsync(cancellation);
        return import.Id;
    }
}
