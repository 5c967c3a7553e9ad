using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Settings.ReadAudit;

/// <summary>The lines of a filter as a table for a spreadsheet.</summary>
internal static class ExportAudit
{
    private static readonly (string Title, SheetKind Kind)[] Columns =
    [
        ("number", SheetKind.Number),
        ("at", SheetKind.Instant),
        ("who", SheetKind.Text),
        ("sentence", SheetKind.Text),
        ("code", SheetKind.Text),
        ("subject", SheetKind.Text),
        ("details", SheetKind.Text),
        ("source", SheetKind.Text),
        ("hash", SheetKind.Text),
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/e/{workspace}/settings/audit.csv",
                (HttpContext http, ReadAuditHandler handler) =>
                {
                    var texts = ReadAuditText.Current;
                    return new SheetAnswer(
                        texts["file"],
                        SheetFormat.Csv,
                        // The rows say already what the clock on the wall showed.
                        TimeZoneInfo.Utc,
                        [.. Columns.Select(c => new SheetColumn(texts[c.Title], c.Kind))],
                        handler.All(ReadAudit.Of(http.Request.Query), http.RequestAborted).Select(Cells)
                    );
                }
            )
            .Needs(Role.Owner);

    private static object?[] Cells(AuditRow row) =>
        [
            row.Number,
            row.At,
            row.Who,
            row.Sentence,
            row.Action,
            row.Subject,
            string.Join(" · ", row.Details.Select(d => $"{d.Name} = {d.Value}")),
            row.Source,
            row.Hash,
        ];
}
