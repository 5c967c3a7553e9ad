using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PorteOuverte.Tests.Accounts;

/// <summary>A device that keeps one passkey, in software: it answers as a browser would (WebAuthn level 3, algorithm ES256, attestation none).</summary>
internal sealed class SoftKey(string origin = "https://porte.example.fr") : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(16);
    private string owner = "";

    /// <summary>Whether the device has asked who holds it.</summary>
    public bool UserVerified { get; init; } = true;

    public uint Count { get; set; }

    /// <summary>Answers to the options for making a key.</summary>
    public string Make(string options)
    {
        using var asked = JsonDocument.Parse(options);
        owner = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var domain = asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] attested =
        [
            .. new byte[16],
            0,
            (byte)id.Length,
            .. id,
            // COSE: EC2, ES256, P-256, x, y.
            0xA5,
            0x01,
            0x02,
            0x03,
            0x26,
            0x20,
            0x01,
            0x21,
            0x58,
            0x20,
            .. point.X!,
            0x22,
            0x58,
            0x20,
            .. point.Y!,
        ];
        byte[] data = [.. Head(domain, attests: true), .. attested];
        byte[] attestation =
        [
            0xA3,
            .. Cbor("fmt"),
            .. Cbor("none"),
            .. Cbor("attStmt"),
            0xA0,
            .. Cbor("authData"),
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Answer(
            new
            {
                clientDataJSON = Text(Client("webauthn.create", asked)),
                attestationObject = Text(attestation),
                transports = new[] { "internal" },
            }
        );
    }

    /// <summary>Answers to the options for showing it.</summary>
    public string Show(string options)
    {
        using var asked = JsonDocument.Parse(options);
        var data = Head(asked.RootElement.GetProperty("rpId").GetString()!, attests: false);
        var client = Client("webauthn.get", asked);
        var signature = key.SignData(
            [.. data, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Answer(
            new
            {
                authenticatorData = Text(data),
                clientDataJSON = Text(client),
                signature = Text(signature),
                userHandle = owner,
            }
        );
    }

    public void Dispose() => key.Dispose();

    private byte[] Head(string domain, bool attests)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        var flags = 0x01 | (UserVerified ? 0x04 : 0) | (attests ? 0x40 : 0);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)flags, .. count];
    }

    private byte[] Client(string type, JsonDocument asked) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                challenge = asked.RootElement.GetProperty("challenge").GetString(),
                origin,
                crossOrigin = false,
            }
        );

    private string Answer(object response) =>
        JsonSerializer.Serialize(
            new
            {
                id = Text(id),
                rawId = Text(id),
                type = "public-key",
                authenticatorAttachment = "platform",
                clientExtensionResults = new { },
                response,
            }
        );

    private static byte[] Cbor(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
