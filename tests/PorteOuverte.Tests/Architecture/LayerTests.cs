using System.Text;
using System.Text.RegularExpressions;

namespace PorteOuverte.Tests.Architecture;

public sealed class LayerTests
{
    private static readonly string[] Rooms = [.. SourceTree.Sources.Where(s => s.Path.StartsWith("src/", StringComparison.Ordinal)).Select(s => s.Room).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // Who may see the libraries: only the feature that needs one (decision 0006).
    private static readonly Dictionary<string, string[]> Libraries = new(StringComparer.Ordinal)
    {
        ["Features/Accounting"] = ["PorteOuverte.Ledgers"],
        ["Features/Diagnosis"] = ["PorteOuverte.Analytics", "PorteOuverte.Ledgers"],
    };

    // Program, then Features → Ui → Platform → Kernel; the libraries stand below all and beside each other.
    private static int Height(string room) =>
        room switch
        {
            "Program" => 5,
            _ when room.StartsWith("Features/", StringComparison.Ordinal) => 4,
            "Ui" => 3,
            _ when room.StartsWith("Platform/", StringComparison.Ordinal) => 2,
            "Kernel" => 1,
            _ => 0,
        };

    [Fact]
    public void Nothing_depends_on_what_stands_above_it()
    {
        foreach (var room in Rooms)
        {
            foreach (var used in SourceTree.Uses(room))
            {
                Height(used).ShouldBeLessThanOrEqualTo(Height(room), $"{room} uses {used}");
                (Height(used) == 0 && Height(room) == 0).ShouldBeFalse($"the libraries know nothing of each other: {room} uses {used}");
            }
        }
    }

    [Fact]
    public void Only_the_feature_that_needs_a_library_sees_it()
    {
        foreach (var room in Rooms.Where(r => Height(r) > 0))
        {
            foreach (var library in SourceTree.Uses(room).Where(u => Height(u) == 0))
            {
                Libraries.GetValueOrDefault(room, []).ShouldContain(library, $"{room} uses {library}");
            }
        }
    }

    [Fact]
    public void No_two_rooms_depend_on_each_other()
    {
        var uses = Rooms.ToDictionary(r => r, r => SourceTree.Uses(r).ToArray(), StringComparer.Ordinal);
        foreach (var room in Rooms)
        {
            Reach(room, [room]);
        }

        void Reach(string room, List<string> path)
        {
            foreach (var next in uses.GetValueOrDefault(room, []))
            {
                path.ShouldNotContain(next, $"circle: {string.Join(" → ", path)} → {next}");
                Reach(next, [.. path, next]);
            }
        }
    }

    [Fact]
    public void The_programme_is_a_table_of_contents() =>
        SourceTree.Sources.Single(s => s.Path == "src/PorteOuverte/Program.cs").Lines.ShouldBeLessThanOrEqualTo(60);

    [Fact]
    public void Names_say_what_a_thing_is()
    {
        foreach (var source in SourceTree.Sources)
        {
            Regex.IsMatch(source.Path, @"(Service|Manager|Helper|Util|Utils|Base|Impl|Dto)\.(cs|razor)$|/(Services|Helpers|Extensions|Common|Managers)/", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).ShouldBeFalse(source.Path);
        }
    }

    [Fact]
    public void Every_feature_has_a_door_of_its_name()
    {
        foreach (var feature in Rooms.Where(r => r.StartsWith("Features/", StringComparison.Ordinal)))
        {
            var name = feature.Split('/')[1];
            SourceTree.Sources.ShouldContain(s => s.Path == $"src/PorteOuverte/Features/{name}/{name}.cs", feature);
        }
    }

    [Fact]
    public void The_map_shows_the_house_as_it_stands()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "map.md");
        var map = Map();
        var known = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        // Written here, committed by whoever moved something: the difference is part of the change.
        File.WriteAllText(path, map);
        (known == map).ShouldBeTrue("docs/map.md was out of date and has been written anew: commit it.");
    }

    private static string Map()
    {
        var map = new StringBuilder("# Map\n\nWritten by a test (`LayerTests`) from the sources: where things live, and what speaks of what.\n\n");
        map.Append("| room | files | uses |\n|---|--:|---|\n");
        foreach (var room in Rooms.OrderByDescending(Height).ThenBy(r => r, StringComparer.Ordinal))
        {
            var files = SourceTree.Sources.Count(s => s.Room == room && s.Path.StartsWith("src/", StringComparison.Ordinal));
            map.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {room} | {files} | {string.Join(", ", SourceTree.Uses(room))} |\n");
        }
        map.Append("\n## Use cases\n\n");
        foreach (var folder in SourceTree.Sources.Select(s => Regex.Match(s.Path, @"^src/PorteOuverte/Features/(?<f>\w+)/(?<u>\w+)/\k<u>\.cs$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).Where(m => m.Success))
        {
            map.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {folder.Groups["f"].Value}: [{folder.Groups["u"].Value}](../{folder.Value})\n");
        }
        map.Append("\n## Long files\n\nOver 300 lines (200 for `.razor`): places where a reader might prefer two rooms.\n\n");
        var longest = SourceTree.Sources.Where(s => s.Lines > (s.Path.EndsWith(".razor", StringComparison.Ordinal) ? 200 : 300)).OrderBy(s => s.Path, StringComparer.Ordinal).ToList();
        foreach (var source in longest)
        {
            // In steps of fifty, so that the map changes when a file really grows.
            map.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {source.Path}: over {source.Lines / 50 * 50} lines\n");
        }
        map.Append(longest.Count == 0 ? "None.\n" : "");
        return map.ToString();
    }
}
