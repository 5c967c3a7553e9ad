using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

/// <summary>What every answer carries, and how a refusal and a defect are told.</summary>
public sealed class AnswersTests
{
    [Fact]
    public async Task Every_answer_tells_the_browser_what_not_to_do()
    {
        await using var house = await House.With(new Trouble());
        var (workspace, person) = await house.NewWorkspace(role: Role.Reader);
        using var visitor = await house.SignedIn(person);
        foreach (
            var path in new[]
            {
                $"/e/{workspace}/settings",
                $"/e/{workspace}/settings/jobs",
                "/sign-in",
                "/nowhere",
                "/refused",
                "/broken",
                "/health",
                "/",
                Bundle.Address("porte.css"),
            }
        )
        {
            foreach (var type in new[] { "text/html", "application/json" })
            {
                using var answer = await Ask(visitor, path, type);
                var policy = Header(answer, "Content-Security-Policy");
                policy.ShouldContain("default-src 'none'", Case.Sensitive, path);
                policy.ShouldContain("frame-ancestors 'none'", Case.Sensitive, path);
                policy.ShouldNotContain("unsafe", Case.Sensitive, path);
                Header(answer, "X-Content-Type-Options").ShouldBe("nosniff", path);
                Header(answer, "Referrer-Policy").ShouldBe("same-origin", path);
                answer.Headers.CacheControl.ShouldNotBeNull(path);
                answer.Headers.Contains("Server").ShouldBeFalse(path);
                answer.Headers.Contains("X-Powered-By").ShouldBeFalse(path);
            }
        }
    }

    [Theory]
    [InlineData("fr", "Ce n’est pas possible ainsi")]
    [InlineData("en", "This cannot be done that way")]
    public async Task A_broken_rule_is_said_in_the_language_asked_for(string language, string title)
    {
        await using var house = await House.With(new Trouble());
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        using var answer = await visitor.Get("/refused");
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("title").GetString().ShouldBe(title);
        problem.GetProperty("detail").GetString().ShouldBe("La facture manque.");
        using var page = await Ask(visitor, "/refused", "text/html");
        page.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Words(page)).ShouldContain("La facture manque.");
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData("text/csv")]
    public async Task A_defect_is_told_by_a_number_and_not_by_its_message(string type)
    {
        await using var house = await House.With(new Trouble());
        using var visitor = new Visitor(house.Url);
        using var answer = await Ask(visitor, "/broken", type);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Words(answer)).ShouldNotContain("secret");
    }

    [Theory, BothDatabases]
    public async Task What_somebody_else_has_just_added_is_a_conflict_and_no_defect(string database)
    {
        await using var house = await House.With(new Trouble(), database);
        await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        using var answer = await Ask(visitor, "/twice", "text/html");
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Words(answer)).ShouldContain("Quelqu’un d’autre vient de modifier");
    }

    [Fact]
    public async Task A_person_reads_words_and_finds_the_way_back()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, person) = await house.NewWorkspace(role: Role.Reader);
        using var visitor = await house.SignedIn(person);
        foreach (
            var (path, status, title) in new[]
            {
                ("/nowhere", HttpStatusCode.NotFound, "Il n’y a rien à cette adresse"),
                ("/e/x/settings", HttpStatusCode.NotFound, "Il n’y a rien à cette adresse"),
                // A page that looks for something and does not find it.
                ($"/e/{workspace}/clients/nobody", HttpStatusCode.NotFound, "Il n’y a rien à cette adresse"),
                ($"/e/{workspace}/settings/jobs", HttpStatusCode.Forbidden, "Cette page demande un autre rôle"),
            }
        )
        {
            using var answer = await Ask(visitor, path, "text/html");
            answer.StatusCode.ShouldBe(status, path);
            var page = await Words(answer);
            page.ShouldContain(title, Case.Sensitive, path);
            page.ShouldContain("href=\"/\"", Case.Sensitive, path);
            page.ShouldContain("porte.css", Case.Sensitive, path);
        }
    }

    [Fact]
    [Trait("Category", "Heavy")]
    public async Task The_link_of_the_first_owner_names_the_public_address()
    {
        using var data = new EmptyData("sqlite");
        data.Settings["PublicUrl"] = "https://porte.example.fr";
        using var server = await PorteProcess.Serve(data.Settings);
        await Wait.Until(() =>
            Task.FromResult(server.Output.Contains("aucun mandataire n’est cru", StringComparison.Ordinal))
        );
        await Wait.Until(() =>
            Task.FromResult(server.Output.Contains("https://porte.example.fr/welcome?code=", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("/x/..//evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("@evil.example")]
    [InlineData(" //evil.example")]
    [InlineData("")]
    public async Task After_signing_in_one_stays_on_this_site(string back)
    {
        await using var house = await House.Open("sqlite");
        var (_, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        using var answer = await visitor.Submit(
            "/sign-in?back=" + Uri.EscapeDataString(back),
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", House.Password)
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // As a browser reads it: tabs away, a backslash is a slash.
        var location = answer.Headers.Location!.OriginalString.Replace("\t", "", StringComparison.Ordinal);
        new Uri(house.Url, location.Replace('\\', '/')).Host.ShouldBe(house.Url.Host, location);
    }

    [Fact]
    public async Task After_signing_in_one_is_where_one_wanted_to_be()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        using var sent = await visitor.Get($"/e/{workspace}/settings?page=2");
        using var answer = await visitor.Submit(
            sent.Headers.Location!.OriginalString,
            "sign-in",
            ("In.Email", person.Email!),
            ("In.Password", House.Password)
        );
        answer.Headers.Location!.OriginalString.ShouldBe($"/e/{workspace}/settings?page=2");
    }

    private static async Task<HttpResponseMessage> Ask(Visitor visitor, string path, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(type);
        return await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static async Task<string> Words(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private sealed class Trouble : Door
    {
        public override void Routes(IEndpointRouteBuilder routes)
        {
            routes.MapGet("/refused", string () => throw new Refusal("La facture manque.")).OpenToAll();
            routes.MapGet("/broken", string () => throw new InvalidOperationException("secret")).OpenToAll();
            routes
                .MapGet(
                    "/twice",
                    async (AppDb db) =>
                    {
                        var there = await db.Memberships.AsNoTracking().FirstAsync();
                        db.Add(there);
                        await db.SaveChangesAsync();
                    }
                )
                .OpenToAll();
        }
    }
}
