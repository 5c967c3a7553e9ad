using System.Net;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Http;
using PorteOuverte.Tests.Audit;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Http;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    [InlineData("127.0.0.1", "192.0.2.44")]
    [InlineData("127.0.0.0/8, 192.0.2.0/24", "203.0.113.9")]
    public async Task Only_a_trusted_proxy_is_believed_when_it_says_for_whom_it_asks(string trusted, string written)
    {
        await using var house = await House.Open("sqlite", null, ("TrustedProxies", trusted));
        var (_, person) = await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9, 192.0.2.44");
        await visitor.Submit("/sign-in", "sign-in", ("In.Email", person.Email!), ("In.Password", "pas le bon"));
        (await house.Lines(Workspace.House))[^1].Source.ShouldBe(written);
    }

    [Theory]
    [InlineData("http://porte.example.fr", "", false)]
    [InlineData("http://porte.example.fr", "127.0.0.1", true)]
    [InlineData("https://porte.example.fr", "", true)]
    public async Task Where_people_come_encrypted_every_cookie_is_for_encrypted_lines_only(
        string publicUrl,
        string trusted,
        bool secure
    )
    {
        await using var house = await House.Open("sqlite", null, ("PublicUrl", publicUrl), ("TrustedProxies", trusted));
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await visitor.Get("/sign-in");
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        cookies.ShouldNotBeEmpty();
        cookies.ShouldAllBe(c => c.Contains("secure", StringComparison.OrdinalIgnoreCase) == secure);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBe(secure);
    }

    [Theory]
    [InlineData("https://porte.example.fr", "http://localhost:5080", "", true)]
    [InlineData("https://porte.example.fr", "http://localhost:5080", "127.0.0.1", false)]
    [InlineData("https://porte.example.fr", "https://localhost:5080", "", false)]
    [InlineData("http://porte.example.fr", "http://localhost:5080", "", false)]
    public void A_proxy_that_encrypts_and_is_not_believed_is_noticed(
        string publicUrl,
        string urls,
        string trusted,
        bool lacks
    ) =>
        ServerSettings
            .Of(
                ServerSettings.Read(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["PublicUrl"] = publicUrl,
                        ["Urls"] = urls,
                        ["TrustedProxies"] = trusted,
                    }
                )
            )
            .LacksProxy.ShouldBe(lacks);

    [Theory]
    [InlineData("192.0.2.44", "192.0.2.44")]
    [InlineData("::ffff:192.0.2.44", "192.0.2.44")]
    [InlineData("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::")]
    public void A_whole_network_of_addresses_without_number_counts_as_one_client(string address, string client) =>
        Limits.Client(IPAddress.Parse(address)).ShouldBe(client);

    [Theory]
    [InlineData("none", true)]
    [InlineData("same-origin", true)]
    [InlineData("cross-site", false)]
    public async Task A_page_that_another_site_asks_for_is_not_compressed(string from, bool compressed)
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", from);
        visitor.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        using var answer = await visitor.Get("/sign-in");
        answer.Content.Headers.ContentEncoding.Contains("br").ShouldBe(compressed);
    }

    [Fact]
    public void Proxies_that_cannot_be_read_are_refused()
    {
        var settings = ServerSettings.Read(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["TrustedProxies"] = "127.0.0.1, proxy" }
        );
        Should.Throw<Refusal>(() => ServerSettings.Of(settings)).Message.ShouldContain("TrustedProxies");
    }
}
