using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>Finds the lines and fields of a block, thirty-two bytes at a time, and hands them to a <see cref="LineParser"/>.</summary>
internal sealed class BlockParser(LineParser lines, Tally tally, Layout layout, byte separator, byte lineEnd)
{
    // One more than is looked at, so that the search can write without asking.
    private readonly int[] fieldEnds = new int[LineParser.MaxColumns + 1];

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
        var returns = Vector256.Create((byte)'\r');
        var spaces = Vector256.Create((byte)' ');
        var quotes = Vector256.Create((byte)'"');
        var apostrophes = Vector256.Create((byte)'\'');
        Span<byte> tail = stackalloc byte[Vector256<byte>.Count];
        var lineStart = 0;
        var columns = 0;
        // Up to where letters beyond ASCII, and bytes that call for a cleaning, have been seen.
        var highUntil = -1;
        var oddUntil = -1;
        // The last bit of the vector before: a field may end where one vector begins.
        uint endBefore = 1;
        uint padBefore = 0;
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
            if (bytes.ExtractMostSignificantBits() != 0)
            {
                highUntil = at + Vector256<byte>.Count;
            }
            var ends = marks | Vector256.Equals(bytes, returns).ExtractMostSignificantBits();
            var pads = (Vector256.Equals(bytes, spaces) | Vector256.Equals(bytes, quotes) | Vector256.Equals(bytes, apostrophes)).ExtractMostSignificantBits();
            var odd =
                (Vector256.Equals(bytes, ampersands) | Vector256.LessThan(bytes, tabs)).ExtractMostSignificantBits()
                | (((pads << 1) | padBefore) & ends)
                | (((ends << 1) | endBefore) & pads);
            padBefore = pads >> 31;
            endBefore = ends >> 31;
            if (odd != 0)
            {
                oddUntil = at + Vector256<byte>.Count;
            }
            while (marks != 0)
            {
                var mark = at + BitOperations.TrailingZeroCount(marks);
                marks &= marks - 1;
                fieldEnds[Math.Min(columns, LineParser.MaxColumns)] = mark - lineStart;
                columns++;
                if (Unsafe.Add(ref first, mark) == lineEnd)
                {
                    EndLine(block[lineStart..mark], columns, line++, oddUntil > lineStart ? Special.Odd : highUntil > lineStart ? Special.High : Special.None);
                    lineStart = mark + 1;
                    columns = 0;
                }
            }
        }
        lines.EndBlock();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndLine(ReadOnlySpan<byte> text, int columns, int line, Special special)
    {
        // Any number of carriage returns may stand before a line feed.
        if (text.Length > 0 && text[^1] == '\r')
        {
            text = text.TrimEnd((byte)'\r');
            fieldEnds[Math.Min(columns - 1, LineParser.MaxColumns)] = text.Length;
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
        lines.Line(text, fieldEnds, columns, line, special);
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
                    fieldEnds[Math.Min(columns++, LineParser.MaxColumns)] = i;
                }
            }
            lines.Line(piece, fieldEnds, columns, line, Special.Odd);
        }
    }
}
