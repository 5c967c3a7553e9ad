using System.Globalization;
using System.Text;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Makes up companies: a trade and a place for some, a trade and a family for others, each with a code of its own.</summary>
internal sealed class CompanyNames
{
    // The words that make names are French whatever the language of the screen: they are data.
    private static readonly string[] PlaceTrades =
    [
        "Verrerie",
        "Mutuelle",
        "Théâtre",
        "Brasserie",
        "Fonderie",
        "Coopérative",
        "Conserverie",
        "Fromagerie",
        "Tannerie",
        "Chocolaterie",
        "Clinique",
        "Librairie",
        "Papeterie",
        "Scierie",
        "Minoterie",
        "Hôtel",
        "Domaine",
        "Cidrerie",
        "Filature",
        "Œnothèque",
    ];

    private static readonly string[] Places =
    [
        "des Trois Écluses",
        "du Grand Hêtre",
        "de l'Orée",
        "du Moulin Bleu",
        "des Hauts Prés",
        "de la Vieille Forge",
        "du Cœur d'Ardoise",
        "des Œillets",
        "des Cinq Chemins",
        "du Pré Cendré",
        "de l'Île aux Hérons",
        "de la Combe Noire",
        "du Pont Brûlé",
        "des Genêts",
        "de la Rivière Ambrée",
        "du Bois Dormant",
        "de l'Étang Clair",
        "des Sept Fontaines",
        "du Gué d'Argent",
        "de la Croix Haute",
        "des Fougères",
        "du Vieux Pressoir",
        "de l'Aubépine",
        "de la Côte Rousse",
        "des Deux Rives",
        "du Marais d'Or",
        "de la Garenne",
        "du Chêne Foudroyé",
        "des Bruyères Bleues",
        "de l'Églantier",
    ];

    private static readonly string[] FamilyTrades =
    [
        "Éditions",
        "Cabinet",
        "Maison",
        "Ateliers",
        "Établissements",
        "Imprimerie",
        "Menuiserie",
        "Laboratoires",
        "Transports",
        "Compagnie",
        "Étude",
        "Galerie",
    ];

    private static readonly string[] Families =
    [
        "Vaubréquin",
        "Delmarçay",
        "Orsoléon",
        "Trémouzac",
        "d'Hérouvelle",
        "Lescambrie",
        "Fauquemère",
        "Brisandière",
        "Kerdaniou",
        "Malvézin",
        "Pontarçon",
        "Sœurdieu",
        "Guivarzec",
        "Tournepique",
        "l'Hermelin",
        "Chambrelan",
        "Roquefèze",
        "Vieilledent",
        "Montbasin",
        "Escoubidère",
        "Pradelong",
        "Cœurvert",
        "Jolibœuf",
        "Taillevigne",
        "Ançelot",
        "Boissorel",
        "Gravouille",
        "Ouvrandeau",
        "Névachet",
        "Zélandre",
    ];

    private static readonly string[] Towns =
    [
        "Sainte-Orbe",
        "Valmorin",
        "Castelbrun",
        "Longuépée",
        "Saint-Aubrac",
        "Port-Cendré",
        "Hautecombelle",
        "Brévigny",
        "Marsouin",
        "La Ferrandière",
    ];

    private readonly string[] placeTrades;
    private readonly string[] places;
    private readonly string[] familyTrades;
    private readonly string[] families;
    private readonly HashSet<string> codes = new(StringComparer.Ordinal);
    private int made;

    public CompanyNames(Chance chance)
    {
        placeTrades = chance.Shuffled<string>(PlaceTrades);
        places = chance.Shuffled<string>(Places);
        familyTrades = chance.Shuffled<string>(FamilyTrades);
        families = chance.Shuffled<string>(Families);
    }

    public (string Code, string Name) Next()
    {
        // Two of a place, then one of a family.
        var (row, turn) = (made / 3, made % 3);
        made++;
        var (trade, other, round) =
            turn == 2 ? Pair(familyTrades, families, row) : Pair(placeTrades, places, (row * 2) + turn);
        var name = $"{trade} {other}";
        if (round > 0)
        {
            name += $" - {Towns[(round - 1) % Towns.Length]}";
            var again = (round - 1) / Towns.Length;
            // Whoever asks for tens of thousands of clients gets numbered ones.
            name += again == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {again + 1}");
        }
        return (CodeOf(trade, other), name);
    }

    // Both words change each time: the second takes one step more whenever the two would meet again.
    private static (string First, string Second, int Round) Pair(string[] first, string[] second, int number)
    {
        var pairs = first.Length * second.Length;
        var (round, at) = (number / pairs, number % pairs);
        var meeting = pairs / (int)System.Numerics.BigInteger.GreatestCommonDivisor(first.Length, second.Length);
        return (first[at % first.Length], second[(at + (at / meeting)) % second.Length], round);
    }

    private string CodeOf(string trade, string other)
    {
        var name = Letters(other[(other.LastIndexOfAny([' ', '\'']) + 1)..]);
        var stem = Letters(trade)[..3] + (name.Length > 6 ? name[..6] : name);
        var code = stem;
        for (var i = 2; !codes.Add(code); i++)
        {
            code = string.Create(CultureInfo.InvariantCulture, $"{stem}{i}");
        }
        return code;
    }

    private static string Letters(string text)
    {
        var letters = new StringBuilder();
        foreach (
            var c in text.Replace("œ", "oe", StringComparison.Ordinal)
                .Replace("Œ", "OE", StringComparison.Ordinal)
                .Normalize(NormalizationForm.FormD)
        )
        {
            if (char.IsAsciiLetter(c))
            {
                letters.Append(char.ToUpperInvariant(c));
            }
        }
        return letters.ToString();
    }
}
