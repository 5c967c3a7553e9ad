using System.Text;

namespace PorteOuverte.Ledgers.Tests.Fec;

/// <summary>Every oddity met in real files (design, MONEY §1) is read, counted and located.</summary>
public sealed class OddityTests
{
    private const string Sale =
        "VE\tVentes\t1\t20250105\t411000\tClients\tC1\tSociété Élan\tFA1\t20250105\tFacture\t120,00\t0,00\t\t\t20250131\t\t\n"
        + "VE\tVentes\t1\t20250105\t706000\tPrestations\t\t\tFA1\t20250105\tFacture\t0,00\t100,00\t\t\t20250131\t\t\n"
        + "VE\tVentes\t1\t20250105\t445710\tTVA\t\t\tFA1\t20250105\tFacture\t0,00\t20,00\t\t\t20250131\t\t\n";

    private static readonly string Plain = Books.Header + "\n" + Sale;

    private static readonly string Facts = Books.ReadText(Plain).Facts();

    private static Ledger SameFacts(string text) => SameFacts(Encoding.UTF8.GetBytes(text));

    private static Ledger SameFacts(byte[] bytes)
    {
        var ledger = Books.ReadBytes(bytes);
        ledger.Facts().ShouldBe(Facts);
        ledger.Files[0].Rejected.ShouldBe(0);
        return ledger;
    }

    [Fact]
    public void A_plain_file_has_nothing_to_notice() => SameFacts(Plain).Files[0].Notices.ShouldBeEmpty();

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    public void Any_line_end_will_do(string lineEnd) => SameFacts(Plain.Replace("\n", lineEnd, StringComparison.Ordinal));

    [Fact]
    public void A_last_line_need_not_end() => SameFacts(Plain.TrimEnd('\n')).Files[0].TruncatedAt.ShouldBeNull();

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-15")]
    [InlineData("windows-1252")]
    [InlineData("ibm850")]
    [InlineData("macintosh")]
    public void Each_encoding_is_recognised_by_its_letters(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        // A euro sign or a curly apostrophe is what tells windows-1252 from ISO.
        var text = name == "windows-1252" ? Plain.Replace("Prestations", "Prestations à 5 € d’avance", StringComparison.Ordinal) : Plain;
        SameFacts(Encoding.GetEncoding(name).GetBytes(text)).Files[0].Encoding.ShouldBe(name);
    }

