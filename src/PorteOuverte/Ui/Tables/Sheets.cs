using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Ui.Tables;

/// <summary>Below the address of a list, the same list for a spreadsheet: sheet.csv and sheet.xlsx.</summary>
public static class Sheets
{
    /// <param name="address">Of the page of the list.</param>
    /// <param name="least">The role that the page needs.</param>
    public static void MapSheet<TRow>(
        this IEndpointRouteBuilder routes,
        string address,
        Role least,
        Func<TableOf<TRow>> table
    )
        where TRow : class => routes.MapSheet(address, least, (_, _) => Task.FromResult<TableOf<TRow>?>(table()));

    /// <param name="address">Of the page of the list.</param>
    /// <param name="least">The role that the page needs.</param>
    /// <param name="table">Where it takes rows to say what the list is; null: there is no such list.</param>
    public static void MapSheet<TRow>(
        this IEndpointRouteBuilder routes,
        string address,
        Role least,
        Func<HttpContext, AppDb, Task<TableOf<TRow>?>> table
    )
        where TRow : class
    {
        foreach (var format in Enum.GetValues<SheetFormat>())
        {
            var below = Below(format);
            routes
                .MapGet(
                    address + below,
                    async Task<IResult> (HttpContext http, AppDb db) =>
                        await table(http, db) is { } found
                            ? await found.Sheet(db, http, format, http.Request.Path.Value![..^below.Length])
                            : Results.NotFound()
                )
                .Needs(least);
        }
    }

    internal static string Below(SheetFormat format) => format == SheetFormat.Csv ? "/sheet.csv" : "/sheet.xlsx";
}
