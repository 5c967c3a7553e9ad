using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.EditEngagement;
using PorteOuverte.Features.Clients.KeepFiles;
using PorteOuverte.Features.Clients.WriteNote;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;

namespace PorteOuverte.Features.Clients.Demo;

/// <summary>What is going on: yesterday a client wrote that it leaves.</summary>
internal sealed class Departure : ITellTheDemo
{
    public const string EngagementName = "Site et contenus scientifiques";
    public const int NoticeMonths = 2;

    private static readonly string[] Changed = ["tags"];

    public static DateOnly LastDay(DemoStory story) => story.Yesterday.AddMonths(NoticeMonths);

    public static string Mail(DemoStory story)
    {
        var french = CultureInfo.GetCultureInfo("fr");
        return $"""
            De : Nadia Ferroukhi
            À : Claire Delahaye
            Date : {story.Yesterday.ToString("d MMMM yyyy", french)}
            Objet : Notre collaboration

            Bonjour Claire,

            Je préfère vous l’écrire avant de vous appeler. Le groupe regroupe ses sites chez une seule agence, à Lyon : nous ne renouvelons pas, et je dois vous donner le préavis de deux mois dès aujourd’hui. Notre dernier jour ensemble sera donc le {LastDay(
                    story
                ).ToString("d MMMM yyyy", french)}.

            Je sais ce que l’équipe a donné cette année, surtout Malik pendant le lancement. La décision n’est pas la mienne. Dites-moi quand nous pouvons parler de la suite : les accès, les textes en cours, et le bon moment pour prévenir tout le monde.

            Bien à vous,
            Nadia
            """.Replace(
            " :",
            "\u00A0:",
            StringComparison.Ordinal
        );
    }

    public IEnumerable<Scene> Tell(DemoStory story)
    {
        yield return new Scene(
            story.At(1, 17, 42),
            async (services, stop) =>
                await services
                    .GetRequiredService<WriteNoteHandler>()
                    .Handle(
                        new WriteNote.WriteNote(
                            await services.Client(Cast.Leaving, stop),
                            "Nadia nous quitte\u00A0: le groupe regroupe ses sites chez une agence de Lyon. Préavis de deux mois donné par mail ce soir, le mail est dans les fichiers.\nLe ton est chaleureux, et elle propose d’en parler. L’appeler demain matin, sans argumenter\u00A0: d’abord comprendre si quelque chose nous a échappé."
                        ),
                        stop
                    )
        );
        yield return new Scene(
            story.At(1, 17, 45),
            async (services, stop) =>
                await services
                    .GetRequiredService<KeepFilesHandler>()
                    .Keep(
                        await services.Client(Cast.Leaving, stop),
                        "Mail de Nadia Ferroukhi.txt",
                        Encoding.UTF8.GetBytes(Mail(story)),
                        stop
                    )
        );
        yield return new Scene(
            story.At(1, 17, 48),
            async (services, stop) =>
            {
                var (db, audit) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<AuditTrail>());
                var client = await services.Client(Cast.Leaving, stop);
                db.Add(new ClientTag(client, "départ annoncé"));
                audit.Did("client.changed", client, new { columns = Changed });
                await db.SaveChangesAsync(stop);
            }
        );
        yield return new Scene(story.At(1, 17, 51), (services, stop) => GiveNotice(story, services, stop));
        yield return new Scene(
            story.At(1, 18, 20),
            async (services, stop) =>
                await services
                    .GetRequiredService<WriteNoteHandler>()
                    .Handle(
                        new WriteNote.WriteNote(
                            await services.Client(Cast.Leaving, stop),
                            "Je l’avais trouvée distante à notre dernier point, je n’ai pas relevé. Je prépare la liste des accès et des textes en cours pour l’appel."
                        ),
                        stop
                    )
        )
        {
            By = "Hugo",
        };
    }

    private static async Task GiveNotice(DemoStory story, IServiceProvider services, CancellationToken stop)
    {
        var engagement = await services
            .GetRequiredService<AppDb>()
            .Engagements.AsNoTracking()
            .SingleAsync(e => e.Name == EngagementName, stop);
        await services
            .GetRequiredService<EditEngagementHandler>()
            .Change(
                engagement.Id,
                new EditEngagement.EditEngagement(
                    engagement.Name,
                    engagement.Kind,
                    engagement.ServiceLine,
                    engagement.Lead?.ToString(),
                    (engagement.RateCents / 100)?.ToString(CultureInfo.InvariantCulture),
                    engagement.RateUnit,
                    null,
                    TellEngagements.Day(engagement.Start),
                    TellEngagements.Day(LastDay(story)),
                    NoticeMonths.ToString(CultureInfo.InvariantCulture),
                    null,
                    engagement.Version
                ),
                stop
            );
    }
}
