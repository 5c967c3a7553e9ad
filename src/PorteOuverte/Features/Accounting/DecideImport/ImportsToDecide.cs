using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Accounting.DecideImport;

/// <summary>The imports that wait for a decision or for their columns, for the home page of those who decide.</summary>
internal sealed class ImportsToDecide(AppDb db, CurrentMember member) : IBringToDos
{
    public async Task<IReadOnlyList<ToDo>> ToDos(int most, CancellationToken cancellation)
    {
        if (!(member.Role >= Role.Manager))
        {
            return [];
        }
        var found = await db
            .Imports.AsNoTracking()
            .Where(i => i.State == ImportState.Mapping || i.State == ImportState.Ready)
            .OrderByDescending(i => i.GivenAt)
            .ThenByDescending(i => i.Id)
            .Take(most)
            .Select(i => new
            {
                i.Id,
                i.State,
                i.GivenAt,
                File = db
                    .ImportedFiles.Where(f => f.ImportId == i.Id)
                    .OrderBy(f => f.Name)
                    .Select(f => f.Name)
                    .FirstOrDefault(),
                Others = db.ImportedFiles.Count(f => f.ImportId == i.Id) - 1,
                Zone = db.Workspaces.Select(w => w.Zone).First(),
            })
            .ToListAsync(cancellation);
        var texts = AccountingText.Current;
        return
        [
            .. found
                .Where(i => i.File is not null)
                .Select(i => new ToDo(
                    Level.Watch,
                    texts.Format(
                        "todo_" + i.State,
                        i.Others > 0 ? texts.Count("todoOthers", i.Others, i.File) : i.File
                    ),
                    texts.Format(
                        "todoGiven",
                        texts.Figures.Instant(i.GivenAt, TimeZoneInfo.FindSystemTimeZoneById(i.Zone))
                    ),
                    $"/e/{db.Workspace}/accounting/imports/{i.Id}",
                    texts["todoDecide_" + i.State]
                )),
        ];
    }
}
