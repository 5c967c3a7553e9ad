using System.Globalization;
using System.Text;

namespace PorteOuverte.Ledgers.Tests.Corpus;

/// <summary>Real files, kept beside the project: their figures were counted independently (design, MONEY §1).</summary>
public sealed class FecCorpusTests
{
    private static readonly string Folder = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "shared", "corpus", "fec");
            if (Directory.Exists(corpus))
            {
                return corpus;
            }
        }
        throw new DirectoryNotFoundException("The test corpus (shared/corpus/fec) must stand beside the project.");
    }

    private static Ledger Read(string path) => Ledger.Read([LedgerSource.FromFile(Path.Combine(Folder, path))]);

    [Theory]
    [InlineData("quadra/123456789FEC20190731.txt", 12605, "utf-8", '\t', 1373828595)]
    [InlineData("odicom/123456789FEC20200331.txt", 4916, "iso-8859-15", '|', 391255394)]
    [InlineData("istea/123456789FEC20201231.txt", 1982, "utf-8", '|', 24157842)]
    [InlineData("padded/111111111FEC20221231.TXT", 934, "utf-8", '|', 22568223)]
    public void Lines_encoding_and_totals_are_right(string path, int lines, string encoding, char separator, long total)
    {
        var file = Read(path).Files[0];
        file.Lines.ShouldBe(lines);
        file.Rejected.ShouldBe(0);
        file.Encoding.ShouldBe(encoding);
        file.Separator.ShouldBe(separator);
        file.Debit.ShouldBe(total);
        file.Credit.ShouldBe(total);
        file.TruncatedAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("quadra/123456789FEC20190731.txt")]
    [InlineData("odicom/123456789FEC20200331.txt")]
    [InlineData("istea/123456789FEC20201231.txt")]
    [InlineData("padded/111111111FEC20221231.TXT")]
    [InlineData("own-made/odoo_123456789FEC20211231.txt")]
    [InlineData("own-made/montant_sens_cp1252_123456789FEC20251231.txt")]
    [InlineData("own-made/mac_cr_only_123456789FEC20251231.txt")]
    [InlineData("own-made/utf16le_123456789FEC20251231.txt")]
    public void Revenue_is_the_sum_of_class_70(string path)
    {
        var ledger = Read(path);
        var facts = ledger.AsOf(ledger.LastEntry);
        facts.Clients.Sum(c => c.Revenue(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(SumOfClass70(Path.Combine(Folder, path)));
    }

    [Theory]
    [InlineData("quadra/123456789FEC20190731.txt")]
    [InlineData("odicom/123456789FEC20200331.txt")]
    [InlineData("istea/123456789FEC20201231.txt")]
    [InlineData("padded/111111111FEC20221231.TXT")]
    [InlineData("own-made/odoo_123456789FEC20211231.txt")]
    [InlineData("own-made/xml_123456789FEC20251231.xml")]
    public void The_money_by_day_says_of_every_day_what_the_facts_say(string path)
    {
        var ledger = Read(path);
        var money = ledger.Money();
        for (var day = ledger.FirstEntry; day <= ledger.LastEntry; day = day.AddDays(11))
        {
            var facts = ledger.AsOf(day);
            var from = day.AddMonths(-3);
            money.CashOn(day).ShouldBe(facts.Cash, $"{day:O}");
            money.FixedCharges.Sum(c => LedgerMoney.Sum(c.Days, from, day)).ShouldBe(facts.FixedCharges(from, day));
            LedgerMoney.Sum(money.Purchases, from, day).ShouldBe(facts.Purchases(from, day));
            money.HasEntries(from, day).ShouldBe(ledger.HasEntries(from, day));
        }
    }

    [Theory]
    [InlineData("quadra/123456789FEC20190731.txt", "2019-07-31")]
    [InlineData("quadra/123456789FEC20190731.txt", "2019-01-15")]
    [InlineData("odicom/123456789FEC20200331.txt", "2020-03-31")]
    [InlineData("istea/123456789FEC20201231.txt", "2020-12-31")]
    [InlineData("padded/111111111FEC20221231.TXT", "2022-12-31")]
    [InlineData("own-made/odoo_123456789FEC20211231.txt", "2021-12-31")]
    [InlineData("own-made/xml_123456789FEC20251231.xml", "2025-12-31")]
    public void An_account_line_by_line_says_what_its_facts_say(string path, string day)
    {
        var ledger = Read(path);
        var asOf = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var facts = ledger.AsOf(asOf).Clients.Where(c => c.Code != LedgerFacts.DirectCode).ToList();
        var accounts = ledger.AccountsAsOf(asOf).ToList();
        accounts.Select(a => (a.Code, a.Name, a.IsCollective)).ShouldBe(facts.Select(f => (f.Code, f.Name, f.IsCollective)));
        if (asOf == ledger.LastEntry)
        {
            ledger.Clients().ShouldBe(ledger.AsOf(asOf).Clients.Select(c => (c.Code, c.Name, c.IsCollective)));
        }
        foreach (var (account, fact) in accounts.Zip(facts))
        {
            var lines = account.Movements;
            lines.Sum(m => m.Counted).ShouldBe(fact.Balance, account.Code);
            lines.Count(m => m.Kind == MovementKind.Payment).ShouldBe(fact.Payments, account.Code);
            lines.Where(m => m.Kind == MovementKind.CreditNote).Select(Told).ShouldBe(fact.CreditNotes.Select(Told), account.Code);
            lines
                .Where(m => m.Kind is MovementKind.Invoice or MovementKind.DirectSale)
                .Select(Told)
                .ShouldBe(fact.Invoices.Select(Told), account.Code);
            lines.Sum(m => m.Outstanding).ShouldBe(fact.OpenItems.Sum(i => i.Amount), account.Code);
            lines.Where(m => m.Outstanding > 0).Min(m => (DateOnly?)m.Date).ShouldBe(fact.OpenItems.Min(i => (DateOnly?)i.Date), account.Code);
        }

        (DateOnly, DateOnly, long, long, long, long, DateOnly?, string) Told<T>(T line) =>
            line switch
            {
                Movement m => (m.Date, m.BookedOn, m.Amount, m.Net, m.Vat, m.Outstanding, m.PaidOn, ledger.NumberOf(m)),
                Invoice i => (i.Date, i.BookedOn, i.Gross, i.Net, i.Vat, i.Outstanding, i.PaidOn, ledger.NumberOf(i)),
                _ => throw new ArgumentOutOfRangeException(nameof(line)),
            };
    }

    [Fact]
    public void Sales_that_name_no_buyer_are_told_day_by_day()
    {
        var ledger = Read("istea/123456789FEC20201231.txt");
        var direct = ledger.AsOf(ledger.LastEntry).Clients.SingleOrDefault(c => c.Code == LedgerFacts.DirectCode);
        ledger.DirectSalesByDay.Sum(d => d.Net).ShouldBe(direct?.Revenue(DateOnly.MinValue, DateOnly.MaxValue) ?? 0);
        ledger.DirectSalesByDay.Select(d => d.Day).ShouldBe(ledger.DirectSalesByDay.Select(d => d.Day).Distinct().Order());
    }

    // A second, naive reading of the same columns, to hold the first against.
    private static long SumOfClass70(string path)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = File.ReadAllBytes(path);
        var text = bytes[0] == 0xFF ? Encoding.Unicode.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        var lines = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var separator = lines[0].Contains('\t', StringComparison.Ordinal) ? '\t' : '|';
        var hasSide = lines[0].Contains("Sens", StringComparison.Ordinal);
        decimal sum = 0;
        foreach (var line in lines.Skip(1))
        {
            var fields = line.Split(separator).Select(f => f.Trim()).ToArray();
            if (!fields[4].StartsWith("70", StringComparison.Ordinal))
            {
                continue;
            }
            var first = Amount(fields[11]);
            sum += hasSide ? (fields[12] is "C" or "-1" ? first : -first) : Amount(fields[12]) - first;
        }
        return (long)(sum * 100);

        static decimal Amount(string field) => field.Length == 0 ? 0 : decimal.Parse(field.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Quadra_gives_the_balance_the_debtors_and_the_delays_that_were_counted_by_hand()
    {
        var ledger = Read("quadra/123456789FEC20190731.txt");
        var clients = ledger.AsOf(ledger.LastEntry).Clients;
        clients.Sum(c => c.Balance).ShouldBe(28311383);
        clients.Count(c => c.Balance > 0).ShouldBe(143);
        var delays = clients.SelectMany(c => c.Invoices).Where(i => i.DelayDays is not null).Select(i => i.DelayDays!.Value).Order().ToList();
        delays.Count.ShouldBe(1131);
        delays[delays.Count / 2].ShouldBe(50);
        // What is open adds up to what is owed, client by client.
        foreach (var client in clients.Where(c => c.Balance > 0))
        {
            client.OpenItems.Sum(i => i.Amount).ShouldBe(client.Balance, client.Code);
        }
    }

    [Theory]
    [InlineData("own-made/montant_sens_cp1252_123456789FEC20251231.txt", "windows-1252")]
    [InlineData("own-made/mac_cr_only_123456789FEC20251231.txt", "macintosh")]
    [InlineData("own-made/utf16le_123456789FEC20251231.txt", "utf-16le")]
    public void Dialects_of_one_sale_give_the_facts_of_a_plain_file(string path, string encoding)
    {
        var plain = Books.ReadText(
            Books.Header
                + "\n"
                + "VE\tVentes\t1\t20250105\t411DUPONT\tDupont & Fils\t\t\tFA1\t20250105\tFacture FA1 5 €\t120,00\t0,00\tA\t20250210\t20250131\t\t\n"
                + "VE\tVentes\t1\t20250105\t706000\tPrestations\t\t\tFA1\t20250105\tRèglement différé\t0,00\t100,00\t\t\t20250131\t\t\n"
                + "VE\tVentes\t1\t20250105\t44571\tTVA\t\t\tFA1\t20250105\tTVA 20 %\t0,00\t20,00\t\t\t20250131\t\t\n"
                + "BQ\tBanque\t2\t20250210\t512000\tBanque\t\t\tRELEVE02\t20250210\tVIR DUPONT\t120,00\t0,00\t\t\t20250228\t\t\n"
                + "BQ\tBanque\t2\t20250210\t411DUPONT\tDupont & Fils\t\t\tRELEVE02\t20250210\tVIR DUPONT\t0,00\t120,00\tA\t20250210\t20250228\t\t\n"
        );
        var dialect = Read(path);
        dialect.Facts().ShouldBe(plain.Facts());
        dialect.Files[0].Encoding.ShouldBe(encoding);
        dialect.Client("DUPONT").Invoices.Single().DelayDays.ShouldBe(36);
        dialect.Client("DUPONT").Name.ShouldBe("Dupont & Fils");
    }

    [Fact]
    public void The_xml_variant_gives_the_facts_of_a_plain_file()
    {
        var plain = Books.ReadText(
            Books.Header
                + "\n"
                + "VE\tVentes\t1\t20250105\t411000\tClients\tDUPONT\tDupont & Fils\tFA1\t20250105\tFacture FA1\t120,00\t0,00\tA\t20250210\t20250131\t\t\n"
                + "VE\tVentes\t1\t20250105\t706000\tPrestations\t\t\tFA1\t20250105\tFacture FA1\t0,00\t100,00\tA\t20250210\t20250131\t\t\n"
                + "VE\tVentes\t1\t20250105\t44571\tTVA\t\t\tFA1\t20250105\tFacture FA1\t0,00\t20,00\tA\t20250210\t20250131\t\t\n"
        );
        var xml = Read("own-made/xml_123456789FEC20251231.xml");
        xml.Facts().ShouldBe(plain.Facts());
        xml.Files[0].Separator.ShouldBeNull();
        xml.Files[0].Closing.ShouldBe(new DateOnly(2025, 12, 31));
    }

    [Fact]
    public void The_odoo_dialects_give_the_facts_of_plain_files()
    {
        var odoo = Read("own-made/odoo_123456789FEC20211231.txt");
        var plain = Books.ReadText(
            Books.Header
                + "\n"
                + "INV\tCustomer Invoices\tINV/2021/00001\t20210502\t701100\tVentes de produits finis\t\t\t-\t20210502\tHello\t0,00\t1437,12\t\t\t20210502\t\t\n"
                + "INV\tCustomer Invoices\tINV/2021/00001\t20210502\t445710\tTVA collectée\t\t\t-\t20210502\tTVA\t0,00\t287,42\t\t\t20210502\t\t\n"
                + "INV\tCustomer Invoices\tINV/2021/00001\t20210502\t411100\tClients\t42\tpartner_a\t-\t20210502\tINV\t1724,54\t0,00\t\t\t20210502\t\t\n"
        );
        odoo.Facts().ShouldBe(plain.Facts());

        var bytes = Read("own-made/odoo11_bytesrepr_123456789FEC20171231.csv");
        var client = bytes.Client("C001");
        client.Name.ShouldBe("Société A");
        client.Balance.ShouldBe(0);
        client.Payments.ShouldBe(1);
        client.Invoices.ShouldBeEmpty();
        bytes.AsOf(bytes.LastEntry).Cash.ShouldBe(12000);
        bytes.Noticed(NoticeCode.ByteRepr)!.Assumed.ShouldBe("OUV");
        bytes.Files[0].Debit.ShouldBe(24000);
        bytes.Files[0].Credit.ShouldBe(12000);
    }
}
