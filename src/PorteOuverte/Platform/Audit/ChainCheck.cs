namespace PorteOuverte.Platform.Audit;

/// <summary>What is wrong with some lines of a chain.</summary>
public enum Flaw
{
    /// <summary>The line is not what was hashed, or not the one its neighbours know.</summary>
    Changed,

    /// <summary>The number is skipped.</summary>
    Missing,

    /// <summary>The line was never appended by the program.</summary>
    Inserted,

    /// <summary>The chain ends before its head, or before a head that was noted.</summary>
    Truncated,

    /// <summary>Not one line is left of a workspace that somebody opened.</summary>
    Empty,

    /// <summary>The row that says where the chain ends is not there.</summary>
    Headless,

    /// <summary>The chain is sound in itself, and another than the one whose head was noted.</summary>
    Rewritten,
}

/// <summary>One flaw, from a line to a line.</summary>
public sealed record Finding(Flaw Flaw, long From, long To);

/// <summary>Goes along a chain, line after line, and tells what is wrong with it. It remembers two lines at most, however long the chain.</summary>
/// <param name="head">Where the chain says that it ends; null: it does not say.</param>
/// <param name="noted">Heads noted earlier: each must still be a line of the chain.</param>
/// <param name="after">The line before the first that will be seen, where it is not the first of all.</param>
/// <param name="found">Told of each flaw, neighbours of one kind together.</param>
internal sealed class ChainCheck(
    NotedHead? head,
    IReadOnlyList<NotedHead> noted,
    NotedHead? after,
    Action<Finding> found
)
{
    private long last = after?.Number ?? 0;
    private byte[] lastHash = after?.Hash ?? LineHash.Genesis;
    private byte[] lastComputed = after?.Hash ?? LineHash.Genesis;
    private byte[]? beforeLast;
    private Finding? pending;
    private long rewritten;

    /// <summary>The last line seen.</summary>
    public NotedHead End => new(last, lastHash);

    /// <param name="number">The number it stands under; in rising order.</param>
    /// <param name="line">Null: it could not even be read as a line.</param>
    public void Take(long number, AuditLine? line)
    {
        if (number < 1 || number > (head?.Number ?? long.MaxValue))
        {
            Tell(Flaw.Inserted, number, number);
            return;
        }
        var follows = number == last + 1;
        if (!follows)
        {
            Tell(Flaw.Missing, last + 1, number - 1);
        }
        var hash = line?.Hash ?? [];
        var computed = line is null ? [] : LineHash.Of(line);
        var whole = line is not null && Same(hash, computed);
        if (line is not null && follows && !Same(line.Previous, lastHash) && !Same(line.Previous, lastComputed))
        {
            if (beforeLast is not null && Same(line.Previous, beforeLast))
            {
                // It follows the line before the last: the last was slipped in between.
                Tell(Flaw.Inserted, last, last);
            }
            else if (whole)
            {
                // It knows another line than the one that stands before it.
                Tell(Flaw.Changed, Math.Max(last, 1), Math.Max(last, 1));
            }
        }
        if (!whole)
        {
            Tell(Flaw.Changed, number, number);
        }
        rewritten = noted
            .Where(n => n.Number == number && !Same(n.Hash, hash))
            .Select(n => n.Number)
            .LastOrDefault(rewritten);
        beforeLast = follows ? lastHash : null;
        (last, lastHash, lastComputed) = (number, hash, computed);
    }

    /// <summary>After the last line: the end of the chain must be where its heads say.</summary>
    public void Finish()
    {
        var end = Math.Max(head?.Number ?? 0, noted.Select(n => n.Number).DefaultIfEmpty().Max());
        if (end > last)
        {
            Tell(Flaw.Truncated, last + 1, end);
        }
        else if (last == 0)
        {
            Tell(Flaw.Empty, 0, 0);
        }
        if (head is null && last > 0)
        {
            Tell(Flaw.Headless, last, last);
        }
        else if (head?.Number == last && !Same(head.Hash, lastHash) && !Same(head.Hash, lastComputed))
        {
            Tell(Flaw.Changed, last, last);
        }
        if (rewritten > 0)
        {
            Tell(Flaw.Rewritten, 1, rewritten);
        }
        if (pending is not null)
        {
            found(pending);
            pending = null;
        }
    }

    private void Tell(Flaw flaw, long from, long to)
    {
        if (pending is { } open && open.Flaw == flaw && from >= open.From && from <= open.To + 1)
        {
            pending = open with { To = Math.Max(open.To, to) };
            return;
        }
        if (pending is not null)
        {
            found(pending);
        }
        pending = new Finding(flaw, from, to);
    }

    private static bool Same(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceEqual(b);
}
