using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.Demo;

/// <summary>A client of the made-up agency.</summary>
/// <param name="Code">In the books.</param>
/// <param name="Place">Street, then postal code and town.</param>
/// <param name="Line">What the agency mostly does for them.</param>
/// <param name="Tags">Separated by commas.</param>
/// <param name="Contacts">Name and what they do, the main one first.</param>
public sealed record CastClient(
    string Code,
    string Name,
    string Place,
    string Line,
    string Tags,
    params string[] Contacts
)
{
    // Not one of these has ever been given to a business: they begin with more noughts than there were registers.
    private const int FirstSiren = 1210;

    public string Address => Name + "\n" + Place.Replace(" · ", "\n", StringComparison.Ordinal);

    /// <summary>Valid by its key, and plainly made up.</summary>
    public Siren Siren
    {
        get
        {
            var stem = FormattableString.Invariant(
                $"0000{FirstSiren + Cast.All.Index().First(c => c.Item.Code == Code).Index:0000}"
            );
            return Enumerable
                .Range(0, 10)
                .Select(key => Siren.Read(FormattableString.Invariant($"{stem}{key}")))
                .First(read => read is not null)!
                .Value;
        }
    }

    /// <summary>What stands after the at sign: a name that no one can own.</summary>
    public string Domain => Code.ToLowerInvariant() + ".example";
}

/// <summary>The clients of the made-up agency. What each buys and how it pays stands with the books that are made for it.</summary>
public static class Cast
{
    /// <summary>Weighs too much.</summary>
    public const string Giant = "VERGREVE";

    /// <summary>Has just said that it leaves.</summary>
    public const string Leaving = "OEILLETS";

    public static CastClient Of(string code) => All.First(c => c.Code == code);

    /// <summary>Under two codes in the books, and one all the same.</summary>
    public static IReadOnlyList<(string Code, string Name, string Of)> Twins { get; } =
    [("VERGREV2", "VERRERIE DE LA GREVE SAS", "VERGREVE"), ("HALAGE2", "Clinique vét. du Halage", "HALAGE")];

