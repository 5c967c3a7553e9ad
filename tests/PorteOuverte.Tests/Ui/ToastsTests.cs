using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PorteOuverte.Platform.Http;
using PorteOuverte.Platform.Security;
using PorteOuverte.Tests.Support;
using PorteOuverte.Ui;

namespace PorteOuverte.Tests.Ui;

/// <summary>What was just done is said once, on the next page, with the way back.</summary>
public sealed class ToastsTests
{
    [Fact]
    public async Task It_is_said_once_with_the_way_to_undo_it()
    {
        await using var house = await House.With(new Speaking());
        using var visitor = new Visitor(house.Url);
        using var done = await visitor.Get("/say");
        using var next = await visitor.Get("/sign-in");
        var page = await next.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldContain("Constat &lt;b&gt;supprimé&lt;/b&gt;");
        page.ShouldContain("action=\"/undo-it\"");
        (await visitor.Read("/sign-in")).ShouldNotContain("Constat");
    }

    [Fact]
    public async Task A_sentence_somebody_else_wrote_is_not_said()
    {
        await using var house = await House.Open("sqlite");
        using var visitor = new Visitor(house.Url);
        visitor.Http.DefaultRequestHeaders.Add("Cookie", "porte-toast=Envoyez-moi-votre-mot-de-passe");
        (await visitor.Read("/sign-in")).ShouldNotContain("porte-toast class");
    }

    private sealed class Speaking : Door
    {
        public override void Routes(IEndpointRouteBuilder routes) =>
            routes
                .MapGet(
                    "/say",
                    (Toasts toasts) =>
                    {
                        toasts.Say("Constat <b>supprimé</b>", "/undo-it");
                        return Results.Ok();
                    }
                )
                .OpenToAll();
    }
}
