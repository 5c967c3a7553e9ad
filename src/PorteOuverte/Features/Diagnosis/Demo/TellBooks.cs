using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.DecideImport;
using PorteOuverte.Features.Accounting.GiveFiles;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;

namespace PorteOuverte.Features.Diagnosis.Demo;

/// <summary>The books of the agency: given when it began, and again last week, when they took the place of the year that was not over then.</summary>
internal sealed class TellBooks : ITellTheDemo
{
    public IEnumerable<Scene> Tell(DemoStory story)
    {
        var began = story.Today.AddDays(-story.DaysInUse);
        var known = new DateOnly(began.Year, began.Month, 1).AddDays(-1);
        var first = DemoBooks.FirstYear(story.Yesterday);
        return
        [
            .. Import(story.At(story.DaysInUse, 10, 12), () => DemoBooks.Write(story.Yesterday, known, first)),
            .. Import(
                story.At(5, 9, 4),
                () => DemoBooks.Write(story.Yesterday, story.BooksEnd, Math.Max(first, known.Year))
            ),
        ];
    }

    private static IEnumerable<Scene> Import(DateTime at, Func<IReadOnlyList<(string Name, byte[] Content)>> books)
    {
        yield return new Scene(
            at,
            (services, stop) => services.GetRequiredService<GiveFilesHandler>().Handle(Given(books()), stop)
        );
        yield return new Scene(
            at.AddMinutes(2),
            async (services, stop) =>
            {
                var waiting = await services
                    .GetRequiredService<AppDb>()
                    .Imports.Where(i => i.State == ImportState.Ready)
                    .Select(i => i.Id)
                    .SingleAsync(stop);
                await services.GetRequiredService<DecideImportHandler>().Handle(new ApplyImport(waiting), stop);
            }
        );
    }

    private static async IAsyncEnumerable<GivenFile> Given(IReadOnlyList<(string Name, byte[] Content)> books)
    {
        foreach (var (name, content) in books)
        {
            await using var stream = new MemoryStream(content);
            yield return new GivenFile(name, stream);
        }
    }
}
