using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PorteOuverte.Features.Diagnosis.RaiseAlerts;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Diagnosis.SendWeekly;

/// <param name="More">How urgent it is, and what it would take to be rid of it; null: nothing to do.</param>
/// <param name="Link">Where it is dealt with.</param>
public sealed record MailLine(string Text, string? More, Uri? Link, Level Level);

/// <param name="Rest">How many more there are, in words.</param>
public sealed record MailPart(string Title, IReadOnlyList<MailLine> Lines, string? Rest);

/// <param name="Before">A week ago; null: it was not kept then.</param>
public sealed record MailFigure(string Name, string Now, string? Before);

/// <summary>The weekly mail for somebody, in their language: the same words as text and as a page.</summary>
public sealed class WeeklyMail
{
    private const int Most = 6;
    private const int NamesShown = 3;

    private readonly Texts texts;
    private readonly AlertWords words;
    private readonly Func<string, Uri> link;

    /// <param name="link">Makes an address below the workspace a whole one.</param>
    public WeeklyMail(
        CultureInfo culture,
        string person,
        string workspace,
        Report? report,
        WeeklyNews news,
        WeeklyFigures? before,
        Func<string, Uri> link
    )
    {
        ArgumentNullException.ThrowIfNull(news);
        ArgumentNullException.ThrowIfNull(link);
        (texts, words, this.link) = (WeeklyText.In(culture), new AlertWords(culture), link);
        Wording = new Wording(new Texts(typeof(DiagnosisText), culture));
        // It stands in a header, and was typed by somebody.
        Workspace = CleanText.Line(workspace, 80);
        Hello = texts.Format("hello", CleanText.Line(person));
        Opening = report is null ? [] : Wording.Opening(report);
        AsOf = report is null ? null : texts.Format("asOf", texts.Figures.LongDate(report.AsOf));
        Figures = report is null ? [] : [.. Compared(WeeklyFigures.Of(report), before)];
        Parts = [.. Told(news).Where(p => p.Lines.Count > 0)];
        Subject = SubjectOf(news);
    }

    internal Texts Texts => texts;
    internal Wording Wording { get; }
    public string Workspace { get; }
    public string Subject { get; }
    public string Hello { get; }

    /// <summary>The sentences that sum up.</summary>
    public IReadOnlyList<Run> Opening { get; }

    /// <summary>Up to which day the books tell: “now” is that day.</summary>
    public string? AsOf { get; }

    public IReadOnlyList<MailPart> Parts { get; }
    public IReadOnlyList<MailFigure> Figures { get; }
    internal bool HasBefore => Figures.Any(f => f.Before is not null);
    public Uri Home => link("today");

    /// <summary>Where one says that one wants no such mails.</summary>
    public Uri Wish => link("account/weekly");

    public string Text()
    {
        var text = new StringBuilder();
        Paragraph(Hello);
        if (Opening.Count > 0)
        {
            Paragraph(string.Concat(Opening.Select(r => r.Text)));
        }
        if (AsOf is not null)
        {
            Paragraph(AsOf);
        }
        foreach (var part in Parts)
        {
            text.Append(part.Title.ToUpper(texts.Culture)).Append('\n');
            foreach (var line in part.Lines)
            {
                text.Append("– ").Append(line.Text).Append('\n');
                foreach (var below in new[] { line.More, line.Link?.ToString() }.OfType<string>())
                {
                    text.Append("  ").Append(below).Append('\n');
                }
            }
            if (part.Rest is not null)
            {
                text.Append("– ").Append(part.Rest).Append('\n');
            }
            text.Append('\n');
        }
        foreach (var figure in Figures)
        {
            text.Append(
                    texts.Format(
                        figure.Before is null ? "figureFirst" : "figureLine",
                        figure.Name,
                        figure.Now,
                        figure.Before
                    )
                )
                .Append('\n');
        }
        text.Append('\n');
        Paragraph($"{texts["open"]}\n{Home}");
        text.Append("-- \n").Append(texts["why"]).Append('\n').Append(Wish).Append('\n');
        return text.ToString();

        void Paragraph(string words) => text.Append(words).Append("\n\n");
    }

