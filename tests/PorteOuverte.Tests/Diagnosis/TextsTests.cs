using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Tests.Diagnosis;

public sealed partial class TextsTests
{
    public static TheoryData<string> Languages => ["fr", "en"];

    [Fact]
    public void Both_languages_have_the_same_keys() => Read("fr").Keys.Order().ShouldBe(Read("en").Keys.Order());

    [Fact]
    public void Both_languages_fill_in_the_same_places()
    {
        var english = Read("en");
        foreach (var (key, text) in Read("fr"))
        {
            Places(text).ShouldBe(Places(english[key]), $"{key}");
        }
    }

    [Fact]
    public void Both_languages_stress_as_many_words()
    {
        var english = Read("en");
        foreach (var (key, text) in Read("fr"))
        {
            text.Count(c => c == '*').ShouldBe(english[key].Count(c => c == '*'), key);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_code_of_the_readers_has_its_text(string language)
    {
        var texts = Read(language);
        Enum.GetNames<NoticeCode>().ShouldAllBe(n => texts.ContainsKey("notice_" + n));
        Enum.GetNames<RejectReason>().ShouldAllBe(n => texts.ContainsKey("reject_" + n));
        Enum.GetNames<UnreadableReason>().ShouldAllBe(n => texts.ContainsKey("unreadable_" + n));
        Enum.GetNames<Level>().ShouldAllBe(n => texts.ContainsKey("level_" + n));
    }

    [Fact]
    public void No_text_names_a_code_that_no_longer_exists()
    {
        foreach (var key in Read("en").Keys)
        {
            var parts = key.Split('_');
            var known = parts[0] switch
            {
                "notice" => Enum.IsDefined(typeof(NoticeCode), parts[1]),
                "reject" => Enum.IsDefined(typeof(RejectReason), parts[1]),
                "unreadable" => Enum.IsDefined(typeof(UnreadableReason), parts[1]),
                _ => true,
            };
            known.ShouldBeTrue(key);
        }
    }

    [Fact]
    public void French_is_set_as_a_French_printer_would()
    {
        foreach (var (key, text) in Read("fr"))
        {
            text.Contains('\'', StringComparison.Ordinal).ShouldBeFalse(key);
            text.Contains("...", StringComparison.Ordinal).ShouldBeFalse(key);
            DoubleSpace().IsMatch(text).ShouldBeFalse($"{key}: two spaces");
            LooseMark().IsMatch(text).ShouldBeFalse($"{key}: a mark of two strokes wants U+00A0 before it: {text}");
            LooseQuote().IsMatch(text).ShouldBeFalse($"{key}: guillemets want U+00A0 inside: {text}");
        }
    }

    [Fact]
    public void English_has_typographic_apostrophes_and_no_French_spaces()
    {
        foreach (var (key, text) in Read("en"))
        {
            text.Contains('\'', StringComparison.Ordinal).ShouldBeFalse(key);
            text.Contains('"', StringComparison.Ordinal).ShouldBeFalse(key);
            DoubleSpace().IsMatch(text).ShouldBeFalse($"{key}: two spaces");
            SpacedMark().IsMatch(text).ShouldBeFalse($"{key}: no space before a mark: {text}");
        }
    }

    [Fact]
    public void Every_text_is_used()
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(Product(), "Features", "Diagnosis"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Select(File.ReadAllText);
        var all = string.Concat(sources);
        // Keys built from a code or from parts are known by the part that is written.
        string[] built =
        [
            "notice_",
            "reject_",
            "unreadable_",
            "level_",
            "number_",
            "late_trend",
            "early_trend",
            "open_quiet",
        ];
        foreach (var key in Read("fr").Keys.Where(k => !built.Any(b => k.StartsWith(b, StringComparison.Ordinal))))
        {
            var bare = Counted().Replace(key, "");
            (
                all.Contains($"\"{key}\"", StringComparison.Ordinal)
                || all.Contains($"\"{bare}\"", StringComparison.Ordinal)
            ).ShouldBeTrue(key);
        }
    }

    internal static string Product()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PorteOuverte.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!;
        }
        return Path.Combine(folder, "src", "PorteOuverte");
    }

    private static Dictionary<string, string> Read(string language)
    {
        var file = language == "fr" ? "DiagnosisText.fr.resx" : "DiagnosisText.resx";
        return XDocument
            .Load(Path.Combine(Product(), "Features", "Diagnosis", file))
            .Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);
    }

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

    [GeneratedRegex("[^\u00A0][;:!?%]|[^\u00A0kM]€", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LooseMark();

    [GeneratedRegex("«[^\u00A0]|[^\u00A0]»", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LooseQuote();

    [GeneratedRegex("[\\s][;:!?%.,]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpacedMark();

    [GeneratedRegex("_(one|many)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Counted();
}
