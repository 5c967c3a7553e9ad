using System.Globalization;

namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>What the agency spends: people, rent, suppliers, taxes. It is sized on the sales expected of the year.</summary>
/// <remarks>
/// Fixed charges take most of what the sales leave, as in most agencies: with all its clients it lives, and without the
/// first of them its cash lasts some months.
/// </remarks>
internal sealed class Charges
{
    private const double Purchases = 0.155;
    private const double WagesShare = 0.435;
    private const double EmployerRate = 0.42;

    /// <summary>The cash the agency keeps, in months of expected sales.</summary>
    public const double CashMonths = 1.75;

    private readonly Chart chart;
    private readonly Schedule schedule;
    private readonly Chance chance;
    private readonly Func<int, double> wages;
    private readonly Recurring[] recurring;
    private readonly (Account Account, bool HasVat)[] freelancers;
    private readonly Account subcontracting;
    private readonly Account bankFees;
    private readonly Account localTax;
    private readonly Account trainingTax;

    /// <param name="Share">What it costs, as a share of the year's sales.</param>
    /// <param name="Every">Months between two bills.</param>
    private sealed record Recurring(Account Supplier, Account Charge, double Share, int Every, bool HasVat);

    /// <param name="wages">The share of the sales that goes into wages in the month of a day; the usual one where nobody says.</param>
    /// <param name="more">Bills that come on top.</param>
    public Charges(
        Chart chart,
        Schedule schedule,
        Chance chance,
        int clients,
        Func<int, double>? wages = null,
        IReadOnlyList<(string Code, string Name, string Charge, string Label, double Share, int Every)>? more = null
    )
    {
        (this.chart, this.schedule, this.chance) = (chart, schedule, chance);
        this.wages = wages ?? (_ => WagesShare);
        subcontracting = chart.Open("604000", "Achats d'études et prestations de services");
        bankFees = chart.Open("627000", "Services bancaires");
        trainingTax = chart.Open("633300", "Participation à la formation professionnelle");
        localTax = chart.Open("635110", "Contribution économique territoriale");
        recurring =
        [
            Bill("FONPARC", "Foncière du Parc aux Biches", "613200", "Locations immobilières", 0.040, 1, true),
            Bill("NUAGELOG", "Nuage & Logis", "613500", "Locations de logiciels", 0.016, 1, true),
            Bill("HEBERGIA", "Hébergia Réseaux", "611000", "Sous-traitance générale", 0.012, 1, true),
            Bill("COMPTEXP", "Cabinet Rivaude, comptables", "622600", "Honoraires", 0.012, 1, true),
            Bill("TELALPHA", "Télécom Alphée", "626000", "Frais postaux et de télécommunications", 0.004, 1, true),
            Bill(
                "PROPRENET",
                "Clair-Logis Nettoyage",
                "615200",
                "Entretien et réparations sur biens immobiliers",
                0.006,
                1,
                true
            ),
            Bill("ELECLUNE", "Électricité de la Lune", "606100", "Fournitures non stockables", 0.004, 2, true),
            Bill("VOYAGEOR", "Voyages de l'Oriflamme", "625100", "Voyages et déplacements", 0.011, 1, false),
            Bill("ASSURMIR", "Assurances du Miroir", "616000", "Primes d'assurance", 0.009, 3, false),
            Bill("SALONIDE", "Salon des Idées neuves", "623300", "Foires et expositions", 0.008, 6, true),
            .. (more ?? []).Select(b => Bill(b.Code, b.Name, b.Charge, b.Label, b.Share, b.Every, true)),
        ];
        freelancers = new (Account, bool)[Math.Max(3, clients / 5)];
        string[] crafts = ["Studio", "Plume", "Atelier", "Pixel", "Encre", "Objectif", "Typo", "Trait"];
        var colours =
            "Grège Outremer Vermillon Anthracite Ocre Céladon Indigo Sépia Corail Amande Cuivre Lavande".Split(' ');
        for (var i = 0; i < freelancers.Length; i++)
        {
            var round = i / (crafts.Length * colours.Length);
            var name = $"{crafts[i % crafts.Length]} {colours[(i / crafts.Length + i) % colours.Length]}";
            name += round == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {round + 1}");
            freelancers[i] = (
                Supplier(string.Create(CultureInfo.InvariantCulture, $"SSTR{i + 1:000}"), name),
                i % 3 != 0
            );
        }
    }

    public void Plan(int firstDay, int lastDay, double yearlySales)
    {
        var month = DateOnly.FromDayNumber(firstDay).Month;
        foreach (var bill in recurring)
        {
            if (month % bill.Every == 0)
            {
                var net = Cents(
                    yearlySales
                        * bill.Share
                        * bill.Every
                        / 12
                        * (bill.Charge.Number == "613200" ? 1 : chance.Around(0.06))
                );
                Buy(
                    bill.Supplier,
                    bill.Charge,
                    firstDay + (bill.Charge.Number == "613200" ? 0 : chance.Between(2, 20)),
                    net,
                    bill.HasVat,
                    "Facture"
                );
            }
        }
        var jobs = Math.Max(2, freelancers.Length * 2 / 3);
        for (var i = 0; i < jobs; i++)
        {
            var (account, hasVat) = freelancers[chance.Below(freelancers.Length)];
            Buy(
                account,
                subcontracting,
                firstDay + chance.Between(4, 26),
                Cents(yearlySales * Purchases / 12 / jobs * chance.Around(0.4)),
                hasVat,
                "Sous-traitance"
            );
        }
        Salaries(lastDay, Cents(yearlySales * wages(firstDay) / 12 * chance.Around(0.005)));
        Various(firstDay, lastDay, month, yearlySales);
    }