    [Fact]
    public void Utf16_is_read_with_and_without_its_mark_in_both_orders()
    {
        foreach (var (encoding, name) in ((Encoding, string)[])[(new UnicodeEncoding(false, true), "utf-16le"), (new UnicodeEncoding(true, true), "utf-16be")])
        {
            SameFacts([.. encoding.GetPreamble(), .. encoding.GetBytes(Plain)]).Files[0].Encoding.ShouldBe(name);
            SameFacts(encoding.GetBytes(Plain)).Files[0].Encoding.ShouldBe(name);
        }
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_header()
    {
        SameFacts("\uFEFF" + Plain).Noticed(NoticeCode.DoubleBom).ShouldBeNull();
        SameFacts("ï»¿" + Plain).Noticed(NoticeCode.DoubleBom).ShouldNotBeNull();
    }

    [Fact]
    public void Pipes_and_semicolons_separate_too()
    {
        SameFacts(Plain.Replace('\t', '|')).Files[0].Separator.ShouldBe('|');
        SameFacts(Plain.Replace('\t', ';')).Noticed(NoticeCode.Semicolon).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("EcritureLet", "EcritureLettrage")]
    [InlineData("JournalLib", "Journal Libellé")]
    [InlineData("CompteLib", "COMPTELIB")]
    [InlineData("CompAuxNum", "CompteAuxNum")]
    [InlineData("EcritureDate", "Écriture Date")]
    [InlineData("CompteNum", "N° de compte")]
    [InlineData("PieceRef", "\"PieceRef\"")]
    public void Header_names_are_known_by_their_aliases(string norm, string alias) =>
        SameFacts(Plain.Replace(norm, alias, StringComparison.Ordinal));

    [Fact]
    public void Columns_may_stand_in_any_order()
    {
        var lines = Plain.TrimEnd('\n').Split('\n').Select(l => string.Join('\t', l.Split('\t').Reverse()));
        SameFacts(string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void A_file_without_a_header_is_read_in_the_order_of_the_norm() =>
        SameFacts(Sale).Noticed(NoticeCode.NoHeader)!.FirstLine.ShouldBe(1);

    [Fact]
    public void More_columns_may_follow()
    {
        var text = Books.Header + "\tDateRglt\tModeRglt\tNatOp\n" + Sale.Replace("\n", "\t20250105\tVIR\tBNC\n", StringComparison.Ordinal);
        SameFacts(text);
    }

    [Fact]
    public void A_trailing_separator_is_counted_on_the_lines_or_seen_in_the_header()
    {
        SameFacts(Books.Header + "\n" + Sale.Replace("\n", "\t\n", StringComparison.Ordinal)).Noticed(NoticeCode.TrailingSeparator)!.Count.ShouldBe(3);
        SameFacts(Plain.Replace("\n", "\t\n", StringComparison.Ordinal)).Noticed(NoticeCode.TrailingSeparator)!.FirstLine.ShouldBe(1);
    }

    [Theory]
    [InlineData("120,00", " 120,00 ", NoticeCode.Padded)]
    [InlineData("120,00", "+000000120,00", NoticeCode.AmountFormat)]
    [InlineData("120,00", " 000000000000120,00", NoticeCode.Padded)]
    [InlineData("120,00", "120.00", NoticeCode.DecimalPoint)]
    [InlineData("120,00", "120,00 €", NoticeCode.AmountFormat)]
    [InlineData("120,00", "1\u00A020,00", NoticeCode.NoBreakSpace)]
    [InlineData("120,00", "\"120,00\"", NoticeCode.Quoted)]
    [InlineData("120,00", "120,001", NoticeCode.AmountRounded)]
    [InlineData("20250105\t411000", "05/01/2025\t411000", NoticeCode.DateFormat)]
    [InlineData("20250105\t411000", "2025-01-05\t411000", NoticeCode.DateFormat)]
    [InlineData("20250105\t411000", "05.01.2025 00:00:00\t411000", NoticeCode.DateFormat)]
    [InlineData("C1\t", "C1  \t", NoticeCode.Padded)]
    [InlineData("C1\t", "C\01\t", NoticeCode.ControlCharacter)]
    [InlineData("Société Élan", "Soci&eacute;t&eacute; &Eacute;lan", NoticeCode.HtmlEntity)]
    [InlineData("Société Élan", "SociÃ©tÃ© Ã‰lan", NoticeCode.DoubleEncoding)]
    [InlineData("Société Élan", @"b'Soci\xc3\xa9t\xc3\xa9 \xc3\x89lan'", NoticeCode.ByteRepr)]
    public void An_oddity_is_read_counted_and_located(string plain, string odd, NoticeCode code)
    {
        var at = Plain.IndexOf(plain, StringComparison.Ordinal);
        var ledger = SameFacts(string.Concat(Plain.AsSpan(0, at), odd, Plain.AsSpan(at + plain.Length)));
        var notice = ledger.Noticed(code);
        notice.ShouldNotBeNull();
        notice.Count.ShouldBe(1);
        notice.FirstLine.ShouldBe(2);
        notice.Read.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("-12,50", -1250)]
    [InlineData("12,50-", -1250)]
    [InlineData("(12,50)", -1250)]
    [InlineData("1 234,56", 123456)]
    [InlineData("1.234,56", 123456)]
    [InlineData("1,234.56", 123456)]
    [InlineData("1'234.56", 123456)]
    [InlineData("1.234.567", 123456700)]
    [InlineData("000000000001437,12", 143712)]
    [InlineData("1444,8", 144480)]
    [InlineData("2592", 259200)]
    [InlineData(",5", 50)]
    [InlineData("", 0)]
    public void Amounts_are_read_as_programs_write_them(string written, long cents)
    {
        var text = Books.Header + $"\nOD\tOD\t1\t20250105\t411000\tClients\tC1\tC\tX\t20250105\tx\t{written}\t\t\t\t20250131\t\t\n";
        Books.ReadText(text).Files[0].Debit.ShouldBe(cents);
    }

    [Theory]
    [InlineData("douze", "Debit", RejectReason.Amount)]
    [InlineData("12-50", "Debit", RejectReason.Amount)]
    [InlineData("1e9", "Debit", RejectReason.Amount)]
    [InlineData("99999999999999999999", "Debit", RejectReason.Amount)]
    public void An_amount_that_is_none_sets_its_line_aside_and_the_rest_is_read(string written, string column, RejectReason reason)
    {
        var ledger = Books.ReadText(Plain + $"OD\tOD\t2\t20250105\t411000\tClients\tC1\tC\tX\t20250105\tx\t{written}\t0,00\t\t\t20250131\t\t\n");
        ledger.Facts().ShouldBe(Facts);
        var line = ledger.Files[0].RejectedLines.Single();
        (line.Line, line.Column, line.Reason, line.Read).ShouldBe((5, column, reason, written));
        ledger.Files[0].Lines.ShouldBe(4);
    }

    [Theory]
    [InlineData("VE\tVentes\t2\t20251305\t411000\tC\tC1\tC\tX\t20250105\tx\t1,00\t0,00\t\t\t\t\t", "EcritureDate", RejectReason.Date)]
    [InlineData("VE\tVentes\t2\t00000000\t411000\tC\tC1\tC\tX\t20250105\tx\t1,00\t0,00\t\t\t\t\t", "EcritureDate", RejectReason.Date)]
    [InlineData("VE\tVentes\t2\t20250105\t\tC\tC1\tC\tX\t20250105\tx\t1,00\t0,00\t\t\t\t\t", "CompteNum", RejectReason.Account)]
    [InlineData("VE\tVentes\t2", null, RejectReason.TooFewColumns)]
    public void A_line_that_cannot_be_read_says_why(string line, string? column, RejectReason reason)
    {
        var ledger = Books.ReadText(Plain + line + "\n");
        ledger.Facts().ShouldBe(Facts);
        (ledger.Files[0].RejectedLines.Single().Column, ledger.Files[0].RejectedLines[0].Reason).ShouldBe((column, reason));
    }

    [Fact]
    public void A_direction_may_be_written_in_any_way()
    {
        foreach (var (debit, credit) in ((string, string)[])[("D", "C"), ("d", "c"), ("+1", "-1"), ("1", "-1"), ("Débit", "Crédit"), ("+", "-")])
        {
            var text = Books.Header.Replace("Debit\tCredit", "Montant\tSens", StringComparison.Ordinal) + "\n";
            foreach (var line in Sale.TrimEnd('\n').Split('\n'))
            {
                var fields = line.Split('\t');
                (fields[11], fields[12]) = fields[12] == "0,00" ? (fields[11], debit) : (fields[12], credit);
                text += string.Join('\t', fields) + "\n";
            }
            SameFacts(text).Noticed(NoticeCode.AmountAndDirection).ShouldNotBeNull();
        }
    }

    [Fact]
    public void A_zero_date_is_a_blank_date() =>
        SameFacts(Plain.Replace("\t\t\t20250131", "\t\t00000000\t20250131", StringComparison.Ordinal)).Noticed(NoticeCode.ZeroDate)!.Count.ShouldBe(3);

    [Fact]
    public void Blank_lines_are_skipped() => SameFacts(Plain.Replace("\n", "\n\n", StringComparison.Ordinal)).Files[0].Lines.ShouldBe(3);

    [Fact]
    public void A_lone_carriage_return_ends_a_line_in_a_file_of_line_feeds()
    {
        var at = Sale.IndexOf('\n', StringComparison.Ordinal);
        SameFacts(Books.Header + "\n" + Sale[..at] + "\r" + Sale[(at + 1)..]);
    }

    [Fact]
    public void A_label_cut_in_the_middle_of_a_letter_does_not_spoil_the_file()
    {
        var books = new Books();
        for (var i = 0; i < 60; i++)
        {
            books.Invoice($"Société{i}", "20250105", $"FA{i}", 10);
        }
        var bytes = Encoding.UTF8.GetBytes(books.Text());
        var cut = bytes.AsSpan().LastIndexOf("é"u8);
        var broken = bytes.AsSpan(0, cut + 1).ToArray().Concat(bytes.Skip(cut + 2)).ToArray();
        var ledger = Books.ReadBytes(broken);
        ledger.Files[0].Encoding.ShouldBe("utf-8");
        ledger.Noticed(NoticeCode.InvalidBytes).ShouldNotBeNull();
        ledger.Client("Société0").Name.ShouldBe("Société Société0");
    }

    [Fact]
    public void A_file_name_that_tells_nothing_true_is_noticed()
    {
        var ledger = Books.ReadText(Plain, "123456789FEC20211231.txt");
        ledger.Noticed(NoticeCode.NameMismatch)!.Assumed.ShouldBe("2025-01-05");
        Books.ReadText(Plain, "export.txt").Noticed(NoticeCode.NameForm).ShouldNotBeNull();
        Books.ReadText(Plain, "export.txt").Files[0].Siren.ShouldBeNull();
    }

    [Fact]
    public void The_same_file_twice_counts_once()
    {
        var ledger = Ledger.Read([Books.Source(Plain), Books.Source(Plain, "copie.txt")]);
        ledger.Facts().ShouldBe(Facts);
        ledger.Noticed(NoticeCode.DuplicateFile)!.Read.ShouldBe("copie.txt");
    }

    [Fact]
    public void Two_codes_with_one_name_are_proposed_as_one_client()
    {
        var sale = new Books()
            .Entry("VE", "20250105", "FA1", new Books.Line("411000", "Clients", "C1", "Verrerie du Port", 10, ""), Books.At("706000", -10))
            .Entry("VE", "20250106", "FA2", new Books.Line("411000", "Clients", "C2", "Verrerie du Port", 10, ""), Books.At("706000", -10))
            .Read();
        sale.Noticed(NoticeCode.SameName)!.Assumed.ShouldBe("C1, C2");
        sale.AsOf(sale.LastEntry).Clients.Count.ShouldBe(2);
    }
}
