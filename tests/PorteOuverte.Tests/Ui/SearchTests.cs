using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;
using PorteOuverte.Ui.Search;

namespace PorteOuverte.Tests.Ui;

/// <summary>Goes anywhere, finds anything: as far as one's role reaches.</summary>
public sealed class SearchTests
{
    [Theory]
    [InlineData("Réglages", "reg", true)]
    [InlineData("Réglages", "GLA", true)]
    [InlineData("Mon compte", "compte mon", true)]
    [InlineData("Mon compte", "compte tien", false)]
    [InlineData("Œuvres", "œuv", true)]
    [InlineData("Départs", "", true)]
    public void Words_are_found_whatever_their_case_accents_and_order(string text, string typed, bool found) =>
        SearchHandler.Matches(text, typed).ShouldBe(found);

    [Theory, BothDatabases]
    public async Task The_menu_is_offered_before_anything_is_typed(string database)
    {
        await using var house = await House.Open(database);
        var (workspace, person) = await house.NewWorkspace();
        using var visitor = await house.SignedIn(person);
        (await visitor.Read($"/e/{workspace}/search")).ShouldContain($"href=\"/e/{workspace}/settings\"");
        (await visitor.Read($"/e/{workspace}/search?q=reglages")).ShouldContain($"/e/{workspace}/settings\"><svg");
        (await visitor.Read($"/e/{workspace}/search?q=introuvable")).ShouldContain("«\u00A0introuvable\u00A0»");
    }

    [Fact]
    public async Task What_a_feature_finds_is_shown_to_who_may_see_it()
    {
        await using var house = await House.Open("sqlite", services => services.AddScoped<IFind, Ships>());
        var (workspace, owner) = await house.NewWorkspace();
        var (below, reader) = await house.NewWorkspace(role: Role.Reader);
        using var one = await house.SignedIn(owner);
        using var other = await house.SignedIn(reader);
        (await one.Read($"/e/{workspace}/search?q=marie")).ShouldContain($"/e/{workspace}/ships/7");
        (await other.Read($"/e/{below}/search?q=marie")).ShouldNotContain("ships/7");
        (await one.Read($"/e/{workspace}/search")).ShouldNotContain("ships/7");
    }

    [Fact]
    public async Task The_gallery_is_for_developers()
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        using var hidden = await visitor.Get("/ui");
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var development = await House.Open("sqlite", null, ("Development", "true"));
        using var developer = new Visitor(development.Url);
        (await developer.Read("/ui")).ShouldContain("Bonjour Claire");
    }

    private sealed class Ships : IFind
    {
        public string Title => "Bateaux";

        public Role Least => Role.Member;

        public Task<IReadOnlyList<Found>> Find(string words, int most, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Found>>([new("Marie-Galante", "ships/7", "star", words)]);
    }
}
