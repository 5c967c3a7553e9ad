using System.Net;
using Microsoft.Extensions.Configuration;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Http;

/// <summary>How the server is reached.</summary>
/// <param name="Urls">Addresses to listen on, separated by semicolons.</param>
/// <param name="PublicUrl">What people type: every link in a mail begins with it, whatever a request says of its host.</param>
/// <param name="Otlp">Where traces and measures are sent, by OTLP over HTTP: the address before <c>/v1/traces</c>; null: nowhere.</param>
/// <param name="TrustedProxies">Who is believed when it says for whom it asks (X-Forwarded-For, X-Forwarded-Proto); none: nobody.</param>
public sealed record ServerSettings(string Urls, Uri PublicUrl, Uri? Otlp, IReadOnlyList<IPNetwork> TrustedProxies)
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Whether pages that only developers need are shown.</summary>
    public bool Development { get; init; }

    /// <summary>The settings: the file porte.json of the data folder, then variables that begin with PORTE_, then options of the command.</summary>
    public static IConfigurationRoot Read(IReadOnlyDictionary<string, string?> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = options.GetValueOrDefault("Data") ?? Environment.GetEnvironmentVariable("PORTE_DATA") ?? "data";
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(
                    Path.Combine(Path.GetFullPath(folder), "porte.json"),
                    optional: true,
                    reloadOnChange: false
                )
                .AddEnvironmentVariables("PORTE_")
                .AddInMemoryCollection(
                    options.Where(o => o.Value is not null && o.Key != "Data").Append(new("Data", folder))
                )
                .Build();
        }
        catch (InvalidDataException e)
        {
            throw new Refusal(
                HttpText.Current.Format(
                    "settingFile",
                    Path.Combine(Path.GetFullPath(folder), "porte.json"),
                    e.InnerException?.Message.TrimEnd('.')
                )
            );
        }
    }

    /// <summary>The same settings for a command that works on the data beside a server.</summary>
    public static IConfigurationRoot Read(string? folder) =>
        Read(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data"] = folder });

    public static ServerSettings Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var urls = settings["Urls"] is { Length: > 0 } given ? given : DefaultUrls;
        return new ServerSettings(
            urls,
            Absolute(settings, "PublicUrl")
                ?? Absolute(
                    urls.Split(';')[0]
                        .Replace("://+", "://localhost", StringComparison.Ordinal)
                        .Replace("://*", "://localhost", StringComparison.Ordinal),
                    "Urls"
                )!,
            Absolute(settings, "Otlp")
                ?? Absolute(
                    Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"),
                    "OTEL_EXPORTER_OTLP_ENDPOINT"
                ),
            Networks(settings["TrustedProxies"])
        )
        {
            Development = string.Equals(settings["Development"], "true", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Whether people come encrypted.</summary>
    public bool IsEncrypted => PublicUrl.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether a proxy that encrypts must stand before the server, and none is believed.</summary>
    public bool LacksProxy =>
        IsEncrypted
        && TrustedProxies.Count == 0
        && !Urls.Contains(Uri.UriSchemeHttps + Uri.SchemeDelimiter, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether browsers know passkeys at the address people type: a name, not a number, and https but for localhost.</summary>
    public bool AllowsPasskeys =>
        PublicUrl.HostNameType == UriHostNameType.Dns && (IsEncrypted || PublicUrl.IsLoopback);

    /// <summary>A link people can follow from outside.</summary>
    public Uri Link(string path) => new(PublicUrl, path);

    private static List<IPNetwork> Networks(string? value) =>
        [
            .. (value ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(part =>
                    IPAddress.TryParse(part, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
                    : IPNetwork.TryParse(part, out var network) ? network
                    : throw new Refusal(HttpText.Current.Format("settingProxies", part))
                ),
        ];

    private static Uri? Absolute(IConfiguration settings, string key) => Absolute(settings[key], key);

    private static Uri? Absolute(string? value, string key) =>
        string.IsNullOrWhiteSpace(value) ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri
        : throw new Refusal(HttpText.Current.Format("settingUrl", key, value));
}
