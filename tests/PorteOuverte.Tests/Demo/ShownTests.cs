using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Features.Clients.Demo;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Demo;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Demo;

/// <summary>The demonstration as a browser of this machine meets it, and others do not.</summary>
public sealed class ShownTests(ShownAgency shown) : IClassFixture<ShownAgency>
{
    private const string Reset = "/demo/reset";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Clients => $"/e/{shown.Workspace}/clients";

    public static TheoryData<string> Routes => [.. ShownAgency.Routes];

    [Fact]
    public async Task Whoever_opens_the_bare_address_is_in_as_the_owner()
    {
        using var guest = new Visitor(shown.House.Url);
        using var bare = await guest.Get("/");
        bare.Headers.Location!.OriginalString.ShouldEndWith($"/e/{shown.Workspace}/today");
        var page = await guest.Read(Clients);
        page.ShouldContain("Claire Delahaye");
        page.ShouldContain("Verrerie de la Grève");
        page.ShouldContain("Repartir de zéro");
        // The session is a real one, which the next page goes on with.
        var before = await Sessions();
        await guest.Read(Clients + "/new");
        (await Sessions()).ShouldBe(before);
    }

    [Fact]
    public async Task A_true_server_at_another_port_keeps_its_cookies()
    {
        using var guest = new Visitor(shown.House.Url);
        using var answer = await guest.Get(Clients + "/new");
        answer
            .Headers.GetValues("Set-Cookie")
            .Select(c => c.Split('=')[0])
            .Where(name => name is "porte" or "porte-form" || name.EndsWith("-demo", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["porte-demo", "porte-form-demo"]);
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task Every_page_has_something_to_show(string route)
    {
        using var guest = new Visitor(shown.House.Url);
        using var bare = await guest.Get("/");
        using var answer = await guest.Get(shown.Address(route));
        // The bare address leads on, and nobody signs up at an agency that one is in already.
        if (route == "/" || route.StartsWith("/sign-up", StringComparison.Ordinal))
        {
            answer.StatusCode.ShouldBe(route == "/" ? HttpStatusCode.Redirect : HttpStatusCode.NotFound);
            return;
        }
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        page.ShouldContain("class=\"demo\"");
        // The gallery shows what an empty page looks like.
        page.Contains("class=\"empty\"", StringComparison.Ordinal).ShouldBe(route == "/ui");
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Host", "localhost.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("X-Forwarded-For", "127.0.0.1", HttpStatusCode.Redirect)]
    [InlineData("X-Forwarded-Host", "localhost", HttpStatusCode.Redirect)]
    [InlineData("Forwarded", "for=127.0.0.1", HttpStatusCode.Redirect)]
    [InlineData("Sec-Fetch-Dest", "iframe", HttpStatusCode.Redirect)]
    [InlineData("Sec-Fetch-Dest", "image", HttpStatusCode.Redirect)]
    public async Task Whoever_comes_from_elsewhere_is_not_let_in(string header, string value, HttpStatusCode status)
    {
        using var guest = new Visitor(shown.House.Url);
        var before = await Sessions();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Clients, UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await guest.Http.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(status);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await Sessions()).ShouldBe(before);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", "GET", true)]
    [InlineData("::1", "[::1]:5080", "GET", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", "GET", true)]
    [InlineData("192.168.1.7", "localhost:5080", "GET", false)]
    [InlineData("2001:db8::1", "localhost:5080", "GET", false)]
    [InlineData("127.0.0.1", "192.168.1.7:5080", "GET", false)]
    [InlineData("127.0.0.1", "localhost:5080", "POST", false)]
    public void Only_this_machine_by_its_own_name_is_at_home(string from, string host, string method, bool isAtHome)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        http.Request.Host = new HostString(host);
        http.Request.Method = method;
        Demonstration.IsAtHome(http).ShouldBe(isAtHome);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        using var guest = new Visitor(shown.House.Url);
        // Not signed in by a form,
        using var stranger = await guest.Send(new Visitor.Form(Reset, []));
        stranger.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        stranger.Headers.Location!.OriginalString.ShouldContain("/sign-in");
        // and with a session still not by a form of elsewhere.
        await guest.Read(Clients);
        using var foreign = await guest.Send(new Visitor.Form(Reset, []));
        foreign.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Begun_anew_all_is_as_it_was_and_one_is_still_in()
    {
        // Of its own: the others look at this one meanwhile.
        await using var other = new ShownAgency();
        await other.InitializeAsync();
        var clients = $"/e/{other.Workspace}/clients";
        var giant = await other.House.Ask(
            other.Workspace,
            db => db.ClientCodes.Where(c => c.Code == Cast.Giant).Select(c => c.ClientId).SingleAsync(Stop)
        );
        using var guest = new Visitor(other.House.Url);
        using var archived = await guest.Submit($"{clients}/{giant}", $"{clients}/{giant}/archive");
        archived.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await guest.Read(clients)).ShouldNotContain("Verrerie de la Grève</a>");
        using var reset = await guest.Submit(clients, Reset);
        reset.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var home = await guest.Get(reset.Headers.Location!.ToString());
        var anew = home.Headers.Location!.ToString();
        anew.ShouldNotContain(other.Workspace.ToString());
        (await guest.Read(anew)).ShouldContain("Verrerie de la Grève</a>");
    }

    [Fact]
    public void No_mail_leaves() =>
        shown.House.Services.GetRequiredService<MailSettings>().Way.ShouldBe(MailWay.Pickup);

    [Fact]
    public async Task In_a_true_house_there_is_nothing_of_it()
    {
        await using var house = await House.Open("sqlite");
        var (workspace, person) = await house.NewWorkspace();
        using var stranger = new Visitor(house.Url);
        (await stranger.Read("/")).ShouldNotContain("class=\"demo\"");
        using var inside = await stranger.Get($"/e/{workspace}/clients");
        inside.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var member = await house.SignedIn(person);
        (await member.Read($"/e/{workspace}/clients")).ShouldNotContain("class=\"demo\"");
        using var reset = await member.Send(
            await member.Fill($"/e/{workspace}/clients", "/sign-out") with
            {
                Address = Reset,
            }
        );
        reset.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<int> Sessions()
    {
        await using var scope = shown.House.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDb>().Set<Session>().CountAsync(Stop);
    }
}
