using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using PorteOuverte.Ledgers.Tables;
using PorteOuverte.Ledgers.Tests.Fec;

namespace PorteOuverte.Ledgers.Tests.Tables;

/// <summary>What is no table, or means harm, is refused with its reason, in little time and memory.</summary>
[Collection(nameof(Alone))]
public sealed class RefusedTests
{
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static Xlsx Workbook(int rows = 3)
    {
        var xlsx = new Xlsx();
        string?[][] cells =
        [
            [xlsx.Shared("Client"), xlsx.Shared("Date"), xlsx.Shared("Total")],
            .. Enumerable
                .Range(0, rows)
                .Select(i => (string?[])[Xlsx.Inline("Client " + i), Xlsx.Number(45688 + i, 1), Xlsx.Number(i + 0.5)]),
        ];
        return xlsx.Sheet("A", null, cells);
    }

    [Fact]
    public void Other_kinds_of_files_are_recognised()
    {
        Sheets.Refusal("").ShouldBe(UnreadableReason.Empty);
        Sheets.Refusal(" \r\n\n").ShouldBe(UnreadableReason.Empty);
        Sheets.Refusal("%PDF-1.7\n…").ShouldBe(UnreadableReason.Pdf);
        Sheets.Refusal("7z¼¯'").ShouldBe(UnreadableReason.Archive);
        Sheets.Refusal([0x1F, 0x8B, 8, 0]).ShouldBe(UnreadableReason.Archive);
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        Sheets.Refusal(noise).ShouldBe(UnreadableReason.Binary);
        Sheets.Refusal("<html><body><table><tr><td>a</td></tr></table>").ShouldBe(UnreadableReason.NoTable);
        Sheets.Refusal("Bonjour,\nvoici le fichier demandé.\nÀ bientôt\n").ShouldBe(UnreadableReason.NoTable);
        Sheets.Refusal("Client;Date;Total\n").ShouldBe(UnreadableReason.NoLines);
    }

    [Fact]
    public void An_old_workbook_and_one_with_a_password_are_told_apart()
    {
        Sheets.Refusal([.. Ole, .. new byte[2000]], "a.xls").ShouldBe(UnreadableReason.OldWorkbook);
        // The name may stand anywhere, across the blocks by which it is looked for too.
        for (var at = 65_500; at < 65_560; at += 7)
        {
            Sheets
                .Refusal(
                    [.. Ole, .. new byte[at], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[500]],
                    "a.xlsx"
                )
                .ShouldBe(UnreadableReason.Locked);
        }
    }

    [Fact]
    public void Parts_that_are_locked_are_said_to_be()
    {
        var bytes = Workbook().Bytes();
        for (var at = 0; bytes.AsSpan(at).IndexOf("PK\u0001\u0002"u8) is var found and >= 0; at += found + 4)
        {
            bytes[at + found + 8] |= 1;
        }
        Sheets.Refusal(bytes, "a.xlsx").ShouldBe(UnreadableReason.Locked);
    }

