using System.Text;

namespace PorteOuverte.Ledgers.Tests.Fec;

/// <summary>Whatever the bytes, reading ends with a ledger or with one clear refusal, in little time and memory.</summary>
[Collection(nameof(Alone))]
public sealed class FuzzTests
{
    private static readonly byte[][] Seeds = BuildSeeds();

    private static byte[][] BuildSeeds()
    {
        var text = new Books()
            .Entry("AN", "20250101", "x", Books.Client("A", 30), Books.At("110000", -30))
            .Invoice("A", "20250105", "FA1", 100, "AA")
            .Payment("A", "20250210", "V1", 120, "AA")
            .Invoice("Éléonore", "20250301", "FA2", 50)
            .Entry("OD", "20250310", "X", Books.At("641000", 10), Books.At("421000", -10))
            .Text();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return
        [
            Encoding.UTF8.GetBytes(text),
            Encoding.GetEncoding("windows-1252").GetBytes(text.Replace('\t', '|')),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><comptabilite><exercice><DateCloture>2025-12-31</DateCloture><journal><JournalCode>VE</JournalCode>"
                    + "<ecriture><EcritureNum>1</EcritureNum><EcritureDate>2025-01-05</EcritureDate><PieceRef>F</PieceRef><ligne><CompteNum>411A</CompteNum><Debit>1.00</Debit></ligne>"
                    + "<ligne><CompteNum>706</CompteNum><Credit>1.00</Credit></ligne></ecriture></journal></exercice></comptabilite>"
            ),
        ];
    }

    private static bool TryRead(byte[] bytes)
    {
        try
        {
            var ledger = Books.ReadBytes(bytes);
            ledger.Facts().ShouldNotBeNull();
            ledger.Files[0].Lines.ShouldBeGreaterThanOrEqualTo(ledger.Files[0].Rejected);
            return true;
        }
        catch (UnreadableFileException)
        {
            return false;
        }
    }

    [Fact]
    public void Mutated_bytes_never_throw_anything_else()
    {
        var random = new Random(20251122);
        var read = 0;
        for (var round = 0; round < 6000; round++)
        {
            var bytes = (byte[])Seeds[round % Seeds.Length].Clone();
            for (var change = random.Next(1, 12); change > 0; change--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(5) switch
                {
                    0 => [.. bytes.AsSpan(0, at), (byte)random.Next(256), .. bytes.AsSpan(at)],
                    1 => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + random.Next(20)))],
                    2 => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(random.Next(bytes.Length))],
                    _ => Replace(bytes, at, "\0\t|;\r\n\"'&-+,.09eE \u00A0<>"u8[random.Next(20)]),
                };
                if (bytes.Length == 0)
                {
                    break;
                }
            }
            read += TryRead(bytes) ? 1 : 0;
        }
        // A fuzz that only ever refuses would prove nothing.
        read.ShouldBeGreaterThan(1500);

        static byte[] Replace(byte[] bytes, int at, byte value)
        {
            bytes[at] = value;
            return bytes;
        }
    }

    [Fact]
    public void A_file_cut_at_any_place_never_throws_anything_else()
    {
        foreach (var seed in Seeds)
        {
            for (var length = 0; length < seed.Length; length++)
            {
                TryRead(seed.AsSpan(0, length).ToArray());
            }
        }
    }

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_set_aside_without_being_held()
    {
        var sale = new Books().Invoice("A", "20250105", "FA1", 100).Text();
        var second = new Books().Invoice("A", "20250106", "FA2", 50).Text()[(Books.Header.Length + 1)..].Replace("\t1\t", "\t2\t", StringComparison.Ordinal);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var ledger = Ledger.Read([Long(sale, (byte)'x', 100_000_000, "\n" + second)]);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(80 << 20);
        var file = ledger.Files[0];
        (file.Lines, file.Rejected).ShouldBe((7, 1));
        (file.RejectedLines[0].Line, file.RejectedLines[0].Reason).ShouldBe((5, RejectReason.TooLong));
        ledger.Client("A").Revenue(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(15000);
    }

    [Fact]
    public void A_hundred_megabytes_without_a_line_end_are_no_ledger()
    {
        Should.Throw<UnreadableFileException>(() => Ledger.Read([Long("", (byte)'x', 100_000_000, "")])).Reason.ShouldBe(UnreadableReason.NotALedger);
        Should.Throw<UnreadableFileException>(() => Ledger.Read([Long("", 0, 100_000_000, "")])).Reason.ShouldBe(UnreadableReason.Empty);
    }

    [Fact]
    public void A_million_blank_lines_are_nothing()
    {
        var sale = new Books().Invoice("A", "20250105", "FA1", 100).Text();
        var ledger = Ledger.Read([Long(sale, (byte)'\n', 1_000_000, "")]);
        ledger.Files[0].Lines.ShouldBe(3);
        ledger.Noticed(NoticeCode.BlankLine).ShouldNotBeNull();
    }

    [Fact]
    public void Ten_thousand_columns_are_passed_over()
    {
        var more = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\tcolonne{i}"));
        var lines = new Books().Invoice("A", "20250105", "FA1", 100).Text().TrimEnd('\n').Split('\n');
        var wide = string.Join('\n', lines.Select((l, i) => l + (i == 0 ? more : new string('\t', 10_000)))) + "\n";
        Books.ReadText(wide).Client("A").Revenue(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(10000);
        // Wide lines under a narrow header, too.
        Books.ReadText(lines[0] + "\n" + string.Join('\n', lines[1..].Select(l => l + new string('\t', 10_000)))).Client("A").Invoices.Count.ShouldBe(1);
    }

    [Fact]
    public void A_file_of_nothing_but_bad_lines_lists_the_first_of_them()
    {
        var text = new Books().Invoice("A", "20250105", "FA1", 100).Text() + string.Concat(Enumerable.Repeat("VE\tx\n", 50_000));
        var file = Books.ReadText(text).Files[0];
        file.Rejected.ShouldBe(50_000);
        file.RejectedLines.Count.ShouldBe(1000);
        file.RejectedLines[0].Line.ShouldBe(5);
    }

    private static LedgerSource Long(string start, byte filler, long count, string end) =>
        new("123456789FEC20251231.txt", () => new LongStream(Encoding.UTF8.GetBytes(start), filler, count, Encoding.UTF8.GetBytes(end)));

    /// <summary>A long stream that takes no memory.</summary>
    internal sealed class LongStream(byte[] start, byte filler, long count, byte[] end) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => start.Length + count + end.Length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int bytes) => Read(buffer.AsSpan(offset, bytes));

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, Length - Position);
            for (var i = 0; i < read; i++)
            {
                var at = Position + i;
                buffer[i] = at < start.Length ? start[at] : at < start.Length + count ? filler : end[at - start.Length - count];
            }
            Position += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int bytes) => throw new NotSupportedException();
    }
}

/// <summary>Tests that measure memory run with nothing beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
