using System.Text.RegularExpressions;

namespace PorteOuverte.Features.Accounting.TryImport;

/// <summary>Tells a newer export of a year from another part of it.</summary>
internal static partial class Replacement
{
    /// <summary>Whether the newer file says all that the older one said, and perhaps more: then the older one leaves.</summary>
    public static bool Covers(ImportedFile newer, ImportedFile older) =>
        newer.Siren == older.Siren
        && newer.FirstEntry <= older.FirstEntry
        && newer.LastEntry >= older.LastEntry
        // The parts of one year, SIRENFECAAAAMMJJ_1 and _2, stand beside each other.
        && Part(newer.Name) == Part(older.Name)
        && (newer.Closing is null || older.Closing is null || newer.Closing >= older.Closing);

    private static string Part(string name) => PartOfName().Match(name).Groups["part"].Value;

    [GeneratedRegex(@"FEC\d{8}_(?<part>\d{1,3})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PartOfName();
}
