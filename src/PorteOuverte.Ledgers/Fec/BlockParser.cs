using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>Finds the lines and fields of a block, sixty-four bytes at a time, and hands them to a <see cref="LineParser"/>.</summary>
internal sealed class BlockParser(LineParser lines, Tally tally, Layout layout, byte separator, byte lineEnd)
{
    // One more than is looked at, so that the search can write without asking.
    private readonly int[] fieldEnds = new int[LineParser.MaxColumns + 1];

    private const int Step = 64;

    /// <summary>Where bytes of interest stand among sixty-four, a bit each.</summary>
    private struct Marks
    {
        /// <summary>Separators and line ends.</summary>
        public ulong Fields;
        public ulong LineEnds;
        public ulong Returns;

        /// <summary>Spaces and quotation marks, which matter at the end of a field.</summary>
        public ulong Pads;

        /// <summary>Ampersands and control characters.</summary>
        public ulong Odd;

        /// <summary>Bytes beyond ASCII.</summary>
        public ulong High;

        /// <summary>C3 to DF, which begin a letter of two bytes in UTF-8; C2 begins no-break spaces and text encoded twice.</summary>
        public ulong Leads;

        /// <summary>80 to BF, which go on with a letter.</summary>
        public ulong Followers;
    }

    /// <param name="block">Whole lines; the last byte is a line end.</param>
    /// <param name="line">Number of the first line.</param>
    public void Parse(ReadOnlySpan<byte> block, int line)
    {
        lines.BeginBlock();
        ref var first = ref MemoryMarshal.GetReference(block);
        Span<byte> tail = stackalloc byte[Step];
        var lineStart = 0;
        var columns = 0;
        // Up to where letters beyond ASCII, and bytes that call for a cleaning, have been seen.
        var highUntil = -1;
        var suspectUntil = -1;
        var oddUntil = -1;
        // The last bit of the step before: a field may end where one step begins.
        ulong endBefore = 1;
        ulong padBefore = 0;
        ulong leadBefore = 0;
        for (var at = 0; at < block.Length; at += Step)
        {
            Marks marks;
            if (at + Step <= block.Length)
            {
                marks = Find(ref Unsafe.Add(ref first, at));
            }
            else
            {
                tail.Fill((byte)'0');
                block[at..].CopyTo(tail);
                marks = Find(ref MemoryMarshal.GetReference(tail));
            }
            if ((marks.High | leadBefore) != 0)
            {
                highUntil = at + Step;
                // In plain French all bytes beyond ASCII are the two of a letter; anything else deserves a look.
                if (((marks.Leads << 1) | leadBefore) != marks.Followers || (marks.Leads | marks.Followers) != marks.High)
                {
                    suspectUntil = at + Step;
                }
                leadBefore = marks.Leads >> 63;
            }
            var ends = marks.Fields | marks.Returns;
            if ((marks.Odd | (((marks.Pads << 1) | padBefore) & ends) | (((ends << 1) | endBefore) & marks.Pads)) != 0)
            {
                oddUntil = at + Step;
            }
            padBefore = marks.Pads >> 63;
            endBefore = ends >> 63;
            var fields = marks.Fields;
            while (fields != 0)
            {
                var bit = BitOperations.TrailingZeroCount(fields);
                var mark = at + bit;
                fields &= fields - 1;
                fieldEnds[Math.Min(columns, LineParser.MaxColumns)] = mark - lineStart;
                columns++;
                if ((marks.LineEnds >> bit & 1) != 0)
                {
                    var special =
                        oddUntil > lineStart ? Special.Odd
                        : suspectUntil > lineStart ? Special.Suspect
                        : highUntil > lineStart ? Special.High
                        : Special.None;
                    EndLine(block[lineStart..mark], columns, line++, special);
                    lineStart = mark + 1;
                    columns = 0;
                }
            }
        }
        lines.EndBlock();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Marks Find(ref byte start)
    {
        Marks marks;
        var low = FindHalf(Vector256.LoadUnsafe(ref start));
        var high = FindHalf(Vector256.LoadUnsafe(ref start, 32));
        marks.LineEnds = low.LineEnds | (high.LineEnds << 32);
        marks.Fields = low.Fields | (high.Fields << 32);
        marks.Returns = low.Returns | (high.Returns << 32);
        marks.Pads = low.Pads | (high.Pads << 32);
        marks.Odd = low.Odd | (high.Odd << 32);
        marks.High = low.High | (high.High << 32);
        marks.Leads = low.Leads | (high.Leads << 32);
        marks.Followers = low.Followers | (high.Followers << 32);
        return marks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Marks FindHalf(Vector256<byte> bytes)
    {
        Marks marks;
        marks.LineEnds = Vector256.Equals(bytes, Vector256.Create(lineEnd)).ExtractMostSignificantBits();
        marks.Fields = marks.LineEnds | Vector256.Equals(bytes, Vector256.Create(separator)).ExtractMostSignificantBits();
        marks.Returns = Vector256.Equals(bytes, Vector256.Create((byte)'\r')).ExtractMostSignificantBits();
        marks.Pads = (
            Vector256.Equals(bytes, Vector256.Create((byte)' '))
            | Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\''))
        ).ExtractMostSignificantBits();
        marks.Odd = (
            Vector256.Equals(bytes, Vector256.Create((byte)'&')) | Vector256.LessThan(bytes, Vector256.Create((byte)'\t'))
        ).ExtractMostSignificantBits();
        marks.High = bytes.ExtractMostSignificantBits();
        // A range of bytes is one comparison once its start is taken off.
        marks.Leads = Vector256
            .LessThanOrEqual(bytes - Vector256.Create((byte)0xC3), Vector256.Create((byte)(0xDF - 0xC3)))
            .ExtractMostSignificantBits();
        marks.Followers = Vector256
            .LessThanOrEqual(bytes - Vector256.Create((byte)0x80), Vector256.Create((byte)(0xBF - 0x80)))
            .ExtractMostSignificantBits();
        return marks;
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
