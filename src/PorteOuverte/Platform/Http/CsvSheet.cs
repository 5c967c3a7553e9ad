using System.Globalization;
using System.Text;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Http;

/// <summary>Writes a sheet as text: UTF-8 with its mark, semicolons and a decimal comma in French, commas and a point in English.</summary>
internal sealed class CsvSheet(Texts texts, TimeZoneInfo zone, IReadOnlyList<SheetColumn> columns)
{
    private readonly char separator = texts.Culture.TwoLetterISOLanguageName == "fr" ? ';' : ',';

    private readonly NumberFormatInfo numbers = new()
    {
        NumberDecimalSeparator = texts.Culture.TwoLetterISOLanguageName == "fr" ? "," : ".",
    };

    public async Task Write(
        Stream stream,
        IAsyncEnumerable<IReadOnlyList<object?>> rows,
        CancellationToken cancellation
    )
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true);
        await writer.WriteAsync(Line(columns.Select(c => Text(c.Title))));
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await writer.WriteAsync(Line(row.Zip(columns, (value, column) => Cell(value, column.Kind))));
        }
    }

    internal string Cell(object? value, SheetKind kind) =>
        (kind, value) switch
        {
            (_, null) => "",
            (SheetKind.Number, _) => Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture), "0.############"),
            (SheetKind.Amount, _) => Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture) / 100, "0.00"),
            (SheetKind.Percent, _) => Number(
                Convert.ToDecimal(value, CultureInfo.InvariantCulture) * 100,
                "0.############"
            ) + "%",
            // The order of figures that no spreadsheet takes for another day.
            (SheetKind.Date, DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (SheetKind.Instant, DateTime instant) => SheetAnswer
                .OnTheWall(instant, zone)
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            (SheetKind.Flag, bool flag) => texts[flag ? "yes" : "no"],
            _ => Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        };

    private string Number(decimal value, string format) => value.ToString(format, numbers);

    private string Text(string text)
    {
        // A spreadsheet computes what begins like a formula, whoever wrote it.
        var safe = text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny([separator, '"', '\r', '\n'])
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private string Line(IEnumerable<string> cells) => string.Join(separator, cells) + "\r\n";
}
