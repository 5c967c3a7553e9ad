using System.Buffers;
using System.Text.Unicode;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>Looks twice at a line that has something unusual, notes it, and rewrites the fields that need it.</summary>
internal sealed class FieldCleaner(Tally tally, Layout layout)
{
    // All but the tabulator, which may separate the fields.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]
    );

    private const int EnoughLines = 20_000;

    // Columns where a no-break space has no business; in a label it is fine typography.
    private readonly bool[] isText = BuildIsText(layout);
    private byte[] buffer = new byte[1024];

    /// <summary>Counts a line with letters beyond ASCII, and tells whether one of them needs more than counting.</summary>
    public bool NeedsCleaning(ReadOnlySpan<byte> text) =>
        // Text encoded twice and no-break spaces begin with C2 or E2 in UTF-8; most French letters with C3.
        text.IndexOfAny((byte)0xC2, (byte)0xE2) >= 0 || !Utf8.IsValid(text) ? NeedsCleaningOdd(text) : CountUtf8();

    private bool CountUtf8()
    {
        tally.Utf8Lines++;
        return false;
    }

    private bool NeedsCleaningOdd(ReadOnlySpan<byte> text)
    {
        // A line that is cleaned is counted there.
        if (Utf8.IsValid(text) || text.Contains((byte)0xA0))
        {
            return true;
        }
        CountLetters(text);
        return false;
    }

    private bool CountLetters(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            tally.Utf8Lines++;
            return true;
        }
        // Some thousands of letters tell the encoding; a long file has millions.
        if (tally.InvalidTextLines++ < EnoughLines)
        {
            tally.Sightings.Add(text);
        }
        return false;
    }

    /// <summary>Returns the line to read: <paramref name="text"/> itself, or a cleaned copy.</summary>
    /// <param name="text">The line.</param>
    /// <param name="fieldEnds">Where its fields end.</param>
    /// <param name="cleanEnds">Receives where the fields of the result end.</param>
    /// <param name="columns">How many fields to look at.</param>
    /// <param name="line">The line's number.</param>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text, int[] fieldEnds, int[] cleanEnds, int columns, int line)
    {
        var hasHigh = !System.Text.Ascii.IsValid(text);
        var utf8 = !hasHigh || CountLetters(text);
        var hasControl = text.IndexOfAny(Controls) >= 0;
        var hasAmpersand = text.Contains((byte)'&');
        var doubled = hasHigh && utf8 && Repair.IsDoublyEncoded(text);
        if (text.Length > buffer.Length)
        {
            buffer = new byte[text.Length * 2];
        }
        var start = 0;
        var written = 0;
        for (var i = 0; i < columns; i++)
        {
            var field = text[start..fieldEnds[i]];
            start = fieldEnds[i] + 1;
            if (field.Length > 0)
            {
                if (hasAmpersand && Repair.HasEntity(field))
                {
                    tally.Note(NoticeCode.HtmlEntity, i, line, field);
                }
                if (doubled && Repair.IsDoublyEncoded(field))
                {
                    tally.Note(NoticeCode.DoubleEncoding, i, line, field);
                }
                written += CleanField(field, buffer.AsSpan(written), i, line, hasControl, hasHigh, utf8);
            }
            cleanEnds[i] = written;
            if (i < columns - 1)
            {
                buffer[written++] = (byte)'\t';
            }
        }
        return buffer.AsSpan(0, written);
    }

    private int CleanField(ReadOnlySpan<byte> field, Span<byte> target, int position, int line, bool hasControl, bool hasHigh, bool utf8)
    {
        if (field[0] == ' ' || field[^1] == ' ')
        {
            // A label's last space is nobody's concern; in a code, a date or an amount it is padding.
            var trimmed = field.Trim((byte)' ');
            tally.Note(NoticeCode.Padded, position, line, field, trimmed);
            field = trimmed;
            if (field.Length == 0)
            {
                return 0;
            }
        }
        if (field.Length > 1 && field[^1] is (byte)'\'' or (byte)'"')
        {
            if (Repair.FromByteRepr(field) is { } bytes)
            {
                tally.Note(NoticeCode.ByteRepr, position, line, field, bytes);
                bytes.CopyTo(target);
                return bytes.Length;
            }
            if (field[0] == '"' && field[^1] == '"')
            {
                tally.Note(NoticeCode.Quoted, position, line, field, field[1..^1]);
                field = field[1..^1].Trim((byte)' ');
            }
        }
        if (hasControl && field.IndexOfAny(Controls) >= 0)
        {
            var kept = 0;
            foreach (var b in field)
            {
                if (!Controls.Contains(b))
                {
                    target[kept++] = b;
                }
            }
            tally.Note(NoticeCode.ControlCharacter, position, line, field, target[..kept]);
            return kept;
        }
        if (hasHigh && !isText[Math.Min(position, isText.Length - 1)])
        {
            var kept = RemoveNoBreakSpaces(field, target, utf8);
            if (kept < field.Length)
            {
                tally.Note(NoticeCode.NoBreakSpace, position, line, field, target[..kept]);
            }
            return kept;
        }
        field.CopyTo(target);
        return field.Length;
    }

    private static int RemoveNoBreakSpaces(ReadOnlySpan<byte> field, Span<byte> target, bool utf8)
    {
        var kept = 0;
        for (var i = 0; i < field.Length; i++)
        {
            if (utf8 && field[i..].StartsWith("\u00A0"u8))
            {
                i++;
            }
            else if (utf8 && field[i..].StartsWith("\u202F"u8))
            {
                i += 2;
            }
            else if (utf8 || field[i] != 0xA0)
            {
                target[kept++] = field[i];
            }
        }
        return kept;
    }

    private static bool[] BuildIsText(Layout layout)
    {
        var isText = new bool[LineParser.MaxColumns];
        foreach (var column in (Column[])[Column.JournalLib, Column.CompteLib, Column.CompAuxLib, Column.EcritureLib, Column.NatOp])
        {
            if (layout[column] is >= 0 and < LineParser.MaxColumns)
            {
                isText[layout[column]] = true;
            }
        }
        return isText;
    }
}
