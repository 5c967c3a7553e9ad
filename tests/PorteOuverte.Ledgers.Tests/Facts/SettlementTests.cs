using System.Globalization;

namespace PorteOuverte.Ledgers.Tests.Facts;

public sealed class SettlementTests
{
    [Fact]
    public void A_lettered_payment_settles_its_invoice()
    {
        var invoice = new Books().Invoice("A", "20250105", "FA1", 100, "AA").Payment("A", "20250210", "VIR", 120, "AA").Read().Client("A").Invoices.Single();
        invoice.DelayDays.ShouldBe(36);
        invoice.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void The_last_payment_of_a_group_is_the_one_that_settles()
    {
        var client = new Books()
            .Invoice("A", "20250105", "FA1", 100, "AA")
            .Payment("A", "20250110", "VIR1", 60, "AA")
            .Payment("A", "20250301", "VIR2", 60, "AA")
            .Read()
            .Client("A");
        client.Invoices.Single().DelayDays.ShouldBe(55);
        client.Payments.ShouldBe(2);
    }

    [Fact]
    public void A_letter_used_again_is_another_group()
    {
        var ledger = new Books()
            .Invoice("A", "20250105", "FA1", 100, "AA")
            .Payment("A", "20250115", "V1", 120, "AA")
            .Invoice("A", "20250601", "FA2", 50, "AA")
            .Payment("A", "20250801", "V2", 60, "AA")
            .Read();
        ledger.Client("A").Invoices.Select(i => i.DelayDays).ShouldBe([10, 61]);
    }

    [Fact]
    public void The_same_letter_of_another_client_is_another_group()
    {
        var ledger = new Books().Invoice("A", "20250105", "FA1", 100, "AA").Payment("B", "20250115", "V1", 120, "AA").Read();
        ledger.Client("A").Invoices.Single().PaidOn.ShouldBeNull();
        ledger.Client("A").Balance.ShouldBe(12000);
        ledger.Client("B").Balance.ShouldBe(-12000);
    }

    [Fact]
    public void A_credit_note_settles_without_being_a_payment()
    {
        var client = new Books()
            .Invoice("A", "20250105", "FA1", 100, "AA")
            .Entry("VE", "20250120", "AV1", Books.Client("A", -120, "AA"), Books.At("706000", 100), Books.At("445710", 20))
            .Read()
            .Client("A");
        client.Invoices.Single().DelayDays.ShouldBeNull();
        client.Invoices.Single().Outstanding.ShouldBe(0);
        client.OpenItems.ShouldBeEmpty();
    }

    [Fact]
    public void An_unbalanced_group_leaves_its_lines_open()
    {
        var client = new Books()
            .Invoice("A", "20250105", "FA1", 100, "AA")
            .Payment("A", "20250110", "V1", 50, "AA")
            // Another client's lettering: without it the books would count as not lettered.
            .Invoice("B", "20250105", "FA2", 10, "AA")
            .Payment("B", "20250110", "V2", 12, "AA")
            .Read()
            .Client("A");
        client.Invoices.Single().PaidOn.ShouldBeNull();
        client.OpenItems.Single().Amount.ShouldBe(7000);
        client.Balance.ShouldBe(7000);
    }

    [Fact]
    public void A_deposit_before_the_invoice_is_a_negative_delay()
    {
        var client = new Books().Payment("A", "20250101", "V1", 120, "AA").Invoice("A", "20250111", "FA1", 100, "AA").Read().Client("A");
        client.Invoices.Single().DelayDays.ShouldBe(-10);
    }

    [Fact]
    public void Books_without_lettering_are_matched_by_document_then_by_amount()
    {
        var ledger = new Books()
            .Invoice("A", "20250105", "FA1", 100)
            .Invoice("A", "20250201", "FA2", 200)
            .Payment("A", "20250301", "V9", 240)
            .Payment("A", "20250310", "FA1", 120)
            .Read();
        ledger.Client("A").Invoices.Select(i => i.DelayDays).ShouldBe([64, 28]);
        ledger.Noticed(NoticeCode.NotLettered).ShouldNotBeNull();
    }

    [Fact]
    public void An_opening_counts_in_the_balance_and_in_nothing_else()
    {
        var client = new Books()
            .Entry("AN", "20250101", "x", Books.Client("A", 500, "AA"), Books.At("101000", -500))
            .Payment("A", "20250110", "V1", 500, "AA")
            .Invoice("A", "20250201", "FA1", 100)
            .Read()
            .Client("A");
        client.Balance.ShouldBe(12000);
        client.Invoices.Count.ShouldBe(1);
        client.Invoices.ShouldAllBe(i => i.DelayDays == null);
        client.Revenue(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(10000);
    }

    [Fact]
    public void An_invoice_of_one_year_paid_in_the_next_is_matched_through_the_opening()
    {
        // Exported in January, the first file knows nothing of the payment; the second letters the opening line.
        var first = new Books().Invoice("A", "20241205", "FA1", 100).Invoice("A", "20241210", "FA2", 300).Text();
        var second = new Books()
            .Entry("AN", "20250101", "FA1", Books.Client("A", 120, "AA"), Books.At("110000", -120))
            .Entry("AN", "20250101", "FA2", Books.Client("A", 360), Books.At("110000", -360))
            .Payment("A", "20250205", "V1", 120, "AA")
            .Text();
        var ledger = Ledger.Read([Books.Source(first, "123456789FEC20241231.txt"), Books.Source(second, "123456789FEC20251231.txt")]);
        var client = ledger.Client("A");
        client.Balance.ShouldBe(36000);
        client.Invoices.Select(i => i.DelayDays).ShouldBe([62, null]);
        client.OpenItems.Single().Date.ShouldBe(new DateOnly(2024, 12, 10));
        ledger.Files[1].Notices.ShouldContain(n => n.Code == NoticeCode.RepeatedOpening);
    }

    [Fact]
    public void A_missing_year_between_two_files_starts_the_balances_anew()
    {
        var first = new Books().Invoice("A", "20230105", "FA1", 100).Text();
        var second = new Books().Entry("AN", "20250101", "x", Books.Client("A", 30), Books.At("110000", -30)).Invoice("A", "20250201", "FA2", 10).Text();
        var ledger = Ledger.Read([Books.Source(first), Books.Source(second)]);
        ledger.Client("A").Balance.ShouldBe(4200);
        ledger.Client("A").OpenItems.Sum(i => i.Amount).ShouldBe(4200);
    }

    [Fact]
    public void An_opening_that_says_something_else_than_the_year_before_is_right()
    {
        // The first file was exported without its own opening: it knows nothing of the older debts nor of the cash.
        var first = new Books().Invoice("A", "20240605", "FA1", 100).Payment("A", "20240705", "V", 120).Invoice("A", "20241205", "FA2", 1000).Text();
        var second = new Books()
            .Entry("AN", "20250101", "x", Books.Client("A", 1200), Books.Client("B", 3000), Books.At("512000", 51200), Books.At("101000", -55400))
            .Text();
        var ledger = Ledger.Read([Books.Source(first), Books.Source(second)]);
        ledger.Client("A").Balance.ShouldBe(120000);
        ledger.Client("B").Balance.ShouldBe(300000);
        ledger.AsOf(ledger.LastEntry).Cash.ShouldBe(5120000);
        ledger.Files[1].Notices.ShouldContain(n => n.Code == NoticeCode.OpeningDiffers);
        ledger.Client("A", new DateOnly(2024, 12, 31)).Balance.ShouldBe(120000);
    }

    [Theory]
    [InlineData("20240115", "20240120")]
    [InlineData("20240102", "20240101")]
    public void An_opening_near_ordinary_entries_of_its_own_year_still_counts(string opening, string entry)
    {
        var ledger = new Books()
            .Entry("AN", opening, "x", Books.Client("A", 5000), Books.At("512000", 20000), Books.At("101000", -25000))
            .Entry("AC", entry, "F1", Books.At("604000", 100), Books.At("401000", -100))
            .Invoice("A", "20240301", "FA1", 1000)
            .Read();
        ledger.Client("A").Balance.ShouldBe(620000);
        ledger.AsOf(ledger.LastEntry).Cash.ShouldBe(2000000);
    }

    [Fact]
    public void A_second_opening_of_the_same_year_adds_to_the_first()
    {
        var ledger = new Books()
            .Entry("AN", "20240101", "x", Books.Client("A", 5000), Books.At("101000", -5000))
            .Invoice("A", "20240120", "FA1", 1000)
            .Entry("AN", "20240315", "y", Books.Client("B", 700), Books.At("110000", -700))
            .Read();
        ledger.AsOf(ledger.LastEntry).Clients.Sum(c => c.Balance).ShouldBe(690000);
    }

    [Theory]
    [InlineData("BO", "Boursorama", "512000", "101000", "Virement")]
    [InlineData("OD", "Opérations diverses", "512000", "101000", "OUVERTURE COMPTE CAPITAL")]
    [InlineData("2", "Crédit agricole", "512000", "108000", "Apport")]
    public void Money_brought_in_by_the_owner_is_no_opening(string journal, string name, string bank, string capital, string label)
    {
        var text =
            Books.Header
            + $"\n{journal}\t{name}\t1\t20250125\t{bank}\tBanque\t\t\tX\t20250125\t{label}\t500,00\t0,00\t\t\t20250125\t\t\n"
            + $"{journal}\t{name}\t1\t20250125\t{capital}\tCapital\t\t\tX\t20250125\t{label}\t0,00\t500,00\t\t\t20250125\t\t\n"
            + Books.Text([new Books().Invoice("A", "20250101", "FA1", 10).Entries[0]])[(Books.Header.Length + 1)..];
        var ledger = Books.ReadText(text);
        ledger.AsOf(ledger.LastEntry).Cash.ShouldBe(50000);
        ledger.Noticed(NoticeCode.RepeatedOpening).ShouldBeNull();
    }

    [Fact]
    public void Direct_sales_of_the_future_do_not_date_the_last_one()
    {
        var ledger = new Books()
            .Entry("CS", "20240110", "Z1", Books.At("530000", 10), Books.At("707000", -10))
            .Entry("CS", "20241210", "Z2", Books.At("530000", 10), Books.At("707000", -10))
            .Read();
        ledger.Client(LedgerFacts.DirectCode, new DateOnly(2024, 9, 30)).LastInvoice.ShouldBe(new DateOnly(2024, 1, 10));
    }

    [Fact]
    public void Nothing_later_than_the_day_is_known()
    {
        var ledger = new Books().Invoice("A", "20250105", "FA1", 100, "AA").Payment("A", "20250210", "V", 120, "AA").Read();
        var then = ledger.Client("A", new DateOnly(2025, 2, 9));
        then.Balance.ShouldBe(12000);
        then.Invoices.Single().PaidOn.ShouldBeNull();
        then.OpenItems.Single().Amount.ShouldBe(12000);
        ledger.AsOf(new DateOnly(2025, 2, 9)).Cash.ShouldBe(0);
        ledger.AsOf(new DateOnly(2025, 2, 10)).Cash.ShouldBe(12000);
    }

    [Fact]
    public void Cash_and_charges_are_read_from_the_same_file()
    {
        var ledger = new Books()
            .Entry("AN", "20250101", "x", Books.At("512000", 1000), Books.At("530000", 50), Books.At("101000", -1050))
            .Entry("BQ", "20250115", "L1", Books.At("613200", 300), Books.At("512000", -300))
            .Entry("OD", "20250131", "S1", Books.At("641000", 400), Books.At("421000", -400))
            .Entry("AC", "20250116", "M1", Books.At("604000", 70), Books.At("401000", -70))
            .Entry("BQ", "20250120", "P1", Books.At("661000", 5), Books.At("512000", -5))
            .Read();
        var facts = ledger.AsOf(ledger.LastEntry);
        facts.Cash.ShouldBe(74500);
        facts.FixedCharges(new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)).ShouldBe(70000);
        facts.Purchases(new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)).ShouldBe(7000);
        facts.Day.ToString("O", CultureInfo.InvariantCulture).ShouldBe("2025-01-31");
    }
}
