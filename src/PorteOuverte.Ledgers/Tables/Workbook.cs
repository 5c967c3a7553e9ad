using System.IO.Compression;
using System.Xml;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>A workbook (.xlsx): its sheets, and what their cells refer to. The sheets themselves are only ever streamed.</summary>
internal sealed class Workbook
{
    public required IReadOnlyList<TableSheet> Sheets { get; init; }

    /// <summary>The part of each sheet.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    public required bool Since1904 { get; init; }

    public required IReadOnlyList<string> SharedStrings { get; init; }

    public required CellStyles Styles { get; init; }

    private Workbook() { }

    /// <summary>Reads all but the sheets.</summary>
    /// <exception cref="UnreadableFileException">It is no workbook, is cut, or unpacks to too much.</exception>
    public static Workbook Read(LedgerSource source)
    {
        using var package = Package.Open(source);
        var main = MainPart(package) ?? throw new UnreadableFileException(source.Name, UnreadableReason.Archive);
        var folder = main[..(main.LastIndexOf('/') + 1)];
        var related = package.Relations(folder + "_rels/" + main[folder.Length..] + ".rels", folder);
        var sheets = new List<TableSheet>();
        var parts = new List<string>();
        var since1904 = false;
        package.ReadPart(
            main,
            TableLimits.SmallPart,
            xml =>
            {
                if (xml.LocalName == "workbookPr")
                {
                    since1904 = xml.GetAttribute("date1904") is "1" or "true";
                }
                else if (
                    xml.LocalName == "sheet"
                    && RelationId(xml) is { } id
                    && related.TryGetValue(id, out var target)
                    && target.Type.EndsWith("/worksheet", StringComparison.Ordinal)
                )
                {
                    sheets.Add(
                        new TableSheet(
                            xml.GetAttribute("name") ?? "",
                            xml.GetAttribute("state") is "hidden" or "veryHidden"
                        )
                    );
                    parts.Add(target.Part);
                }
            }
        );
        if (sheets.Count == 0)
        {
            throw new UnreadableFileException(source.Name, UnreadableReason.NoTable);
        }
        var strings = related
            .Values.FirstOrDefault(r => r.Type.EndsWith("/sharedStrings", StringComparison.Ordinal))
            .Part;
        var styles = related.Values.FirstOrDefault(r => r.Type.EndsWith("/styles", StringComparison.Ordinal)).Part;
        return new Workbook
        {
            Sheets = sheets,
            Parts = parts,
            Since1904 = since1904,
            SharedStrings = strings is null ? [] : ReadStrings(package, strings),
            Styles = CellStyles.Read(package, styles),
        };
    }

    private static string? MainPart(Package package) =>
        package
            .Relations("_rels/.rels", "")
            .Values.FirstOrDefault(r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal))
            .Part
            is { } main
        && main.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        && main.Contains("workbook", StringComparison.OrdinalIgnoreCase)
            ? main
            : null;

    private static string? RelationId(XmlReader xml)
    {
        string? id = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            // The prefix is free, and strict workbooks have another namespace.
            if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
            {
                id = xml.Value;
            }
        }
        xml.MoveToElement();
        return id;
    }

    private static List<string> ReadStrings(Package package, string part)
    {
        var strings = new List<string>();
        var characters = 0L;
        package.ReadPart(
            part,
            TableLimits.SharedStrings,
            xml =>
            {
                if (xml.LocalName != "si")
                {
                    return;
                }
                var text = SheetXml.Text(xml, package.File, 0);
                characters += text.Length;
                if (strings.Count == TableLimits.SharedCount || characters > TableLimits.SharedCharacters)
                {
                    throw TableLimits.Exceeded(package.File, "texts");
                }
                strings.Add(text);
            }
        );
        return strings;
    }
}
