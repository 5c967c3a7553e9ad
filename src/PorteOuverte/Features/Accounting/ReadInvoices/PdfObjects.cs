using System.IO.Compression;

namespace PorteOuverte.Features.Accounting.ReadInvoices;

/// <summary>The objects of a PDF, found by reading it from its beginning to its end.</summary>
/// <remarks>
/// The tables that say where each stands may be wrong, or lead round in a ring. What came later in the file takes the place of what
/// came before, as when somebody saves a change. Nothing is unpacked further than an invoice goes.
/// </remarks>
internal sealed class PdfObjects
{
    private const int MostObjects = 200_000;
    private const long MostUnpacked = 32_000_000;

    private readonly byte[] file;
    private readonly PdfBounds bounds;
    private readonly Dictionary<int, Place> places = [];
    private long unpacked;

    /// <exception cref="UnreadablePdfException">It is damaged, locked, or larger than any invoice.</exception>
    public PdfObjects(byte[] file)
    {
        (this.file, bounds) = (file, new PdfBounds(file));
        if (file.AsSpan().LastIndexOf("startxref"u8) < 0)
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        }
        Look();
        if (places.Count == 0)
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        }
    }

    /// <summary>Each dictionary that carries files, among the objects that hold.</summary>
    public IEnumerable<Dictionary<string, object?>> ThatCarry()
    {
        foreach (var place in places.Values.Where(p => p.In.AsSpan(p.At, p.Length).IndexOf("/EF"u8) >= 0).ToList())
        {
            foreach (var found in Within(place.Value()))
            {
                yield return found;
            }
        }
    }

    /// <summary>What stands there, or where it leads to.</summary>
    public object? Resolved(object? value) =>
        value is PdfReference reference
            ? places.TryGetValue(reference.Number, out var place)
                ? place.Value()
                : null
            : value;

    /// <summary>The content of a stream, unpacked.</summary>
    public byte[] Stream(PdfReference reference, long most)
    {
        if (
            !places.TryGetValue(reference.Number, out var place)
            || place.In != file
            || Stream(place.At) is not var (dictionary, content)
        )
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        }
        return Unpacked(dictionary, content, most);
    }

    // One object after the other; what a stream holds is passed over, it may look like anything.
    private void Look()
    {
        var at = 0;
        var before = 0;
        while (file.AsSpan(at).IndexOf("obj"u8) is >= 0 and var next)
        {
            var word = at + next;
            at = word + 3;
            if (bounds.Number(word) is not { } number)
            {
                continue;
            }
            var end = bounds.End(at);
            Keep(number, new Place(file, at, end - at));
            if (
                file.AsSpan(at, end - at).IndexOf("/ObjStm"u8) >= 0
                && Stream(at) is var (dictionary, content)
                && dictionary.GetValueOrDefault("Type") is PdfName { Text: "ObjStm" }
            )
            {
                LookInto(dictionary, content);
            }
            RefuseLocked(before, end);
            at = before = bounds.Behind(at, end);
        }
        RefuseLocked(before, file.Length);
    }

    private void RefuseLocked(int from, int to)
    {
        if (file.AsSpan(from, to - from).IndexOf("/Encrypt"u8) >= 0)
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Password);
        }
    }

    // Objects that are packed together: their numbers and places first.
    private void LookInto(Dictionary<string, object?> dictionary, ArraySegment<byte> packed)
    {
        var content = Unpacked(dictionary, packed, MostUnpacked - unpacked);
        unpacked += content.Length;
        var syntax = new PdfSyntax(content, 0);
        if (
            Resolved(dictionary.GetValueOrDefault("N")) is not (>= 0L and <= MostObjects and long count)
            || Resolved(dictionary.GetValueOrDefault("First")) is not long first
        )
        {
            throw new UnreadablePdfException(UnreadablePdfReason.Broken);
        }
        var inside = new SortedDictionary<int, int>();
        for (var i = 0; i < count; i++)
        {
            if (
                syntax.Value() is not (> 0L and <= int.MaxValue and long number)
                || syntax.Value() is not (>= 0L and long offset)
                || first + offset >= content.Length
            )
            {
                throw new UnreadablePdfException(UnreadablePdfReason.Broken);
            }
            inside[(int)(first + offset)] = (int)number;
        }
        // Each from its place to the next, so that nothing is read twice.
        var end = content.Length;
        foreach (var (at, number) in inside.Reverse())
        {
            Keep(number, new Place(content, at, end - at));
            end = at;
        }
    }

    private void Keep(int number, Place place)
    {
        places[number] = place;
        if (places.Count > MostObjects)
        {
            throw new UnreadablePdfException(UnreadablePdfReason.TooLarge);
        }
    }

    private (Dictionary<string, object?>, ArraySegment<byte>)? Stream(int at)
    {
        var end = bounds.End(at);
        if (
            !file.AsSpan(end).StartsWith("stream"u8)
            || new PdfSyntax(file.AsSpan(0, end), at).Value() is not Dictionary<string, object?> dictionary
        )
        {
            return null;
        }
        var (from, to) = bounds.Content(at, end);
        return (dictionary, new ArraySegment<byte>(file, from, to - from));
    }

    private static IEnumerable<Dictionary<string, object?>> Within(object? value) =>
        value switch
        {
            Dictionary<string, object?> one => one.Values.SelectMany(Within).Concat(one.ContainsKey("EF") ? [one] : []),
            List<object?> many => many.SelectMany(Within),
            _ => [],
        };

    private byte[] Unpacked(Dictionary<string, object?> dictionary, ArraySegment<byte> content, long most)
    {
        var filter = Resolved(dictionary.GetValueOrDefault("Filter")) switch
        {
            List<object?> { Count: 0 } => null,
            List<object?> { Count: 1 } one => Resolved(one[0]),
            var other => other,
        };
        switch (filter)
        {
            case null when content.Count <= most:
                return content.ToArray();
            case PdfName { Text: "FlateDecode" or "Fl" }:
                break;
            default:
                throw new UnreadablePdfException(
                    filter is null ? UnreadablePdfReason.TooLarge : UnreadablePdfReason.Broken
                );
        }
        // First how much it is: a few kilobytes may unpack to gigabytes.
        var buffer = new byte[81920];
        long size = 0;
        using (var packed = Packed(content))
        {
            for (int read; (read = packed.Read(buffer)) > 0; )
            {
                size += read;
                if (size > most)
                {
                    throw new UnreadablePdfException(UnreadablePdfReason.TooLarge);
                }
            }
        }
        var all = new byte[size];
        using (var packed = Packed(content))
        {
            packed.ReadExactly(all);
        }
        return all;
    }

    private static ZLibStream Packed(ArraySegment<byte> content) =>
        new(new MemoryStream(content.Array!, content.Offset, content.Count), CompressionMode.Decompress);

    private readonly record struct Place(byte[] In, int At, int Length)
    {
        public object? Value() => new PdfSyntax(In.AsSpan(At, Length), 0).Value();
    }
}
