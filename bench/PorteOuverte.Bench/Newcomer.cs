using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace PorteOuverte.Bench;

/// <summary>What somebody does first: they follow the link that the server prints, and open a workspace.</summary>
internal static partial class Newcomer
{
    /// <summary>Waits until the server prints the link.</summary>
    public static async Task<Uri> PrintedLink(Process server)
    {
        while (true)
        {
            var line =
                await server.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException(
                    "the server ended: " + await server.StandardError.ReadToEndAsync()
                );
            if (Link().Match(line) is { Success: true } link)
            {
                return new Uri(link.Value);
            }
        }
    }

    /// <summary>Fills in the form behind the link: the cookie of the owner, and the page they come to.</summary>
    public static async Task<(string Cookie, string Page)> OpenWorkspace(
        Uri link,
        Func<HttpClient, Uri, Task>? goOn = null
    )
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        using var http = new HttpClient(handler);
        var page = await http.GetStringAsync(link);
        // The page has another form, for the language.
        var fields = Hidden(page, "value=\"welcome\"");
        fields.AddRange(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["In.Workspace"] = "Atelier",
                ["In.Name"] = "Claire",
                ["In.Email"] = "claire@example.fr",
                ["In.Password"] = "une phrase assez longue",
            }
        );
        using var body = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(link, body);
        var home = new Uri(link, answer.Headers.Location!);
        await http.GetStringAsync(home);
        if (goOn is not null)
        {
            await goOn(http, home);
        }
        return (string.Join("; ", cookies.GetAllCookies().Select(c => $"{c.Name}={c.Value}")), home.PathAndQuery);
    }

    /// <summary>What the form that holds a mark sends without being asked.</summary>
    public static List<KeyValuePair<string, string>> Hidden(string page, string mark)
    {
        var at = page.IndexOf(mark, StringComparison.Ordinal);
        var form = page[
            page.LastIndexOf("<form", at, StringComparison.Ordinal)..page.IndexOf(
                "</form>",
                at,
                StringComparison.Ordinal
            )
        ];
        return
        [
            .. HiddenInput()
                .Matches(form)
                .Select(m =>
                    KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))
                ),
        ];
    }

    [GeneratedRegex("http://\\S+/welcome\\?code=\\S+", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Link();

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex HiddenInput();
}
