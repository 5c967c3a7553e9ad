using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Schemas;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

/// <summary>What is tried against every web site, tried against every page and form there is: they are found by asking the running house and by following its links.</summary>
public sealed partial class AttackTests
{
    private const string Script = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

    private static readonly string[] Elsewhere =
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/.//evil.example",
    ];

    private static int asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_posted_without_the_token_of_a_form()
    {
        await using var house = await Open("sqlite");
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        using var stranger = new Visitor(house.Url);
        var posts = Route.All(house).Where(r => r.Method == HttpMethod.Post).ToList();
        posts.Count.ShouldBeGreaterThan(5);
        foreach (var route in posts)
        {
            using var answer = await Post(owner, route.Address(workspace.ToString()), [("_handler", "sign-in")]);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, route.ToString());
        }
        var forms = 0;
        foreach (var visitor in new[] { stranger, owner })
        {
            foreach (var form in await Forms(visitor, await Pages(house, visitor, workspace)))
            {
                forms++;
                var fields = form.Filled(f => f.Plausible).Where(f => f.Name != "__RequestVerificationToken");
                using var without = await Post(visitor, form.Action, fields);
                without.StatusCode.ShouldBe(HttpStatusCode.BadRequest, form.ToString());
                using var forged = await Post(visitor, form.Action, fields.Append(("__RequestVerificationToken", "x")));
                forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest, form.ToString());
            }
        }
        forms.ShouldBeGreaterThan(5);
    }

    [Theory, BothDatabases]
    public async Task What_belongs_to_another_workspace_does_not_exist_in_ours(string database)
    {
        await using var house = await Open(database);
        await using var connection = await house.Database.OpenOwner(Cancellation);
        var filling = await Filling.Of(connection);
        await filling.Fill();
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        var token = (await Forms(owner, [$"/e/{workspace}/settings"]))[0]
            .Fields.Single(f => f.Name == "__RequestVerificationToken");
        var before = await filling.Read();
        var ids = filling
            .Tables.Where(t => t.Key is ["workspace_id", _, ..])
            .SelectMany(t =>
                t.Key.Skip(1)
                    .Select(k => filling.Value(t, t.Columns.Single(c => c.Name == k), row: 1))
                    .Select(v =>
                        v switch
                        {
                            byte[] bytes => new Guid(bytes, bigEndian: true).ToString(),
                            Guid id => id.ToString(),
                            _ => null,
                        }
                    )
            )
            .OfType<string>()
            .Distinct()
            .ToList();
        ids.Count.ShouldBeGreaterThan(1);
        var routes = Route.All(house).Where(r => r.Needs is not null && r.Parameters.Count > 0).ToList();
        routes.ShouldNotBeEmpty();
        foreach (var route in routes)
        {
            foreach (var id in ids)
            {
                var address = route.Address(workspace.ToString(), Uri.EscapeDataString(id));
                using var answer =
                    route.Method == HttpMethod.Get
                        ? await owner.Get(address)
                        : await Post(owner, address, [(token.Name, token.Value)]);
                // A page that is posted to wants to know which of its forms: it is not even asked.
                var refused = route is { IsPage: true, Method.Method: "POST" }
                    ? answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                    : answer.StatusCode is HttpStatusCode.NotFound;
                refused.ShouldBeTrue($"{route} {id}: {answer.StatusCode}");
            }
        }
        var after = await filling.Read();
        before.Where(b => after.GetValueOrDefault(b.Key) != b.Value).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_host_a_request_claims_appears_in_no_answer()
    {
        await using var house = await Open("sqlite");
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        using var stranger = new Visitor(house.Url);
        foreach (var visitor in new[] { stranger, owner })
        {
            foreach (var address in Route.Read(house).Select(r => r.Address(workspace.ToString())).Append("/nowhere"))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Host = "evil.example";
                request.Headers.Add("X-Forwarded-Host", "evil.example");
                request.Headers.Accept.ParseAdd("text/html");
                Wander(visitor);
                using var answer = await visitor.Http.SendAsync(request, Cancellation);
                answer.Headers.ToString().ShouldNotContain("evil.example", Case.Insensitive, address);
                (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain(
                    "evil.example",
                    Case.Insensitive,
                    address
                );
            }
        }
    }

    [Fact]
    public async Task No_address_leads_away_from_this_site()
    {
        await using var house = await Open("sqlite");
        var (workspace, person) = await house.NewWorkspace();
        using var owner = await house.SignedIn(person);
        using var stranger = new Visitor(house.Url);
        var tried = 0;
        foreach (var visitor in new[] { stranger, owner })
        {
            foreach (var route in Route.Read(house).Where(r => r.IsPage))
            {
                // Also under names a page does not know: a library of ours might.
                foreach (var question in route.Questions.Concat(["back", "returnUrl"]).Distinct())
                {
                    foreach (var elsewhere in Elsewhere)
                    {
                        var address =
                            $"{route.Address(workspace.ToString())}?{question}={Uri.EscapeDataString(elsewhere)}";
                        Wander(visitor);
                        using var answer = await visitor.Get(address);
                        StaysHere(house, answer, address);
                        var page = await answer.Content.ReadAsStringAsync(Cancellation);
                        Leads()
                            .Matches(page)
                            .Select(m => WebUtility.HtmlDecode(m.Groups["to"].Value))
                            .ShouldAllBe(to => IsHere(house, to), address);
                        tried++;
                    }
                }
            }
        }
        tried.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task What_is_typed_anywhere_is_shown_as_it_was_typed_and_never_run()
    {
        await using var house = await Open("sqlite");
        var (workspace, person) = await house.NewWorkspace(Script);
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            var one = (await people.FindByIdAsync(person.Id.ToString()))!;
            one.Name = Script;
            (await people.UpdateAsync(one)).Succeeded.ShouldBeTrue();
        }
        using var owner = await house.SignedIn(person);
        using var stranger = new Visitor(house.Url);
        owner.Http.DefaultRequestHeaders.UserAgent.TryParseAdd("Firefox/1");
        var typed = 0;
        foreach (var visitor in new[] { stranger, owner })
        {
            foreach (var form in await Forms(visitor, await Pages(house, visitor, workspace)))
            {
                // Each field for itself, so that the others let it through, and then all at once.
                var texts = form.Fields.Where(f => f.IsText).ToList();
                foreach (var field in texts.Append(null))
                {
                    var fields = form.Filled(f => f.IsText && (field is null || f == field) ? Script : f.Plausible);
                    if (texts.Count == 0)
                    {
                        break;
                    }
                    typed++;
                    using var answer = await Post(visitor, form.Action, fields);
                    await IsHarmless(answer, form.ToString());
                    if (answer.Headers.Location is { } next)
                    {
                        using var then = await visitor.Get(next.OriginalString);
                        await IsHarmless(then, form.ToString());
                    }
                }
            }
        }
        typed.ShouldBeGreaterThan(5);
        foreach (var visitor in new[] { stranger, owner })
        {
            foreach (var page in await Pages(house, visitor, workspace))
            {
                Wander(visitor);
                using var answer = await visitor.Get(page);
                await IsHarmless(answer, page);
            }
            foreach (var route in Route.Read(house))
            {
                foreach (var question in route.Questions.Append("q"))
                {
                    var address = $"{route.Address(workspace.ToString())}?{question}={Uri.EscapeDataString(Script)}";
                    Wander(visitor);
                    using var answer = await visitor.Get(address);
                    await IsHarmless(answer, address);
                }
                using var inPath = await visitor.Get(route.Address(workspace.ToString(), Uri.EscapeDataString(Script)));
                await IsHarmless(inPath, route.ToString());
            }
        }
        (await house.Ask(workspace, db => db.Workspaces.CountAsync(Cancellation))).ShouldBe(1);
    }

    private static async Task IsHarmless(HttpResponseMessage answer, string where)
    {
        if (answer.Content.Headers.ContentType?.MediaType is "text/html" or null)
        {
            var page = await answer.Content.ReadAsStringAsync(Cancellation);
            page.ShouldNotContain("<script>alert", Case.Insensitive, where);
            page.ShouldNotContain("<img src=x", Case.Insensitive, where);
        }
        answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError, where);
        answer.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests, where);
    }

    private static void StaysHere(House house, HttpResponseMessage answer, string where)
    {
        if (answer.Headers.Location is { } to)
        {
            IsHere(house, to.OriginalString).ShouldBeTrue($"{where} → {to.OriginalString}");
        }
    }

    // As a browser reads it: tabs away, a backslash is a slash.
    private static bool IsHere(House house, string to)
    {
        var read = new Uri(house.Url, to.Replace("\t", "", StringComparison.Ordinal).Replace('\\', '/'));
        // The address the site is known by stands in links that search engines read.
        var known = house.Services.GetRequiredService<ServerSettings>().PublicUrl;
        return read.Scheme is "http" or "https" && (read.Host == house.Url.Host || read.Host == known.Host);
    }

    /// <summary>Every page the visitor can read: those of the routes, and where their links lead.</summary>
    private static async Task<List<string>> Pages(House house, Visitor visitor, Id<Workspace> workspace)
    {
        const int Most = 150;
        var pages = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(
            Route
                .Read(house)
                .Where(r => r.IsPage && r.Parameters.Count == 0)
                .Select(r => r.Address(workspace.ToString()))
        );
        while (next.TryDequeue(out var address) && pages.Count < Most)
        {
            if (!known.Add(address))
            {
                continue;
            }
            Wander(visitor);
            using var answer = await visitor.Get(address);
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }
            pages.Add(address);
            var page = await answer.Content.ReadAsStringAsync(Cancellation);
            foreach (var to in Links().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups["to"].Value)))
            {
                if (to.Length > 1 && to[0] == '/' && !to.StartsWith("/assets/", StringComparison.Ordinal))
                {
                    next.Enqueue(to);
                }
            }
        }
        return pages;
    }

    /// <summary>The forms of these pages that change something, each once; leaving is no form to try.</summary>
    private static async Task<List<FoundForm>> Forms(Visitor visitor, List<string> pages)
    {
        var forms = new Dictionary<string, FoundForm>(StringComparer.Ordinal);
        foreach (var page in pages)
        {
            Wander(visitor);
            using var answer = await visitor.Get(page);
            var html = await answer.Content.ReadAsStringAsync(Cancellation);
            foreach (var match in FormTags().Matches(html).Cast<Match>())
            {
                if (Attribute(match.Groups["tag"].Value, "method") != "post")
                {
                    continue;
                }
                var action = Attribute(match.Groups["tag"].Value, "action") is { Length: > 0 } own ? own : page;
                var fields = FieldTags()
                    .Matches(match.Groups["inner"].Value)
                    .Select(m => Field.Of(m.Value))
                    .OfType<Field>()
                    .ToList();
                var key = $"{action} {fields.Find(f => f.Name == "_handler")?.Value}";
                if (page == pages[0] || action != "/sign-out")
                {
                    forms.TryAdd(key, new FoundForm(action, fields));
                }
            }
        }
        return [.. forms.Values];
    }

    private static async Task<HttpResponseMessage> Post(
        Visitor visitor,
        string address,
        IEnumerable<(string Name, string Value)> fields
    )
    {
        Wander(visitor);
        using var body = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await visitor.Http.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), body, Cancellation);
    }

    // From another address each time: the limits have tests of their own.
    private static void Wander(Visitor visitor)
    {
        var n = Interlocked.Increment(ref asked);
        visitor.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        visitor.Http.DefaultRequestHeaders.Add(
            "X-Forwarded-For",
            string.Create(CultureInfo.InvariantCulture, $"10.{n / 65536 % 256}.{n / 256 % 256}.{n % 256}")
        );
    }

    private static Task<House> Open(string database) => House.Open(database, null, ("TrustedProxies", "127.0.0.1"));

    private static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(
            tag,
            $"\\s{name}=\"(?<value>[^\"]*)\"",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        return match.Success ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;
    }

    private sealed record FoundForm(string Action, IReadOnlyList<Field> Fields)
    {
        public List<(string Name, string Value)> Filled(Func<Field, string> value) =>
            [.. Fields.Select(f => (f.Name, value(f)))];

        public override string ToString() => $"{Action}: {string.Join(", ", Fields.Select(f => f.Name))}";
    }

    private sealed record Field(string Name, string Type, string Value)
    {
        public bool IsText =>
            Type is not ("hidden" or "checkbox" or "radio" or "submit" or "select" or "file" or "password");

        /// <summary>What a person would type there.</summary>
        public string Plausible =>
            Type switch
            {
                "email" => "quelqu.un@example.fr",
                "password" => House.Password,
                _ when !IsText || Value.Length > 0 => Value,
                "number" => "1",
                "date" => "2026-11-22",
                _ => "Texte",
            };

        public static Field? Of(string tag) =>
            Attribute(tag, "name") is { Length: > 0 } name && !tag.StartsWith("<button", StringComparison.Ordinal)
                ? new Field(
                    name,
                    tag.StartsWith("<select", StringComparison.Ordinal) ? "select" : Attribute(tag, "type") ?? "text",
                    Attribute(tag, "value") ?? ""
                )
                : null;
    }

    [GeneratedRegex(
        "<form(?<tag>[^>]*)>(?<inner>.*?)</form>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        2000
    )]
    private static partial Regex FormTags();

    [GeneratedRegex("<(input|textarea|select|button)\\b[^>]*>", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex FieldTags();

    [GeneratedRegex("<a [^>]*href=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Links();

    [GeneratedRegex("\\s(href|action|formaction|src)=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Leads();
}
