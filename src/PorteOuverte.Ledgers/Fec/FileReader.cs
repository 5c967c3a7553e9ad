using System.Text.RegularExpressions;
using PorteOuverte.Ledgers.Text;

namespace PorteOuverte.Ledgers.Fec;

/// <summary>Reads one file, on as many threads as there are parts.</summary>
internal sealed partial class FileReader(LedgerSource source, ushort index, IReadOnlyList<Part> parts)
{
    // Below this many bytes a second thread costs more than it saves.
    private const long WorthSharing = 4 << 20;

    public Tally Tally { get; } = new();
    public Layout Layout { get; private set; } = Layout.Norm(0);
    public string Encoding { get; private set; } = "utf-8";

    public LedgerFile Read(Action<long>? progress, CancellationToken cancellation)
    {
        using var stream = source.Open();
        var head = new byte[BlockReader.BlockSize];
        var format = Format.Of(source.Name, head.AsSpan(0, stream.ReadAtLeast(head, 4096, throwOnEndOfStream: false)));
        stream.Position = format.MarkLength;
        var text = format.ToAscii(stream);
        var length = text.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var (layout, headerLength) = format.ReadHeader(head.AsSpan(0, length));
        Layout = layout;
        string? closing = null;
        int? truncatedAt = null;
        if (format.IsXml)
        {
            stream.Position = 0;
            (closing, Encoding) = new XmlReading(source.Name, parts[0], Tally, index).Read(stream, progress, cancellation);
        }
        else
        {
            var blocks = new BlockReader(
                text,
                head.AsSpan(headerLength, length - headerLength),
                format.LineEnd,
                head.AsSpan(0, headerLength).Count(format.LineEnd) + 1
            );
            ReadBlocks(blocks, format, stream.Length, progress, cancellation);
            foreach (var line in blocks.TooLong)
            {
                Tally.Lines++;
                Tally.Reject(line, Tally.WholeLine, RejectReason.TooLong, default);
            }
            truncatedAt = IsTruncated(blocks.LastLine, format) ? blocks.NextLine - 1 : null;
            Encoding = ChooseEncoding(format);
            NoteHeader(format);
        }
        if (Tally.Lines == 0)
        {
            throw new UnreadableFileException(source.Name, UnreadableReason.NoLines);
        }
        if (Tally.Rejected == Tally.Lines)
        {
            throw new UnreadableFileException(source.Name, UnreadableReason.NoReadableLine, 2);
        }
        return Report(format, closing, truncatedAt);
    }