    [Fact]
    public void An_archive_that_is_no_workbook_is_an_archive()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Xlsx.Part(archive, "lisez-moi.txt", "Bonjour");
        }
        Sheets.Refusal(bytes.ToArray(), "a.xlsx").ShouldBe(UnreadableReason.Archive);
    }

    [Fact]
    public void A_workbook_without_a_table_has_none()
    {
        Sheets.Refusal(new Xlsx().Bytes(), "a.xlsx").ShouldBe(UnreadableReason.NoTable);
        Sheets
            .Refusal(new Xlsx().Sheet("A", null, [Xlsx.Inline("Bonjour")]).Bytes(), "a.xlsx")
            .ShouldBe(UnreadableReason.NoTable);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_or_read_and_nothing_else()
    {
        var csv = Encoding.UTF8.GetBytes(
            "Client;Date;\"Objet\";Total\n"
                + string.Concat(
                    Enumerable.Range(10, 15).Select(i => $"Société {i};{i}/01/2025;\"dit;\n{i}\";1 {i}3,50 €\n")
                )
        );
        var xlsx = Workbook(50).Bytes();
        var cutCsv = 0;
        for (var part = 0; part < 20; part++)
        {
            Sheets
                .Refusal(xlsx[..(xlsx.Length * part / 20)], "a.xlsx")
                .ShouldBe(part == 0 ? UnreadableReason.Empty : UnreadableReason.Truncated);
            try
            {
                var table = Sheets.Csv(csv[..(csv.Length * part / 20)]);
                table.Reading(
                    out _,
                    TableMapping.Guess(table) with
                    {
                        Columns = new Dictionary<TableField, string>
                        {
                            [TableField.ClientName] = "client",
                            [TableField.Date] = "date",
                            [TableField.Gross] = "total",
                        },
                    }
                );
                cutCsv += table.TruncatedAt is null ? 0 : 1;
            }
            catch (UnreadableFileException)
            {
                cutCsv++;
            }
        }
        // A cut between two lines, or inside a line's last cell, cannot be told.
        cutCsv.ShouldBeGreaterThan(11);
    }

    [Fact]
    public void A_quote_that_never_closes_is_named_by_its_line()
    {
        var error = Should.Throw<UnreadableFileException>(() =>
            Sheets.Csv("Client;Date;Total\nA;15/01/2025;1,00\n\"B;15/01/2025;2,00\nC;15/01/2025;3,00\n")
        );
        (error.Reason, error.Line).ShouldBe((UnreadableReason.OpenQuote, 3));
        var much = Should.Throw<UnreadableFileException>(() =>
            Sheets.Csv(
                "Client;Date;Total\nA;15/01/2025;1,00\nA;15/01/2025;1,00\n\"B;" + new string('x', 2_000_000) + "\"\n"
            )
        );
        (much.Reason, much.Line).ShouldBe((UnreadableReason.OpenQuote, 4));
    }

    [Fact]
    public void Too_many_columns_rows_and_letters_are_too_much()
    {
        Sheets
            .Refusal("a;b\n1;2\n" + string.Join(';', Enumerable.Repeat("x", 600)) + "\n")
            .ShouldBe(UnreadableReason.TooLarge);
        Sheets.Csv("a;b\n1;2\n1;2" + new string(';', 2000) + "\n").Columns.Count.ShouldBe(2);
        Sheets.Refusal("a;b\n1;2\n1;" + new string('x', 1_200_000) + "\n").ShouldBe(UnreadableReason.TooLarge);
    }

    private static (UnreadableReason Reason, string? Detail) Within(LedgerSource source, int seconds, int megabytes)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var error = Should.Throw<UnreadableFileException>(() => TableFile.Open(source));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(seconds));
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan((long)megabytes << 20);
        return (error.Reason, error.Detail);
    }

    [Fact]
    public void A_line_of_two_hundred_megabytes_is_not_held()
    {
        // Alone it has no columns; among rows it is a cell without end.
        Within(Long("", ""), 5, 16).Reason.ShouldBe(UnreadableReason.NoTable);
        Within(Long("Client;Total\nA;1,00\nB;2,00\n", "\nC;3,00\n"), 5, 16)
            .ShouldBe((UnreadableReason.TooLarge, "cell"));
        Within(Long("Client;Total\nA;1,00\nB;2,00\n\"", "\nC;3,00\n"), 5, 16)
            .Reason.ShouldBe(UnreadableReason.OpenQuote);
    }

    private static LedgerSource Long(string start, string end) =>
        new(
            "a.csv",
            () =>
                new FuzzTests.LongStream(
                    Encoding.UTF8.GetBytes(start),
                    (byte)'x',
                    200_000_000,
                    Encoding.UTF8.GetBytes(end)
                )
        );

    private static byte[] Bomb(string part, long size, CompressionLevel level) =>
        Workbook()
            .Bytes(archive =>
            {
                using var stream = archive.CreateEntry(part, level).Open();
                var block = new byte[1 << 20];
                block.AsSpan().Fill((byte)' ');
                stream.Write("<worksheet><sheetData>"u8);
                for (var written = 0L; written < size; written += block.Length)
                {
                    stream.Write(block);
                }
            });

    [Fact]
    public void A_part_that_unpacks_to_gigabytes_is_refused_at_once()
    {
        var bomb = Rename(
            Bomb("xl/worksheets/sheetX.xml", 2L << 30, CompressionLevel.Fastest),
            "xl/worksheets/sheet0.xml",
            "xl/worksheets/sheetY.xml",
            "xl/worksheets/sheetX.xml",
            "xl/worksheets/sheet0.xml"
        );
        Within(Sheets.Source(bomb, "a.xlsx"), 1, 16).ShouldBe((UnreadableReason.TooLarge, "unpacked"));
        // One that lies about its length is unpacked no further than it says.
        var lie = (byte[])bomb.Clone();
        var at = lie.AsSpan().LastIndexOf("xl/worksheets/sheet0.xml"u8) - 46;
        lie.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8).ShouldBeTrue();
        BinaryPrimitives.WriteUInt32LittleEndian(lie.AsSpan(at + 24), 5000);
        Within(Sheets.Source(lie, "a.xlsx"), 1, 16)
            .Reason.ShouldBeOneOf(UnreadableReason.TooLarge, UnreadableReason.Truncated, UnreadableReason.Xml);
    }

    [Fact]
    public void A_part_that_is_packed_too_well_is_refused_at_once()
    {
        var bomb = Rename(
            Bomb("xl/worksheets/sheetX.xml", 100 << 20, CompressionLevel.Optimal),
            "xl/worksheets/sheet0.xml",
            "xl/worksheets/sheetY.xml",
            "xl/worksheets/sheetX.xml",
            "xl/worksheets/sheet0.xml"
        );
        Within(Sheets.Source(bomb, "a.xlsx"), 1, 16).ShouldBe((UnreadableReason.TooLarge, "unpacked"));
    }

    // Letters that cannot be packed, so that the part is as large as it says.
    [Theory]
    [InlineData("<row a=\"", "\"/>")]
    [InlineData("<row a='>\"", "'/>")]
    [InlineData("<!-- it's --><row ", "=\"\"/>")]
    public void A_tag_of_a_hundred_megabytes_is_not_held(string before, string behind)
    {
        var letters = new byte[100 << 20];
        new Random(1).GetItems("abcdefghijklmnopqrstuvwxyzABCDEF"u8, letters);
        var bomb = Rename(
            Workbook()
                .Bytes(archive =>
                {
                    using var stream = archive
                        .CreateEntry("xl/worksheets/sheetX.xml", CompressionLevel.NoCompression)
                        .Open();
                    stream.Write(Encoding.ASCII.GetBytes($"<worksheet><![CDATA[ \" ]]><sheetData>{before}"));
                    stream.Write(letters);
                    stream.Write(Encoding.ASCII.GetBytes(behind));
                }),
            "xl/worksheets/sheet0.xml",
            "xl/worksheets/sheetY.xml",
            "xl/worksheets/sheetX.xml",
            "xl/worksheets/sheet0.xml"
        );
        Within(Sheets.Source(bomb, "a.xlsx"), 2, 64).ShouldBe((UnreadableReason.TooLarge, "unpacked"));
    }

    [Theory]
    [InlineData("<a b='12' c=\"'>\"/>text", 16)]
    [InlineData("<!-- it's < and > -- not a tag --><ab>", 3)]
    [InlineData("<?xml version='1.0'?><![CDATA[<x y='>\"]]><a/>", 3)]
    [InlineData("<a><bcdef></bcdef></a>", 7)]
    public void A_tag_is_as_long_as_it_is_written(string xml, int longest)
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            foreach (var step in new[] { 1, 7, 1000 })
            {
                var tags = new TagLengths();
                foreach (var some in encoding.GetBytes(xml).Chunk(step))
                {
                    tags.Pass(some);
                }
                tags.Longest.ShouldBeInRange(longest - 1, longest + 1);
            }
        }
    }

    private static byte[] Rename(byte[] bytes, params string[] names)
    {
        for (var i = 0; i < names.Length; i += 2)
        {
            var from = Encoding.ASCII.GetBytes(names[i]);
            for (var at = 0; bytes.AsSpan(at).IndexOf(from) is var found and >= 0; at += found + from.Length)
            {
                Encoding.ASCII.GetBytes(names[i + 1]).CopyTo(bytes, at + found);
            }
        }
        return bytes;
    }

    [Fact]
    public void An_archive_of_a_million_parts_is_not_listed()
    {
        var workbook = Workbook().Bytes();
        var end = workbook.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        byte[] padded = [.. workbook.AsSpan(0, end), .. new byte[5 << 20], .. workbook.AsSpan(end)];
        Within(Sheets.Source(padded, "a.xlsx"), 1, 16).Reason.ShouldBe(UnreadableReason.TooLarge);
        // Nor one that says its contents stand elsewhere.
        BinaryPrimitives.WriteUInt32LittleEndian(workbook.AsSpan(end + 16), uint.MaxValue);
        Within(Sheets.Source(workbook, "a.xlsx"), 1, 16).Reason.ShouldBe(UnreadableReason.TooLarge);
    }

    [Fact]
    public void Entities_and_bad_xml_are_refused()
    {
        Sheets
            .Refusal(
                new Xlsx()
                    .Raw(
                        "A",
                        null,
                        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><worksheet><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></worksheet>"
                    )
                    .Bytes(),
                "a.xlsx"
            )
            .ShouldBe(UnreadableReason.Xml);
        Sheets.Refusal(new Xlsx().Raw("A", null, "<worksheet><row>").Bytes(), "a.xlsx").ShouldBe(UnreadableReason.Xml);
        Sheets.Refusal(new Xlsx().Raw("A", null, "").Bytes(), "a.xlsx").ShouldBe(UnreadableReason.Xml);
    }

    [Fact]
    public void Numbers_that_lead_nowhere_do_no_harm()
    {
        var xlsx = new Xlsx().Raw(
            "A",
            null,
            "<worksheet><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c><c r=\"B1\" t=\"s\"><v>-1</v></c><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>"
                + "<row r=\"99999999999\"><c><v>1e400</v></c><c s=\"77\"><v>NaN</v></c><c s=\"1\"><v>-5</v></c><c><v>1e300</v></c></row></worksheet>"
        );
        xlsx.Open(new TableChoices { HeaderLine = 0 })
            .Rows()
            .Select(r => r.Texts())
            .ShouldBe(["||a|b", "1e400|NaN|-5|1e300"]);
        Sheets
            .Refusal(
                new Xlsx().Raw("A", null, "<worksheet><row r=\"2000000\"><c><v>1</v></c></row></worksheet>").Bytes(),
                "a.xlsx"
            )
            .ShouldBe(UnreadableReason.TooLarge);
        Sheets
            .Refusal(
                new Xlsx().Raw("A", null, "<worksheet><row><c r=\"ZZZZ1\"><v>1</v></c></row></worksheet>").Bytes(),
                "a.xlsx"
            )
            .ShouldBe(UnreadableReason.TooLarge);
    }

    [Fact]
    public void Bytes_changed_at_random_never_throw_anything_else()
    {
        var random = new Random(20251123);
        byte[][] seeds =
        [
            Workbook().Bytes(),
            Encoding.UTF8.GetBytes(
                "Titre\n\nClient;Date;Numéro;Total\nA;15/01/2025;F1;\"1 234,50 €\"\nB;16/01/2025;F1;(12.00)\n"
                    + string.Concat(Enumerable.Range(10, 20).Select(i => $"C{i};{i}/01/2025;F{i};1{i},50 €\n"))
                    + "Total;;;1\n"
            ),
        ];
        var read = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])seeds[round % 2].Clone();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] =
                    random.Next(3) == 0 ? (byte)random.Next(256) : ";,\"\n\r\0\t-.(0<>/\u007f"u8[random.Next(15)];
            }
            try
            {
                var table = Sheets.Csv(bytes);
                var mapping = TableMapping.Guess(table);
                if (mapping.Missing(TableContent.Invoices).Count == 0)
                {
                    table.Reading(out _, mapping);
                    read++;
                }
            }
            catch (UnreadableFileException) { }
        }
        read.ShouldBeGreaterThan(500);
    }
}