    private void Salaries(int lastDay, long gross)
    {
        var day = WorkingDays.OnOrBefore(lastDay);
        var (social, pension) = (gross * 17 / 100, gross * 5 / 100);
        var (employer, employerPension) = (Cents(gross * (EmployerRate - 0.08)), Cents(gross * 0.08));
        var net = gross - social - pension;
        schedule.Add(
            new PlainDeed(
                day,
                Journal.Salaries,
                "PAIE",
                "Salaires du mois",
                (chart.Wages, gross),
                (chart.Staff, -net),
                (chart.SocialSecurity, -social),
                (chart.Pensions, -pension)
            )
        );
        schedule.Add(
            new PlainDeed(
                day,
                Journal.Salaries,
                "PAIE",
                "Charges sociales du mois",
                (chart.SocialCharges, employer),
                (chart.PensionCharges, employerPension),
                (chart.SocialSecurity, -employer),
                (chart.Pensions, -employerPension)
            )
        );
        schedule.Add(
            new PlainDeed(
                day,
                Journal.Bank,
                "SALAIRES",
                "Virement des salaires",
                (chart.Staff, net),
                (chart.Bank, -net)
            )
        );
        var due = WorkingDays.OnOrAfter(lastDay + 15);
        var (toUrssaf, toPensions) = (social + employer, pension + employerPension);
        schedule.Add(
            new PlainDeed(
                due,
                Journal.Bank,
                "URSSAF",
                "Prélèvement Urssaf",
                (chart.SocialSecurity, toUrssaf),
                (chart.Bank, -toUrssaf)
            )
        );
        schedule.Add(
            new PlainDeed(
                due,
                Journal.Bank,
                "RETRAITE",
                "Prélèvement caisse de retraite",
                (chart.Pensions, toPensions),
                (chart.Bank, -toPensions)
            )
        );
    }

    private void Various(int firstDay, int lastDay, int month, double yearlySales)
    {
        var fees = Cents(yearlySales * 0.0012 / 12 * chance.Around(0.2));
        schedule.Add(
            new PlainDeed(
                WorkingDays.OnOrBefore(lastDay),
                Journal.Bank,
                "FRAIS",
                "Frais de tenue de compte",
                (bankFees, fees),
                (chart.Bank, -fees)
            )
        );
        var day = WorkingDays.OnOrAfter(firstDay + 7);
        var cash = 150_00L;
        schedule.Add(
            new PlainDeed(day, Journal.Bank, "RETRAIT", "Retrait d'espèces", (chart.Till, cash), (chart.Bank, -cash))
        );
        var bought = chance.Between(60_00, 148_00);
        schedule.Add(
            new PlainDeed(
                WorkingDays.OnOrAfter(day + 3),
                Journal.Various,
                "CAISSE",
                "Petites fournitures",
                (chart.Supplies, bought),
                (chart.Till, -bought)
            )
        );
        if (month is 6 or 12)
        {
            var tax = Cents(yearlySales * 0.006);
            schedule.Add(
                new PlainDeed(
                    WorkingDays.OnOrAfter(firstDay + 14),
                    Journal.Bank,
                    "CFE",
                    "Cotisation foncière des entreprises",
                    (localTax, tax),
                    (chart.Bank, -tax)
                )
            );
        }
        if (month == 3)
        {
            var training = Cents(yearlySales * 0.006);
            schedule.Add(
                new PlainDeed(
                    WorkingDays.OnOrAfter(firstDay + 14),
                    Journal.Bank,
                    "FORMATION",
                    "Formation professionnelle",
                    (trainingTax, training),
                    (chart.Bank, -training)
                )
            );
        }
    }

    private void Buy(Account supplier, Account charge, int day, long net, bool hasVat, string what)
    {
        var vat = hasVat ? (net + 2) / 5 : 0;
        var billed = WorkingDays.OnOrAfter(day);
        var date = DateOnly.FromDayNumber(billed);
        var reference = string.Create(CultureInfo.InvariantCulture, $"{supplier.Code[..3]}{date:yyMMdd}");
        schedule.Add(
            new PlainDeed(
                billed,
                Journal.Purchases,
                reference,
                $"{what} {supplier.Name}",
                (charge, net),
                (chart.VatPaid, vat),
                (supplier, -net - vat)
            )
        );
        schedule.Add(
            new PlainDeed(
                WorkingDays.OnOrAfter(billed + 30),
                Journal.Bank,
                reference,
                $"Virement {supplier.Name}",
                (supplier, net + vat),
                (chart.Bank, -net - vat)
            )
        );
    }

    private Recurring Bill(
        string code,
        string name,
        string charge,
        string label,
        double share,
        int every,
        bool hasVat
    ) => new(Supplier(code, name), chart.Open(charge, label), share, every, hasVat);

    private Account Supplier(string code, string name) => chart.Open("401000", "Fournisseurs", code, name);

    private static long Cents(double cents) => Math.Max(1, (long)cents);
}
