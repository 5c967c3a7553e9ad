using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using PorteOuverte.Platform.Http;
using PorteOuverte.Tests.Architecture;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.AllTexts;

/// <summary>What holds for the texts of every room.</summary>
public sealed partial class TextsTests
{
    private static readonly string Sources = string.Concat(
        SourceTree
            .Sources.Where(s => s.Path.StartsWith("src/PorteOuverte/", StringComparison.Ordinal))
            .Select(s => s.Text)
    );

    public static TheoryData<string> Rooms => [.. TextPair.All.Select(p => p.Name)];

    public static TheoryData<string> Languages => ["fr", "en"];

    [Theory, MemberData(nameof(Rooms))]
    public void Both_languages_have_the_same_keys(string room) =>
        Pair(room).French.Keys.Order().ShouldBe(Pair(room).English.Keys.Order());

    [Theory, MemberData(nameof(Rooms))]
    public void Both_languages_fill_in_the_same_places(string room)
    {
        foreach (var (key, text) in Pair(room).French)
        {
            Places(text).ShouldBe(Places(Pair(room).English[key]), key);
        }
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Both_languages_stress_as_many_words(string room)
    {
        foreach (var (key, text) in Pair(room).French)
        {
            text.Count(c => c == '*').ShouldBe(Pair(room).English[key].Count(c => c == '*'), key);
        }
    }

    [Theory, MemberData(nameof(Rooms))]
    public void French_is_set_as_a_French_printer_would(string room)
    {
        foreach (var (key, text) in Pair(room).French)
        {
            text.Contains('\'', StringComparison.Ordinal).ShouldBeFalse(key);
            text.Contains("...", StringComparison.Ordinal).ShouldBeFalse(key);
            DoubleSpace().IsMatch(text).ShouldBeFalse($"{key}: two spaces");
            LooseMark().IsMatch(text).ShouldBeFalse($"{key}: a mark of two strokes wants U+00A0 before it: {text}");
            LooseQuote().IsMatch(text).ShouldBeFalse($"{key}: guillemets want U+00A0 inside: {text}");
            LooseThousands().IsMatch(text).ShouldBeFalse($"{key}: thousands want U+202F between them: {text}");
        }
    }

    [Fact]
    public void Spaces_that_look_alike_are_written_so_that_they_show() =>
        Directory
            .EnumerateFiles(TextPair.Product, "*.resx", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains('\u00A0', StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(Rooms))]
    public void English_has_typographic_apostrophes_and_no_French_spaces(string room)
    {
        foreach (var (key, text) in Pair(room).English)
        {
            text.Contains('\'', StringComparison.Ordinal).ShouldBeFalse(key);
            text.Contains('"', StringComparison.Ordinal).ShouldBeFalse(key);
            text.Contains("...", StringComparison.Ordinal).ShouldBeFalse(key);
            DoubleSpace().IsMatch(text).ShouldBeFalse($"{key}: two spaces");
            SpacedMark().IsMatch(text).ShouldBeFalse($"{key}: no space before a mark: {text}");
        }
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Every_text_is_used(string room)
    {
        Pair(room).French.Keys.Where(k => !IsUsed(k)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_asked_for_is_there()
    {
        var keys = TextPair.All.SelectMany(p => p.French.Keys).ToHashSet(StringComparer.Ordinal);
        Asked().Matches(Sources).Select(m => m.Groups["key"].Value).Where(k => !keys.Contains(k)).ShouldBeEmpty();
        Counted()
            .Matches(Sources)
            .Select(m => m.Groups["key"].Value)
            .Where(k => !keys.Contains(k + "_one") || !keys.Contains(k + "_many"))
            .ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_verb_explains_itself_in_words(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var said = Program
            .Doors.SelectMany(d => d.Verbs(culture))
            .Append(ServeVerb.Verb<Document>(culture, Program.Doors))
            .SelectMany(Explanations)
            .ToList();
        said.Count.ShouldBeGreaterThan(20);
        // A key without a text shows as itself: one word.
        said.Where(s => s.Words?.Contains(' ', StringComparison.Ordinal) != true).ShouldBeEmpty();
    }

    private static IEnumerable<(string Name, string? Words)> Explanations(Command verb) =>
        [
            (verb.Name, verb.Description),
            .. verb.Options.Select(o => ($"{verb.Name} {o.Name}", o.Description)),
            .. verb.Arguments.Select(a => ($"{verb.Name} {a.Name}", a.Description)),
            .. verb.Subcommands.SelectMany(Explanations),
        ];

    private static TextPair Pair(string room) => TextPair.All.Single(p => p.Name == room);

    private static bool IsUsed(string key)
    {
        var bare = Number().Replace(key, "");
        // What was done is written where it is done: audit.Did("client.merged").
        if (key.StartsWith("did_", StringComparison.Ordinal))
        {
            return Written($"\"{key["did_".Length..]}\"");
        }
        if (Written($"\"{key}\"") || Written($"\"{bare}\""))
        {
            return true;
        }
        // Built from parts: "mail_" + state, $"flaw_{flaw}", trend + "_days", key + "Hint".
        return Enumerable
            .Range(3, Math.Max(0, bare.Length - 3))
            .Any(n =>
                Written($"\"{bare[..n]}\" +")
                || Written($"$\"{bare[..n]}{{")
                || (Written($"\"{bare[..n]}\"") && Written($"+ \"{bare[n..]}\""))
            );
    }

    private static bool Written(string part) => Sources.Contains(part, StringComparison.Ordinal);

    private static List<int> Places(string text) =>
        [
            .. Place()
                .Matches(text)
                .Select(m => int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture))
                .Distinct()
                .Order(),
        ];

    [GeneratedRegex(@"\{(?<n>\d)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("  |\u00A0 | \u00A0", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DoubleSpace();

    // A mark between letters belongs to an address or to a setting: https://…, Mail:Host.
    [GeneratedRegex(@"[^\u00A0][;:!?%](?![\p{L}{/])|[^\u00A0kM]€", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LooseMark();

    [GeneratedRegex("«[^\u00A0]|[^\u00A0]»", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LooseQuote();

    [GeneratedRegex(@"\d[ \u00A0.,]\d{3}(?!\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LooseThousands();

    [GeneratedRegex(@"\s[;:!?%.,]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpacedMark();

    [GeneratedRegex("_(one|many)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\b(texts|Texts|[a-z]+Texts|Text\.Current)(\[|\.Format\(\s*)""(?<key>[^""]*)""\s*[\],)]",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Asked();

    [GeneratedRegex(
        @"\b(texts|Texts|[a-z]+Texts|Text\.Current)\.Count\(\s*""(?<key>[^""]*)"",",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Counted();
}