    public async Task<string> Html()
    {
        await using var services = new ServiceCollection()
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return "<!DOCTYPE html>\n"
            + await renderer.Dispatcher.InvokeAsync(async () =>
                (
                    await renderer.RenderComponentAsync<WeeklyHtml>(
                        ParameterView.FromDictionary(
                            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(WeeklyHtml.Mail)] = this }
                        )
                    )
                ).ToHtmlString()
            )
            + "\n";
    }

    private string SubjectOf(WeeklyNews news) =>
        news.New.Count > 0 ? texts.Count("subjectNew", news.New.Count, Workspace)
        : news.Found.Count > 0 ? texts.Count("subjectFound", news.Found.Count, Workspace)
        : news.Open > 0 ? texts.Count("subjectOpen", news.Open, Workspace)
        : texts.Format("subjectCalm", Workspace);

    private IEnumerable<MailPart> Told(WeeklyNews news)
    {
        yield return new MailPart(texts["found"], [.. news.Found.GroupBy(a => a.Alert.Kind).Select(Together)], null);
        yield return Part("new", news.New);
        yield return Part("back", news.Back);
        yield return Part("still", news.Still);
        yield return new MailPart(
            texts["over"],
            [
                .. news
                    .Over.Take(Most)
                    .Select(a => new MailLine(
                        texts.Format("over_" + a.Alert.Kind, Name(a)),
                        null,
                        null,
                        Level.Healthy
                    )),
            ],
            Rest(news.Over.Count)
        );
    }

    private MailPart Part(string title, IReadOnlyList<NamedAlert> alerts) =>
        new(texts[title], [.. alerts.Take(Most).Select(Line)], Rest(alerts.Count));

    private MailLine Line(NamedAlert named) =>
        new(
            words.Sentence(named.Alert.Kind, named.Alert.Level, named.Alert.Now, named.Client),
            string.Join(" · ", new[] { words.Level(named.Alert.Level), words.Way(named.Alert.Now) }.OfType<string>()),
            link($"alerts/{named.Alert.Id}"),
            named.Alert.Level
        );

    // All of one kind in one line: whoever just came is not buried.
    private MailLine Together(IGrouping<AlertKind, NamedAlert> kind)
    {
        NamedAlert[] all = [.. kind];
        if (all.Length == 1)
        {
            return Line(all[0]);
        }
        var names = string.Join(", ", all.Take(NamesShown).Select(Name));
        var level = all.Max(a => a.Alert.Level);
        return new MailLine(
            all.Length > NamesShown
                ? texts.Format(
                    "found_" + kind.Key,
                    all.Length,
                    texts.Count("andOthers", all.Length - NamesShown, names)
                )
                : texts.Format("found_" + kind.Key, all.Length, names),
            words.Level(level),
            link($"alerts?kind={kind.Key}"),
            level
        );
    }

    private string? Rest(int count) => count > Most ? texts.Count("more", count - Most) : null;

    private static string Name(NamedAlert named) => CleanText.Line(named.Client);

    private IEnumerable<MailFigure> Compared(WeeklyFigures now, WeeklyFigures? before)
    {
        (string Key, Func<WeeklyFigures, string> Of)[] lines =
        [
            ("figure_share", f => f.Share is { } share ? texts.Figures.Percent(share) : texts["unknown"]),
            ("figure_months", f => f.Cash is null ? texts["unknown"] : Wording.Months(f.Months)),
            ("figure_late", f => texts.Figures.Euros(f.Late)),
        ];
        return lines.Select(l => new MailFigure(texts[l.Key], l.Of(now), before is null ? null : l.Of(before)));
    }
}
