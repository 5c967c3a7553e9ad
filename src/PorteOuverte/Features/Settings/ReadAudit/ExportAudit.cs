using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings.ReadAudit;

/// <summary>The lines of a filter as a table for a spreadsheet.</summary>
internal static class ExportAudit
{
    private static readonly string[] Columns =
    [
        "number",
        "at",
        "who",
        "sentence",
        "code",
        "subject",
        "details",
        "source",
        "hash",
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/e/{workspace}/settings/audit.csv",
                (HttpContext http, ReadAuditHandler handler) =>
                {
                    var texts = ReadAuditText.Current;
                    return new CsvAnswer(
                        texts["file"],
                        texts.Culture,
                        [.. Columns.Select(c => texts[c])],
                        handler.All(ReadAudit.Of(http.Request.Query), http.RequestAborted).Select(Cells)
                    );
                }
            )
            .Needs(Role.Owner);

    private static string?[] Cells(AuditRow row) =>
        [
            row.Number.ToString(CultureInfo.InvariantCulture),
            row.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            row.Who,
            row.Sentence,
            row.Action,
            row.Subject,
            string.Join(" · ", row.Details.Select(d => $"{d.Name} = {d.Value}")),
            row.Source,
            row.Hash,
        ];
}
