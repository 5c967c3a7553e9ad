using System.CommandLine;
using System.Globalization;
using System.Resources;
using PorteOuverte.Features.Diagnosis.MakeSample;
using PorteOuverte.Kernel;

namespace PorteOuverte.Tests.Diagnosis.MakeSample;

public sealed class MakeSampleVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sample").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_says_what_it_wrote_and_what_to_type_next()
    {
        var target = Path.Combine(folder, "new");

        var (code, output, error) = Run("sample", target, "--years", "2");

        code.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain(Path.Combine(target, "123456782FEC20241231.txt"));
        output.ShouldContain(Path.Combine(target, "123456782FEC20251231.txt"));
        output.ShouldContain("porte diagnose " + Path.Combine(target, "*.txt"));
        Directory.GetFiles(target).Length.ShouldBe(2);
    }

    [Fact]
    public void It_writes_the_dialect_asked_for()
    {
        Run("sample", folder, "--years", "1", "--clients", "3", "--dialect", "xml").Code.ShouldBe(0);

        File.ReadAllText(Path.Combine(folder, "123456782FEC20251231.xml")).ShouldContain("<comptabilite>");
    }

    [Fact]
    public void It_replaces_a_file_only_when_forced()
    {
        Run("sample", folder, "--years", "1", "--seed", "1").Code.ShouldBe(0);
        var path = Path.Combine(folder, "123456782FEC20251231.txt");
        var before = File.ReadAllBytes(path);

        var (code, _, error) = Run("sample", folder, "--years", "1", "--seed", "2");

        code.ShouldBe(2);
        error.ShouldContain("--force");
        File.ReadAllBytes(path).ShouldBe(before);
        Run("sample", folder, "--years", "1", "--seed", "2", "--force").Code.ShouldBe(0);
        File.ReadAllBytes(path).ShouldNotBe(before);
    }

    [Theory]
    [InlineData("--clients", "0")]
    [InlineData("--clients", "100001")]
    [InlineData("--years", "0")]
    [InlineData("--years", "31")]
    public void It_refuses_in_one_sentence_what_cannot_be(string option, string value)
    {
        var (code, output, error) = Run("sample", folder, option, value);

        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(option);
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public void It_refuses_a_folder_that_cannot_be_made()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");

        var (code, _, error) = Run("sample", Path.Combine(file, "inside"));

        code.ShouldBe(2);
        error.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("inside");
    }

    [Fact]
    public void Both_languages_have_every_text()
    {
        var resources = new ResourceManager(typeof(SampleText));
        var english = Keys(resources, CultureInfo.InvariantCulture);
        var french = Keys(resources, CultureInfo.GetCultureInfo("fr"));

        french.ShouldBe(english);
        english.ShouldNotBeEmpty();
    }

    private static List<string> Keys(ResourceManager resources, CultureInfo culture) =>
        [
            .. resources
                .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
                .Cast<System.Collections.DictionaryEntry>()
                .Select(e =>
                    $"{e.Key} {string.Concat(((string)e.Value!).Where(char.IsDigit).Where(_ => ((string)e.Value!).Contains('{')))}"
                )
                .Order(StringComparer.Ordinal),
        ];

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand
        {
            MakeSampleVerb.Verb(new Texts(typeof(SampleText), CultureInfo.GetCultureInfo("fr"))),
        };
        var code = root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
