using System.Net;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounts;

public sealed class LandingTests
{
    [Fact]
    public async Task It_says_what_it_is_where_it_stands_and_the_one_thing_to_do()
    {
        await using var house = await House.Open("sqlite");
        await house.NewWorkspace();
        using var visitor = new Visitor(house.Url);
        var page = await visitor.Read("/");
        page.ShouldContain("Laissez la porte ouverte.");
        page.ShouldContain("href=\"/sign-in\"");
        page.ShouldContain("<meta name=\"description\"");
        page.ShouldContain("<link rel=\"canonical\" href=\"https://porte.example.fr/\"");
    }

    [Fact]
    public async Task A_visitor_chooses_the_language_and_comes_back_to_the_same_page()
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        using var chosen = await visitor.Submit("/sign-in?back=%2Fx", "/language", ("to", "en"));
        chosen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        chosen.Headers.Location!.ToString().ShouldBe("/sign-in?back=%2Fx");
        (await visitor.Read("/")).ShouldContain("Leave the door open.");
        var form = await visitor.Fill("/", "/language");
        using var away = await visitor.Send(
            form with
            {
                Hidden = [.. form.Hidden.Where(h => h.Key != "back")],
            },
            ("to", "fr"),
            ("back", "//example.org")
        );
        away.Headers.Location!.ToString().ShouldBe("/");
    }
}
