namespace PorteOuverte.Features.Clients.Demo;

/// <summary>How an engagement ends.</summary>
internal enum Ends
{
    /// <summary>Open.</summary>
    Never,

    /// <summary>So many days from now.</summary>
    In,

    /// <summary>So many days from now is the last one to give notice.</summary>
    DecideIn,
}

/// <summary>What the made-up agency sells to a client.</summary>
/// <param name="Rate">Euros without VAT, for one <paramref name="Unit"/>.</param>
/// <param name="Since">Days since it began.</param>
/// <param name="Days">Until what <paramref name="Ends"/> says.</param>
internal sealed record Sold(
    string Code,
    string Name,
    EngagementKind Kind,
    string Lead,
    int Rate,
    RateUnit Unit,
    int Since,
    Ends Ends = Ends.Never,
    int Days = 0,
    int? Notice = null,
    int? Renewal = null
)
{
    public static IReadOnlyList<Sold> All { get; } =
    [
        new(
            "VERGREVE",
            "Image de marque et publications",
            EngagementKind.Retainer,
            "Claire",
            14_500,
            RateUnit.Month,
            760,
            Ends.DecideIn,
            74,
            3,
            12
        ),
        new(
            "VERGREVE",
            "Salon du verre, stand et imprimés",
            EngagementKind.Project,
            "Inès",
            26_000,
            RateUnit.Whole,
            95,
            Ends.In,
            58
        ),
        new(
            "TROISCLO",
            "Espace adhérent, évolutions",
            EngagementKind.Retainer,
            "Hugo",
            8_400,
            RateUnit.Month,
            700,
            Ends.DecideIn,
            12,
            3,
            12
        ),
        new(
            "TROISCLO",
            "Hébergement et astreinte",
            EngagementKind.Subscription,
            "Malik",
            1_300,
            RateUnit.Month,
            700,
            Ends.DecideIn,
            140,
            1,
            12
        ),
        new(
            "AUBEPIN",
            "Catalogue et coffrets",
            EngagementKind.Project,
            "Inès",
            18_000,
            RateUnit.Whole,
            110,
            Ends.In,
            25
        ),
        new(
            "AUBEPIN",
            "Éditions de l’année",
            EngagementKind.Retainer,
            "Inès",
            4_800,
            RateUnit.Month,
            500,
            Ends.DecideIn,
            210,
            2,
            12
        ),
        new(
            "VALBRISE",
            "Réseaux sociaux",
            EngagementKind.Retainer,
            "Hugo",
            4_300,
            RateUnit.Month,
            430,
            Ends.DecideIn,
            27,
            2,
            6
        ),
        new(
            Cast.Leaving,
            Departure.EngagementName,
            EngagementKind.Retainer,
            "Malik",
            3_800,
            RateUnit.Month,
            620,
            Ends.DecideIn,
            130,
            Departure.NoticeMonths,
            12
        ),
        new(
            "TALLEC",
            "Site et référencement",
            EngagementKind.Retainer,
            "Malik",
            1_400,
            RateUnit.Month,
            540,
            Ends.Never,
            0,
            2
        ),
        new("HAUTSMUR", "Étiquettes et export", EngagementKind.TimeSpent, "Inès", 620, RateUnit.Day, 600),
        new(
            "HALAGE",
            "Animation des réseaux",
            EngagementKind.Retainer,
            "Hugo",
            950,
            RateUnit.Month,
            410,
            Ends.DecideIn,
            96,
            1,
            12
        ),
        new(
            "JAUBERT",
            "Identité et flotte",
            EngagementKind.Retainer,
            "Claire",
            1_250,
            RateUnit.Month,
            480,
            Ends.Never,
            0,
            3
        ),
        new("BASTION", "Direction artistique", EngagementKind.TimeSpent, "Inès", 75, RateUnit.Hour, 650),
        new("ARDOISIE", "Image de marque", EngagementKind.TimeSpent, "Claire", 640, RateUnit.Day, 520),
        new(
            "ORMEAUX",
            "Maintenance du site",
            EngagementKind.Subscription,
            "Malik",
            450,
            RateUnit.Month,
            690,
            Ends.DecideIn,
            44,
            1,
            12
        ),
        new(
            "SAULAIE",
            "Conseil en communication",
            EngagementKind.Project,
            "Claire",
            5_600,
            RateUnit.Whole,
            140,
            Ends.In,
            33
        ),
        new("MINOTERI", "Gamme bio, conseil", EngagementKind.TimeSpent, "Inès", 640, RateUnit.Day, 300),
        new(
            "ECLUSE",
            "Site et réservation",
            EngagementKind.Subscription,
            "Malik",
            320,
            RateUnit.Month,
            800,
            Ends.DecideIn,
            19,
            1,
            12
        ),
        new(
            "RIVOAL",
            "Maintenance du site",
            EngagementKind.Subscription,
            "Malik",
            290,
            RateUnit.Month,
            450,
            Ends.DecideIn,
            160,
            1,
            12
        ),
        new(
            "CORDERIE",
            "Catalogue de l’exposition",
            EngagementKind.Project,
            "Inès",
            9_200,
            RateUnit.Whole,
            180,
            Ends.In,
            80
        ),
        new("FERRAND", "Conseil", EngagementKind.TimeSpent, "Claire", 110, RateUnit.Hour, 260),
        new(
            "DENTAIRE",
            "Hébergement",
            EngagementKind.Subscription,
            "Malik",
            90,
            RateUnit.Month,
            900,
            Ends.DecideIn,
            230,
            1,
            12
        ),
    ];
}
