using System.Reflection;

namespace PorteOuverte.Analytics.Tests;

/// <summary>The page of the guide shows code that runs, and names every verb.</summary>
public class GuideTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Page = File.ReadAllText(
        Path.Combine(Root, "docs", "guide", "en", "analytics.md")
    );

    [Fact]
    public void Every_example_of_the_page_runs_as_a_test()
    {
        var source = Lines(
            File.ReadAllText(
                Path.Combine(
                    Root,
                    "tests",
                    "PorteOuverte.Analytics.Tests",
                    "Guide",
                    "GuideExamples.cs"
                )
            )
        );
        var blocks = Page.Split("```csharp\n")
            .Skip(1)
            .Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)])
            .ToArray();

        blocks.Length.ShouldBe(
            typeof(GuideExamples).GetMethods().Count(m => m.DeclaringType == typeof(GuideExamples))
        );
        foreach (var block in blocks)
            source.ShouldContain(Lines(block));
    }

    [Fact]
    public void Every_public_verb_is_named_on_the_page()
    {
        var verbs = typeof(Concentration)
            .Assembly.GetExportedTypes()
            .Where(t => t is { IsAbstract: true, IsSealed: true })
            .SelectMany(t =>
                t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(m => !m.IsSpecialName)
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}")
            .Distinct()
            .ToArray();

        verbs.Length.ShouldBeGreaterThan(40);
        // A verb stands on the page in full, or short beside its class in the table: "`Nbd` fits: `FitNbd`".
        verbs
            .Where(v =>
                !Page.Contains(v, StringComparison.Ordinal)
                && !Page.Contains(
                    $"`{v[(v.IndexOf('.', StringComparison.Ordinal) + 1)..]}`",
                    StringComparison.Ordinal
                )
            )
            .ShouldBeEmpty();
    }

    /// <summary>Indentation and blank lines aside.</summary>
    private static string Lines(string text) =>
        string.Join('\n', text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "PorteOuverte.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException(
            "The repository's root was not found above the tests."
        );
    }
}
