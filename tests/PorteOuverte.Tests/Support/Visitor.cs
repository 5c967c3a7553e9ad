using System.Net;
using System.Text.RegularExpressions;

namespace PorteOuverte.Tests.Support;

/// <summary>Somebody with a browser that keeps cookies and follows no redirection by itself. They come encrypted, as through a proxy: cookies for encrypted lines are sent too.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public Visitor(Uri house) => http = new HttpClient(new Proxy(cookies)) { BaseAddress = house };

    public HttpClient Http => http;

    /// <summary>Takes a cookie from elsewhere, as a header writes it: <c>name=value</c>.</summary>
    public void Keep(string cookie) => cookies.SetCookies(Encrypted(http.BaseAddress!), cookie);

    public Task<HttpResponseMessage> Get(string path) =>
        http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);

    /// <summary>The page as text; it must be there.</summary>
    public async Task<string> Read(string path)
    {
        using var answer = await Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A form as it stood on a page, hidden fields and all.</summary>
    public sealed record Form(string Address, IReadOnlyList<KeyValuePair<string, string>> Hidden);

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    /// <param name="form">What tells the form from others of the page: its handler or its action.</param>
    public async Task<HttpResponseMessage> Submit(
        string path,
        string form,
        params (string Name, string Value)[] fields
    ) => await Send(await Fill(path, form), fields);

    /// <summary>Opens a page that holds a form, to send it later.</summary>
    public async Task<Form> Fill(string path, string form)
    {
        using var page = await Get(path);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var found = Forms()
            .Matches(html)
            .Select(m => m.Value)
            .FirstOrDefault(f =>
                f.Contains($"value=\"{form}\"", StringComparison.Ordinal)
                || f.Contains($"action=\"{form}\"", StringComparison.Ordinal)
            );
        found.ShouldNotBeNull($"no form {form} on {path}");
        var action = WebUtility.HtmlDecode(Action().Match(found).Groups["action"].Value);
        return new Form(
            action.Length > 0 ? action : path,
            [
                .. Hidden()
                    .Matches(found)
                    .Select(m =>
                        KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))
                    ),
            ]
        );
    }

    public async Task<HttpResponseMessage> Send(Form form, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(form);
        using var body = new FormUrlEncodedContent([
            .. form.Hidden,
            .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
        ]);
        return await http.PostAsync(
            new Uri(form.Address, UriKind.RelativeOrAbsolute),
            body,
            TestContext.Current.CancellationToken
        );
    }

    public void Dispose() => http.Dispose();

    private static Uri Encrypted(Uri address) => new UriBuilder(address) { Scheme = Uri.UriSchemeHttps }.Uri;

    private sealed class Proxy(CookieContainer cookies)
        : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var address = Encrypted(request.RequestUri!);
            if (cookies.GetCookieHeader(address) is { Length: > 0 } kept)
            {
                request.Headers.Add("Cookie", kept);
            }
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set)
                {
                    cookies.SetCookies(address, cookie);
                }
            }
            return answer;
        }
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Forms();

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Hidden();

    [GeneratedRegex("action=\"(?<action>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Action();
}
