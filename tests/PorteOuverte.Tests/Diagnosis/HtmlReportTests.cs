using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using PorteOuverte.Features.Diagnosis;
using PorteOuverte.Features.Diagnosis.DiagnoseLedger;
using PorteOuverte.Ledgers;
using PorteOuverte.Tests.AllTexts;
using static PorteOuverte.Tests.Diagnosis.ReportBuilder;

namespace PorteOuverte.Tests.Diagnosis;

public sealed partial class HtmlReportTests
{
    public static TheoryData<string> Languages => ["fr", "en"];

    private static Report Hostile() =>
        Report(
            [
                Client("<script>alert(1)</script>", 900, silent: 90, delay: 50, open: 4),
                Client("\" onload=\"x", 800, delay: 70),
                Client("</title></svg></style>", 700, trend: new Trend(9, 0.01, 3), delay: 80),
                Client("مؤسسة 🦊 \u202E\u0000", 600),
                Client(new string('W', 200), 500),
            ],
            files:
            [
                File(
                    "<b>.txt",
                    [new Notice(NoticeCode.DateFormat, 1, 9, "<i>", "<script>", "</ul>")],
                    [new RejectedLine(4, "<u>", RejectReason.Date, "<script>\u0001")]
                ),
            ]
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_page_is_well_formed_and_stands_alone(string language)
    {
        foreach (var report in new[] { Agency(), Hostile(), Report([], cash: 0), Report([Client("A", 1)]) })
        {
            var html = await HtmlReport.Render(report, In(language));
            html.ShouldStartWith("<!DOCTYPE html>");
            var page = Parse(html);
            page.Root!.Attribute("lang")!.Value.ShouldBe(language);
            html.ShouldNotContain("<script", Case.Insensitive);
            html.ShouldNotContain(" style=", Case.Insensitive);
            page.Descendants("script").ShouldBeEmpty();
            page.Descendants("link").ShouldBeEmpty();
            page.Descendants("img").ShouldBeEmpty();
            page.Descendants()
                .Attributes()
                .Where(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal))
                .ShouldBeEmpty();
            Outside().IsMatch(html).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Names_of_the_file_are_text()
    {
        var html = await HtmlReport.Render(Hostile(), French);
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        Parse(html).Descendants("th").ShouldContain(t => t.Value == "</title></svg></style>");
    }

    [Fact]
    public async Task Accents_stay_readable_in_the_source() =>
        (await HtmlReport.Render(Agency(), French)).ShouldContain("Éditions du Vieux Pont");

    [Fact]
    public async Task The_page_can_be_walked_without_eyes()
    {
        var page = Parse(await HtmlReport.Render(Agency(), French));
        page.Descendants("h1").Count().ShouldBe(1);
        page.Descendants("main").Count().ShouldBe(1);
        page.Descendants("nav").Single().Attribute("aria-label").ShouldNotBeNull();
        page.Descendants("title").First().Value.ShouldBe("Vos clients au 22\u00A0novembre 2026 · Porte Ouverte");
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        ids.ShouldBeUnique();
        var targets = page.Descendants("a").Select(a => a.Attribute("href")!.Value);
        targets.ShouldAllBe(t => t[0] == '#' && ids.Contains(t.Substring(1)));
        var labels = page.Descendants().Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' ')).ToList();
        labels.ShouldAllBe(l => ids.Contains(l));
        foreach (var table in page.Descendants("table"))
        {
            table.Element("caption")!.Value.ShouldNotBeNullOrWhiteSpace();
            table.Descendants("th").ShouldAllBe(t => t.Attribute("scope") != null);
        }
    }

