using PorteOuverte.Platform.Data;
using PorteOuverte.Tests.Architecture;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Schemas;

/// <summary>What was released once stands in people's databases: its scripts are never changed again.</summary>
/// <remarks>At a release, <c>released.txt</c> takes the lines that the failing test prints: version, database, number, hash.</remarks>
public sealed class ReleasedStepsTests
{
    private static readonly string List = Path.Combine(
        SourceTree.Root,
        "tests",
        "PorteOuverte.Tests",
        "Schema",
        "released.txt"
    );

    [Fact]
    public void A_released_step_is_never_changed() => Problems(Present(), File.ReadAllLines(List)).ShouldBeEmpty();

    [Fact]
    public void A_release_freezes_the_steps_it_has()
    {
        var changelog = File.ReadAllLines(Path.Combine(SourceTree.Root, "CHANGELOG.md"));
        // ## 1.0.0 — 12 January 2027
        var released = changelog
            .Where(l => l.StartsWith("## ", StringComparison.Ordinal) && l.Length > 3 && char.IsAsciiDigit(l[3]))
            .Select(l => l[3..].Split(' ')[0])
            .FirstOrDefault();
        if (released is not null)
        {
            File.ReadAllLines(List)
                .ShouldContain(
                    l => l.StartsWith(released + " ", StringComparison.Ordinal),
                    $"released.txt lacks the steps of {released}:\n{string.Join('\n', Present().Select(p => $"{released} {p}"))}\n"
                );
        }
    }

    [Fact]
    public void A_changed_or_missing_step_would_be_found()
    {
        var present = Present();
        string[] frozen = ["# a comment", "", .. present.Select(p => "1.0.0 " + p)];
        Problems(present, frozen).ShouldBeEmpty();
        Problems([.. present.Skip(1)], frozen).Count.ShouldBe(1);
        Problems(present, [.. frozen.SkipLast(1), frozen[^1][..^1] + "x"]).Count.ShouldBe(1);
    }

    private static List<string> Present()
    {
        using var sqlite = new EmptyData("sqlite");
        var postgres = new Schema(new Database(sqlite.Folder, "Host=nowhere", null), TimeProvider.System);
        return
        [
            .. sqlite.Schema.Steps.Select(s => $"sqlite {s.Number:0000} {s.Hash}"),
            .. postgres.Steps.Select(s => $"postgres {s.Number:0000} {s.Hash}"),
        ];
    }

    private static List<string> Problems(IReadOnlyCollection<string> present, IEnumerable<string> released) =>
        [
            .. released
                .Where(l => l.Length > 0 && l[0] != '#')
                .Where(l => !present.Contains(l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..])),
        ];
}
