using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;

namespace PorteOuverte.Ui.Tables;

/// <summary>A list, said once: its rows, its columns, what it can be searched, filtered and sorted by. The page, the spreadsheet and the query are made of it.</summary>
/// <remarks>Rows are records with init properties (<c>new MailRow { Subject = m.Subject }</c>): the database then sorts and filters over them.</remarks>
public sealed class TableOf<TRow>
    where TRow : class
{
    private const int LongestSearch = 200;
    private const int MostWords = 10;

    private readonly Func<AppDb, IQueryable<TRow>> rows;
    private readonly LambdaExpression key;
    private readonly List<TableColumn<TRow>> columns = [];
    private readonly List<TableFilter<TRow>> filters = [];
    private Expression<Func<TRow, string?>>[] searched = [];
    private bool isPlain;
    private string usualSort = "";

    private TableOf(string name, string title, Func<AppDb, IQueryable<TRow>> rows, LambdaExpression key)
    {
        (Name, Title, this.rows, this.key) = (name, title, rows, key);
    }

    /// <param name="name">How the page and its cookie name it: <c>mails</c>.</param>
    /// <param name="title">How people name it; the file for a spreadsheet too.</param>
    /// <param name="key">What tells two rows apart: the order is the same each time.</param>
    public static TableOf<TRow> By<TKey>(
        string name,
        string title,
        Func<AppDb, IQueryable<TRow>> rows,
        Expression<Func<TRow, TKey>> key
    ) => new(name, title, rows, key);

    public string Name { get; }

    public string Title { get; }

    /// <summary>All columns; the first is the name of the row and always there.</summary>
    public IReadOnlyList<TableColumn<TRow>> Columns => columns;

    public IReadOnlyList<TableFilter<TRow>> Filters => filters;

    internal bool IsSearched => searched.Length > 0;

    /// <param name="link">Where the row itself is, below the list: <c>m => $"{m.Id}"</c>; or from a slash. Null: nowhere.</param>
    public TableOf<TRow> Text(
        string key,
        string title,
        Expression<Func<TRow, string?>> of,
        Func<TRow, string?>? link = null,
        bool shown = true
    ) => Add(new(key, title, SheetKind.Text, of) { Link = link, IsShown = shown });

    public TableOf<TRow> Number<TNumber>(
        string key,
        string title,
        Expression<Func<TRow, TNumber>> of,
        int decimals = 0,
        bool shown = true
    ) => Add(new(key, title, SheetKind.Number, of) { Decimals = decimals, IsShown = shown });

    /// <summary>Whole cents.</summary>
    public TableOf<TRow> Amount(string key, string title, Expression<Func<TRow, long?>> of, bool shown = true) =>
        Add(new(key, title, SheetKind.Amount, of) { IsShown = shown });

    /// <summary>A fraction.</summary>
    public TableOf<TRow> Percent(string key, string title, Expression<Func<TRow, double?>> of, bool shown = true) =>
        Add(new(key, title, SheetKind.Percent, of) { IsShown = shown });

    public TableOf<TRow> Date(string key, string title, Expression<Func<TRow, DateOnly?>> of, bool shown = true) =>
        Add(new(key, title, SheetKind.Date, of) { IsShown = shown });

    public TableOf<TRow> Instant(string key, string title, Expression<Func<TRow, DateTime?>> of, bool shown = true) =>
        Add(new(key, title, SheetKind.Instant, of) { IsShown = shown });

    /// <summary>A word that stands out by its tone.</summary>
    public TableOf<TRow> Badge<TValue>(
        string key,
        string title,
        Expression<Func<TRow, TValue>> of,
        Func<TValue, (string? Tone, string Words)> badge,
        bool shown = true
    ) => Add(new(key, title, SheetKind.Text, of) { Badge = value => badge((TValue)value!), IsShown = shown });

    /// <summary>Leaves only rows with one value.</summary>
    public TableOf<TRow> Filter<TValue>(
        string key,
        string title,
        Expression<Func<TRow, TValue>> of,
        IEnumerable<(TValue Value, string Text)> choices
    )
    {
        ArgumentNullException.ThrowIfNull(of);
        return Filter(
            key,
            title,
            [
                .. choices.Select(c =>
                    (
                        $"{c.Value}",
                        c.Text,
                        Expression.Lambda<Func<TRow, bool>>(Expression.Equal(of.Body, Given(c.Value)), of.Parameters)
                    )
                ),
            ]
        );
    }

    /// <summary>Leaves only rows of which something holds.</summary>
    /// <param name="usual">What is left while nobody chooses; null: all.</param>
    public TableOf<TRow> Filter(
        string key,
        string title,
        IReadOnlyList<(string Value, string Text, Expression<Func<TRow, bool>> Holds)> choices,
        (string Text, Expression<Func<TRow, bool>> Holds)? usual = null
    )
    {
        filters.Add(new TableFilter<TRow>(key, title, choices, usual));
        return this;
    }

    /// <summary>What the words of a search are looked for in.</summary>
    public TableOf<TRow> Search(params Expression<Func<TRow, string?>>[] texts)
    {
        searched = texts;
        return this;
    }

    /// <summary>So too, in a text that has neither accents nor capitals any more.</summary>
    public TableOf<TRow> SearchPlain(Expression<Func<TRow, string?>> text)
    {
        isPlain = true;
        return Search(text);
    }

    /// <summary>The order when nobody says: the key of a column, with a minus before it when the greatest comes first.</summary>
    public TableOf<TRow> SortedBy(string sort)
    {
        usualSort = sort;
        return this;
    }

    /// <summary>What the address asks for, and where it is silent what was chosen before. What cannot be read is not asked.</summary>
    public TableView View(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (keptSize, keptColumns) = Kept(request);
        var size = SizeOf(Asked("size"));
        var named = Named(request.Query["cols"].ToString());
        var sort = Asked("sort");
        return new TableView(
            request.Path.Value ?? "",
            Asked("q"),
            columns.Exists(c => c.Key == (sort.StartsWith('-') ? sort[1..] : sort)) ? sort : usualSort,
            int.TryParse(Asked("page"), CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
            size ?? keptSize ?? TableView.UsualSize,
            named ?? keptColumns ?? [.. columns.Where((c, i) => c.IsShown || i == 0).Select(c => c.Key)],
            filters
                .Select(f => (f.Key, Value: Asked(f.Key), f.Choices))
                .Where(f => f.Choices.Any(c => c.Value == f.Value))
                .ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal)
        )
        {
            UsualSort = usualSort,
            NamesSize = size is not null,
            NamesColumns = named is not null,
        };

        string Asked(string name) => CleanText.Line(request.Query[name].FirstOrDefault(), LongestSearch);
    }

    /// <summary>The rows of the page that a request asks for, and their number in all: two statements.</summary>
    public async Task<Found<TRow>> Read(AppDb db, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(http);
        var view = View(http.Request);
        Keep(http, view);
        var found = Narrowed(db, view);
        // The workspace says in passing what time it is there.
        var whole = await db
            .Workspaces.Select(w => new { w.Zone, Total = found.Count() })
            .SingleAsync(http.RequestAborted);
        view = view with { Page = Math.Clamp(view.Page, 1, Math.Max(1, (whole.Total + view.Size - 1) / view.Size)) };
        return new Found<TRow>(
            view,
            await Ordered(found, view)
                .Skip((view.Page - 1) * view.Size)
                .Take(view.Size)
                .ToListAsync(http.RequestAborted),
            whole.Total,
            TimeZoneInfo.FindSystemTimeZoneById(whole.Zone)
        );
    }

    /// <summary>All rows of a view and the columns it shows, for a spreadsheet.</summary>
    internal async Task<SheetAnswer> Sheet(AppDb db, HttpContext http, SheetFormat format, string path)
    {
        var view = View(http.Request) with { Path = path };
        var shown = Shown(view);
        var zone = await db.Workspaces.Select(w => w.Zone).SingleAsync(http.RequestAborted);
        return new SheetAnswer(
            string.Join('-', PlainLetters.Of(Title).Split(' ', '\'', '/', '"')),
            format,
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            [.. shown.Select(c => new SheetColumn(c.Title, c.Kind))],
            Ordered(Narrowed(db, view), view)
                .AsAsyncEnumerable()
                .Select(row => (IReadOnlyList<object?>)[.. shown.Select(c => c.Cell(row))])
        );
    }

    internal List<TableColumn<TRow>> Shown(TableView view) => columns.FindAll(c => view.Columns.Contains(c.Key));

    private TableOf<TRow> Add(TableColumn<TRow> column)
    {
        columns.Add(column);
        return this;
    }

    private IQueryable<TRow> Narrowed(AppDb db, TableView view)
    {
        var found = rows(db);
        foreach (var holds in filters.Select(f => f.Chosen(view)).OfType<Expression<Func<TRow, bool>>>())
        {
            found = found.Where(holds);
        }
        // Each word is one condition more for the database: whoever pastes a page is not looking for all of it.
        string[] words =
        [
            .. PlainLetters
                .Of(view.Search)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal)
                .Take(MostWords),
        ];
        if (searched.Length == 0 || words.Length == 0)
        {
            return found;
        }
        var row = searched[0].Parameters[0];
        var text = searched
            .Select(s => ReplacingExpressionVisitor.Replace(s.Parameters[0], row, s.Body))
            .Select(OrEmpty)
            .Aggregate((all, one) => Joined(Joined(all, Expression.Constant(" ")), one));
        foreach (var word in words)
        {
            var contains = Expression.Call(isPlain ? text : Plain(text), nameof(string.Contains), null, Given(word));
            found = found.Where(Expression.Lambda<Func<TRow, bool>>(contains, row));
        }
        return found;
    }

    private IQueryable<TRow> Ordered(IQueryable<TRow> found, TableView view)
    {
        var first = true;
        if (columns.Find(c => c.Key == view.SortedBy) is { Of: var of } column)
        {
            if (of.ReturnType == typeof(string))
            {
                By(Plain(OrEmpty(of.Body)), of, view.IsDescending);
            }
            else
            {
                if (!of.ReturnType.IsValueType || Nullable.GetUnderlyingType(of.ReturnType) is not null)
                {
                    // What is missing comes last; left to themselves the databases would differ.
                    By(Expression.Equal(of.Body, Expression.Constant(null, of.ReturnType)), of, descending: false);
                }
                By(of.Body, of, view.IsDescending);
            }
        }
        By(key.Body, key, view.IsDescending);
        return found;

        void By(Expression value, LambdaExpression row, bool descending)
        {
            var order = (first ? "OrderBy" : "ThenBy") + (descending ? "Descending" : "");
            found = found.Provider.CreateQuery<TRow>(
                Expression.Call(
                    typeof(Queryable),
                    order,
                    [typeof(TRow), value.Type],
                    found.Expression,
                    Expression.Quote(Expression.Lambda(value, row.Parameters))
                )
            );
            first = false;
        }
    }

    private static MethodCallExpression Plain(Expression text) =>
        Expression.Call(((Func<string, string>)PlainLetters.Of).Method, text);

    private static BinaryExpression OrEmpty(Expression text) => Expression.Coalesce(text, Expression.Constant(""));

    private static BinaryExpression Joined(Expression left, Expression right) =>
        Expression.Add(left, right, ((Func<string?, string?, string>)string.Concat).Method);

    // As a parameter of the statement: the database knows the next one already.
    private static MemberExpression Given<TValue>(TValue value) =>
        Expression.Property(Expression.Constant(new Parameter<TValue>(value)), nameof(Parameter<>.Value));

    private sealed record Parameter<TValue>(TValue Value);

    private string Cookie => "porte-list-" + Name;

    private (int? Size, IReadOnlyList<string>? Columns) Kept(HttpRequest request)
    {
        var kept = request.Cookies[Cookie]?.Split('.', 2) ?? [];
        return kept.Length == 2 ? (SizeOf(kept[0]), Named(kept[1].Replace('.', ','))) : (null, null);
    }

    // Only when it was just chosen: who opens an address somebody sent keeps a choice of one's own.
    private void Keep(HttpContext http, TableView view)
    {
        if (http.Request.Query.ContainsKey("keep"))
        {
            http.Response.Cookies.Append(
                Cookie,
                string.Join('.', [$"{view.Size}", .. view.Columns]),
                new CookieOptions
                {
                    Path = view.Path,
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = http.Request.IsHttps,
                    MaxAge = TimeSpan.FromDays(400),
                }
            );
        }
    }

    private static int? SizeOf(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var size) && TableView.Sizes.Contains(size) ? size : null;

    /// <summary>The columns of a list of keys, with the first, which is always there; null: it names none.</summary>
    private List<string>? Named(string keys)
    {
        var named = keys.Split(',');
        return columns.Exists(c => named.Contains(c.Key))
            ? [.. columns.Where((c, i) => i == 0 || named.Contains(c.Key)).Select(c => c.Key)]
            : null;
    }
}

/// <summary>The rows of one page of a list.</summary>
/// <param name="View">What was asked, as far as it could be.</param>
/// <param name="Total">How many rows there are on all pages.</param>
/// <param name="Zone">What time it is in the workspace.</param>
public sealed record Found<TRow>(TableView View, IReadOnlyList<TRow> Rows, int Total, TimeZoneInfo Zone);
