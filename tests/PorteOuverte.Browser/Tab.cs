using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Playwright;

namespace PorteOuverte.Browser;

/// <summary>An open page, listened to from the first byte: what the browser complains of is kept until the tab is closed.</summary>
public sealed class Tab
{
    private static readonly string Axe = ReadAxe();

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly IBrowserContext context;
    private HttpStatusCode expected;

    private Tab(IBrowserContext context)
    {
        this.context = context;
        context.Console += (_, message) =>
        {
            // The browser calls any answer but a good one an error, also one that was wanted.
            var wanted =
                expected != HttpStatusCode.OK
                && message.Text.Contains($"status of {(int)expected} ", StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !wanted)
            {
                complaints.Enqueue($"{message.Type} on {message.Page?.Url}: {message.Text}");
            }
        };
        context.WebError += (_, error) => complaints.Enqueue($"error on {error.Page?.Url}: {error.Error}");
        context.RequestFailed += (_, request) =>
            complaints.Enqueue($"{request.Method} {request.Url} failed: {request.Failure}");
    }

    public IPage Page { get; private set; } = null!;

    /// <summary>What the browser has complained of so far.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>The path it stands on.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    /// <summary>A browser as most people here have it. Nothing moves by itself: a colour half-way to another is none of ours.</summary>
    internal static BrowserNewContextOptions Plain(Uri url) =>
        new()
        {
            BaseURL = url.ToString(),
            Locale = "fr-FR",
            TimezoneId = "Europe/Paris",
            ReducedMotion = ReducedMotion.Reduce,
        };

    internal static async Task<Tab> Open(IBrowser browser, BrowserNewContextOptions how)
    {
        var tab = new Tab(await browser.NewContextAsync(how));
        tab.Page = await tab.context.NewPageAsync();
        return tab;
    }

    /// <summary>Goes to an address and finds a page there, or what else is expected of it.</summary>
    public async Task Go(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        expected = status;
        var answer = await Page.GotoAsync(address);
        answer!.Status.ShouldBe((int)status, address);
    }

    /// <summary>Fills in the field of this label.</summary>
    public Task Fill(string label, string value) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(value);

    /// <summary>Presses the button that says this.</summary>
    public Task Press(string button) =>
        Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Follows the link that says this.</summary>
    public Task Follow(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    /// <summary>Waits until the page shows this heading.</summary>
    public Task Heading(string heading) =>
        Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();

    /// <summary>Waits until the page is the one on which a workspace begins.</summary>
    public async Task AtHome()
    {
        await Page.WaitForURLAsync("**/e/*/today");
        await Assertions.Expect(Page.Locator("main h1")).ToBeVisibleAsync();
    }

    /// <summary>Waits until the page shows this text.</summary>
    public Task Text(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>The language the page says it speaks.</summary>
    public async Task<string?> Language() => await Page.Locator("html").GetAttributeAsync("lang");

    /// <summary>Nobody is kept out: no violation of WCAG 2.2 AA nor of axe's best practices.</summary>
    public async Task IsAccessible()
    {
        // Injected as the browser's own, not as a script of the page: the policy of the page stays as strict as it is.
        await Page.EvaluateAsync(Axe);
        var found = await Page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }))
                .violations.map(v => v.id + ": " + v.help + "\n" + v.nodes.map(n => "  " + n.html + "\n  " + n.failureSummary).join("\n"))
            """
        );
        found.EnumerateArray().Select(v => v.GetString()!).ShouldBeEmpty(Page.Url);
    }

    /// <summary>Nothing sticks out at the side.</summary>
    public async Task FitsTheScreen() =>
        (
            await Page.EvaluateAsync<string[]>(
                """
                () => document.documentElement.scrollWidth <= innerWidth ? [] :
                  [...document.querySelectorAll("body *")]
                    .filter(e => e.getBoundingClientRect().right > innerWidth)
                    .map(e => `${Math.round(e.getBoundingClientRect().right)} px: ${e.outerHTML.slice(0, 120)}`)
                """
            )
        ).ShouldBeEmpty($"{Page.Url} at {Page.ViewportSize!.Width} px");

    /// <summary>Closes it; what the browser complained of since it was opened.</summary>
    public async Task<IReadOnlyList<string>> Close()
    {
        await context.CloseAsync();
        List<string> heard = [.. complaints];
        complaints.Clear();
        return heard;
    }

    private static string ReadAxe()
    {
        using var stream = new StreamReader(typeof(Tab).Assembly.GetManifestResourceStream("axe.min.js")!);
        return stream.ReadToEnd();
    }
}
