using System.Globalization;
using System.Text.RegularExpressions;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger.Terminal;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using Spectre.Console;
using static PorteOuverte.Tests.Diagnosis.ReportBuilder;

namespace PorteOuverte.Tests.Diagnosis;

public sealed partial class TerminalReportTests
{
    private static readonly string[] HostileNames =
    [
        "[red]x[/]",
        "[/]",
        "🦊🦊🦊 Fox & Söhne 🏳️‍🌈",
        new string('M', 200),
        string.Concat(Enumerable.Repeat("漢字", 60)),
        "مؤسسة الباب المفتوح",
        "\u202Eyenom\u202C",
        "e\u0301\u0301\u0301 combining " + string.Concat(Enumerable.Repeat("a\u0308", 80)),
        "tab\tand\u001b[31mescape\u0007",
        "<script>alert(1)</script>",
    ];

    private static Report Hostile() =>
        Report(
            [
                .. HostileNames.Select(
                    (n, i) =>
                        Client(n, 5_000 - (i * 100), silent: 90, delay: 50, open: 400, trend: new Trend(9, 0.01, 3))
                ),
            ],
            files:
            [
                File(
                    "[bold]\u001b[2J" + new string('x', 200),
                    [
                        new Notice(
                            NoticeCode.DateFormat,
                            1,
                            9,
                            "[i]Date[/]",
                            "[red]\u001b[5m" + new string('9', 90),
                            "[/]"
                        ),
                    ],
                    [
                        new RejectedLine(
                            4,
                            "[u]",
                            RejectReason.TooFewColumns,
                            "[x]\u001b[1m" + string.Concat(Enumerable.Repeat("字", 90))
                        ),
                    ],
                    truncatedAt: 7
                ),
            ]
        );

    public static TheoryData<string, int> Windows =>
        new(from language in new[] { "fr", "en" } from width in new[] { 60, 80, 100, 120 } select (language, width));

    [Theory]
    [MemberData(nameof(Windows))]
    public void No_line_is_wider_than_the_window(string language, int width)
    {
        foreach (var report in new[] { Agency(), Hostile(), Report([]) })
        {
            foreach (var line in Lines(report, In(language), width))
            {
                Cells.Width(line).ShouldBeLessThanOrEqualTo(width, line);
            }
        }
    }

    [Fact]
    public void What_a_file_says_is_data_and_never_markup_nor_control()
    {
        var text = string.Join('\n', Lines(Hostile(), French, 80));
        text.ShouldContain("[red]x[/]");
        text.ShouldContain("<script>alert(1)</script>");
        text.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
        text.ShouldNotContain('\u202E');
    }

    [Fact]
    public void A_name_written_from_right_to_left_does_not_take_its_figures_along()
    {
        var row = Lines(Hostile(), French, 80).First(l => l.Contains("مؤسسة", StringComparison.Ordinal));
        var mark = row.IndexOf('\u200E', StringComparison.Ordinal);
        mark.ShouldBeGreaterThan(0);
        mark.ShouldBeLessThan(row.IndexOfAny([.. "0123456789"]));
    }

