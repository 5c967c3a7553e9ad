using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Http;

/// <summary>Styles, scripts and fonts: inside the executable, compressed once, kept by browsers until they change.</summary>
public static class Bundle
{
    private const string Prefix = "assets/";
    private const string Compressed = ".br";

    private static readonly FrozenDictionary<string, Asset> All = typeof(Bundle)
        .Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(Name, n => new Asset(n), StringComparer.Ordinal);

    /// <summary>The address of an asset, which changes with its content.</summary>
    public static string Address(string name) => $"/assets/{name}?v={All[name].Version}";

    /// <summary>The address of a file whose name the bundler completed with the digest of its content: a font.</summary>
    public static string Digested(string name) =>
        "/assets/" + All.Keys.Single(k => k.StartsWith(name + "-", StringComparison.Ordinal));

    private static string Name(string resource) =>
        resource[Prefix.Length..(resource.EndsWith(Compressed, StringComparison.Ordinal) ? ^Compressed.Length : ^0)];

    internal static void MapBundle(this WebApplication app) =>
        app.MapGet(
                "/assets/{name}",
                (string name, HttpContext http) =>
                {
                    if (!All.TryGetValue(name, out var asset))
                    {
                        return Results.NotFound();
                    }
                    http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    http.Response.Headers.Vary = "Accept-Encoding";
                    var compressed =
                        asset.IsCompressed
                        && http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
                    if (compressed)
                    {
                        http.Response.Headers.ContentEncoding = "br";
                    }
                    return Results.Bytes(compressed ? asset.Stored : asset.Bytes, asset.Type);
                }
            )
            .OpenToAll();

    /// <summary>Texts come compressed from the build; a client that takes none of it gets them plain.</summary>
    private sealed class Asset(string resource)
    {
        private readonly Lazy<byte[]> stored = new(() => Read(resource));
        private readonly Lazy<byte[]> plain = new(() => Plain(Read(resource)));
        private readonly Lazy<string> version = new(() =>
            Convert.ToHexStringLower(SHA256.HashData(Read(resource)))[..12]
        );

        public byte[] Stored => stored.Value;

        public byte[] Bytes => IsCompressed ? plain.Value : stored.Value;

        public string Version => version.Value;

        public bool IsCompressed { get; } = resource.EndsWith(Compressed, StringComparison.Ordinal);

        public string Type { get; } =
            Path.GetExtension(Name(resource)) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".woff2" => "font/woff2",
                ".txt" => "text/plain; charset=utf-8",
                _ => "application/octet-stream",
            };

        private static byte[] Read(string resource)
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }

        private static byte[] Plain(byte[] content)
        {
            using var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
            using var output = new MemoryStream();
            brotli.CopyTo(output);
            return output.ToArray();
        }
    }
}
