using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>Finds the lines and fields of a block, thirty-two bytes at a time, and hands them to a <see cref="LineParser"/>.</summary>
internal sealed class BlockParser(LineParser lines, Tally tally, Layout layout, byte separator, byte lineEnd)
{
    // One more than is looked at, so that the search can write without asking.
    private readonly int[] ends = new int[LineParser.MaxColumns + 1];

    /// <param name="block">Whole lines; the last byte is a line end.</param>
    /// <param name="line">Number of the first line.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Parse(ReadOnlySpan<byte> block, int line)
    {
        lines.BeginBlock();
        ref var first = ref MemoryMarshal.GetReference(block);
        var separators = Vector256.Create(separator);
        var lineEnds = Vector256.Create(lineEnd);
        var ampersands = Vector256.Create((byte)'&');
        var tabs = Vector256.Create((byte)'\t');
        Span<byte> tail = stackalloc byte[Vector256<byte>.Count];
        var lineStart = 0;
        var columns = 0;
        var specialUntil = -1;
        for (var at = 0; at < block.Length; at += Vector256<byte>.Count)
        {
            Vector256<byte> bytes;
            if (at + Vector256<byte>.Count <= block.Length)
            {
                bytes = Vector256.LoadUnsafe(ref first, (nuint)at);
            }
            else
            {
                tail.Fill((byte)'0');
                block[at..].CopyTo(tail);
                bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(tail));
            }
            var marks = (Vector256.Equals(bytes, separators) | Vector256.Equals(bytes, lineEnds)).ExtractMostSignificantBits();
            var special = (bytes | Vector256.Equals(bytes, ampersands) | Vector256.LessThan(bytes, tabs)).ExtractMostSignificantBits();
            if (special != 0)
            {
                specialUntil = at + Vector256<byte>.Count;
            }
            while (marks != 0)
            {
                var mark = at + BitOperations.TrailingZeroCount(marks);
                marks &= marks - 1;
                ends[Math.Min(columns, LineParser.MaxColumns)] = mark - lineStart;
                columns++;
                if (Unsafe.Add(ref first, mark) == lineEnd)
                {
                    EndLine(block[lineStart..mark], columns, line++, specialUntil > lineStart);
                    lineStart = mark + 1;
                    columns = 0;
                }
            }
        }
        lines.EndBlock();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndLine(ReadOnlySpan<byte> text, int columns, int line, bool special)
    {
        // Any number of carriage returns may stand before a line feed.
        if (text.Length > 0 && text[^1] == '\r')
        {
            text = text.TrimEnd((byte)'\r');
            ends[Math.Min(columns - 1, LineParser.MaxColumns)] = text.Length;
        }
        if (text.Length == 0)
        {
            tally.BlankLines++;
            return;
        }
        if (columns > layout.Count && text.Contains((byte)'\r'))
        {
            SplitLine(text, line);
            return;
        }
        lines.Line(text, ends, columns, line, special);
    }

    // A few lines of a file may end with a lone carriage return where the others have a line feed.
    private void SplitLine(ReadOnlySpan<byte> text, int line)
    {
        foreach (var range in text.Split((byte)'\r'))
        {
            var piece = text[range];
            if (piece.Length == 0)
            {
                continue;
            }
            var columns = 0;
            for (var i = 0; i <= piece.Length; i++)
            {
                if (i == piece.Length || piece[i] == separator)
                {
                    ends[Math.Min(columns++, LineParser.MaxColumns)] = i;
                }
            }
            lines.Line(piece, ends, columns, line, special: true);
        }
    }
}
