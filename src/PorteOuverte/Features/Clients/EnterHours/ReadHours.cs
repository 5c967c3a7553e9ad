using System.Text;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.EnterHours;

/// <summary>Reads a table of hours: client (name or code), month, hours; with a semicolon, a tab or a comma between them. What cannot be read is said line by line.</summary>
public sealed class ReadHours
{
    public const int MostLines = 5000;
    private const int Columns = 3;

    private static readonly char[] Marks = [';', '\t', ','];
    private static readonly string[] ClientTitles = ["client", "nom", "name", "code", "customer"];
    private static readonly string[] MonthTitles = ["mois", "month", "periode", "period", "date"];
    private static readonly string[] HoursTitles = ["heures", "hours", "temps", "time", "duree", "duration"];

    private readonly Dictionary<(Id<Client>, DateOnly), int> months = [];
    private readonly List<Unread> unread = [];

    /// <param name="Minutes">Of all lines of this client and month together.</param>
    public sealed record Month(Id<Client> Client, DateOnly First, int Minutes);

    /// <param name="Line">From 1.</param>
    /// <param name="Reason">The key of a sentence: <c>reason_month</c>.</param>
    public sealed record Unread(int Line, string Text, string Reason);

    private ReadHours() { }

    public IReadOnlyList<Month> Read => [.. months.Select(m => new Month(m.Key.Item1, m.Key.Item2, m.Value))];

    public IReadOnlyList<Unread> NotRead => unread;

    public bool HasTooMany { get; private set; }

    /// <param name="find">Whose name or code it is: none, one, or several of the same name.</param>
    public static ReadHours Of(string text, Func<string, IReadOnlyCollection<Id<Client>>> find)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(find);
        var result = new ReadHours();
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        result.HasTooMany = lines.Length > MostLines;
        var first = lines.FirstOrDefault(l => !string.IsNullOrWhiteSpace(l)) ?? "";
        var mark = Marks.FirstOrDefault(c => first.Contains(c, StringComparison.Ordinal), ';');
        var order = Order(Cells(first, mark));
        var begun = false;
        foreach (var (line, number) in lines.Take(MostLines).Select((l, i) => (l, i + 1)))
        {
            if (string.IsNullOrWhiteSpace(line) || (!begun && order.IsTitled))
            {
                begun |= !string.IsNullOrWhiteSpace(line);
                continue;
            }
            begun = true;
            if (result.Take(Cells(line, mark), order, find) is { } reason)
            {
                result.unread.Add(new Unread(number, CleanText.Line(line, 200), reason));
            }
        }
        return result;
    }

    private string? Take(List<string> cells, Places places, Func<string, IReadOnlyCollection<Id<Client>>> find)
    {
        // Empty cells at the end are of a spreadsheet; others are a comma too many.
        while (cells.Count > Columns && !places.IsTitled && string.IsNullOrWhiteSpace(cells[^1]))
        {
            cells.RemoveAt(cells.Count - 1);
        }
        if (places.IsTitled ? cells.Count <= places.Last || cells.Count > places.Count : cells.Count != Columns)
        {
            return "reason_columns";
        }
        var clients = find(CleanText.Line(cells[places.Client]));
        if (clients.Count != 1)
        {
            return clients.Count == 0 ? "reason_client" : "reason_twice";
        }
        if (Months.Read(cells[places.Month]) is not { } month)
        {
            return "reason_month";
        }
        if (Typed.Minutes(cells[places.Hours]) is not { } minutes)
        {
            return "reason_hours";
        }
        var key = (clients.First(), month);
        months[key] = months.GetValueOrDefault(key) + minutes;
        return null;
    }

    private sealed record Places(int Client, int Month, int Hours, int Count, bool IsTitled)
    {
        public int Last => Math.Max(Client, Math.Max(Month, Hours));
    }

    private static Places Order(List<string> cells)
    {
        var plain = cells.ConvertAll(c => PlainLetters.Of(CleanText.Line(c)));
        var (client, month, hours) = (Place(ClientTitles), Place(MonthTitles), Place(HoursTitles));
        return client >= 0 && month >= 0 && hours >= 0
            ? new Places(client, month, hours, cells.Count, IsTitled: true)
            : new Places(0, 1, 2, Columns, IsTitled: false);

        int Place(string[] titles) =>
            plain.FindIndex(c => titles.Any(t => c.Split(' ', '(', '-').Contains(t, StringComparer.Ordinal)));
    }

    // Quotes around a cell, doubled within it.
    private static List<string> Cells(string line, char mark)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(line[i++]);
            }
            else if (line[i] == '"' && (quoted || string.IsNullOrWhiteSpace(cell.ToString())))
            {
                quoted = !quoted;
            }
            else if (line[i] == mark && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
