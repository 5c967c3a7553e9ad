using System.Globalization;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Ui.Search;

/// <summary>Goes anywhere, creates anything, finds anything: what the menus hold, and what the features let people find.</summary>
public sealed class SearchHandler(IReadOnlyList<Door> doors, IEnumerable<IFind> finders, CurrentMember member)
{
    private const int MostOfAKind = 8;
    private const int LongestSearch = 200;

    public async Task<IReadOnlyList<(string Title, IReadOnlyList<Found> Found)>> Handle(
        string? words,
        CancellationToken cancellation
    )
    {
        var texts = UiText.Current;
        var typed = CleanText.Line(words, LongestSearch);
        var groups = new List<(string, IReadOnlyList<Found>)>
        {
            (
                texts["findGo"],
                [
                    .. doors
                        .SelectMany(d => d.Menu(CultureInfo.CurrentUICulture))
                        .Where(e => member.Role >= e.Least && Matches(e.Text, typed))
                        .OrderBy(e => e.Place == MenuPlace.Person)
                        .ThenBy(e => e.Order)
                        .Select(e => new Found(e.Text, e.Address, e.Icon)),
                ]
            ),
        };
        if (typed.Length > 0)
        {
            foreach (var finder in finders.Where(f => member.Role >= f.Least))
            {
                groups.Add((finder.Title, await finder.Find(typed, MostOfAKind, cancellation)));
            }
        }
        return [.. groups.Where(g => g.Item2.Count > 0)];
    }

    /// <summary>Whether each word typed begins somewhere in the text, whatever its case and accents.</summary>
    internal static bool Matches(string text, string typed) =>
        typed
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word =>
                CultureInfo.InvariantCulture.CompareInfo.IndexOf(
                    text,
                    word,
                    CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace
                ) >= 0
            );
}