    [Fact]
    public async Task Each_chart_has_a_title_a_description_and_its_table()
    {
        var page = Parse(await HtmlReport.Render(Agency(), French));
        var charts = page.Descendants("svg").Where(s => s.Attribute("role")?.Value == "img").ToList();
        charts.Count.ShouldBe(5);
        foreach (var chart in charts)
        {
            chart.Element("title")!.Value.ShouldNotBeNullOrWhiteSpace();
            chart.Element("desc")!.Value.ShouldNotBeNullOrWhiteSpace();
            chart.Parent!.Descendants("table").ShouldNotBeEmpty();
            foreach (
                var length in chart.Descendants().Attributes("width").Select(a => a.Value).Where(v => v.EndsWith('%'))
            )
            {
                length.ShouldNotContain(",");
            }
        }
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(0)]
    [InlineData(-5_000)]
    [InlineData(90_000_000_000)]
    public async Task The_figures_beside_the_band_do_not_cover_each_other(long cash)
    {
        var page = Parse(await HtmlReport.Render(Report([Client("A", 1)], cash: cash), French));
        var chart = page.Descendants("svg").Single(s => s.Attribute("class")?.Value == "chart band");
        var ends = chart.Elements("text").Where(t => t.Attribute("x")!.Value == "82%");
        var places = ends.Select(t => double.Parse(t.Attribute("y")!.Value, CultureInfo.InvariantCulture)).ToList();
        places.Count.ShouldBe(3);
        places.ShouldAllBe(y => y > 8 && y < 230);
        (places[1] - places[0]).ShouldBeGreaterThan(15);
        (places[2] - places[1]).ShouldBeGreaterThan(15);
        chart.Descendants("path").Attributes("d").ShouldAllBe(d => !d.Value.Contains("NaN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_client_is_in_the_full_table()
    {
        var report = Agency();
        var page = Parse(await HtmlReport.Render(report, French));
        var section = page.Descendants("section").Single(s => s.Attribute("id")!.Value == "all");
        section.Descendants("tbody").Single().Elements("tr").Count().ShouldBe(report.Clients.Count);
        section.Descendants("details").Count().ShouldBe(1);
    }

    [Fact]
    public async Task The_page_and_the_terminal_open_with_the_same_sentence()
    {
        var page = Parse(await HtmlReport.Render(Agency(), French));
        var lead = page.Descendants("p").Single(p => p.Attribute("class")?.Value == "lead").Value;
        lead.ShouldBe(string.Concat(new Wording(French).Opening(Agency()).Select(r => r.Text)));
    }

    [Fact]
    public void No_word_of_the_page_or_of_the_terminal_stands_in_the_code()
    {
        var folder = Path.Combine(TextPair.Product, "Features", "Diagnosis", "DiagnoseLedger");
        foreach (var file in Directory.EnumerateFiles(folder, "*.razor", SearchOption.AllDirectories))
        {
            var markup = Code().Replace(System.IO.File.ReadAllText(file), "");
            markup = Directive().Replace(Comment().Replace(markup, ""), "");
            foreach (Match text in TextNode().Matches(markup))
            {
                var literal = Expression().Replace(text.Groups["text"].Value, "");
                literal.Any(char.IsLetter).ShouldBeFalse($"{Path.GetFileName(file)}: {text.Value}");
            }
        }
        foreach (
            var file in new[]
            {
                "TerminalReport.cs",
                "Terminal/TerminalSections.cs",
                "Terminal/TerminalSections.Files.cs",
                "Terminal/TerminalSections.Outlook.cs",
                "Terminal/Sheet.cs",
                "Terminal/Bars.cs",
                "Html/Charts.cs",
                "Html/BandPicture.cs",
            }
        )
        {
            foreach (
                Match literal in Literal()
                    .Matches(LineComment().Replace(System.IO.File.ReadAllText(Path.Combine(folder, file)), ""))
            )
            {
                // Keys and classes are one word of lower case.
                KeyLike().IsMatch(literal.Groups["text"].Value).ShouldBeTrue($"{file}: {literal.Value}");
            }
        }
    }

    private static XDocument Parse(string html)
    {
        // The only elements of the page that HTML leaves open.
        var closed = Meta().Replace(html, "$0</meta>");
        using var reader = XmlReader.Create(
            new StringReader(closed),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore }
        );
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    [GeneratedRegex("<meta[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Meta();

    [GeneratedRegex("https?:|//[a-z]|@import|url\\((?!#)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outside();

    [GeneratedRegex(
        @"^@code\s*\{.*\z",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"^\s*(@(using|namespace|foreach|if|for)\b.*|else( if .*)?)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Directive();

    [GeneratedRegex(@"(?<![=>])>(?<text>[^<>]*)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextNode();

    [GeneratedRegex(
        @"@\(\(.*\)|@[\w.]+(\([^\n]*\)|\[[^\]]*\])*(\.\w+(\([^\n]*\))?)*|@(if|foreach) \(.*\)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Expression();

    [GeneratedRegex(@"\$?""(?<text>(\\.|[^""\\])*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"///?.*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LineComment();

    [GeneratedRegex(@"^([a-z0-9_-]*|[^\p{L}]*|(\{[^}]*\}[^\p{L}]*)+.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyLike();
}
