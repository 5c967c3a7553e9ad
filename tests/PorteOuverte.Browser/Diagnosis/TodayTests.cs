using PorteOuverte.Features.Diagnosis.TakePicture;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Diagnosis;

/// <summary>The home page, while its figures are made anew.</summary>
public sealed class TodayTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task What_is_typed_stays_while_one_waits_and_the_page_is_drawn_once()
    {
        // Nothing is done in the background: the picture is made when the test says so.
        var url = $"http://localhost:{PorteProcess.FreePort()}";
        await using var house = await House.Open("sqlite", null, ("Urls", url), ("PublicUrl", url));
        var (workspace, person) = await house.NewWorkspace();
        await Clientele.Some(house, workspace);
        await house.Do(workspace, TakePicture.Name);
        var tab = await Open(house.Url);
        var signIn = new Pages.SignInPage(tab);
        await signIn.Go();
        await signIn.SignIn(person.Email!, House.Password);
        await tab.AtHome();
        await Clientele.Add(
            house,
            workspace,
            "Nouvelle venue",
            null,
            Clientele.Invoice("N-1", new(2026, 11, 3), 5_000)
        );
        await tab.Go($"/e/{workspace}/today");
        var (day, details) = (tab.Page.Locator("#field-asOf"), tab.Page.Locator("details").First);
        await day.FillAsync("2026-03-05");
        await details.Locator("summary").ClickAsync();
        for (var i = 0; i < 2; i++)
        {
            await tab.Page.WaitForResponseAsync(r => r.Request.Headers.ContainsKey("hx-trigger"));
        }
        (await day.InputValueAsync()).ShouldBe("2026-03-05");
        (await details.GetAttributeAsync("open")).ShouldNotBeNull();
        await tab.IsAccessible();
        await house.Do(workspace, TakePicture.Name);
        await tab.Text("Nouvelle venue");
        (await tab.Page.Locator("[hx-trigger='every 1s']").CountAsync()).ShouldBe(0);
    }
}
