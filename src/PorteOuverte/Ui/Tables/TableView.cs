using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Ui.Tables;

/// <summary>What of a list somebody looks at: all of it stands in the address, so that it can be kept, sent and gone back to.</summary>
/// <param name="Path">Where the list is.</param>
/// <param name="Search">Words, all of which a row must contain.</param>
/// <param name="Sort">The key of a column, with a minus before it when the greatest comes first.</param>
/// <param name="Page">From 1.</param>
/// <param name="Columns">Those shown, in the order of the list.</param>
/// <param name="Filters">What was chosen, by the key of the filter.</param>
public sealed record TableView(
    string Path,
    string Search,
    string Sort,
    int Page,
    int Size,
    IReadOnlyList<string> Columns,
    IReadOnlyDictionary<string, string> Filters
)
{
    /// <summary>How many rows a page may have.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];

    internal const int UsualSize = 50;

    /// <summary>What a list is sorted by when nobody says.</summary>
    internal string UsualSort { get; init; } = "";

    /// <summary>Whether the address itself says which columns and how many rows; else a cookie or the list does.</summary>
    internal bool NamesColumns { get; init; }

    internal bool NamesSize { get; init; }

    /// <summary>Whether something is left out.</summary>
    public bool IsNarrowed => Search.Length > 0 || Filters.Count > 0;

    public bool IsDescending => Sort.StartsWith('-');

    public string SortedBy => Sort.TrimStart('-');

    /// <summary>The address of the same view, but for what is said here.</summary>
    /// <param name="below">A part of the address after that of the list.</param>
    public string Address(string? sort = null, int? page = null, string below = "") =>
        Path + below + QueryString.Create([.. Narrowing, .. Keeping(sort ?? Sort), .. Turned(page ?? 1)]);

    /// <summary>The address of the whole list, in the same order.</summary>
    internal string Whole => Path + QueryString.Create(Keeping(Sort));

    /// <summary>Search and filters, as they stand in the address.</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Narrowing =>
        [
            .. Search.Length > 0 ? [new("q", Search)] : Array.Empty<KeyValuePair<string, string?>>(),
            .. Filters.Select(f => KeyValuePair.Create(f.Key, (string?)f.Value)),
        ];

    /// <summary>Columns and rows of a page, where the address says them.</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Layout
    {
        get
        {
            if (NamesSize)
            {
                yield return new("size", Size.ToString(CultureInfo.InvariantCulture));
            }
            if (NamesColumns)
            {
                yield return new("cols", string.Join(',', Columns));
            }
        }
    }

    private IEnumerable<KeyValuePair<string, string?>> Keeping(string sort) =>
        sort == UsualSort ? Layout : [new("sort", sort), .. Layout];

    private static IEnumerable<KeyValuePair<string, string?>> Turned(int page) =>
        page > 1 ? [new("page", page.ToString(CultureInfo.InvariantCulture))] : [];
}
