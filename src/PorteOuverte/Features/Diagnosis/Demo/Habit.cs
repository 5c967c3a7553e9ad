namespace PorteOuverte.Features.Diagnosis.Demo;

/// <summary>How a client of the made-up agency buys and pays. All is counted back from the day its story ends.</summary>
/// <param name="Code">In the books.</param>
/// <param name="Visit">Euros of one invoice, without VAT, in the last year.</param>
/// <param name="Every">Days between two invoices; 0: one each month.</param>
/// <param name="Silent">Days since the last invoice.</param>
/// <param name="Delay">Days it takes to pay today.</param>
internal sealed record Habit(string Code, int Visit, int Every, int Silent, int Delay)
{
    /// <summary>Days since the first invoice.</summary>
    public int Since { get; init; } = int.MaxValue;

    /// <summary>Days by which it paid sooner for each month one goes back, down to <see cref="Soonest"/>.</summary>
    public int Worsening { get; init; }

    public int Soonest { get; init; }

    /// <summary>How much smaller its invoices were a year before, and again the year before that.</summary>
    public double Growth { get; init; } = 0.05;

    /// <summary>Days since the invoices that it has not paid; the one nearest to each.</summary>
    public int[] Owes { get; init; } = [];

    public bool PaysByCheque { get; init; }

    // One weighs a third, three more too much; three fall silent, two pay late; the last three of six losses come close together.
    public static IReadOnlyList<Habit> All { get; } =
    [
        new("VERGREVE", 17_200, 0, 18, 27) { Growth = 0.16 },
        new("TROISCLO", 9_950, 0, 11, 25),
        new("AUBEPIN", 6_600, 0, 24, 22),
        new("VALBRISE", 4_400, 0, 9, 25),
        new("OEILLETS", 3_840, 0, 15, 27),
        new("TALLEC", 1_450, 31, 108, 25) { Owes = [139] },
        new("HAUTSMUR", 1_900, 45, 98, 25),
        new("HALAGE", 950, 30, 66, 18),
        new("JAUBERT", 1_250, 0, 13, 68) { Worsening = 2, Soonest = 33 },
        new("BASTION", 1_300, 45, 21, 57),
        new("CALE", 620, 21, 83, 24) { Owes = [83, 104] },
        new("MARCEAU", 540, 20, 84, 20) { Owes = [104], PaysByCheque = true },
        new("PELLETAN", 900, 30, 330, 24) { Owes = [330], PaysByCheque = true },
        new("DEUXRIVE", 800, 45, 560, 25),
        new("VIEUXQUAI", 520, 30, 690, 21),
        new("ARDOISIE", 1_100, 61, 20, 24),
        new("ORMEAUX", 900, 61, 31, 22) { Owes = [92] },
        new("LUTRIN", 700, 91, 40, 15) { PaysByCheque = true },
        new("PEPINIER", 650, 61, 12, 25),
        new("CANTINE", 380, 45, 16, 12),
        new("SAULAIE", 1_400, 91, 55, 24) { Owes = [55] },
        new("TISSERAN", 520, 61, 28, 24),
        new("COUVREUR", 800, 91, 33, 19) { PaysByCheque = true },
        new("MINOTERI", 760, 61, 10, 25),
        new("ECLUSE", 950, 91, 47, 24) { Owes = [138] },
        new("RIVOAL", 600, 61, 22, 14),
        new("QUERNEC", 720, 91, 61, 25),
        new("DENTAIRE", 410, 45, 18, 17),
        new("HAIELONG", 450, 91, 36, 23) { PaysByCheque = true },
        new("CORDERIE", 1_150, 91, 70, 26) { Owes = [70] },
        new("LAYON", 680, 91, 25, 24),
        new("HERVAULT", 340, 61, 41, 21),
        new("ENTRECHA", 300, 91, 52, 16) { PaysByCheque = true },
        new("BORDAGE", 480, 61, 14, 25),
        new("TRAITEUR", 330, 45, 26, 20),
        new("LOIRAT", 520, 91, 11, 24),
        new("FERRAND", 690, 61, 37, 25),
        new("CYCLES", 360, 61, 8, 13) { Since = 330 },
        new("POTERIE", 450, 30, 19, 22) { Since = 160 },
        new("CRECHE", 500, 45, 30, 24) { Since = 125 },
        // The same clients before their codes were put in order.
        new("VERGREV2", 2_100, 91, 440, 25) { Since = 650 },
        new("HALAGE2", 420, 91, 410, 18) { Since = 620 },
    ];
}