    [Fact]
    public void With_colours_only_colours_are_added()
    {
        var plain = string.Join('\n', Lines(Agency(), French, 80));
        var coloured = Written(Agency(), French, 80, colours: true);
        coloured.ShouldContain("\u001b[");
        Escape().Replace(coloured, "").ReplaceLineEndings("\n").TrimEnd('\n').ShouldBe(plain.TrimEnd('\n'));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Amounts_of_a_table_end_in_one_column(string language)
    {
        foreach (var report in new[] { Agency(), Hostile() })
        {
            var lines = Lines(report, In(language), 80);
            var head = lines.FindIndex(l =>
                l.Contains(In(language)["col_share"], StringComparison.Ordinal)
                && l.StartsWith("  ", StringComparison.Ordinal)
            );
            var end = Cells.Width(
                lines[head][
                    ..(
                        lines[head].IndexOf(In(language)["col_share"], StringComparison.Ordinal)
                        + In(language)["col_share"].Length
                    )
                ]
            );
            var rows = lines.Skip(head + 1).Take(10).ToList();
            foreach (var row in rows)
            {
                // The share is the only percentage of its row.
                var at = Cells.Width(row[..(row.LastIndexOf('%') + 1)]);
                at.ShouldBe(end, row);
            }
        }
    }

    [Fact]
    public void An_empty_report_says_calm_sentences()
    {
        var lines = Lines(Report([], cash: 0), French, 80);
        lines.ShouldContain("  Aucun client dans ces fichiers.");
        lines.ShouldContain("  Personne ne se tait plus longtemps que d’habitude.");
        lines.ShouldContain("  Rien n’est en attente\u00A0: tout est réglé.");
        lines.ShouldContain("  Toutes les lignes ont été lues.");
        lines.ShouldNotContain(l => l.TrimStart().StartsWith("client ", StringComparison.Ordinal));
    }

    [Fact]
    public void Sections_come_in_the_order_of_the_questions()
    {
        var lines = Lines(Agency(), French, 80);
        string[] heads =
        [
            "head_clients",
            "head_weight",
            "head_late",
            "head_ages",
            "head_quiet",
            "head_departures",
            "head_loss",
            "head_band",
            "head_rejected",
            "head_notices",
        ];
        var places = heads.Select(h => lines.IndexOf(French[h])).ToList();
        places.ShouldNotContain(-1);
        places.ShouldBeInOrder();
    }

    [Fact]
    public void Lines_not_read_are_shown_then_counted()
    {
        var lines = Lines(Agency(), French, 80);
        lines.Count(l => l.Contains("montant illisible", StringComparison.Ordinal)).ShouldBe(20);
        lines.ShouldContain("  et 5 autres lignes");
    }

    [Fact]
    public void A_dozen_notices_are_shown_and_the_rest_counted()
    {
        var notices = Enum.GetValues<NoticeCode>().Select(c => new Notice(c, 1, 0, null, null, null)).ToList();
        var lines = Lines(Report([], files: [File(notices: notices)]), French, 80);
        lines.Count(l => l.StartsWith("  · ", StringComparison.Ordinal)).ShouldBe(12);
        lines.ShouldContain($"  et {notices.Count - 12} autres remarques");
    }

    [Fact]
    public void The_rest_of_the_clients_is_counted() =>
        Lines(Agency(), French, 80).ShouldContain(l => l.StartsWith("  et 30 autres", StringComparison.Ordinal));

    [Fact]
    public void It_ends_with_the_one_next_thing_to_do()
    {
        Lines(Agency(), French, 80)[^1].ShouldEndWith("--html diagnostic.html");
        Written(Agency(), English, 80, page: "my page.html").TrimEnd().ShouldEndWith("my page.html");
    }

    [Fact]
    public void Without_unicode_bars_are_plain()
    {
        var text = Written(Agency(), French, 80, unicode: false);
        text.ShouldNotContain('█');
        text.ShouldContain('=');
    }

    [Fact]
    public void A_ledger_just_read_makes_a_report()
    {
        const string Fec =
            "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\n"
            + "VE\tVentes\t1\t20260105\t411000\tClients\tC1\tMaison [Forêt]\tF1\t20260105\tFacture\t1200,00\t0,00\t\t\t20260131\t\t\n"
            + "VE\tVentes\t1\t20260105\t706000\tPrestations\t\t\tF1\t20260105\tFacture\t0,00\t1000,00\t\t\t20260131\t\t\n"
            + "VE\tVentes\t1\t20260105\t445710\tTVA\t\t\tF1\t20260105\tFacture\t0,00\t200,00\t\t\t20260131\t\t\n"
            + "VE\tVentes\t2\t2026x105\t445710\tTVA\t\t\tF1\t20260105\tFacture\t0,00\t200,00\t\t\t20260131\t\t\n";
        var source = new LedgerSource(
            "123456782FEC20261231.txt",
            () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Fec))
        );
        var report = DiagnoseLedgerHandler.Handle(
            new DiagnoseLedger([source]),
            cancellation: TestContext.Current.CancellationToken
        );
        var text = string.Join('\n', Lines(report, French, 80));
        text.ShouldContain("Maison [Forêt]");
        text.ShouldContain("Un client pèse 100\u00A0%");
        text.ShouldContain("date illisible");
        text.ShouldContain("2026x105");
    }

    private static List<string> Lines(Report report, Texts texts, int width) =>
        [.. Written(report, texts, width).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    private static string Written(
        Report report,
        Texts texts,
        int width,
        bool colours = false,
        bool unicode = true,
        string? page = null
    )
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = unicode;
        TerminalReport.Write(console, report, texts, page);
        return writer.ToString();
    }

    [GeneratedRegex(@"\u001b\[[0-9;]*m", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();
}