    /// <summary>Code, name, place, service line, tags, contacts.</summary>
    private const string Table = """
        VERGREVE | Verrerie de la Grève | ZA des Fours · 44600 Saint-Nazaire | Image de marque | industrie, grand compte | Solène Kerdrel, directrice de la communication; Marc Outil, directeur général; Agathe Prévert, comptabilité
        TROISCLO | Mutuelle des Trois Clochers | 8 place du Ralliement · 49100 Angers | Sites | assurance, grand compte | Denis Hamelin, responsable numérique; Farida Belkacem, achats
        AUBEPIN | Chocolaterie Aubépin | 22 rue des Lices · 49100 Angers | Édition | bouche, saisonnier | Juliette Aubépin, gérante; Paul Renou, boutiques
        VALBRISE | Coopérative du Val Brisé | Le Grand Chemin · 49700 Doué-en-Anjou | Réseaux sociaux | agricole | Thierry Gasnier, président; Maëlle Cesbron, marketing
        OEILLETS | Laboratoire Œillets | 3 rue de la Chimie · 49070 Beaucouzé | Sites | santé | Nadia Ferroukhi, directrice marketing; Yann Le Guellec, affaires réglementaires
        TALLEC | Menuiserie Tallec | 14 rue du Rabot · 49460 Montreuil-Juigné | Sites | artisan | Gwenaël Tallec, gérant
        HAUTSMUR | Cidrerie des Hauts Murs | Route de Craon · 53200 Château-Gontier | Édition | bouche | Brigitte Hautemur, gérante; Kevin Moriceau, export
        HALAGE | Clinique vétérinaire du Halage | 41 quai du Roi · 49100 Angers | Réseaux sociaux | santé | Dr Élise Vauquelin, associée
        JAUBERT | Transports Jaubert et fils | Parc du Pont Barré · 49124 Saint-Barthélemy-d’Anjou | Image de marque | industrie, relance | Régis Jaubert, directeur; Sylvie Mercier, comptabilité
        BASTION | Imprimerie du Bastion | 6 rue du Bastion · 49400 Saumur | Édition | partenaire, relance | Olivier Touchard, gérant
        CALE | Hôtel de la Cale | 2 cale de la Savatte · 49100 Angers | Réseaux sociaux | tourisme | Anne-Lise Morvan, directrice
        MARCEAU | Optique Marceau-Brun | 17 rue Saint-Laud · 49100 Angers | Réseaux sociaux | commerce | Philippe Marceau, gérant
        PELLETAN | Garage Pelletan | Route de Nantes · 49610 Mozé-sur-Louet | Sites | artisan | Bernard Pelletan, gérant
        DEUXRIVE | Jardinerie des Deux Rives | Levée de Belle Poule · 49130 Les Ponts-de-Cé | Édition | commerce, saisonnier | Catherine Lorieux, gérante
        VIEUXQUAI | Brasserie du Vieux Quai | 9 quai Gambetta · 49100 Angers | Réseaux sociaux | bouche | Romain Sicard, gérant
        ARDOISIE | Ardoisières de Vaubrun | Les Grands Carreaux · 49800 Trélazé | Image de marque | industrie | Hélène Vaubrun, directrice
        ORMEAUX | Résidence des Ormeaux | 30 avenue Pasteur · 49300 Cholet | Sites | santé | Martine Coulon, directrice
        LUTRIN | Librairie du Lutrin | 5 rue de la Roë · 49100 Angers | Édition | commerce, culture | Baptiste Noyer, libraire
        PEPINIER | Pépinières Gaudichet | La Croix Blanche · 49320 Brissac | Édition | agricole, saisonnier | Louis Gaudichet, gérant
        CANTINE | La Cantine buissonnière | 12 rue Boisnet · 49100 Angers | Réseaux sociaux | bouche | Camille Roturier, cheffe
        SAULAIE | Institut de la Saulaie | Chemin de la Saulaie · 49500 Segré | Conseil | formation | Vincent Desbois, directeur
        TISSERAN | Tisseranderie Malorive | 18 rue du Chanvre · 49300 Cholet | Image de marque | industrie | Clotilde Malorive, gérante
        COUVREUR | Couvertures Lambray | ZA de l’Églantier · 49150 Baugé | Sites | artisan | Franck Lambray, gérant
        MINOTERI | Minoterie du Moulin Bleu | Le Moulin Bleu · 49270 Champtoceaux | Image de marque | bouche, agricole | Estelle Poirier, marketing
        ECLUSE | Camping de l’Écluse | Rue du Port · 49220 Grez-Neuville | Sites | tourisme, saisonnier | Joël Bidault, gérant
        RIVOAL | Étude Rivoal, notaires | 1 place de la Laiterie · 49100 Angers | Sites | conseil | Me Isabelle Rivoal, notaire
        QUERNEC | Atelier Quernec, architectes | 25 rue Beaurepaire · 49100 Angers | Édition | culture | Loïc Quernec, architecte
        DENTAIRE | Centre dentaire des Lices | 7 rue des Lices · 49100 Angers | Sites | santé | Dr Samir Haddad, associé
        HAIELONG | Ferme de la Haie Longue | La Haie Longue · 49190 Saint-Aubin-de-Luigné | Réseaux sociaux | agricole, bouche | Perrine Blot, gérante
        CORDERIE | Musée de la Corderie | Rue des Cordiers · 49400 Saumur | Édition | culture | Édith Marchand, conservatrice
        LAYON | Syndicat des vins du Layon-Clair | 4 place de l’Église · 49750 Beaulieu | Édition | agricole, bouche | Jean-Yves Cady, président
        HERVAULT | Plomberie Hervault | 16 rue de Frémur · 49000 Angers | Sites | artisan | Didier Hervault, gérant
        ENTRECHA | École de danse Entrechats | 3 rue Thiers · 49100 Angers | Réseaux sociaux | culture | Léa Fontenelle, directrice
        BORDAGE | Scierie Bordage | Forêt de Longuenée · 49770 La Meignanne | Image de marque | industrie | Mathieu Bordage, gérant
        TRAITEUR | Traiteur Belle Fourchette | 40 rue du Mail · 49100 Angers | Réseaux sociaux | bouche | Odile Ménard, gérante
        LOIRAT | Courtage Loirat | 11 boulevard Foch · 49100 Angers | Conseil | assurance | Stéphane Loirat, courtier
        FERRAND | Bureau d’études Ferrand-Lacaze | Technopole · 49070 Beaucouzé | Conseil | industrie | Aurore Lacaze, associée
        CYCLES | Cycles Roussineau | 52 avenue Patton · 49000 Angers | Sites | commerce | Tom Roussineau, gérant
        POTERIE | Poterie des Sables | Rue des Potiers · 49140 Villevêque | Image de marque | artisan, culture | Ninon Desmarres, céramiste
        CRECHE | Crèche Les Petits Galets | 8 rue du Port · 49080 Bouchemaine | Sites | association | Karine Joubert, directrice
        """;

    public static IReadOnlyList<CastClient> All { get; } =
    [
        .. Table
            .Split('\n')
            .Select(row => row.Split(" | "))
            .Select(c => new CastClient(c[0], c[1], c[2], c[3], c[4], c[5].Split("; "))),
    ];
}
