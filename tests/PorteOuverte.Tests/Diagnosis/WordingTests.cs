using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Ledgers;
using static PorteOuverte.Tests.Diagnosis.ReportBuilder;

namespace PorteOuverte.Tests.Diagnosis;

public sealed class WordingTests
{
    private static readonly Wording Fr = new(French);
    private static readonly Wording En = new(English);

    private static string Opening(Report report, Wording? wording = null) =>
        string.Concat((wording ?? Fr).Opening(report).Select(r => r.Text))
            .Replace('\u00A0', ' ')
            .Replace('\u202F', ' ');

    [Fact]
    public void A_dangerous_client_comes_first() =>
        Opening(Agency())
            .ShouldBe(
                "Un client pèse 29 % de votre chiffre d’affaires. S’il partait, vous tiendriez 7 mois. "
                    + "Deux autres se taisent depuis plus longtemps que d’habitude."
            );

    [Fact]
    public void The_same_in_English() =>
        Opening(Agency(), En)
            .ShouldBe(
                "One client is 29% of your revenue. Without them, your cash would last 7 months. "
                    + "Two others have been quiet for longer than usual."
            );

    [Fact]
    public void What_matters_is_strong() =>
        Fr.Opening(Agency()).Where(r => r.IsStrong).Select(r => r.Text).ShouldBe(["29\u00A0%", "7\u00A0mois"]);

    [Fact]
    public void Several_dangerous_clients_are_summed() =>
        Opening(Report([Client("A", 50), Client("B", 40), Client("C", 10)]))
            .ShouldStartWith(
                "Deux clients font à eux seuls 90 % de votre chiffre d’affaires. Si le premier partait, vous tiendriez 7 mois."
            );

    [Fact]
    public void Good_news_is_told_plainly() =>
        Opening(
                Report(
                    [.. Enumerable.Range(0, 20).Select(i => Client($"{(char)('A' + i)}", 100))],
                    monthsNow: null,
                    monthsIfLost: null
                )
            )
            .ShouldBe(
                "Aucun client ne pèse trop lourd : le premier fait 5 % de votre chiffre d’affaires. "
                    + "S’il partait, vous tiendriez plus de 5 ans. Personne ne se tait plus longtemps que d’habitude."
            );

    [Fact]
    public void A_dangerous_client_who_is_quiet_is_said_to_be() =>
        Opening(
                Report([
                    Client("A", 50, silent: 90),
                    .. Enumerable.Range(0, 9).Select(i => Client($"B{(char)('a' + i)}", 10)),
                ])
            )
            .ShouldEndWith("Il se tait depuis plus longtemps que d’habitude.");

    [Fact]
    public void Cash_sales_alone_name_no_client() =>
        Opening(Report([Client("", 500, collective: true, code: LedgerFacts.DirectCode)]))
            .ShouldBe(
                "Vos ventes viennent de nombreux acheteurs, réunis sous un même compte : aucun départ ne peut, à lui seul, "
                    + "vous mettre en danger. Au rythme actuel, votre trésorerie tient 14 mois."
            );

    [Fact]
    public void Cash_already_negative_is_where_to_begin() =>
        Opening(Report([Client("A", 500)], monthsNow: 0, monthsIfLost: 0, cash: -1_675))
            .ShouldContain("Votre trésorerie est déjà à −1 675 € : c’est par là qu’il faut commencer.");

    [Fact]
    public void A_departure_that_changes_nothing_is_not_blamed() =>
        Opening(Report([Client("A", 500)], monthsNow: 0.7, monthsIfLost: 0.6))
            .ShouldContain("Au rythme actuel, votre trésorerie tient moins d’un mois.");

    [Fact]
    public void Files_without_sales_say_so() =>
        Opening(Report([]))
            .ShouldStartWith("Ces fichiers ne montrent aucune vente entre le 23/11/2025 et le 22/11/2026.");

    [Theory]
    [InlineData(null, "plus de 5 ans")]
    [InlineData(0.4, "moins d’un mois")]
    [InlineData(1.9, "1 mois")]
    [InlineData(18.76, "18 mois")]
    public void Months_are_whole_and_rounded_down(double? months, string expected) =>
        Fr.Months(months).Replace('\u00A0', ' ').ShouldBe(expected);

    [Theory]
    [InlineData(2.2, 0.01, "le délai s’allonge de 2 jours par facture")]
    [InlineData(1.2, 0.01, "le délai s’allonge d’un jour par facture")]
    [InlineData(0.31, 0.01, "le délai s’allonge de 3 jours en dix factures")]
    [InlineData(-4, 0.05, "le délai raccourcit de 4 jours par facture")]
    [InlineData(9, 0.4, null)]
    [InlineData(0, 0.01, null)]
    public void A_trend_is_told_only_where_chance_explains_it_badly(double slope, double p, string? expected) =>
        Fr.Trend(new Trend(10, p, slope))?.Replace('\u00A0', ' ').ShouldBe(expected);

