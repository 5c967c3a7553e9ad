using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Platform.Http;

public enum SheetFormat
{
    Csv,
    Xlsx,
}

/// <summary>What the cells of a column are, so that a spreadsheet reckons with them.</summary>
public enum SheetKind
{
    Text,
    Number,

    /// <summary>Whole cents, shown as euros.</summary>
    Amount,

    /// <summary>A fraction: 0.12 is 12 %.</summary>
    Percent,
    Date,

    /// <summary>UTC, shown in the zone of the workspace.</summary>
    Instant,
    Flag,
}

public sealed record SheetColumn(string Title, SheetKind Kind);

/// <summary>A list as a file for a spreadsheet, in the language of the reader; sent row by row, however many there are.</summary>
/// <param name="name">Of the file, without its ending.</param>
/// <param name="rows">A value for each column; null: an empty cell.</param>
public sealed class SheetAnswer(
    string name,
    SheetFormat format,
    TimeZoneInfo zone,
    IReadOnlyList<SheetColumn> columns,
    IAsyncEnumerable<IReadOnlyList<object?>> rows
) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var (answer, stop) = (httpContext.Response, httpContext.RequestAborted);
        var (ending, type) = format switch
        {
            SheetFormat.Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            _ => ("csv", "text/csv; charset=utf-8"),
        };
        answer.ContentType = type;
        answer.Headers.ContentDisposition = $"attachment; filename=\"{name}.{ending}\"";
        var texts = HttpText.Current;
        return format == SheetFormat.Xlsx
            ? new XlsxSheet(name, zone, columns).Write(answer.Body, rows, stop)
            : new CsvSheet(texts, zone, columns).Write(answer.Body, rows, stop);
    }

    /// <summary>An instant as the clock on the wall shows it there.</summary>
    internal static DateTime OnTheWall(DateTime utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
}
