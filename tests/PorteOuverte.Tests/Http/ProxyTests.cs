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
    [InlineData("", false)]
    [InlineData("127.0.0.1", true)]
    public async Task Behind_a_trusted_proxy_that_encrypts_every_cookie_is_for_encrypted_lines_only(
        string trusted,
        bool secure
    )
    {
        await using var house = await House.Open("sqlite", null, ("TrustedProxies", trusted));
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await visitor.Get("/sign-in");
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        cookies.ShouldNotBeEmpty();
        cookies.ShouldAllBe(c => c.Contains("secure", StringComparison.OrdinalIgnoreCase) == secure);
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
