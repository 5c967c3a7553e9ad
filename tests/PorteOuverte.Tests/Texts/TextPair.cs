using System.Xml.Linq;
using PorteOuverte.Tests.Architecture;

namespace PorteOuverte.Tests.AllTexts;

/// <summary>The texts of one room in both languages, as they stand in its resx pair.</summary>
internal sealed record TextPair(
    string Name,
    IReadOnlyDictionary<string, string> French,
    IReadOnlyDictionary<string, string> English
)
{
    public static string Product { get; } = Path.Combine(SourceTree.Root, "src", "PorteOuverte");

    public static IReadOnlyList<TextPair> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Product, "*Text.resx", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(f => new TextPair(
                Path.GetFileNameWithoutExtension(f),
                Read(Path.ChangeExtension(f, ".fr.resx")),
                Read(f)
            )),
    ];

    public static TextPair Of<TText>() => All.Single(p => p.Name == typeof(TText).Name);

    private static Dictionary<string, string> Read(string file) =>
        XDocument
            .Load(file)
            .Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);
}
