using System.Globalization;
using System.IO.Compression;
using System.Text;
using PorteOuverte.Features.Accounting;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Tests.Support;

namespace PorteOuverte.Tests.Accounting;

public sealed class HostilePdfTests
{
    private const string Invoice = "<rsm:CrossIndustryInvoice xmlns:rsm=\"urn:x\"/>";
    private const int Bomb = 100 << 20;

    [Theory]
    [InlineData(false, "(factur-x.xml)")]
    [InlineData(true, "(factur-x.xml)")]
    [InlineData(true, "(\\376\\377\\000F\\000a\\000c\\000t\\000u\\000r\\000-\\000X\\000.\\000x\\000m\\000l)")]
    [InlineData(false, "<464143545552 2D582E584D4C>")]
    public void What_is_carried_is_found_wherever_it_is_written(bool packed, string name)
    {
        var carrier = $"<</Type/Filespec/F {name}/UF {name}/EF<</F 4 0 R/UF 4 0 R>>>>";
        Read(Pdf(packed, [(3, carrier)], (4, File(Zip(Invoice), "/Filter/FlateDecode")))).ShouldBe(Invoice);
        Read(Pdf(packed, [(3, carrier)], (4, File(Encoding.ASCII.GetBytes(Invoice), "")))).ShouldBe(Invoice);
    }

    [Fact]
    public void What_was_saved_later_takes_the_place_of_what_was_before()
    {
        var carrier = "<</F(factur-x.xml)/EF<</F 4 0 R>>>>";
        var pdf = Pdf(
            false,
            [(3, carrier)],
            (4, File(Zip("<old/>"), "/Filter/FlateDecode")),
            // What a stream holds looks like objects, and is none.
            (5, File(Encoding.ASCII.GetBytes("4 0 obj\n<</Length 3>>\nstream\nabc\nendstream\nendobj\n"), "")),
            (4, File(Zip(Invoice), "/Filter[/FlateDecode]"))
        );
        Read(pdf).ShouldBe(Invoice);
        Reason(pdf[..^40]).ShouldBe(UnreadablePdfReason.Broken);
    }

    [Fact]
    public void Every_document_of_the_corpus_carries_what_it_carried()
    {
        foreach (var path in Directory.EnumerateFiles(Corpus.Path("einvoice/fnfe-correct"), "*.pdf"))
        {
            Read(System.IO.File.ReadAllBytes(path)).ShouldContain("CrossIndustryInvoice", customMessage: path);
        }
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("<</EF", ">>")]
    [InlineData("[(])", "")]
    public void What_is_nested_without_end_is_refused(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 200_000)) + string.Concat(Enumerable.Repeat(close, 200_000));
        foreach (var packed in new[] { false, true })
        {
            var pdf = Pdf(packed, [(3, $"<</EF {deep}>>")], (4, File([], "")));
            Reason(pdf).ShouldBe(UnreadablePdfReason.Broken);
        }
    }

    [Fact]
    public void What_leads_round_in_a_ring_ends()
    {
        // The table of the objects names itself as the one before.
        var ring = "%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF\n";
        Reason(Encoding.ASCII.GetBytes(ring)).ShouldBe(UnreadablePdfReason.Broken);
        Reason(Pdf(false, [(3, "3 0 R"), (4, "<</F(factur-x.xml)/EF 3 0 R>>")])).ShouldBe(UnreadablePdfReason.Broken);
    }

    [Fact]
    public void Objects_without_end_are_passed_over_once()
    {
        var objects = string.Concat(Enumerable.Repeat("1 0 obj<<>>stream\nendstream ", 400_000));
        Reason(Encoding.ASCII.GetBytes("%PDF-1.4\n" + objects + "startxref")).ShouldBe(UnreadablePdfReason.NoInvoice);
        var many = new StringBuilder("%PDF-1.4\n");
        for (var i = 1; i < 400_000; i++)
        {
            many.Append(CultureInfo.InvariantCulture, $"{i} 0 obj endobj ");
        }
        Reason(Encoding.ASCII.GetBytes(many + "startxref")).ShouldBe(UnreadablePdfReason.TooLarge);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_unpacks_to_a_hundred_megabytes_is_refused_and_takes_little(bool inObjects)
    {
        var carrier = "<</F(factur-x.xml)/EF<</F 4 0 R>>>>";
        var pdf = inObjects
            ? Pdf(true, [(3, carrier + new string(' ', Bomb))], (4, File(Zip(Invoice), "/Filter/FlateDecode")))
            : Pdf(false, [(3, carrier)], (4, File(Zip(new string(' ', Bomb)), "/Filter/FlateDecode")));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Reason(pdf).ShouldBe(UnreadablePdfReason.TooLarge);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    [Theory]
    [InlineData("<!--", "--><Invoice/>")]
    [InlineData("<?a ", "?><Invoice/>")]
    [InlineData("<Invoice a='", "'/>")]
    [InlineData("<", "/>")]
    public void What_kind_a_file_is_takes_little_to_know(string before, string behind)
    {
        var content = new MemoryStream(Encoding.ASCII.GetBytes(before + new string('x', Bomb) + behind));
        var start = GC.GetAllocatedBytesForCurrentThread();
        KindOfFile.Of(content).ShouldBe(FileKind.EInvoice);
        (GC.GetAllocatedBytesForCurrentThread() - start).ShouldBeLessThan(20 << 20);
    }

    private static string Read(byte[] pdf) =>
        Encoding.UTF8.GetString(InvoiceOfPdf.Read(new MemoryStream(pdf)).ToArray());

    private static UnreadablePdfReason Reason(byte[] pdf) =>
        Should.Throw<UnreadablePdfException>(() => InvoiceOfPdf.Read(new MemoryStream(pdf))).Reason;

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(Encoding.Latin1.GetBytes(text));
        }
        return packed.ToArray();
    }

    private static byte[] File(byte[] content, string more) =>
        [
            .. Encoding.Latin1.GetBytes(
                $"<<{(more.Contains("/Type", StringComparison.Ordinal) ? "" : "/Type/EmbeddedFile")}{more}/Length {content.Length}>>\nstream\r\n"
            ),
            .. content,
            .. "\nendstream"u8,
        ];

    /// <summary>A PDF of these objects, and a catalog that nobody asks for.</summary>
    /// <param name="packed">Whether the first of them are packed together.</param>
    private static byte[] Pdf(
        bool packed,
        (int Number, string Text)[] first,
        params (int Number, byte[] Content)[] more
    )
    {
        using var pdf = new MemoryStream();
        void Write(string text) => pdf.Write(Encoding.Latin1.GetBytes(text));
        void Object(int number, byte[] content)
        {
            Write($"{number} 0 obj\n");
            pdf.Write(content);
            Write("\nendobj\n");
        }
        Write("%PDF-1.7\n");
        Object(1, "<</Type/Catalog/Pages 2 0 R>>"u8.ToArray());
        if (packed)
        {
            var head = new StringBuilder();
            var body = new StringBuilder();
            foreach (var (number, text) in first)
            {
                head.Append(CultureInfo.InvariantCulture, $"{number} {body.Length} ");
                body.Append(text).Append(' ');
            }
            Object(
                90,
                File(
                    Zip($"{head}{body}"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"/Filter/FlateDecode/Type/ObjStm/N {first.Length}/First {head.Length}"
                    )
                )
            );
        }
        else
        {
            foreach (var (number, text) in first)
            {
                Object(number, Encoding.Latin1.GetBytes(text));
            }
        }
        foreach (var (number, content) in more)
        {
            Object(number, content);
        }
        Write("trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
        return pdf.ToArray();
    }
}
