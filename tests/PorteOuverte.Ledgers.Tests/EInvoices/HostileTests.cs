using System.Text;
using System.Text.RegularExpressions;
using PorteOuverte.Ledgers.EInvoices;
using PorteOuverte.Ledgers.Tests.Fec;

namespace PorteOuverte.Ledgers.Tests.EInvoices;

/// <summary>Whatever the bytes, reading ends with an invoice or with one clear refusal, in little time and memory.</summary>
[Collection(nameof(Alone))]
public sealed class HostileTests
{
    private static readonly string Cii = Writing.Plain.Cii();

    private static UnreadableEInvoiceException Refused(string from, string to)
    {
        Cii.ShouldContain(from);
        return Reading.Refused(Cii.Replace(from, to, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", UnreadableEInvoiceReason.Empty)]
    [InlineData(" \r\n\0\0 ", UnreadableEInvoiceReason.Empty)]
    [InlineData("\uFEFF", UnreadableEInvoiceReason.Empty)]
    [InlineData("%PDF-1.7\n", UnreadableEInvoiceReason.NotXml)]
    [InlineData("PK\u0003\u0004", UnreadableEInvoiceReason.NotXml)]
    [InlineData("JournalCode\tJournalLib", UnreadableEInvoiceReason.NotXml)]
    [InlineData("<Invoice", UnreadableEInvoiceReason.Truncated)]
    [InlineData("<<>>", UnreadableEInvoiceReason.Malformed)]
    [InlineData("<?xml version=\"1.0\" encoding=\"klingon\"?><a></a>", UnreadableEInvoiceReason.Malformed)]
    [InlineData("<!DOCTYPE html><html></html>", UnreadableEInvoiceReason.DocumentType)]
    public void What_is_no_XML_is_refused(string text, UnreadableEInvoiceReason reason) =>
        Reading.Refused(text).Reason.ShouldBe(reason);

    [Theory]
    [InlineData(
        "<p:FatturaElettronica xmlns:p=\"http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2\"/>",
        "FatturaElettronica"
    )]
    [InlineData(
        "<OrderResponse xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2\"/>",
        "OrderResponse"
    )]
    [InlineData("<comptabilite><exercice/></comptabilite>", "comptabilite")]
    [InlineData("<Invoice/>", "Invoice")]
    [InlineData(
        "<CrossIndustryInvoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"/>",
        "CrossIndustryInvoice"
    )]
    public void Another_kind_of_document_is_refused_by_its_root(string xml, string root)
    {
        var refusal = Reading.Refused(xml);
        (refusal.Reason, refusal.Detail, refusal.Line, refusal.File).ShouldBe(
            (UnreadableEInvoiceReason.NotAnInvoice, root, 1, "facture.xml")
        );
    }

    [Fact]
    public void What_no_invoice_can_do_without_is_asked_for()
    {
        Refused("<ID>FA-1</ID>", "<ID> </ID>").Reason.ShouldBe(UnreadableEInvoiceReason.NoNumber);
        var undated = Refused(">20260131<", ">20260132<");
        (undated.Reason, undated.Detail).ShouldBe((UnreadableEInvoiceReason.NoDate, "20260132"));
        Cii.Split('\n')[undated.Line - 1].ShouldContain("IssueDateTime");
        Refused("IssueDateTime", "Nothing").Reason.ShouldBe(UnreadableEInvoiceReason.NoDate);
        Refused("SpecifiedTradeSettlementHeaderMonetarySummation", "Nothing")
            .Reason.ShouldBe(UnreadableEInvoiceReason.NoAmount);
    }

    [Fact]
    public void A_document_type_is_refused_as_one_and_costs_nothing()
    {
        var bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"
            );
        }
        var root = "<a:CrossIndustryInvoice";
        foreach (
            var type in new[]
            {
                bomb + "]>",
                "<!DOCTYPE a [<!ENTITY l29 SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/evil.dtd\">",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>",
            }
        )
        {
            Refused(root, type + root).Reason.ShouldBe(UnreadableEInvoiceReason.DocumentType);
            Reading
                .Refused(
                    Cii.Replace(root, type + root, StringComparison.Ordinal)
                        .Replace(">FA-1<", ">&l29;<", StringComparison.Ordinal)
                )
                .Reason.ShouldBe(UnreadableEInvoiceReason.DocumentType);
        }
        // Without a document type there is no entity to speak of.
        var refusal = Refused(">FA-1<", ">&l29;<");
        refusal.Reason.ShouldBe(UnreadableEInvoiceReason.Malformed);
        Cii.Split('\n')[refusal.Line - 1].ShouldContain("FA-1");
    }

    [Theory]
    [InlineData("<x>", 200_000)]
    [InlineData("<c:PaymentTerms>", 101)]
    public void Elements_a_hundred_deep_are_refused(string element, int depth)
    {
        var nested = string.Concat(Enumerable.Repeat(element, depth));
        Reading
            .Refused(Writing.Plain.Ubl().Replace("<c:PaymentTerms>", nested, StringComparison.Ordinal))
            .Reason.ShouldBe(UnreadableEInvoiceReason.TooDeep);
    }

    [Fact]
    public void Lines_without_end_are_refused()
    {
        var xml = Writing.Plain.Ubl();
        var more = string.Concat(Enumerable.Repeat("<c:InvoiceLine/>", 100_001));
        Reading
            .Refused(xml.Replace("<c:InvoiceLine>", more + "<c:InvoiceLine>", StringComparison.Ordinal))
            .Reason.ShouldBe(UnreadableEInvoiceReason.TooLarge);
        var notes = string.Concat(Enumerable.Repeat("<b:Note>n</b:Note>", 100_001));
        Reading
            .Refused(xml.Replace("<c:PaymentTerms>", "<c:PaymentTerms>" + notes, StringComparison.Ordinal))
            .Reason.ShouldBe(UnreadableEInvoiceReason.TooLarge);
    }

    [Fact]
    public void A_file_of_more_than_fifty_megabytes_is_not_even_read() =>
        Reading.Refused(new byte[50_000_001]).Reason.ShouldBe(UnreadableEInvoiceReason.TooLarge);

    // What becomes long, and how many bytes reading it may allocate for each byte of the file.
    [Theory]
    [InlineData("UEsD", "~", 'x', 1)]
    [InlineData("30 jours", "30 jours~", 'x', 1)]
    [InlineData("30 jours", "30 jours~", ' ', 1)]
    [InlineData("<SellerTradeParty>", "<!--~--><SellerTradeParty>", 'x', 1)]
    [InlineData("<SellerTradeParty>", "<SellerTradeParty x='~'>", 'x', 12)]
    [InlineData("schemeID=\"0009\"", "schemeID='~'", 'x', 12)]
    [InlineData("<SellerTradeParty>", "<SellerTradeParty><~/>", 'x', 12)]
    public void Forty_megabytes_in_one_place_are_passed_over(string from, string to, char filler, int most)
    {
        var at = Cii.IndexOf(from, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(
            Cii[..at]
                + to.Replace("~", new string(filler, 40_000_000), StringComparison.Ordinal)
                + Cii[(at + from.Length)..]
        );
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Reading.Read(bytes).Number.ShouldBe("FA-1");
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        allocated.ShouldBeLessThan((long)most * bytes.Length);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_as_cut()
    {
        foreach (var file in Reading.Corpus)
        {
            var bytes = Reading.Bytes(file);
            for (var part = 1; part < 20; part++)
            {
                Reading
                    .Refused(bytes[..(bytes.Length * part / 20)])
                    .Reason.ShouldBe(UnreadableEInvoiceReason.Truncated, file);
            }
        }
        var xml = Encoding.UTF8.GetBytes(Cii);
        var prolog = Cii.IndexOf('\n', StringComparison.Ordinal) + 2;
        for (var length = prolog; length < xml.Length - 1; length++)
        {
            Reading.Refused(xml[..length]).Reason.ShouldBe(UnreadableEInvoiceReason.Truncated);
        }
    }

    [Fact]
    public void What_stands_after_the_end_is_not_read() =>
        Reading.Read(Cii + "\n\0\0garbage<").Facts().ShouldBe(Writing.Plain.Facts());

    [Fact]
    public void Bytes_of_another_encoding_than_declared_are_refused_with_their_line()
    {
        var latin = Encoding.Latin1.GetBytes(Writing.Plain.Cii().Replace('’', '\''));
        var refusal = Reading.Refused(latin);
        refusal.Reason.ShouldBe(UnreadableEInvoiceReason.Malformed);
        refusal.Line.ShouldBeGreaterThan(0);
        Reading
            .Refused(Encoding.UTF8.GetBytes(Cii.Replace("utf-8", "utf-16", StringComparison.Ordinal)))
            .Reason.ShouldBe(UnreadableEInvoiceReason.Malformed);
    }

    [Fact]
    public void Mutated_bytes_never_throw_anything_else()
    {
        var random = new Random(20261122);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(Cii),
            Encoding.UTF8.GetBytes(Writing.Plain.Ubl()),
            Encoding.Unicode.GetBytes(Cii.Replace("utf-8", "utf-16", StringComparison.Ordinal)),
        ];
        var read = 0;
        for (var round = 0; round < 6000; round++)
        {
            var bytes = (byte[])seeds[round % seeds.Length].Clone();
            for (var change = random.Next(1, 3); change > 0; change--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => [.. bytes.AsSpan(0, at), (byte)random.Next(256), .. bytes.AsSpan(at)],
                    1 => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + random.Next(20)))],
                    _ => [.. bytes.AsSpan(0, at), "<&\"/-+.,0159eE xyz:"u8[random.Next(19)], .. bytes.AsSpan(at + 1)],
                };
            }
            read += TryRead(bytes) ? 1 : 0;
        }
        // A fuzz that only ever refuses would prove nothing.
        read.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Odd_values_never_throw_anything_else()
    {
        string[] odd =
        [
            "",
            " ",
            "-",
            "-0",
            "0",
            ".",
            "1.",
            "-999999999999999",
            "0.0000000000000000000000000001",
            "79228162514264337593543950335",
            "00000000",
            "99991231",
            "2026-02-29",
            "20260131T",
            "éé/éé/éééé",
            "é",
            "0002",
            "\uFFFD\u2028",
            "&#x1F600;",
            "<x/>",
            new('9', 2000),
        ];
        var random = new Random(20261123);
        string[] seeds = [Cii, Writing.Plain.Ubl(), Writing.Plain.Credited().Ubl("381", "CreditNote")];
        var leaf = new Regex("(?<=>)[^<>\n]+(?=<)|(?<=\")[^\":]+(?=\">)", RegexOptions.None, TimeSpan.FromSeconds(10));
        var read = 0;
        for (var round = 0; round < 1500; round++)
        {
            var xml = leaf.Replace(
                seeds[round % seeds.Length],
                m => random.Next(15) == 0 ? odd[random.Next(odd.Length)] : m.Value
            );
            read += TryRead(Encoding.UTF8.GetBytes(xml)) ? 1 : 0;
        }
        read.ShouldBeGreaterThan(750);
    }

    private static bool TryRead(byte[] bytes)
    {
        try
        {
            Reading.Read(bytes).Facts().ShouldNotBeNull();
            return true;
        }
        catch (UnreadableEInvoiceException e)
        {
            e.Message.ShouldNotBeEmpty();
            return false;
        }
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() =>
            EInvoice.Read(
                new System.IO.Compression.DeflateStream(Stream.Null, System.IO.Compression.CompressionMode.Decompress),
                "x"
            )
        );

    [Fact]
    public void The_stream_is_read_from_where_it_stands_and_stays_open()
    {
        using var stream = new MemoryStream([1, 2, 3, .. Encoding.UTF8.GetBytes(Cii)]) { Position = 3 };
        EInvoice.Read(stream, "x").Number.ShouldBe("FA-1");
        stream.CanRead.ShouldBeTrue();
    }
}
