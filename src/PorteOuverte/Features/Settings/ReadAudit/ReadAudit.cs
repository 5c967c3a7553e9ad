using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings.ReadAudit;

/// <summary>Which lines, newest first.</summary>
/// <param name="Person">The id of a person, or <see cref="Nobody"/>.</param>
/// <param name="Before">Only lines below this number: where the page before ended.</param>
public sealed record ReadAudit(
    string? Person,
    string? Action,
    DateOnly? From,
    DateOnly? To,
    string? Text,
    long? Before = null
)
{
    /// <summary>The lines of the program itself.</summary>
    public const string Nobody = "none";

    private const int LongestText = 200;

    /// <summary>The filter as it stands in the address. What cannot be read is not asked.</summary>
    public static ReadAudit Of(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new ReadAudit(
            Filled("person"),
            Filled("action"),
            Day("from"),
            Day("to"),
            Filled("text"),
            long.TryParse(Filled("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var before)
                ? before
                : null
        );

        string? Filled(string name) => CleanText.Line(query[name], LongestText) is { Length: > 0 } value ? value : null;

        DateOnly? Day(string name) =>
            DateOnly.TryParseExact(Filled(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day)
            && day.Year is > 1900 and < 9999
                ? day
                : null;
    }

    public bool IsFiltered => (Person, Action, From, To, Text) is not (null, null, null, null, null);

    /// <summary>The address of the same filter elsewhere, or further down.</summary>
    public string Address(string path, long? before = null)
    {
        var query = QueryString.Create(
            new KeyValuePair<string, string?>[]
            {
                new("person", Person),
                new("action", Action),
                new("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                new("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                new("text", Text),
                new("before", before?.ToString(CultureInfo.InvariantCulture)),
            }.Where(p => p.Value is not null)
        );
        return path + query.ToUriComponent();
    }
}

/// <summary>One line, in words.</summary>
/// <param name="At">In the zone of the workspace.</param>
public sealed record AuditRow(
    long Number,
    DateTime At,
    string Who,
    string Sentence,
    string Action,
    string? Subject,
    string? Source,
    IReadOnlyList<(string Name, string Value)> Details,
    string Hash
);

/// <param name="Older">Where the next page begins; null: there is none.</param>
public sealed record AuditPage(
    IReadOnlyList<AuditRow> Rows,
    long? Older,
    IReadOnlyList<(string Value, string Text)> People,
    IReadOnlyList<(string Value, string Text)> Actions,
    RecentChain Chain
);

/// <summary>Finds lines of the trail and says them in words.</summary>
public sealed class ReadAuditHandler(AppDb db, AuditWords words)
{
    private const int PageLength = 50;

    private readonly Texts texts = ReadAuditText.Current;

    public async Task<AuditPage> Handle(ReadAudit query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var people = await People(cancellation);
        var actions = await Actions(cancellation);
        var zone = await Zone(cancellation);
        var lines = await Filtered(query, people, actions, zone)
            .OrderByDescending(l => l.Number)
            .Take(PageLength + 1)
            .Select(Columns)
            .ToListAsync(cancellation);
        return new AuditPage(
            [.. lines.Take(PageLength).Select(l => Row(l, people, zone))],
            lines.Count > PageLength ? lines[PageLength - 1].Number : null,
            people.Choices,
            [.. actions.Select(a => (a, Plain(a))).OrderBy(a => a.Item2, StringComparer.CurrentCulture)],
            await RecentChain.Check(db, cancellation)
        );
    }

    /// <summary>All lines of a filter, one at a time.</summary>
    public async IAsyncEnumerable<AuditRow> All(
        ReadAudit query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        var people = await People(cancellation);
        var actions = await Actions(cancellation);
        var zone = await Zone(cancellation);
        await foreach (
            var line in Filtered(query, people, actions, zone)
                .OrderByDescending(l => l.Number)
                .Select(Columns)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            yield return Row(line, people, zone);
        }
    }

    private sealed record Line(
        long Number,
        DateTime At,
        Id<Person>? PersonId,
        string? Source,
        string Action,
        string? SubjectKind,
        string? SubjectId,
        string? Details,
        byte[] Hash
    );

    private static readonly Expression<Func<AuditLine, Line>> Columns = l => new Line(
        l.Number,
        l.At,
        l.PersonId,
        l.Source,
        l.Action,
        l.SubjectKind,
        l.SubjectId,
        l.Details,
        l.Hash
    );

    private IQueryable<AuditLine> Filtered(ReadAudit query, Names people, List<string> actions, TimeZoneInfo zone)
    {
        var lines = db.AuditLines.AsNoTracking();
        if (query.Before is { } before)
        {
            lines = lines.Where(l => l.Number < before);
        }
        if (query.Person == ReadAudit.Nobody)
        {
            lines = lines.Where(l => l.PersonId == null);
        }
        else if (query.Person is not null)
        {
            Id<Person>? person = Id<Person>.TryParse(query.Person, null, out var id) ? id : default(Id<Person>);
            lines = lines.Where(l => l.PersonId == person);
        }
        if (query.Action is { } action)
        {
            lines = lines.Where(l => l.Action == action);
        }
        if (query.From is { } from)
        {
            var start = Begins(from, zone);
            lines = lines.Where(l => l.At >= start);
        }
        if (query.To is { } to)
        {
            var end = Begins(to.AddDays(1), zone);
            lines = lines.Where(l => l.At < end);
        }
        if (query.Text is { } text)
        {
            // What people read is made of names and of words that do not stand in the line: they are looked for here.
            var said = actions.Where(a => Contains(Plain(a), text)).ToList();
            var named = people.Known.Where(p => Contains(p.Value, text)).Select(p => (Id<Person>?)p.Key).ToList();
            var program = Contains(people.Program, text);
            var code = text.ToLowerInvariant();
            lines = lines.Where(l =>
                said.Contains(l.Action)
                || named.Contains(l.PersonId)
                || (program && l.PersonId == null)
                || l.Action.Contains(code)
                || l.SubjectId!.Contains(code)
                || l.SubjectKind!.Contains(code)
                || l.Source!.Contains(code)
                || l.Details!.Contains(text)
            );
        }
        return lines;
    }

    private AuditRow Row(Line line, Names people, TimeZoneInfo zone)
    {
        var who = people.Of(line.PersonId);
        return new AuditRow(
            line.Number,
            TimeZoneInfo.ConvertTimeFromUtc(line.At, zone),
            who,
            words.Sentence(line.Action, who, line.SubjectKind),
            line.Action,
            line.SubjectKind is null ? null : $"{words.Kind(line.SubjectKind)} {line.SubjectId}",
            line.Source,
            [.. Details(line.Details)],
            Convert.ToHexStringLower(line.Hash)
        );
    }

    private IEnumerable<(string Name, string Value)> Details(string? json)
    {
        if (json is null)
        {
            yield break;
        }
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            // Somebody wrote something else there; the chain says so.
        }
        using (document)
        {
            if (document?.RootElement.ValueKind != JsonValueKind.Object)
            {
                yield return (texts["details"], json);
                yield break;
            }
            foreach (var detail in document.RootElement.EnumerateObject())
            {
                yield return (
                    words.Detail(detail.Name),
                    detail.Value.ValueKind == JsonValueKind.Array
                        ? string.Join(", ", detail.Value.EnumerateArray())
                        : detail.Value.ToString()
                );
            }
        }
    }

    // A sentence without who and what: "opened the workspace".
    private string Plain(string action)
    {
        var sentence = words.Sentence(action, "", "").Trim(' ', '·', ':', '\u00A0');
        return sentence.Length == 0 ? action : char.ToUpper(sentence[0], texts.Culture) + sentence[1..];
    }

    private async Task<Names> People(CancellationToken cancellation)
    {
        var ids = await db.AuditLines.Select(l => l.PersonId).Distinct().ToListAsync(cancellation);
        var known = ids.OfType<Id<Person>>().Select(id => id.Value).ToList();
        var names = await db
            .People.Where(p => known.Contains(p.Id))
            .Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => new Id<Person>(p.Id), p => p.Name, cancellation);
        return new Names(names, texts["program"], texts["gone"]);
    }

    /// <summary>Who acts in the lines: people by their names, as far as they are still there.</summary>
    private sealed record Names(Dictionary<Id<Person>, string> Known, string Program, string Gone)
    {
        public string Of(Id<Person>? person) => person is { } id ? Known.GetValueOrDefault(id, Gone) : Program;

        public IReadOnlyList<(string Value, string Text)> Choices =>
            [
                .. Known.Select(p => ($"{p.Key}", p.Value)).OrderBy(p => p.Value, StringComparer.CurrentCulture),
                (ReadAudit.Nobody, Program),
            ];
    }

    private Task<List<string>> Actions(CancellationToken cancellation) =>
        db.AuditLines.Select(l => l.Action).Distinct().ToListAsync(cancellation);

    private async Task<TimeZoneInfo> Zone(CancellationToken cancellation) =>
        TimeZoneInfo.FindSystemTimeZoneById(await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation));

    private static bool Contains(string words, string text) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(
            words,
            text,
            CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace
        ) >= 0;

    private static DateTime Begins(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return DateTime.SpecifyKind(midnight - zone.GetUtcOffset(midnight), DateTimeKind.Utc);
    }
}
