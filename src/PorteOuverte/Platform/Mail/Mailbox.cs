using System.Globalization;
using System.Text.RegularExpressions;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Mail;

/// <summary>Somebody who writes or is written to: a name, or none, and an address that every server understands.</summary>
/// <remarks>Made only of what cannot begin another header: no mail can be bent by what was typed into a form.</remarks>
public sealed partial record Mailbox
{
    // RFC 5321, 4.5.3.1: what a server must at least take.
    private const int LongestLocalPart = 64;
    private const int LongestAddress = 254;

    /// <exception cref="Refusal">The address cannot be written to, or the name holds what is no text.</exception>
    public Mailbox(string address, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = Checked(address.Trim());
        Name = string.IsNullOrWhiteSpace(name) ? null : OneLine(name.Trim());
    }

    /// <summary>The address as it travels: an international domain in its ASCII form.</summary>
    public string Address { get; }

    public string? Name { get; }

    /// <summary>Reads <c>Name &lt;address&gt;</c> or an address alone.</summary>
    public static Mailbox Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Named().Match(text);
        return match.Success
            ? new Mailbox(match.Groups["address"].Value, match.Groups["name"].Value.Trim().Trim('"'))
            : new Mailbox(text);
    }

    public override string ToString() => Name is null ? Address : $"{Name} <{Address}>";

    /// <summary>A text that stands in a header: whoever could break its line could write headers of their own.</summary>
    internal static string OneLine(string text) =>
        text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')
            ? throw new Refusal(MailText.Current["oneLine"])
            : text;

    private static string Checked(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1)
        {
            throw Wrong(address);
        }
        var local = address[..at];
        if (!local.All(char.IsAscii))
        {
            throw new Refusal(MailText.Current.Format("addressAccent", Shown(address)));
        }
        var domain = Ascii(address[(at + 1)..]) ?? throw Wrong(address);
        var whole = $"{local}@{domain}";
        return local.Length <= LongestLocalPart && whole.Length <= LongestAddress && Atoms().IsMatch(local)
            ? whole
            : throw Wrong(address);
    }

    private static string? Ascii(string domain)
    {
        try
        {
            var ascii = new IdnMapping { UseStd3AsciiRules = true }
                .GetAscii(domain)
                .ToLowerInvariant();
            return Labels().IsMatch(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Refusal Wrong(string address) => new(MailText.Current.Format("addressWrong", Shown(address)));

    private static string Shown(string address) =>
        string.Concat(address.Where(c => !char.IsControl(c)).Take(LongestAddress));

    [GeneratedRegex(@"^(?<name>[^<>]*)<(?<address>[^<>]+)>$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Atoms();

    [GeneratedRegex(
        @"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Labels();
}
