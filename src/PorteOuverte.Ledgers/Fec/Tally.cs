using System.Text;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>What one worker counted in one file.</summary>
internal sealed class Tally
{
    // A file of nothing but bad lines must not fill the memory: beyond this many, lines are counted only.
    public const int MostRejectedLines = 1000;

    // No position: the notice concerns the line or the file.
    public const int WholeLine = -1;
    private const int Positions = LineParser.MaxColumns + 1;
    private static readonly int Codes = Enum.GetValues<NoticeCode>().Length;

    private readonly Sample[] notices = new Sample[Codes * Positions];

    public int Lines;
    public int Rejected;
    public int BlankLines;
    public int ValidatedLines;
    public int InvalidTextLines;
    public int Utf8Lines;
    public long Debit;
    public long Credit;
    public int FirstDay = int.MaxValue;
    public int LastDay;
    public CodePages.Sightings Sightings { get; } = new();
    public List<(int Line, int Position, RejectReason Reason, byte[] Read)> RejectedLines { get; } = [];

    private struct Sample
    {
        public int Count;
        public int Line;
        public byte[]? Read;
        public byte[]? Assumed;
    }

    public void Note(NoticeCode code, int position, int line, ReadOnlySpan<byte> read, ReadOnlySpan<byte> assumed = default, int count = 1)
    {
        ref var sample = ref notices[((int)code * Positions) + Math.Min(position, LineParser.MaxColumns - 1) + 1];
        if (sample.Count == 0 || line < sample.Line)
        {
            sample.Line = line;
            sample.Read = read.IsEmpty ? null : Shorten(read);
            sample.Assumed = assumed.IsEmpty ? null : Shorten(assumed);
        }
        sample.Count += count;
    }

    public void Reject(int line, int position, RejectReason reason, ReadOnlySpan<byte> read)
    {
        Rejected++;
        if (RejectedLines.Count < MostRejectedLines)
        {
            RejectedLines.Add((line, position, reason, Shorten(read)));
        }
    }

    public void Add(Tally other)
    {
        Lines += other.Lines;
        Rejected += other.Rejected;
        BlankLines += other.BlankLines;
        ValidatedLines += other.ValidatedLines;
        InvalidTextLines += other.InvalidTextLines;
        Utf8Lines += other.Utf8Lines;
        Debit += other.Debit;
        Credit += other.Credit;
        FirstDay = Math.Min(FirstDay, other.FirstDay);
        LastDay = Math.Max(LastDay, other.LastDay);
        Sightings.Add(other.Sightings);
        RejectedLines.AddRange(other.RejectedLines);
        for (var i = 0; i < notices.Length; i++)
        {
            ref var mine = ref notices[i];
            var theirs = other.notices[i];
            if (theirs.Count > 0)
            {
                if (mine.Count == 0 || theirs.Line < mine.Line)
                {
                    (mine.Line, mine.Read, mine.Assumed) = (theirs.Line, theirs.Read, theirs.Assumed);
                }
                mine.Count += theirs.Count;
            }
        }
    }

    /// <summary>How often a notice was noted, over all columns.</summary>
    public int CountOf(NoticeCode code)
    {
        var count = 0;
        for (var p = 0; p < Positions; p++)
        {
            count += notices[((int)code * Positions) + p].Count;
        }
        return count;
    }

    public IEnumerable<Notice> Notices(Layout layout, Encoding encoding)
    {
        for (var i = 0; i < notices.Length; i++)
        {
            var sample = notices[i];
            if (sample.Count > 0)
            {
                var position = (i % Positions) - 1;
                yield return new Notice(
                    (NoticeCode)(i / Positions),
                    sample.Count,
                    sample.Line,
                    position == WholeLine ? null : layout.NameOf(position),
                    sample.Read is null ? null : CodePages.Decode(sample.Read, encoding),
                    Assumed((NoticeCode)(i / Positions), sample, encoding)
                );
            }
        }
    }

    // What a text becomes is only known once the encoding of the whole file is.
    private static string? Assumed(NoticeCode code, Sample sample, Encoding encoding) =>
        sample.Assumed is not null ? CodePages.Decode(sample.Assumed, encoding)
        : code is NoticeCode.HtmlEntity or NoticeCode.DoubleEncoding ? Repair.Label(sample.Read, encoding)
        : null;

    private static byte[] Shorten(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, 60)].ToArray();
}
