using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;
using PorteOuverte.Ui;

namespace PorteOuverte.Features.Clients.KeepFiles;

/// <summary>Files on their way in and out. What comes in is read part by part as it arrives, one file in memory at a time; no library gathers the whole first.</summary>
internal static class FileRoutes
{
    private const int MostFiles = 10;
    private const int LongestToken = 4096;
    private const int LongestWithoutFiles = 64 * 1024;

    // Ten of the largest, and what stands between them.
    private const long MostAtOnce = (MostFiles * ClientFile.Largest) + (1024 * 1024);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/e/{workspace}/clients/{id}/files/add", Receive)
            .WithMetadata(new RequestSizeLimitAttribute(MostAtOnce))
            .Needs(Role.Member);
        routes
            .MapGet(
                "/e/{workspace}/files/{id}",
                async (Id<ClientFile> id, KeepFilesHandler files, CancellationToken cancellation) =>
                    await files.Find(id, cancellation) is { } file
                        // With a name: to be saved, not shown.
                        ? Results.Bytes(file.Content, file.MediaType, file.Name)
                        : Results.NotFound()
            )
            .Needs(Role.Reader);
        routes.MapRemoval<KeepFilesHandler, ClientFile>(
            "/e/{workspace}/files/{id}",
            Role.Member,
            () => FilesText.Current["fileRemoved"],
            (handler, id, stop) => handler.Remove(id, stop),
            (handler, id, stop) => handler.Restore(id, stop)
        );
    }

    private static async Task<IResult> Receive(
        HttpContext http,
        string workspace,
        Id<Client> id,
        KeepFilesHandler files,
        IAntiforgery antiforgery,
        Toasts toasts
    )
    {
        var stop = http.RequestAborted;
        var texts = FilesText.Current;
        var back = Back.From(http, $"{OneClient.Sheet(workspace, id)}/files") + "#files";
        if (http.Request.ContentLength > MostAtOnce)
        {
            // Said before any of it is read.
            toasts.Refuse(texts["allTooLarge"]);
            return Results.LocalRedirect(back);
        }
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary
        )
        {
            // No files at all, and so nothing long.
            http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LongestWithoutFiles;
            return await antiforgery.IsRequestValidAsync(http) && !await files.IsThere(id, stop)
                ? Results.NotFound()
                : Results.BadRequest();
        }
        var reader = new MultipartReader(boundary, http.Request.Body);
        var (kept, proven, refused) = (0, false, new List<string>());
        while (await reader.ReadNextSectionAsync(stop) is { } part)
        {
            if (part.GetContentDispositionHeader() is not { } disposition)
            {
                continue;
            }
            if (!disposition.IsFileDisposition())
            {
                if (HeaderUtilities.RemoveQuotes(disposition.Name) == antiforgery.GetTokens(http).FormFieldName)
                {
                    proven = await IsOurs(http, antiforgery, part.Body, stop);
                }
                continue;
            }
            if (!proven)
            {
                // The proof stands before the files: without it, none of them is read.
                return Results.BadRequest();
            }
            if (kept + refused.Count == 0 && !await files.IsThere(id, stop))
            {
                return Results.NotFound();
            }
            var name = Name(disposition);
            if (name is null)
            {
                continue;
            }
            if (kept + refused.Count >= MostFiles)
            {
                refused.Add(texts.Format("tooMany", name));
                break;
            }
            if (await Content(part.Body, stop) is { } content)
            {
                await files.Keep(id, name, content, stop);
                kept++;
            }
            else
            {
                refused.Add(texts.Format("tooLarge", name));
            }
        }
        if (!proven)
        {
            return Results.BadRequest();
        }
        Tell(toasts, texts, kept, refused);
        return Results.LocalRedirect(back);
    }

    private static void Tell(Toasts toasts, Texts texts, int kept, List<string> refused)
    {
        if (refused.Count > 0)
        {
            toasts.Refuse(string.Join(' ', kept > 0 ? [.. refused, texts.Count("kept", kept)] : refused));
        }
        else if (kept > 0)
        {
            toasts.Say(texts.Count("kept", kept));
        }
        else
        {
            toasts.Refuse(texts["nothing"]);
        }
    }

    // The library would read the whole form for it: it takes it from the header as well.
    private static async Task<bool> IsOurs(
        HttpContext http,
        IAntiforgery antiforgery,
        Stream body,
        CancellationToken stop
    )
    {
        var token = new byte[LongestToken];
        var length = await body.ReadAtLeastAsync(token, token.Length, throwOnEndOfStream: false, stop);
        http.Request.Headers[antiforgery.GetTokens(http).HeaderName!] = System.Text.Encoding.ASCII.GetString(
            token,
            0,
            length
        );
        return await antiforgery.IsRequestValidAsync(http);
    }

    /// <summary>Null of the empty field of a form in which no file was chosen.</summary>
    private static string? Name(ContentDispositionHeaderValue disposition)
    {
        var sent = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName
        );
        // Some browsers send the whole path.
        var name = (sent.Value ?? "").Split('/', '\\')[^1];
        return sent.Length == 0 ? null
            : CleanText.Line(name, ClientFile.LongestName) is { Length: > 0 } clean ? clean
            : FilesText.Current["unnamed"];
    }

    /// <summary>Null as soon as it is larger than may be.</summary>
    private static async Task<byte[]?> Content(Stream body, CancellationToken stop)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int length;
        while ((length = await body.ReadAsync(buffer, stop)) > 0)
        {
            if (content.Length + length > ClientFile.Largest)
            {
                return null;
            }
            content.Write(buffer, 0, length);
        }
        return content.ToArray();
    }
}
