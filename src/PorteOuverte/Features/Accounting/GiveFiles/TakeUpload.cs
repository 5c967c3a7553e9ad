using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Accounting.GiveFiles;

/// <summary>The form of the accounting page, taken in as it comes: a large ledger never stands in memory, nor twice on the disk.</summary>
internal static class TakeUpload
{
    private const int LongestBoundary = 200;
    private const int LongestToken = 4096;
    private const string TokenField = "__RequestVerificationToken";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/e/{workspace}/accounting/imports", Take).Needs(Role.Manager);

    private static async Task<IResult> Take(
        HttpContext http,
        string workspace,
        GiveFilesHandler handler,
        IAntiforgery antiforgery,
        AccountingSettings settings,
        Toasts toasts
    )
    {
        var here = $"/e/{workspace}/accounting";
        // Counted by us, file by file, so that the answer can be a sentence.
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize =
            settings.LargestFile * AccountingSettings.MostFiles;
        try
        {
            if (Boundary(http.Request) is not { } boundary)
            {
                return Results.BadRequest();
            }
            var reader = new MultipartReader(boundary, http.Request.Body);
            // The form says first who sends it: until then nothing is kept.
            if (
                await reader.ReadNextSectionAsync(http.RequestAborted) is not { } first
                || Disposition(first) is not { } disposition
                || HeaderUtilities.RemoveQuotes(disposition.Name) != TokenField
            )
            {
                return Results.BadRequest();
            }
            http.Request.Headers["RequestVerificationToken"] = await Short(first.Body, http.RequestAborted);
            await antiforgery.ValidateRequestAsync(http);
            var import = await handler.Handle(Files(reader, http.RequestAborted), http.RequestAborted);
            return Results.LocalRedirect($"{here}/imports/{import}");
        }
        catch (AntiforgeryValidationException)
        {
            return Results.BadRequest();
        }
        catch (Refusal refusal)
        {
            toasts.Say(refusal.Message);
            return Results.LocalRedirect(here);
        }
    }

    private static async IAsyncEnumerable<GivenFile> Files(
        MultipartReader reader,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            // An empty choice is a file without a name.
            if (Disposition(section) is { } disposition && Name(disposition) is { Length: > 0 } name)
            {
                yield return new GivenFile(name, section.Body);
            }
        }
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : null;

    private static ContentDispositionHeaderValue? Disposition(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ? disposition : null;

    private static string? Name(ContentDispositionHeaderValue disposition) =>
        // Some browsers send the whole path.
        HeaderUtilities
            .RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
            .Value?.Split('/', '\\')[^1];

    private static async Task<string> Short(Stream content, CancellationToken cancellation)
    {
        var buffer = new byte[LongestToken];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, read);
    }
}
