using PorteOuverte.Analytics;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using static PorteOuverte.Tests.Diagnosis.ReportBuilder;

namespace PorteOuverte.Tests.Diagnosis;

public sealed class OutlookWordingTests
{
    private static readonly Wording Fr = new(French);
    private static readonly Wording En = new(English);
    private static readonly Outlook Quiet = Calm([], 6_000_000);

    private static string Said(IEnumerable<string> sentences) =>
        string.Join(' ', sentences)
            .Replace('\u00A0', ' ')
            .Replace('\u202F', ' ')
            .Replace("*", "", StringComparison.Ordinal);

    private static string Departures(DeparturesReport? departures, Wording wording) =>
        Said(wording.Departures(Quiet with { Departures = departures, DaysCovered = 212 }));

    [Fact]
    public void Under_a_year_it_says_that_the_files_cover_too_little() =>
        Departures(null, Fr)
            .ShouldBe(
                "Les fichiers couvrent trop peu de temps pour le dire : 212 jours, il en faut 365. "
                    + "Ajoutez le fichier de l’exercice précédent."
            );

    [Fact]
    public void An_avalanche_is_said_plainly_with_a_first_step() =>
        Departures(ReportBuilder.Departures(LossLevel.Avalanche, 4, p: 0.001, observed: 3, window: 60), Fr)
            .ShouldBe(
                "Oui, tout l’indique. Dans les 60 jours qui précèdent le dernier départ, 3 autres clients sont partis ; "
                    + "le hasard en laissait attendre 0,4. Premier pas : cherchez ce que ces clients avaient en commun, "
                    + "et appelez cette semaine ceux qui leur ressemblent."
            );

    [Fact]
    public void What_is_only_to_be_watched_is_not_called_a_series()
    {
        Departures(ReportBuilder.Departures(LossLevel.Watch, 2, p: 0.06, observed: 1, window: 30), En)
            .ShouldStartWith("To watch. In the 30 days before the latest departure, 1 other client left;");
        Departures(ReportBuilder.Departures(LossLevel.Watch, 9, p: 0.4, observed: 1, window: 30), Fr)
            .ShouldStartWith("À surveiller. Depuis quelque temps, les départs dépassent leur rythme d’avant.");
    }

    [Fact]
    public void No_sign_says_what_would_have_been_noticed_and_proves_nothing()
    {
        Departures(ReportBuilder.Departures(LossLevel.NoSignOfClustering, 2, past: 2), Fr)
            .ShouldBe(
                "2 départs repérés en 24 mois : rien n’y ressemble à une série. Avec 2 départs dans les 21 mois d’avant, "
                    + "il en aurait fallu 3 en 3 mois pour que cela se remarque : ce n’est pas la preuve de cas isolés."
            );
        Departures(ReportBuilder.Departures(LossLevel.NoSignOfClustering), En)
            .ShouldBe(
                "No departure seen in 24 months. With no departure in the 21 months before, it would have taken "
                    + "3 in 3 months to be noticed: this is no proof that nothing is going on."
            );
    }

    [Fact]
    public void Every_level_has_its_words_in_both_languages()
    {
        foreach (var level in Enum.GetValues<LossLevel>())
        {
            foreach (var wording in new[] { Fr, En })
            {
                Departures(ReportBuilder.Departures(level, 3, p: 0.02, observed: 2, window: 30), wording)
                    .ShouldEndWith(".");
            }
        }
    }

    [Fact]
    public void The_method_is_told_in_words()
    {
        var own = Quiet.Silence;
        Said([Fr.QuietMethod(own)])
            .ShouldContain("d’après son propre rythme. Un modèle de tous vos clients en demande 40");
        Said([Fr.QuietMethod(own with { Reason = QuietReason.FitDidNotConverge })])
            .ShouldContain("Aucun modèle de tous vos clients n’a convenu.");
        Said([
                Fr.QuietMethod(
                    own with
                    {
                        Reason = QuietReason.Fitted,
                        Method = QuietMethod.FittedModel,
                        Repeaters = 232,
                    }
                ),
            ])
            .ShouldContain("d’après un modèle des achats de vos 232 clients qui ont racheté.");
    }

