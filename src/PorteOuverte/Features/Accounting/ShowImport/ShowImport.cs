using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting.ShowImport;

/// <param name="Run">How far its job is; null: none was asked for.</param>
public sealed record ImportSeen(
    Id<Import> Id,
    ImportState State,
    ImportPlan? Plan,
    DateTime GivenAt,
    RunSeen? Run,
    IReadOnlyList<string> Files,
    IReadOnlyList<TableSeen> Tables
);

/// <summary>A table that can be read once its columns are known.</summary>
public sealed record TableSeen(Id<ImportedFile> Id, string Name, bool HasColumns);

public sealed record RunSeen(JobState State, long Position, long Total, bool StopAsked, string? Error);

public sealed class ShowImportHandler(AppDb db)
{
    /// <returns>Null where there is none.</returns>
    public async Task<ImportSeen?> Handle(Id<Import> id, CancellationToken cancellation)
    {
        var found = await db
            .Imports.AsNoTracking()
            .Where(i => i.Id == id)
            .Select(i => new
            {
                i.State,
                i.Plan,
                i.GivenAt,
                Run = db
                    .JobRuns.Where(r => r.Id == i.Run)
                    .Select(r => new RunSeen(r.State, r.Position, r.Total, r.StopAsked, r.Error))
                    .FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }
        var files = await db
            .ImportedFiles.AsNoTracking()
            .Where(f => f.ImportId == id)
            .OrderBy(f => f.Id)
            .Select(f => new
            {
                f.Name,
                Table = f.Kind == FileKind.Table && f.Lines > 0 ? new TableSeen(f.Id, f.Name, f.Mapping != null) : null,
            })
            .ToListAsync(cancellation);
        return new(
            id,
            found.State,
            found.Plan is null ? null : ImportPlan.Read(found.Plan),
            found.GivenAt,
            found.Run,
            [.. files.Select(f => f.Name)],
            [.. files.Select(f => f.Table).OfType<TableSeen>()]
        );
    }
}
