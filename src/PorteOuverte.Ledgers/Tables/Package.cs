using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>The ZIP archive of a workbook, whose parts are unpacked within limits.</summary>
internal sealed class Package : IDisposable
{
    private const int EndLength = 22;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly ZipArchive archive;

    public string File { get; }

    private Package(string file, ZipArchive archive)
    {
        File = file;
        this.archive = archive;
    }

    public static Package Open(LedgerSource source)
    {
        var stream = source.Open();
        try
        {
            CheckDirectory(source.Name, stream);
            stream.Position = 0;
            return new Package(source.Name, new ZipArchive(stream, ZipArchiveMode.Read));
        }
        catch (InvalidDataException)
        {
            stream.Dispose();
            throw new UnreadableFileException(source.Name, UnreadableReason.Truncated);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose() => archive.Dispose();

    /// <summary>Calls for each element of a part. What reads further than the element's start leaves the reader on its end.</summary>
    public void ReadPart(string part, long limit, Action<XmlReader> element)
    {
        using var xml = OpenPart(part, limit);
        if (xml is not null)
        {
            Guard(
                File,
                () =>
                {
                    while (xml.Read())
                    {
                        if (xml.NodeType == XmlNodeType.Element)
                        {
                            element(xml);
                        }
                    }
                    return true;
                }
            );
        }
    }

    /// <summary>A reader of a part; null where there is no such part.</summary>
    public XmlReader? OpenPart(string part, long limit)
    {
        var entry = Guard(
            File,
            () =>
                archive.GetEntry(part)
                ?? archive.Entries.FirstOrDefault(e =>
                    string.Equals(e.FullName, part, StringComparison.OrdinalIgnoreCase)
                )
        );
        if (entry is null)
        {
            return null;
        }
        if (entry.IsEncrypted)
        {
            throw new UnreadableFileException(File, UnreadableReason.Locked);
        }
        var isBomb =
            entry.Length > TableLimits.RatioFrom
            && entry.Length / Math.Max(1, entry.CompressedLength) > TableLimits.Ratio;
        if (entry.Length > limit || isBomb)
        {
            throw TableLimits.Exceeded(File, "unpacked");
        }
        // An archive may lie about the length: no more than it says is ever unpacked.
        return Guard(File, () => XmlReader.Create(new Bounded(entry.Open(), entry.Length, File), Safe));
    }

    /// <summary>Each relation of a part: its kind and the part it leads to.</summary>
    public Dictionary<string, (string Type, string Part)> Relations(string part, string folder)
    {
        var relations = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        ReadPart(
            part,
            TableLimits.SmallPart,
            xml =>
            {
                if (
                    xml.LocalName == "Relationship"
                    && xml.GetAttribute("Id") is { } id
                    && xml.GetAttribute("Target") is { } target
                )
                {
                    relations[id] = (xml.GetAttribute("Type") ?? "", Resolve(folder, target));
                }
            }
        );
        return relations;
    }

    /// <summary>Runs, and says as a refusal what was wrong with the archive or its XML.</summary>
    public static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            throw new UnreadableFileException(file, UnreadableReason.Xml, e.LineNumber, e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException)
        {
            throw new UnreadableFileException(file, UnreadableReason.Truncated);
        }
    }

    // The archive's own reader would list any number of entries before anyone could ask how many there are.
    private static void CheckDirectory(string file, Stream stream)
    {
        var tail = new byte[Math.Min(stream.Length, EndLength + ushort.MaxValue)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndLength > tail.Length)
        {
            throw new UnreadableFileException(file, UnreadableReason.Truncated);
        }
        var end = tail.AsSpan(at);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        // Where a field is full, another record holds what it should: only archives of gigabytes need that.
        var isVast = entries == ushort.MaxValue || offset == uint.MaxValue || end[4..8].IndexOfAnyExcept((byte)0) >= 0;
        if (isVast || stream.Length - tail.Length + at - offset > TableLimits.Directory)
        {
            throw TableLimits.Exceeded(file, "unpacked");
        }
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target[1..];
        }
        var path = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in target.Split('/'))
        {
            if (step == ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (step is not ("." or ".." or ""))
            {
                path.Add(step);
            }
        }
        return string.Join('/', path);
    }

    private sealed class Bounded(Stream inner, long length, string file) : Stream
    {
        private readonly TagLengths tags = new();
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            left -= read;
            tags.Pass(buffer[..read]);
            return left >= 0 && tags.Longest <= TableLimits.Tag ? read : throw TableLimits.Exceeded(file, "unpacked");
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
