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

    private static readonly FrozenDictionary<string, Asset> All = typeof(Bundle)
        .Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(n => n[Prefix.Length..], n => new Asset(n), StringComparer.Ordinal);

    /// <summary>The address of an asset, which changes with its content.</summary>
    public static string Address(string name) => $"/assets/{name}?v={All[name].Version}";

    /// <summary>The address of a file whose name the bundler completed with the digest of its content: a font.</summary>
    public static string Digested(string name) =>
        "/assets/" + All.Keys.Single(k => k.StartsWith(name + "-", StringComparison.Ordinal));

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
                        asset.IsText
                        && http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
                    if (compressed)
                    {
                        http.Response.Headers.ContentEncoding = "br";
                    }
                    return Results.Bytes(compressed ? asset.Compressed : asset.Bytes, asset.Type);
                }
            )
            .OpenToAll();

    private sealed class Asset(string resource)
    {
        private readonly Lazy<byte[]> bytes = new(() => Read(resource));
        private readonly Lazy<byte[]> compressed = new(() => Compress(Read(resource)));
        private readonly Lazy<string> version = new(() =>
            Convert.ToHexStringLower(SHA256.HashData(Read(resource)))[..12]
        );

        public byte[] Bytes => bytes.Value;

        public byte[] Compressed => compressed.Value;

        public string Version => version.Value;

        public string Type { get; } =
            Path.GetExtension(resource) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".woff2" => "font/woff2",
                ".txt" => "text/plain; charset=utf-8",
                _ => "application/octet-stream",
            };

        public bool IsText => !Type.StartsWith("font/", StringComparison.Ordinal);

        private static byte[] Read(string resource)
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }

        private static byte[] Compress(byte[] content)
        {
            using var output = new MemoryStream();
            using (var brotli = new BrotliStream(output, CompressionLevel.SmallestSize))
            {
                brotli.Write(content);
            }
            return output.ToArray();
        }
    }
}
