namespace PorteOuverte.Ledgers.Fec;

/// <summary>Cuts a stream into blocks of whole lines. One worker at a time may call it.</summary>
internal sealed class BlockReader
{
    public const int BlockSize = 1 << 20;

    private readonly Stream stream;
    private readonly byte lineEnd;
    private byte[] carry;
    private int carried;
    private int line;
    private bool ended;

    /// <param name="stream">The text, after <paramref name="head"/>.</param>
    /// <param name="head">Bytes already read.</param>
    /// <param name="lineEnd">The byte that ends a line.</param>
    /// <param name="firstLine">Number of the first line.</param>
    public BlockReader(Stream stream, ReadOnlySpan<byte> head, byte lineEnd, int firstLine)
    {
        this.stream = stream;
        this.lineEnd = lineEnd;
        carry = head.ToArray();
        carried = head.Length;
        line = firstLine;
    }

    /// <summary>Numbers of the lines that were longer than a block and were skipped.</summary>
    public List<int> TooLong { get; } = [];

    public long BytesRead { get; private set; }

    /// <summary>The last line, where the file does not end with a line end.</summary>
    public byte[]? LastLine { get; private set; }

    /// <summary>Number of the line after those read so far.</summary>
    public int NextLine => line;

    /// <summary>Reads the next block.</summary>
    /// <param name="buffer">Receives the text; replaced where it is too small. Always ends with a line end.</param>
    /// <param name="length">Length of the text.</param>
    /// <param name="firstLine">Number of its first line.</param>
    /// <returns>False at the end of the file.</returns>
    public bool TryRead(ref byte[] buffer, out int length, out int firstLine)
    {
        var needed = Math.Max(BlockSize, carried) + BlockSize;
        if (buffer.Length < needed)
        {
            buffer = GC.AllocateUninitializedArray<byte>(needed);
        }
        firstLine = line;
        carry.AsSpan(0, carried).CopyTo(buffer);
        length = carried;
        carried = 0;
        // The bytes read with the header may hold many lines.
        if (buffer.AsSpan(0, length).LastIndexOf(lineEnd) is var whole and >= 0)
        {
            carried = length - whole - 1;
            buffer.AsSpan(whole + 1, carried).CopyTo(carry);
            length = whole + 1;
            line += buffer.AsSpan(0, length).Count(lineEnd);
            return true;
        }
        while (!ended)
        {
            // Room is kept for the line end that a last line may lack.
            var read = stream.Read(buffer, length, buffer.Length - 1 - length);
            BytesRead += read;
            ended = read == 0;
            var from = length;
            length += read;
            var last = buffer.AsSpan(from, read).LastIndexOf(lineEnd);
            if (last >= 0)
            {
                var end = from + last + 1;
                carried = length - end;
                if (carry.Length < carried)
                {
                    carry = new byte[Math.Max(carried, BlockSize)];
                }
                buffer.AsSpan(end, carried).CopyTo(carry);
                length = end;
                break;
            }
            if (length >= BlockSize && !ended)
            {
                SkipLine();
                length = carried;
                carry.AsSpan(0, carried).CopyTo(buffer);
                carried = 0;
                firstLine = line;
                if (buffer.AsSpan(0, length).LastIndexOf(lineEnd) is var found and >= 0)
                {
                    carried = length - found - 1;
                    buffer.AsSpan(found + 1, carried).CopyTo(carry);
                    length = found + 1;
                    break;
                }
            }
        }
        if (length == 0)
        {
            return false;
        }
        if (buffer[length - 1] != lineEnd)
        {
            // The file ends here, without a line end.
            LastLine = buffer.AsSpan(0, length)[(buffer.AsSpan(0, length).LastIndexOf(lineEnd) + 1)..].ToArray();
            buffer[length++] = lineEnd;
        }
        line = firstLine + buffer.AsSpan(0, length).Count(lineEnd);
        return true;
    }

    // The line that fills the whole buffer is passed over; what follows its end is carried.
    private void SkipLine()
    {
        TooLong.Add(line++);
        if (carry.Length < BlockSize)
        {
            carry = new byte[BlockSize];
        }
        while (true)
        {
            var read = stream.Read(carry, 0, BlockSize);
            BytesRead += read;
            if (read == 0)
            {
                ended = true;
                carried = 0;
                return;
            }
            var at = carry.AsSpan(0, read).IndexOf(lineEnd);
            if (at >= 0)
            {
                carried = read - at - 1;
                carry.AsSpan(at + 1, carried).CopyTo(carry);
                return;
            }
        }
    }
}
