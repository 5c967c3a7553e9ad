using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Clients;

public sealed class FilesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothDatabases]
    public async Task Several_files_are_kept_and_had_again_byte_by_byte(string database)
    {
        await using var there = await Portfolio.Open(database);
        byte[] bytes = [0, 1, 2, 255, 13, 10, 45, 45];
        using var kept = await Send(
            there,
            ("Contrat signé.pdf", bytes),
            ("..\\..\\page.html", "<script>alert(1)</script>"u8.ToArray())
        );
        kept.Headers.Location!.ToString().ShouldBe(there.Sheet + "/files#files");
        var page = await there.Visitor.Read(there.Sheet + "/files");
        page.ShouldContain("2\u00A0fichiers gardés");
        page.ShouldContain("Contrat signé.pdf");
        page.ShouldContain("8\u00A0o");
        using var pdf = await there.Visitor.Get(await Address(there, "Contrat signé.pdf"));
        (await pdf.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(bytes);
        pdf.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        using var html = await there.Visitor.Get(await Address(there, "page.html"));
        html.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        foreach (var answer in new[] { pdf, html })
        {
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
        pdf.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("Contrat signé.pdf");
        (await there.Deeds()).Count(d => d == "file.kept").ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_file_too_large_is_named_and_the_others_are_kept(string database)
    {
        await using var there = await Portfolio.Open(database);
        using var sent = await Send(
            there,
            ("Petit.txt", [1]),
            ("Film.mov", new byte[ClientFile.Largest + 1]),
            ("Juste.bin", new byte[ClientFile.Largest])
        );
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await there.Visitor.Read(there.Sheet + "/files");
        page.ShouldContain("«\u00A0Film.mov\u00A0» dépasse 20\u00A0Mo");
        page.ShouldContain("Petit.txt");
        page.ShouldContain("21\u00A0Mo");
        (await there.Ask(db => db.ClientFiles.CountAsync(Stop))).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_too_much_at_once_is_refused_before_it_is_read()
    {
        await using var there = await Portfolio.Open("sqlite");
        using var request = new HttpRequestMessage(HttpMethod.Post, there.Sheet + "/files/add")
        {
            Content = new Announced(),
        };
        request.Headers.ExpectContinue = true;
        using var answer = await there.Visitor.Http.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await there.Visitor.Read(there.Sheet + "/files")).ShouldContain("C’est trop à la fois");
    }

    [Fact]
    public async Task More_than_ten_files_are_said()
    {
        await using var there = await Portfolio.Open("sqlite");
        using var sent = await Send(
            there,
            [.. Enumerable.Range(1, 12).Select(i => ($"f{i:00}.txt", new byte[] { 1 }))]
        );
        var page = await there.Visitor.Read(there.Sheet + "/files");
        page.ShouldContain("Dix fichiers à la fois");
        page.ShouldContain("f11.txt");
        (await there.Ask(db => db.ClientFiles.CountAsync(Stop))).ShouldBe(10);
    }

    [Theory, BothDatabases]
    public async Task Without_the_proof_of_the_form_nothing_is_kept(string database)
    {
        await using var there = await Portfolio.Open(database);
        foreach (var token in new[] { null, "faux" })
        {
            using var body = new MultipartFormDataContent();
            if (token is not null)
            {
                body.Add(new StringContent(token), "__RequestVerificationToken");
            }
            body.Add(new ByteArrayContent([1]), "files", "a.txt");
            using var answer = await there.Visitor.Http.PostAsync(
                new Uri(there.Sheet + "/files/add", UriKind.Relative),
                body,
                Stop
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
        (await there.Ask(db => db.ClientFiles.CountAsync(Stop))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_file_removed_is_had_back_and_meanwhile_not_there(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Send(there, ("Devis.pdf", [1]));
        var address = await Address(there, "Devis.pdf");
        using var removed = await there.Visitor.Submit(there.Sheet + "/files", address + "/remove");
        using var gone = await there.Visitor.Get(address);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var restored = await there.Visitor.Submit(there.Sheet + "/files", address + "/restore");
        using var back = await there.Visitor.Get(address);
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothDatabases]
    public async Task A_reader_takes_files_and_leaves_none_and_strangers_have_nothing(string database)
    {
        await using var there = await Portfolio.Open(database);
        await Send(there, ("Devis.pdf", [1]));
        var address = await Address(there, "Devis.pdf");
        using var reader = await there.Colleague(Role.Reader);
        using var read = await reader.Get(address);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.Read(there.Sheet + "/files")).ShouldNotContain("/files/add");
        var (others, stranger) = await there.House.NewWorkspace("Autre");
        using var elsewhere = await there.House.SignedIn(stranger);
        using var hidden = await elsewhere.Get(
            address.Replace(there.Workspace.ToString(), others.ToString(), StringComparison.Ordinal)
        );
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpResponseMessage> Send(Portfolio there, params (string Name, byte[] Content)[] files)
    {
        var form = await there.Visitor.Fill(there.Sheet + "/files", there.Sheet + "/files/add");
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in form.Hidden)
        {
            body.Add(new StringContent(value), name);
        }
        foreach (var (name, content) in files)
        {
            body.Add(new ByteArrayContent(content), "files", name);
        }
        return await there.Visitor.Http.PostAsync(new Uri(form.Address, UriKind.Relative), body, Stop);
    }

    private static async Task<string> Address(Portfolio there, string name) =>
        $"/e/{there.Workspace}/files/"
        + await there.Ask(db => db.ClientFiles.Where(f => f.Name == name).Select(f => f.Id).SingleAsync(Stop));

    // Says how much there is, and waits to be asked for it.
    private sealed class Announced : HttpContent
    {
        public Announced() => Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException("Nobody asked for it.");

        protected override bool TryComputeLength(out long length)
        {
            length = 2_000_000_000;
            return true;
        }
    }
}
