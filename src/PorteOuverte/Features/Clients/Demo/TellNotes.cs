using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.WriteNote;
using PorteOuverte.Platform.Demo;

namespace PorteOuverte.Features.Clients.Demo;

/// <summary>What the team wrote down about its clients, as it went.</summary>
internal sealed class TellNotes : ITellTheDemo
{
    private static readonly (int DaysAgo, string By, string Code, string Text)[] All =
    [
        (395, "Claire", "VERGREVE", "Solène décide vite, mais Marc Outil signe. Toujours l’inviter aux présentations."),
        (388, "Inès", "AUBEPIN", "Juliette préfère le téléphone le matin, avant l’ouverture de la boutique."),
        (381, "Hugo", "TROISCLO", "Trois mois pour chaque validation\u00A0: le prévoir dans les plannings."),
        (372, "Malik", "ORMEAUX", "Les mots de passe du site sont chez leur ancien prestataire. Demandés par écrit."),
        (
            360,
            "Claire",
            "JAUBERT",
            "Régis demande toujours «\u00A0un petit extra\u00A0» en fin de rendez-vous. Rappeler le périmètre, gentiment."
        ),
        (
            351,
            "Hugo",
            "VALBRISE",
            "Maëlle arrive au marketing. Très à l’aise avec les chiffres, ravie du point mensuel."
        ),
        (
            340,
            "Inès",
            "VIEUXQUAI",
            "Fermeture définitive à la fin du mois, Romain reprend un poste à Rennes. Une carte envoyée au nom de l’équipe."
        ),
        (
            322,
            "Claire",
            "PELLETAN",
            "Bernard part à la retraite, son repreneur a déjà une agence. La dernière facture reste due."
        ),
        (310, "Malik", "RIVOAL", "Me Rivoal ne lit pas ses mails\u00A0: passer par son assistante, Clara."),
        (
            298,
            "Hugo",
            Cast.Leaving,
            "Nadia ravie de la refonte\u00A0: «\u00A0enfin un site que mes collègues consultent\u00A0»."
        ),
        (
            285,
            "Claire",
            "VERGREVE",
            "Point annuel\u00A0: ils nous confient aussi les publications internes. C’est beaucoup pour un seul client."
        ),
        (
            271,
            "Inès",
            "BASTION",
            "Olivier paie tard mais prévient. En échange il nous fait passer en priorité sur les tirages."
        ),
        (
            255,
            "Malik",
            "ECLUSE",
            "Joël voulait la réservation en ligne avant la saison. Livrée deux jours plus tôt que promis."
        ),
        (240, "Hugo", "HALAGE", "Élise a perdu son associé. Elle garde le contrat, mais veut tout simplifier."),
        (228, "Claire", "SAULAIE", "Vincent cherche un regard extérieur sur ses portes ouvertes. Proposition envoyée."),
        (
            214,
            "Malik",
            Cast.Leaving,
            "Lancement du site\u00A0: trois soirées tardives, aucun incident. Nadia a envoyé des fleurs."
        ),
        (
            201,
            "Inès",
            "CORDERIE",
            "Édith change le titre de l’exposition pour la quatrième fois. On garde le sourire et on compte les heures."
        ),
        (
            188,
            "Hugo",
            "TROISCLO",
            "Farida demande trois devis pour chaque évolution de plus de 5\u202F000\u00A0€. Rien contre nous, c’est la règle des achats."
        ),
        (
            176,
            "Claire",
            "JAUBERT",
            "Deuxième relance pour la même facture. Sylvie dit que «\u00A0Régis signe les virements le vendredi\u00A0»."
        ),
        (164, "Inès", "TISSERAN", "Clotilde nous recommande à sa sœur, qui ouvre une boutique à Nantes."),
        (
            150,
            "Malik",
            "TALLEC",
            "Gwenaël trouve que le site ne rapporte pas d’appels. Lui montrer les chiffres de l’an passé."
        ),
        (139, "Hugo", "HAUTSMUR", "Récolte en avance\u00A0: Brigitte sera difficile à joindre pendant deux mois."),
        (
            121,
            "Claire",
            "VERGREVE",
            "Marc Outil parle d’une mise en concurrence «\u00A0pour la forme\u00A0». À prendre au sérieux."
        ),
        (
            110,
            "Inès",
            "AUBEPIN",
            "Le prochain catalogue se prépare\u00A0: 14 coffrets, le même délai que l’an dernier."
        ),
        (98, "Malik", "TALLEC", "Rendez-vous annulé la veille, pas de nouvelle date proposée."),
        (90, "Hugo", "MARCEAU", "Le second magasin ferme. Philippe «\u00A0fait une pause\u00A0» sur les réseaux."),
        (82, "Claire", "CALE", "Nouvelle direction à l’hôtel, Anne-Lise ne sait pas si elle reste."),
        (71, "Hugo", "VALBRISE", "Thierry nous présente à deux autres coopératives. À rappeler dans deux mois."),
        (63, "Malik", "TALLEC", "Deux messages sans réponse. Ce n’est pas son genre."),
        (55, "Claire", "JAUBERT", "Il paie maintenant à plus de deux mois. En parler de vive voix avant d’écrire."),
        (47, "Inès", "CALE", "Le site de l’hôtel renvoie vers le groupe\u00A0: ils sont partis sans le dire."),
        (
            40,
            "Hugo",
            Cast.Leaving,
            "Point trimestriel écourté, Nadia attendait un appel de Lyon. Rien de particulier à signaler."
        ),
        (34, "Malik", "HALAGE", "Élise en vacances deux semaines, les publications sont programmées."),
        (
            26,
            "Claire",
            "VERGREVE",
            "Déjeuner avec Solène\u00A0: contente, mais le budget de l’an prochain «\u00A0n’est pas encore passé\u00A0»."
        ),
        (19, "Inès", "CORDERIE", "Bon à tirer signé. Édith a pleuré devant la couverture, de joie."),
        (
            12,
            "Hugo",
            "TROISCLO",
            "Denis demande si nous pouvons geler nos tarifs pour la reconduction. Réponse avant la fin du préavis."
        ),
        (8, "Malik", "FERRAND", "Aurore aimerait un forfait plutôt que des heures. Lui faire une proposition simple."),
        (3, "Inès", "POTERIE", "Ninon voudrait un site pour vendre en ligne. Petit budget, grand talent."),
        (
            2,
            "Claire",
            "TALLEC",
            "Trois mois sans nouvelles. J’appelle Gwenaël lundi, juste pour prendre des nouvelles."
        ),
    ];

    public IEnumerable<Scene> Tell(DemoStory story) =>
        All.Select(
            (note, place) =>
                new Scene(
                    story.AtWork(note.DaysAgo, 9 + (place * 5 % 9), place * 13 % 60),
                    async (services, stop) =>
                        await services
                            .GetRequiredService<WriteNoteHandler>()
                            .Handle(new WriteNote.WriteNote(await services.Client(note.Code, stop), note.Text), stop)
                )
                {
                    By = note.By,
                }
        );
}
