namespace PorteOuverte.Ledgers.Tables;

/// <summary>How long the tags of an XML are, told while its bytes pass by: a parser keeps a whole tag in memory, however long.</summary>
internal sealed class TagLengths
{
    private State state;
    private byte quote;
    private byte last;
    private byte lastButOne;
    private long length;

    private enum State
    {
        Text,
        Opened,
        Tag,
        Quoted,

        /// <summary>A comment, a stretch of raw text, an instruction: read in pieces by any parser.</summary>
        Aside,
    }

    public long Longest { get; private set; }

    public void Pass(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (state == State.Text)
            {
                var tag = bytes.IndexOf((byte)'<');
                if (tag < 0)
                {
                    return;
                }
                (state, length) = (State.Opened, 0);
                bytes = bytes[(tag + 1)..];
                continue;
            }
            // The zeros between the letters of UTF-16 say nothing.
            if (bytes[0] != 0)
            {
                Pass(bytes[0]);
            }
            bytes = bytes[1..];
        }
    }

    private void Pass(byte next)
    {
        switch (state)
        {
            case State.Opened:
                state = next is (byte)'!' or (byte)'?' ? State.Aside : State.Tag;
                break;
            case State.Tag when next == '>':
                state = State.Text;
                break;
            case State.Tag when next is (byte)'"' or (byte)'\'':
                (state, quote) = (State.Quoted, next);
                break;
            case State.Quoted when next == quote:
                state = State.Tag;
                break;
            case State.Aside
                when next == '>' && (last == '?' || (last == lastButOne && (last is (byte)'-' or (byte)']'))):
                state = State.Text;
                break;
        }
        if (state is State.Tag or State.Quoted)
        {
            Longest = Math.Max(Longest, ++length);
        }
        (lastButOne, last) = (last, next);
    }
}
