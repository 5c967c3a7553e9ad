using System.Text.RegularExpressions;

namespace PorteOuverte.Tests.Architecture;

/// <summary>The project's own sources, read as text: what stands where, and what speaks of what.</summary>
internal static partial class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>A source file: its path from the root, the room it stands in, and its text.</summary>
    public sealed record Source(string Path, string Room, string Text)
    {
        public int Lines { get; } = Text.Count(c => c == '\n');
    }

    public static IReadOnlyList<Source> Sources { get; } = [.. Read("src"), .. Read("bench"), .. Read("tests")];

    private static IEnumerable<Source> Read(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".ts" or ".mjs")
            .Select(f => (File: f, Path: Path.GetRelativePath(Root, f).Replace('\\', '/')))
            .Where(f => !f.Path.Contains("/node_modules/", StringComparison.Ordinal))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => new Source(f.Path, RoomOf(f.Path), File.ReadAllText(f.File)));

    /// <summary>The room of the product (a feature, a part of the platform) or the project a file stands in.</summary>
    private static string RoomOf(string path)
    {
        var parts = path.Split('/');
        return parts[1] != "PorteOuverte" ? parts[1]
            : parts.Length == 3 ? "Program"
            : parts[2] is "Features" or "Platform" ? $"{parts[2]}/{parts[3]}"
            : parts[2];
    }

    /// <summary>The rooms that the sources of a room name.</summary>
    public static IEnumerable<string> Uses(string room) =>
        Sources
            .Where(s => s.Room == room)
            .SelectMany(s => References().Matches(s.Text).Select(m => Named(m.Groups["name"].Value)))
            .Where(r => r is not null && r != room)
            .Select(r => r!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static string? Named(string name)
    {
        var parts = name.Split('.');
        return parts[1] switch
        {
            "Features" or "Platform" => parts.Length > 2 ? $"{parts[1]}/{parts[2]}" : null,
            "Kernel" or "Ui" => parts[1],
            "Ledgers" or "Analytics" => $"PorteOuverte.{parts[1]}",
            _ => null,
        };
    }

    [GeneratedRegex(@"(?:using|@using|static|=|\(|\s)\s*(?<name>PorteOuverte(?:\.[A-Z]\w+)+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PorteOuverte.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must run within the project.");
    }
}
