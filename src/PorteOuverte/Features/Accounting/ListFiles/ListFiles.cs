using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Ui.Tables;

namespace PorteOuverte.Features.Accounting.ListFiles;

public sealed record FileRow
{
    public Id<ImportedFile> Id { get; init; }
    public string Name { get; init; } = "";
    public DateOnly? First { get; init; }
    public DateOnly? Last { get; init; }
    public int Lines { get; init; }
    public int Rejected { get; init; }
    public FileState State { get; init; }
    public DateTime GivenAt { get; init; }
    public Id<Import> Import { get; init; }
}

/// <summary>The files of the books, the latest year first.</summary>
internal static class ListFiles
{
    public static TableOf<FileRow> Table()
    {
        var texts = AccountingText.Current;
        FileState[] shown = [FileState.Live, FileState.Gone];
        return TableOf<FileRow>
            .By(
                "files",
                texts["files"],
                db =>
                    from f in db.ImportedFiles
                    join i in db.Imports on f.ImportId equals i.Id
                    where f.State == FileState.Live || f.State == FileState.Gone
                    select new FileRow
                    {
                        Id = f.Id,
                        Name = f.Name,
                        First = f.FirstEntry,
                        Last = f.LastEntry,
                        Lines = f.Lines,
                        Rejected = f.Rejected,
                        State = f.State,
                        GivenAt = i.GivenAt,
                        Import = i.Id,
                    },
                f => f.Id
            )
            .Text("name", texts["file"], f => f.Name, link: f => $"files/{f.Id}")
            .Date("first", texts["first"], f => f.First)
            .Date("last", texts["last"], f => f.Last)
            .Number("lines", texts["lines"], f => f.Lines)
            .Number("rejected", texts["rejected"], f => f.Rejected)
            .Badge("state", texts["state"], f => f.State, s => (s == FileState.Live ? "good" : "", texts["file_" + s]))
            .Instant("given", texts["given"], f => f.GivenAt)
            .Filter("state", texts["state"], f => f.State, shown.Select(s => (s, texts["file_" + s])))
            .Search(f => f.Name)
            .SortedBy("-last");
    }
}

public sealed record ImportRow(Id<Import> Id, ImportState State, DateTime GivenAt, int Files, string FirstFile);

/// <summary>What was given lately.</summary>
public sealed class ListImportsHandler(AppDb db)
{
    private const int Most = 10;

    public async Task<IReadOnlyList<ImportRow>> Handle(CancellationToken cancellation) =>
        await db
            .Imports.AsNoTracking()
            .Where(i => i.State != ImportState.Uploading)
            .OrderByDescending(i => i.Id)
            .Take(Most)
            .Select(i => new ImportRow(
                i.Id,
                i.State,
                i.GivenAt,
                db.ImportedFiles.Count(f => f.ImportId == i.Id),
                db.ImportedFiles.Where(f => f.ImportId == i.Id).OrderBy(f => f.Id).Select(f => f.Name).FirstOrDefault()
                    ?? ""
            ))
            .ToListAsync(cancellation);
}
