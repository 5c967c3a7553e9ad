using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.ArchiveClient;
using PorteOuverte.Features.Clients.EditContact;
using PorteOuverte.Features.Clients.KeepFiles;
using PorteOuverte.Features.Clients.MergeClient;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;

namespace PorteOuverte.Features.Clients.Demo;

/// <summary>Who the clients are: the books bring their names, the team adds the rest.</summary>
internal sealed class TellClients : ITellTheDemo
{
    // One number in a hundred thousand of those that are kept for stories, at home and on the move.
    private const string Desk = "02 61 91 ";
    private const string Mobile = "06 39 98 ";

    // Who is in the first books is put in order the day after; who came later when the next books came.
    private const int SortedAgain = 4;

    public IEnumerable<Scene> Tell(DemoStory story)
    {
        var sorted = story.DaysInUse - 1;
        yield return new Scene(story.At(sorted, 9, 10), Describe) { By = "Inès" };
        yield return new Scene(story.At(sorted, 10, 5), Introduce) { By = "Inès" };
        foreach (var (twin, _, of) in Cast.Twins)
        {
            yield return new Scene(
                story.At(sorted, 11, 15),
                async (services, stop) =>
                {
                    var codes = await services.Clients(stop);
                    await services.GetRequiredService<MergeClientHandler>().Merge(codes[of], codes[twin], stop);
                }
            );
        }
        yield return new Scene(
            story.AtWork(310, 17, 20),
            async (services, stop) =>
                await services
                    .GetRequiredService<ArchiveClientHandler>()
                    .Archive(await services.Client("VIEUXQUAI", stop), stop)
        )
        {
            By = "Hugo",
        };
        yield return new Scene(story.At(SortedAgain, 9, 30), Describe) { By = "Inès" };
        yield return new Scene(story.At(SortedAgain, 9, 40), Introduce) { By = "Inès" };
        foreach (var (code, daysAgo, name, content) in Files)
        {
            yield return new Scene(
                story.AtWork(daysAgo, 15, 35),
                async (services, stop) =>
                    await services
                        .GetRequiredService<KeepFilesHandler>()
                        .Keep(await services.Client(code, stop), name, content, stop)
            )
            {
                By = "Malik",
            };
        }
    }

    private static async Task Describe(IServiceProvider services, CancellationToken stop)
    {
        var (db, audit) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<AuditTrail>());
        var codes = await services.Clients(stop);
        foreach (var client in await db.Clients.Where(c => !c.IsTouched).ToListAsync(stop))
        {
            if (Cast.All.FirstOrDefault(c => codes.GetValueOrDefault(c.Code) == client.Id) is not { } cast)
            {
                continue;
            }
            client.Describe(
                cast.Name,
                cast.Siren,
                VatNumber.Of(cast.Siren).Text,
                cast.Address,
                cast.Line,
                cast.Code == Cast.Giant ? new PaymentTerms(45, EndOfMonth: false) : null,
                isCollective: false
            );
            db.AddRange(cast.Tags.Split(", ").Select(tag => new ClientTag(client.Id, tag)));
            audit.Did("client.changed", client.Id, new { columns = db.Changed(client) });
        }
        await db.SaveChangesAsync(stop);
    }

    private static async Task Introduce(IServiceProvider services, CancellationToken stop)
    {
        var handler = services.GetRequiredService<EditContactHandler>();
        var codes = await services.Clients(stop);
        var known = await services
            .GetRequiredService<AppDb>()
            .Contacts.Select(c => c.ClientId)
            .Distinct()
            .ToListAsync(stop);
        foreach (var (place, cast) in Cast.All.Index())
        {
            if (!codes.TryGetValue(cast.Code, out var client) || known.Contains(client))
            {
                continue;
            }
            foreach (var (rank, contact) in cast.Contacts.Index())
            {
                var (name, title) = (contact.Split(", ")[0], contact.Split(", ", 2)[1]);
                await handler.Handle(
                    new EditContact.EditContact(
                        null,
                        client,
                        name,
                        char.ToUpper(title[0], CultureInfo.InvariantCulture) + title[1..],
                        Address(name, cast),
                        (rank == 0 ? Desk : Mobile) + Digits((place * 7) + (rank * 31) + 10),
                        rank == 0,
                        0
                    ),
                    stop
                );
            }
        }
    }

    private static string Address(string name, CastClient cast)
    {
        var words = PlainLetters.Of(name).ToLowerInvariant().Replace("’", "", StringComparison.Ordinal).Split(' ', 2);
        return $"{words[0]}.{words[^1].Replace(' ', '-')}@{cast.Domain}";
    }

    // Four digits in two pairs.
    private static string Digits(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number * 3 % 90 + 10} {number % 90 + 10}");

    private static (string Code, int DaysAgo, string Name, byte[] Content)[] Files { get; } =
    [
        (
            "VERGREVE",
            392,
            "Contrat cadre Verrerie de la Grève.pdf",
            Paper.Pdf(
                "Contrat cadre",
                "Verrerie de la Grève et Agence Corvaine",
                "Durée\u00A0: un an, reconduit tacitement.",
                "Préavis\u00A0: trois mois, par lettre recommandée.",
                "Conditions\u00A0: 45 jours date de facture."
            )
        ),
        (
            "VERGREVE",
            120,
            "Compte rendu comité de pilotage.pdf",
            Paper.Pdf(
                "Comité de pilotage",
                "Présents\u00A0: S. Kerdrel, M. Outil, Claire, Hugo",
                "Le budget de l’an prochain sera arrêté avant la fin de l’exercice.",
                "M. Outil demande une mise en concurrence «\u00A0pour la forme\u00A0»."
            )
        ),
        (
            "TROISCLO",
            210,
            "Cahier des charges espace adhérent.pdf",
            Paper.Pdf("Espace adhérent", "Trois parcours, douze gabarits, une recette en deux temps.")
        ),
        (
            "AUBEPIN",
            75,
            "Planning coffrets.csv",
            Encoding.UTF8.GetBytes(
                "Étape;Qui;Semaine\r\nMaquettes coffrets;Inès;1\r\nPhotos ballotins;Malik;3\r\nCatalogue;Inès;5\r\n"
            )
        ),
        (
            Cast.Leaving,
            260,
            "Devis signé site Œillets.pdf",
            Paper.Pdf(
                "Devis signé",
                "Laboratoire Œillets",
                "Site et contenus scientifiques, douze mois, préavis de deux mois."
            )
        ),
    ];
}