    [Fact]
    public void The_first_to_call_is_where_most_is_not_yet_lost()
    {
        var (lost, doubtful) = (Client("Perdu*", 9_000, silent: 200), Client("Hésitant*", 5_000, silent: 70));
        var outlook = Calm([lost, doubtful], 0);
        Silence[] silences =
        [
            outlook.Silence.Clients[0] with
            {
                ProbabilityAlive = 0.01,
            },
            outlook.Silence.Clients[1] with
            {
                ProbabilityAlive = 0.4,
            },
        ];
        var report = Report(
            [lost, doubtful],
            outlook: outlook with
            {
                Silence = outlook.Silence with { Clients = silences },
            }
        );

        var first = Fr.QuietFirst(report)!;

        string.Concat(first.Select(r => r.Text))
            .ShouldBe("Premier pas\u00A0: appelez Hésitant* pour prendre des nouvelles, simplement, sans reproche.");
        first.Single(r => r.IsStrong).Text.ShouldBe("Hésitant*");
    }

    [Theory]
    [InlineData(0, "moins de 1 %", "< 1 %")]
    [InlineData(0.0099, "moins de 1 %", "< 1 %")]
    [InlineData(0.42, "42 %", "42 %")]
    [InlineData(1, "plus de 99 %", "> 99 %")]
    public void A_chance_is_never_nothing_nor_certain(double probability, string sentence, string cell)
    {
        Said([Fr.Chance(probability)]).ShouldBe(sentence);
        Said([Fr.ShortChance(probability)]).ShouldBe(cell);
    }

    [Theory]
    [InlineData(0, "0 €", "€0")]
    [InlineData(99_900, "999 €", "€999")]
    [InlineData(452_000, "4,5 k€", "€4.5k")]
    [InlineData(-4_512_300, "−45 k€", "−€45k")]
    [InlineData(124_000_000, "1,2 M€", "€1.2M")]
    public void An_estimate_is_not_told_to_the_cent(long cents, string french, string english)
    {
        Said([Fr.RoundEuros(cents)]).ShouldBe(french);
        En.RoundEuros(cents).ShouldBe(english);
    }

    [Fact]
    public void The_risk_is_a_sentence_with_a_first_step_where_it_is_high() =>
        Said(Fr.Band(Risky()))
            .ShouldBe(
                "Si vos clients partent comme par le passé et que personne ne les remplace, il y a 48 % de risque que la "
                    + "trésorerie passe sous zéro d’ici 24 mois. Une fois sur deux, ce serait avant le 22 novembre 2027. "
                    + "Dans 24 mois, huit fois sur dix, elle se trouverait entre −84 k€ et 60 k€. "
                    + "Premier pas : faites rentrer les 400 € déjà en retard."
            );

    private static Report Risky()
    {
        var report = Report(
            [Client("A", 100, open: 400)],
            outlook: Quiet with
            {
                Band = Quiet.Band! with { MonthOut = 12 },
            }
        );
        return report with { Ages = [new AgeBand(1, 30, 40_000, 1)] };
    }

    [Fact]
    public void Without_a_band_it_says_why()
    {
        var outlook = Quiet with { Band = null };
        var report = Report([Client("A", 100)], outlook: outlook);
        Said(Fr.Band(report)).ShouldBe("Les fichiers ne montrent pas de charges fixes : la suite ne se chiffre pas.");
        Said(Fr.Band(report with { Totals = report.Totals with { Cash = null } }))
            .ShouldStartWith("Les fichiers ne montrent pas de trésorerie");
    }

    [Fact]
    public void An_avalanche_closes_the_opening()
    {
        var outlook = Quiet with
        {
            Departures = ReportBuilder.Departures(LossLevel.Avalanche, 4, p: 0.001, observed: 3, window: 60),
        };
        Said(Fr.Opening(Report([Client("A", 100)], outlook: outlook)).Select(r => r.Text))
            .ShouldEndWith("Et les départs s’enchaînent : cherchez d’abord pourquoi.");
    }

    private static string Said(IEnumerable<Run> runs) => Said([string.Concat(runs.Select(r => r.Text))]);
}
