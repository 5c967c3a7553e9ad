using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Accounting.AddEntry;
using PorteOuverte.Features.Accounting.ChooseColumns;
using PorteOuverte.Features.Accounting.DecideImport;
using PorteOuverte.Features.Accounting.GiveFiles;
using PorteOuverte.Features.Accounting.ReadTables;
using PorteOuverte.Features.Clients.Demo;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;

namespace PorteOuverte.Features.Accounting.Demo;

/// <summary>The papers that the books do not tell of yet: typed by hand, an electronic invoice, two tables.</summary>
internal sealed class TellPapers : ITellTheDemo
{
    public IEnumerable<Scene> Tell(DemoStory story)
    {
        yield return Typed(story, 4, EntryKind.Invoice, "AUBEPIN", "M01", 2_400);
        yield return Typed(story, 3, EntryKind.Invoice, "MINOTERI", "M02", 680);
        yield return Typed(story, 3, EntryKind.CreditNote, "CANTINE", "M03", 90);
        yield return Typed(story, 2, EntryKind.Payment, "TROISCLO", "", 0);
        yield return Typed(story, 1, EntryKind.Payment, "JAUBERT", "", 0);
        foreach (var scene in Give(story.At(3, 16, 5), "facture-electronique.xml", ElectronicInvoice.For(story)))
        {
            yield return scene;
        }
        var workshops = story.At(2, 10, 20);
        yield return GiveFile(workshops, "Ateliers et formations.csv", Workshops(story));
        yield return new Scene(workshops.AddMinutes(3), ChooseColumns) { By = "Hugo" };
        yield return new Scene(workshops.AddMinutes(5), Apply) { By = "Hugo" };
        // Given, and nobody has said yet which column is what.
        yield return GiveFile(story.At(1, 11, 50), "Anciennes factures photo.csv", Photos(story));
    }

    private static Scene Typed(DemoStory story, int daysAgo, EntryKind kind, string code, string number, int euros) =>
        new(
            story.At(daysAgo, 14, 30),
            async (services, stop) =>
            {
                var handler = services.GetRequiredService<AddEntryHandler>();
                var owner = (await handler.Owner(await services.Client(code, stop), stop))!;
                var date = story.Today.AddDays(-daysAgo);
                // A payment is for the oldest invoice that is open.
                var settles = kind == EntryKind.Payment ? (await handler.Open(owner, [], stop))[0] : null;
                await handler.Handle(
                    owner,
                    null,
                    new AddEntry.AddEntry(
                        kind,
                        number.Length == 0
                            ? null
                            : string.Create(CultureInfo.InvariantCulture, $"FA{date.Year}-{number}"),
                        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        null,
                        settles is null ? euros.ToString(CultureInfo.InvariantCulture) : null,
                        settles is null ? "20" : null,
                        null,
                        settles is null
                            ? null
                            : (settles.Outstanding / 100m).ToString("0.00", CultureInfo.GetCultureInfo("fr")),
                        settles is null ? [] : [settles.Id],
                        0
                    ),
                    stop
                );
            }
        )
        {
            By = "Hugo",
        };

    private static IEnumerable<Scene> Give(DateTime at, string name, byte[] content) =>
        [GiveFile(at, name, content), new Scene(at.AddMinutes(1), Apply) { By = "Hugo" }];

    private static Scene GiveFile(DateTime at, string name, byte[] content) =>
        new(at, (services, stop) => services.GetRequiredService<GiveFilesHandler>().Handle(One(name, content), stop))
        {
            By = "Hugo",
        };

    private static async IAsyncEnumerable<GivenFile> One(string name, byte[] content)
    {
        await using var stream = new MemoryStream(content);
        yield return new GivenFile(name, stream);
    }

    private static async Task Apply(IServiceProvider services, CancellationToken stop)
    {
        var waiting = await services
            .GetRequiredService<AppDb>()
            .Imports.Where(i => i.State == ImportState.Ready)
            .Select(i => i.Id)
            .SingleAsync(stop);
        await services.GetRequiredService<DecideImportHandler>().Handle(new ApplyImport(waiting), stop);
    }

    private static async Task ChooseColumns(IServiceProvider services, CancellationToken stop)
    {
        var db = services.GetRequiredService<AppDb>();
        var file = await db.ImportedFiles.SingleAsync(
            f => f.Kind == FileKind.Table && f.State == FileState.Waiting,
            stop
        );
        using var copies = await services.GetRequiredService<FileStore>().Copy([file], stop);
        var columns = ChosenColumns.Guess(new(), ChosenColumns.Open(copies[file.Id], new(), stop));
        await services
            .GetRequiredService<ChooseColumnsHandler>()
            .Handle(new ChooseColumns.ChooseColumns(file.ImportId, file.Id, columns), stop);
    }

    private static byte[] Workshops(DemoStory story) =>
        Table(
            "Client;N° facture;Date;Montant HT;TVA;Montant TTC;Payée le",
            story,
            ("SAULAIE", "AT-101", 49, 900, true),
            ("LUTRIN", "AT-102", 37, 150, true),
            ("LOIRAT", "AT-103", 30, 300, false),
            ("QUERNEC", "AT-104", 23, 150, false),
            ("RIVOAL", "AT-105", 16, 300, false)
        );

    private static byte[] Photos(DemoStory story) =>
        Table(
            "Chez qui;Pièce;Le;HT;Taxe;TTC;Soldée",
            story,
            ("PEPINIER", "PH-31", 820, 240, true),
            ("HAIELONG", "PH-32", 801, 180, true),
            ("ECLUSE", "PH-33", 790, 320, true)
        );

    private static byte[] Table(
        string head,
        DemoStory story,
        params (string Code, string Number, int DaysAgo, int Net, bool IsPaid)[] rows
    )
    {
        var french = CultureInfo.GetCultureInfo("fr");
        var text = new StringBuilder(head).Append('\n');
        foreach (var (code, number, daysAgo, net, isPaid) in rows)
        {
            var date = story.Today.AddDays(-daysAgo);
            var paid = isPaid ? date.AddDays(9).ToString("yyyy-MM-dd", french) : "";
            text.Append(
                french,
                $"{Cast.Of(code).Name};{number};{date:yyyy-MM-dd};{net:0.00};{net * 0.2m:0.00};{net * 1.2m:0.00};{paid}\n"
            );
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