    [Fact]
    public void What_to_win_is_counted_in_clients_of_mean_size()
    {
        var report = Report([Client("A", 600), Client("B", 200), Client("C", 200)]);
        Fr.ToWin(report, report.Concentration.Clients[0])
            .First()
            .Replace('\u00A0', ' ')
            .Replace('\u202F', ' ')
            .ShouldBe("Pour qu’il passe sous 25 % : gagner *1 400 €* ailleurs, soit 7 clients de taille moyenne.");
    }

    [Fact]
    public void A_notice_tells_what_how_often_where_and_shows_it() =>
        Fr.Files.Message(new Notice(NoticeCode.DateFormat, 3, 12_542, "EcritureDate", "01/02/2026", "20260201"))
            .Replace('\u00A0', ' ')
            .Replace('\u202F', ' ')
            .ShouldBe(
                "Des dates ne sont pas écrites AAAAMMJJ ; elles ont été comprises "
                    + "(3 fois, à partir de la ligne 12 542, colonne EcritureDate, « 01/02/2026 » compris « 20260201 »)."
            );

    [Fact]
    public void Amounts_and_dates_in_a_notice_are_the_reader_s()
    {
        Fr.Files.Message(new Notice(NoticeCode.UnbalancedFile, 1, 0, null, "1234.56", "-1200.00"))
            .Replace('\u00A0', ' ')
            .Replace('\u202F', ' ')
            .ShouldBe(
                "Le total des débits (1 234,56 €) n’est pas celui des crédits (−1 200,00 €) : il manque peut-être des lignes."
            );
        En.Files.Message(new Notice(NoticeCode.NameMismatch, 1, 0, null, "2022-12-31", "2023-07-31"))
            .ShouldContain("closing on 2022-12-31, the last entry is of 2023-07-31");
    }

    [Fact]
    public void Notices_of_one_code_are_one() =>
        FileWords
            .Grouped(Agency().Files[0].Notices)
            .ShouldBe([
                new Notice(NoticeCode.UnbalancedFile, 1, 0, "", "1234.56", "1200.00"),
                new Notice(NoticeCode.Padded, 938, 2, "JournalCode, CompteLib", "VE  ", "VE"),
            ]);

    [Fact]
    public void Every_notice_and_every_refusal_is_a_whole_sentence()
    {
        foreach (var wording in new[] { Fr, En })
        {
            foreach (var code in Enum.GetValues<NoticeCode>())
            {
                var message = wording.Files.Message(new Notice(code, 2, 3, "Debit", "2026-01-02", "x"));
                message.ShouldEndWith(").", Case.Sensitive, code.ToString());
                message.ShouldNotContain("{");
            }
            foreach (var reason in Enum.GetValues<UnreadableReason>())
            {
                foreach (var line in new[] { 0, 12 })
                {
                    var sentence = wording.Files.Sentence(new UnreadableFileException("a.txt", reason, line));
                    sentence.ShouldEndWith(".");
                    sentence.ShouldStartWith("a.txt ");
                    sentence.ShouldNotContain("{");
                    sentence.ShouldNotContain(" 0");
                }
            }
            foreach (var reason in Enum.GetValues<RejectReason>())
            {
                wording.Files.Reason(new RejectedLine(2, null, reason, "x")).ShouldNotContain("_");
            }
        }
    }

    [Fact]
    public void A_file_that_lacks_columns_names_them() =>
        Fr.Files.Sentence(new UnreadableFileException("a.csv", UnreadableReason.NotALedger, 1, "CompteNum, Debit"))
            .Replace('\u00A0', ' ')
            .ShouldBe(
                "a.csv n’est pas un FEC : à la ligne 1 manquent des colonnes (CompteNum, Debit). Exportez le FEC depuis votre logiciel de comptabilité."
            );

    [Theory]
    [InlineData("a\u0000b\u001b[31mc", "ab[31mc")]
    [InlineData("x\u202Ey", "xy")]
    [InlineData("  two \t\n spaces ", "two spaces")]
    [InlineData(null, "")]
    public void Text_from_a_file_loses_what_could_disturb_a_screen(string? text, string expected) =>
        Wording.Clean(text).ShouldBe(expected);

    [Fact]
    public void A_client_without_a_name_is_called_by_its_code()
    {
        Fr.Name(Client("", 1, code: "0042")).ShouldBe("0042");
        Fr.Name(Client("", 1, code: "?")).ShouldBe("Client inconnu");
        Fr.Name(Client("", 1, code: LedgerFacts.DirectCode)).ShouldBe("Ventes directes");
    }
}
