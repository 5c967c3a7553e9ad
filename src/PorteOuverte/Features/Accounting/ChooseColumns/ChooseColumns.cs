using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.ReadTables;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting.ChooseColumns;

/// <summary>Says for good which column of a table is what.</summary>
public sealed record ChooseColumns(Id<Import> Import, Id<ImportedFile> File, ChosenColumns Columns);

/// <summary>Keeps the columns with the file and for the next of its kind; once all tables have theirs, the import goes on.</summary>
public sealed class ChooseColumnsHandler(AppDb db, FileStore store, JobQueue queue)
{
    /// <returns>The next table that waits for its columns; null: none does, and the files are being read.</returns>
    /// <exception cref="Refusal">It was decided meanwhile.</exception>
    public async Task<Id<ImportedFile>?> Handle(ChooseColumns command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var import = await db.Imports.SingleOrDefaultAsync(i => i.Id == command.Import, cancellation);
        var tables = await db
            .ImportedFiles.Where(f => f.ImportId == command.Import && f.Kind == FileKind.Table && f.Lines > 0)
            .OrderBy(f => f.Id)
            .ToListAsync(cancellation);
        if (
            import?.State is not (ImportState.Mapping or ImportState.Ready)
            || tables.Find(f => f.Id == command.File) is not { } file
        )
        {
            throw new Refusal(AccountingText.Current["decidedAlready"]);
        }
        var columns = command.Columns.ToString();
        file.Mapping = columns;
        await Remember(file, columns, cancellation);
        var next = tables.Find(f => f.Mapping is null)?.Id;
        if (next is null)
        {
            import.Try(queue.Ask<TryImport.TryImport>(import.Id.ToString()));
        }
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsTaken())
        {
            throw new Refusal(AccountingText.Current["decidedAlready"]);
        }
        return next;
    }

    private async Task Remember(ImportedFile file, string columns, CancellationToken cancellation)
    {
        using var copies = await store.Copy([file], cancellation);
        // As it is found without being told where to look: so will the next one be.
        var fingerprint = ChosenColumns.Open(copies[file.Id], new(), cancellation).Fingerprint;
        if (
            await db.RememberedColumns.SingleOrDefaultAsync(r => r.Fingerprint == fingerprint, cancellation) is
            { } remembered
        )
        {
            remembered.Columns = columns;
        }
        else
        {
            db.Add(new RememberedColumns(fingerprint, columns));
        }
    }
}
