using System.Diagnostics;
using System.Text.RegularExpressions;
using PorteOuverte.Platform.Http;
using PorteOuverte.Tests.Architecture;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Ui;

/// <summary>What browsers ask for: bundled, typed, small, and all of it there.</summary>
public sealed partial class AssetTests
{
    private static readonly string Sources = Path.Combine(SourceTree.Root, "src", "PorteOuverte");

    [Fact]
    public async Task The_scripts_keep_to_their_types()
    {
        var assets = Path.Combine(Sources, "Ui", "assets");
        using var compiler = Process.Start(
            new ProcessStartInfo("node", ["node_modules/typescript/bin/tsc", "--noEmit"])
            {
                WorkingDirectory = assets,
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var said = await compiler.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
        said.ShouldBeEmpty();
        compiler.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Every_icon_that_is_drawn_is_in_the_file_of_icons()
    {
        var known = File.ReadAllLines(Path.Combine(Sources, "Ui", "assets", "icons.txt"))
            .ToHashSet(StringComparer.Ordinal);
        var drawn = Directory
            .EnumerateFiles(Sources, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Icons().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        drawn.Count.ShouldBeGreaterThan(5);
        drawn.Where(name => !known.Contains(name)).ShouldBeEmpty();
        Program
            .Doors.SelectMany(d => d.Menu(System.Globalization.CultureInfo.GetCultureInfo("fr")))
            .Select(e => e.Icon)
            .Where(name => !known.Contains(name))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_a_page_asks_for_is_there_and_kept()
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        var page = await visitor.Read("/sign-in");
        var css = await visitor.Read(Bundle.Address("porte.css"));
        var text = page + css.Replace("url(\"./", "url(\"/assets/", StringComparison.Ordinal);
        var asked = Addresses().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList();
        asked.Count.ShouldBeGreaterThan(6);
        foreach (var address in asked)
        {
            using var answer = await visitor.Get(address);
            answer.EnsureSuccessStatusCode();
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable", Case.Sensitive, address);
        }
        css.ShouldNotContain("http", Case.Insensitive, "nothing comes from elsewhere");
    }

    [GeneratedRegex("<Icon Name=\"(?<name>[a-z0-9-]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Icons();

    [GeneratedRegex("/assets/[^\"')#]+", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Addresses();
}
