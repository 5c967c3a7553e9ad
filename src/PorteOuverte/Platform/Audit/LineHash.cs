using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PorteOuverte.Platform.Audit;

/// <summary>What of a line is hashed: every field in a fixed order, each after its length, so that no two lines give the same bytes.</summary>
internal static class LineHash
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>What the first line follows.</summary>
    public static byte[] Genesis { get; } = new byte[Length];

    // Says what the bytes are: a line encoded otherwise, one day, can never have the hash of one of these.
    private static readonly byte[] Version = "porte audit line 1"u8.ToArray();

    // A half of a surrogate pair has no bytes of its own: better no line than one that reads like another.
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static byte[] Of(AuditLine line) => SHA256.HashData(Encode(line));

    public static ReadOnlySpan<byte> Encode(AuditLine line)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        Field(bytes, Version);
        Field(bytes, line.Previous);
        Field(bytes, line.WorkspaceId.Value.ToByteArray(bigEndian: true));
        Field(bytes, Whole(line.Number));
        Field(bytes, Whole(line.At.Ticks / TimeSpan.TicksPerMicrosecond));
        Field(bytes, line.PersonId?.Value.ToByteArray(bigEndian: true));
        Field(bytes, Text(line.Source));
        Field(bytes, Text(line.Action));
        Field(bytes, Text(line.SubjectKind));
        Field(bytes, Text(line.SubjectId));
        Field(bytes, Text(line.Details));
        return bytes.WrittenSpan;
    }

    // Nothing is not the same as an empty text: its length is −1.
    private static void Field(ArrayBufferWriter<byte> bytes, byte[]? value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), value?.Length ?? -1);
        bytes.Advance(sizeof(int));
        bytes.Write(value);
    }

    private static byte[] Whole(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[]? Text(string? value) => value is null ? null : Strict.GetBytes(value);
}
