using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PorteOuverte.Platform.Security;

/// <summary>The codes of an authenticator application: six digits out of a shared key and the time (RFC 6238).</summary>
public static class TimeCode
{
    public const int Digits = 6;
    private const int SecondsAStep = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step whose code this is, now or one step beside it; null when it is wrong, or not newer than the last one taken: a code seen over a shoulder opens nothing.</summary>
    /// <param name="key">In Base32, as the application was given it.</param>
    public static long? Step(string key, string code, DateTimeOffset now, long? after)
    {
        ArgumentNullException.ThrowIfNull(code);
        var secret = Bytes(key);
        var present = now.ToUnixTimeSeconds() / SecondsAStep;
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
        {
            // All are compared, whatever was found: the time it takes says nothing.
            if (CryptographicOperations.FixedTimeEquals(Ascii(Code(secret, step)), Ascii(code)) && !(step <= after))
            {
                found ??= step;
            }
        }
        return found;
    }

    /// <summary>The code an application shows at this moment.</summary>
    public static string Code(string key, DateTimeOffset now) =>
        Code(Bytes(key), now.ToUnixTimeSeconds() / SecondsAStep);

    private static string Code(byte[] secret, long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // Every application knows SHA-1, and few another; as a keyed hash it is sound (RFC 6238, 1.2).
#pragma warning disable CA5350
        HMACSHA1.HashData(secret, message, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D" + Digits, CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string base32)
    {
        ArgumentNullException.ThrowIfNull(base32);
        var bytes = new byte[base32.Length * 5 / 8];
        var (held, bits, at) = (0, 0, 0);
        foreach (var letter in base32)
        {
            (held, bits) = ((held << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bytes[at++] = (byte)(held >> (bits - 8));
                bits -= 8;
                held &= (1 << bits) - 1;
            }
        }
        return bytes;
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
