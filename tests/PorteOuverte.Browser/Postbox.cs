using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Mail;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Browser;

/// <summary>The mails of a house, read where it puts them.</summary>
internal sealed partial class Postbox(House house)
{
    private readonly HashSet<string> opened = [];

    /// <summary>Waits for the next mail to this address and opens it: the link in it.</summary>
    public async Task<string> LinkTo(string email)
    {
        var folder = house.Services.GetRequiredService<MailSettings>().Folder;
        var link = "";
        await Wait.Until(async () =>
        {
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
            {
                // Quoted-printable, and folded: a line broken for the post is whole again, and =3D is the sign itself.
                var mail = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
                    .Replace("\r\n ", " ", StringComparison.Ordinal)
                    .Replace("=\r\n", "", StringComparison.Ordinal)
                    .Replace("=3D", "=", StringComparison.Ordinal);
                if (To().Match(mail).Value.Contains(email, StringComparison.Ordinal) && opened.Add(file))
                {
                    link = Link().Match(mail).Value;
                    return true;
                }
            }
            return false;
        });
        link.ShouldNotBeEmpty();
        return link;
    }

    [GeneratedRegex("^To: .*", RegexOptions.Multiline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex To();

    [GeneratedRegex(@"http://localhost:\d+/\S+", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Link();
}
