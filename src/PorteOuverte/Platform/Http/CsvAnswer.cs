using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PorteOuverte.Platform.Http;

/// <summary>A list as a file for a spreadsheet: UTF-8 with its mark, semicolons where the comma is a decimal one, sent row by row.</summary>
/// <param name="name">Of the file, without its ending.</param>
public sealed class CsvAnswer(
    string name,
    CultureInfo culture,
    IReadOnlyList<string?> header,
    IAsyncEnumerable<IReadOnlyList<string?>> rows
) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var separator = culture.TwoLetterISOLanguageName == "fr" ? ';' : ',';
        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        await using var writer = new StreamWriter(httpContext.Response.Body, new UTF8Encoding(true));
        await writer.WriteAsync(Line(header, separator));
        await foreach (var row in rows.WithCancellation(httpContext.RequestAborted))
        {
            await writer.WriteAsync(Line(row, separator));
        }
    }

    internal static string Line(IEnumerable<string?> cells, char separator) =>
        string.Join(separator, cells.Select(c => Cell(c ?? "", separator))) + "\r\n";

    private static string Cell(string text, char separator)
    {
        // A spreadsheet computes what begins like a formula, whoever wrote it.
        var safe = text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny([separator, '"', '\r', '\n'])
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
