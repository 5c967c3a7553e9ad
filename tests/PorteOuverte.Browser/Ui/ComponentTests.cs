using Microsoft.Playwright;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser.Ui;

/// <summary>What scripts add to the components, tried on the pages that show them.</summary>
public sealed class ComponentTests(Browsing browsing) : Journey(browsing)
{
    [Fact]
    public async Task Ctrl_K_goes_anywhere_from_the_keyboard()
    {
        var tab = await SignedIn();
        await tab.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await tab.IsAccessible();
        await tab.Page.Keyboard.TypeAsync("tache");
        var found = tab.Page.Locator("#palette-found a");
        await Assertions.Expect(found).ToHaveCountAsync(1);
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(found).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Heading("Tâches");
        await tab.Page.Keyboard.PressAsync("Control+k");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_list_is_searched_in_place_and_the_way_back_leads_back()
    {
        var tab = await SignedIn();
        await tab.Go(new Uri(tab.Page.Url).AbsolutePath.Replace("/today", "/settings/members", StringComparison.Ordinal));
        await tab.Page.EvaluateAsync("window.same = true");
        var search = tab.Page.Locator("#members input[type=search]");
        await search.FillAsync("introuvable");
        await search.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#members tbody tr")).ToHaveCountAsync(0);
        (await tab.Page.EvaluateAsync<bool>("window.same === true")).ShouldBeTrue("the page was not loaded anew");
        tab.Path.ShouldContain("q=introuvable");
        await tab.Page.GoBackAsync();
        await Assertions.Expect(tab.Page.Locator("#members tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_chart_is_drawn_from_its_table_and_folds_it_away()
    {
        var house = await OpenHouse(("Development", "true"));
        var tab = await Open(house.Url);
        await tab.Go("/ui");
        var charts = tab.Page.Locator("porte-chart");
        var all = await charts.CountAsync();
        all.ShouldBeGreaterThan(2);
        for (var i = 0; i < all; i++)
        {
            await charts.Nth(i).ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(charts.Nth(i).Locator("canvas")).ToBeVisibleAsync();
            await Assertions.Expect(charts.Nth(i).Locator("table")).ToBeHiddenAsync();
        }
        await charts.First.GetByText("Tableau").ClickAsync();
        await Assertions.Expect(charts.First.Locator("table")).ToBeVisibleAsync();
        await tab.IsAccessible();
    }

    [Fact]
    public async Task Without_scripts_the_table_of_a_chart_stands_open_and_a_question_can_be_asked()
    {
        var house = await OpenHouse(("Development", "true"));
        var tab = await Open(house.Url, options => options.JavaScriptEnabled = false);
        await tab.Go("/ui");
        await Assertions.Expect(tab.Page.Locator("porte-chart table").First).ToBeVisibleAsync();
        await tab.Press("Retirer Hugo…");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await tab.Page.Locator("#remove").GetByText("Annuler").ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task On_a_phone_the_rest_of_the_menu_is_a_thumb_away()
    {
        var tab = await SignedIn(options => options.ViewportSize = new() { Width = 390, Height = 844 });
        await tab.Press("Plus");
        await tab.IsAccessible();
        await tab.Page.Locator("#more-menu").GetByRole(AriaRole.Link, new() { Name = "Mon compte" }).ClickAsync();
        await tab.Heading("Mon compte");
    }

    [Fact]
    public async Task A_password_is_shown_while_one_wants_to_see_it()
    {
        var tab = await Open((await OpenHouse()).Url);
        await tab.Go("/sign-in");
        var field = tab.Page.Locator("input[name='In.Password']");
        await field.FillAsync("une phrase assez longue");
        await tab.Press("Montrer le mot de passe");
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "text");
        await tab.Press("Montrer le mot de passe");
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "password");
    }

    private async Task<Tab> SignedIn(Action<BrowserNewContextOptions>? how = null)
    {
        var house = await OpenHouse();
        var (_, person) = await house.NewWorkspace();
        var tab = await Open(house.Url, how);
        await tab.Go("/sign-in");
        await tab.Page.Locator("input[name='In.Email']").FillAsync(person.Email!);
        await tab.Page.Locator("input[name='In.Password']").FillAsync(House.Password);
        await tab.Press("Se connecter");
        await tab.AtHome();
        return tab;
    }
}