    private void ReadBlocks(BlockReader blocks, Format format, long size, Action<long>? progress, CancellationToken cancellation)
    {
        var workers = size < WorthSharing ? 1 : parts.Count;
        var tallies = new Tally[workers];
        var threads = new Task[workers];
        for (var i = 0; i < workers; i++)
        {
            var tally = tallies[i] = new Tally();
            parts[i].Reserve(size / workers);
            var lines = new LineParser(parts[i], tally, index, Layout);
            var parser = new BlockParser(lines, tally, Layout, format.Separator, format.LineEnd);
            threads[i] = workers == 1 ? Task.CompletedTask : Task.Run(() => Work(parser), cancellation);
            if (workers == 1)
            {
                Work(parser);
            }
        }
        Task.WhenAll(threads).GetAwaiter().GetResult();
        foreach (var tally in tallies)
        {
            Tally.Add(tally);
        }
        Tally.RejectedLines.Sort((a, b) => a.Line.CompareTo(b.Line));

        void Work(BlockParser parser)
        {
            byte[] buffer = [];
            while (true)
            {
                int length,
                    firstLine;
                lock (blocks)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (!blocks.TryRead(ref buffer, out length, out firstLine))
                    {
                        return;
                    }
                    progress?.Invoke(blocks.BytesRead);
                }
                parser.Parse(buffer.AsSpan(0, length), firstLine);
            }
        }
    }

    // A file cut in the middle lacks its last line end and the end of its last line; a program that never
    // writes the last line end writes the line itself whole.
    private bool IsTruncated(byte[]? lastLine, Format format)
    {
        if (lastLine is null || lastLine.AsSpan().Trim(" \r\n\0\u001A"u8).IsEmpty)
        {
            return false;
        }
        var columns = lastLine.AsSpan().Count(format.Separator) + 1;
        return columns <= Layout.LastNeeded || (columns < Layout.Count - 1 && Tally.Debit != Tally.Credit);
    }

    private string ChooseEncoding(Format format)
    {
        if (format.Encoding is { } settled)
        {
            return settled;
        }
        if (Tally.InvalidTextLines == 0)
        {
            return "utf-8";
        }
        // A label cut in the middle of a letter spoils a line, not the file.
        if (Tally.Utf8Lines > 20 * Tally.InvalidTextLines)
        {
            Tally.Note(NoticeCode.InvalidBytes, Tally.WholeLine, 0, default, default, Tally.InvalidTextLines);
            return "utf-8";
        }
        return Tally.Sightings.Best(format.LineEnd == '\r');
    }

    private void NoteHeader(Format format)
    {
        if (!Layout.HasHeader)
        {
            Tally.Note(NoticeCode.NoHeader, Tally.WholeLine, 1, default);
        }
        if (format.DoubleMark)
        {
            Tally.Note(NoticeCode.DoubleBom, Tally.WholeLine, 1, default);
        }
        if (format.Separator == ';')
        {
            Tally.Note(NoticeCode.Semicolon, Tally.WholeLine, 1, ";"u8);
        }
        if (Layout.HasTrailingSeparator)
        {
            Tally.Note(NoticeCode.TrailingSeparator, Tally.WholeLine, 1, default);
        }
        if (Layout[Column.Montant] >= 0)
        {
            Tally.Note(NoticeCode.AmountAndDirection, Layout[Column.Montant], 1, "Montant, Sens"u8, "Debit, Credit"u8);
        }
        foreach (var (read, norm) in Layout.Aliases)
        {
            Tally.Note(NoticeCode.HeaderAlias, Array.IndexOf(Enum.GetNames<Column>(), norm) is var c ? Layout[(Column)c] : 0, 1, System.Text.Encoding.UTF8.GetBytes(read), System.Text.Encoding.UTF8.GetBytes(norm));
        }
        foreach (var name in Layout.Unknown)
        {
            Tally.Note(NoticeCode.ExtraColumns, Tally.WholeLine, 1, System.Text.Encoding.UTF8.GetBytes(name));
        }
        if (Tally.BlankLines > 0)
        {
            Tally.Note(NoticeCode.BlankLine, Tally.WholeLine, 0, default, default, Tally.BlankLines);
        }
    }

    private LedgerFile Report(Format format, string? closingInXml, int? truncatedAt)
    {
        var name = FecName().Match(source.Name);
        DateOnly? closing = null;
        if (name.Success && Dates.Any(System.Text.Encoding.ASCII.GetBytes(name.Groups["closing"].Value)) is var day and not Dates.None)
        {
            closing = DateOnly.FromDayNumber(day);
        }
        else if (closingInXml is not null && Dates.Any(System.Text.Encoding.ASCII.GetBytes(closingInXml)) is var xmlDay and not Dates.None)
        {
            closing = DateOnly.FromDayNumber(xmlDay);
        }
        if (!name.Success)
        {
            Tally.Note(NoticeCode.NameForm, Tally.WholeLine, 0, System.Text.Encoding.UTF8.GetBytes(source.Name));
        }
        else if (closing is { } date && Tally.LastDay > 0 && (Tally.LastDay > date.DayNumber || Tally.FirstDay < date.AddMonths(-24).DayNumber))
        {
            Tally.Note(
                NoticeCode.NameMismatch,
                Tally.WholeLine,
                0,
                Iso(date.DayNumber),
                Iso(Tally.LastDay)
            );
        }
        if (Tally.Debit != Tally.Credit)
        {
            Tally.Note(NoticeCode.UnbalancedFile, Tally.WholeLine, 0, Written(Tally.Debit), Written(Tally.Credit));
        }
        if (Tally.ValidatedLines == 0)
        {
            Tally.Note(NoticeCode.NotValidated, Layout[Column.ValidDate], 0, default);
        }
        var encoding = CodePages.Of(Encoding);
        return new LedgerFile
        {
            Name = source.Name,
            Siren = name.Success ? name.Groups["siren"].Value : null,
            Closing = closing,
            Encoding = Encoding,
            Separator = format.IsXml ? null : (char)format.Separator,
            Lines = Tally.Lines,
            Rejected = Tally.Rejected,
            Debit = Tally.Debit,
            Credit = Tally.Credit,
            FirstEntry = Tally.LastDay == 0 ? null : DateOnly.FromDayNumber(Tally.FirstDay),
            LastEntry = Tally.LastDay == 0 ? null : DateOnly.FromDayNumber(Tally.LastDay),
            RejectedLines =
            [
                .. Tally
                    .RejectedLines.Take(Tally.MostRejectedLines)
                    .Select(r => new RejectedLine(
                        r.Line,
                        r.Position < 0 ? null : Layout.NameOf(r.Position),
                        r.Reason,
                        CodePages.Decode(r.Read, encoding)
                    )),
            ],
            TruncatedAt = truncatedAt,
        };
    }

    private static byte[] Iso(int day) =>
        System.Text.Encoding.ASCII.GetBytes(DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] Written(long cents)
    {
        var text = new byte[32];
        return text[..Cents.Format(cents, text)];
    }

    [GeneratedRegex(@"(?<!\d)(?<siren>\d{9})(\d{5})?FEC(?<closing>\d{8})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FecName();
}
