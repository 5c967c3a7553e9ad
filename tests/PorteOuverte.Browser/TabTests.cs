using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser;

/// <summary>The listening itself: a suite that hears nothing would pass for ever.</summary>
public sealed class TabTests(Browsing browsing) : Journey(browsing)
{
    [Theory]
    [InlineData("console.error('aïe')", "aïe")]
    [InlineData("console.warn('gare')", "gare")]
    [InlineData("setTimeout(() => { throw new Error('oups'); })", "oups")]
    [InlineData("fetch('/assets/none.js')", "404")]
    [InlineData("fetch('http://localhost:9999/')", "Content Security Policy")]
    [InlineData("document.body.setAttribute('style', 'color: red')", "Content Security Policy")]
    public async Task What_the_browser_complains_of_is_heard(string script, string complaint)
    {
        var tab = await Open((await OpenHouse()).Url);
        await tab.Go("/sign-in");
        await Provoke(tab, script, complaint);
    }

    [Fact]
    public async Task A_request_that_fails_is_heard()
    {
        var house = await OpenHouse();
        var tab = await Open(house.Url);
        await tab.Go("/sign-in");
        await house.Stop();
        await Provoke(tab, "fetch('/sign-in')", "GET " + new Uri(house.Url, "/sign-in") + " failed");
    }

    [Fact]
    public async Task A_page_that_keeps_somebody_out_is_found()
    {
        var tab = await Open((await OpenHouse()).Url);
        await tab.Go("/sign-in");
        await tab.IsAccessible();
        await tab.Page.EvaluateAsync("document.querySelectorAll('label').forEach(label => label.remove())");
        (await Assert.ThrowsAsync<ShouldAssertException>(tab.IsAccessible)).Message.ShouldContain("label: ");
    }

    [Fact]
    public async Task What_sticks_out_at_the_side_is_found()
    {
        var tab = await Open((await OpenHouse()).Url);
        await tab.Go("/sign-in");
        await tab.FitsTheScreen();
        await tab.Page.EvaluateAsync(
            "() => { document.body.append(Object.assign(document.createElement('canvas'), { width: 3000 })); }"
        );
        await Assert.ThrowsAsync<ShouldAssertException>(tab.FitsTheScreen);
    }

    private static async Task Provoke(Tab tab, string script, string complaint)
    {
        await tab.Page.EvaluateAsync($"void ({script})");
        await Wait.Until(() =>
            Task.FromResult(tab.Complaints.Any(c => c.Contains(complaint, StringComparison.Ordinal)))
        );
        (await tab.Close()).ShouldNotBeEmpty();
        tab.Complaints.ShouldBeEmpty();
    }
}
