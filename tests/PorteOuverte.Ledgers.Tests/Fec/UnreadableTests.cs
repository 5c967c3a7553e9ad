using System.Text;

namespace PorteOuverte.Ledgers.Tests.Fec;

public sealed class UnreadableTests
{
    private static UnreadableReason ReasonOf(byte[] bytes) => Should.Throw<UnreadableFileException>(() => Books.ReadBytes(bytes)).Reason;

    private static UnreadableReason ReasonOf(string text) => ReasonOf(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Nothing_is_no_ledger()
    {
        ReasonOf("").ShouldBe(UnreadableReason.Empty);
        ReasonOf(" \r\n\n").ShouldBe(UnreadableReason.Empty);
        ReasonOf(Books.Header + "\n").ShouldBe(UnreadableReason.NoLines);
        ReasonOf(Books.Header).ShouldBe(UnreadableReason.NoLines);
    }

    [Fact]
    public void Other_kinds_of_files_are_recognised()
    {
        ReasonOf("%PDF-1.7\n…").ShouldBe(UnreadableReason.Pdf);
        ReasonOf("PK\u0003\u0004 xlsx").ShouldBe(UnreadableReason.Archive);
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        ReasonOf(noise).ShouldBe(UnreadableReason.Binary);
        ReasonOf("<html><body>Bonjour</body></html>").ShouldBe(UnreadableReason.NotALedger);
        ReasonOf("Bonjour,\nvoici le fichier demandé.\n").ShouldBe(UnreadableReason.NotALedger);
    }

    [Fact]
    public void A_header_that_lacks_a_column_says_which()
    {
        var error = Should.Throw<UnreadableFileException>(() => Books.ReadText(Books.Header.Replace("\tCredit", "", StringComparison.Ordinal) + "\nVE\n"));
        error.Reason.ShouldBe(UnreadableReason.NotALedger);
        error.Detail.ShouldBe("Credit");
    }

    [Fact]
    public void Xml_that_is_cut_or_has_a_document_type_is_refused()
    {
        ReasonOf("<comptabilite><exercice><journal>").ShouldBe(UnreadableReason.Xml);
        ReasonOf("<!DOCTYPE a [<!ENTITY b \"c\">]><comptabilite>&b;</comptabilite>").ShouldBe(UnreadableReason.Xml);
        ReasonOf("<comptabilite><exercice></exercice></comptabilite>").ShouldBe(UnreadableReason.NoLines);
    }

    [Fact]
    public void A_file_that_stops_in_the_middle_of_a_line_says_where()
    {
        var text = new Books().Invoice("A", "20250105", "FA1", 100).Invoice("A", "20250106", "FA2", 100).Text();
        Books.ReadText(text[..^60]).Files[0].TruncatedAt.ShouldBe(7);
        Books.ReadText(text[..^25]).Files[0].TruncatedAt.ShouldBe(7);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        Should.Throw<UnreadableFileException>(() => Ledger.Read([LedgerSource.FromFile("/nowhere/at/all.txt")])).Reason.ShouldBe(UnreadableReason.Missing);
        Should.Throw<UnreadableFileException>(() => Ledger.Read([LedgerSource.FromFile(Path.GetTempPath())])).Reason.ShouldBe(UnreadableReason.Folder);
    }
}
