namespace PorteOuverte.Ledgers.Tests.Facts;

public sealed class ClassificationTests
{
    [Fact]
    public void An_invoice_has_its_amount_with_and_without_vat()
    {
        var invoice = new Books().Invoice("ABC", "20250110", "FA1", 1000).Read().Client("ABC").Invoices.Single();
        (invoice.Gross, invoice.Net, invoice.Vat, invoice.Outstanding).ShouldBe((120000, 100000, 20000, 120000));
    }

    [Fact]
    public void An_entry_that_debits_several_clients_shares_its_sales_to_the_cent()
    {
        var ledger = new Books()
            .Entry("VE", "20250110", "LOT", Books.Client("A", 40), Books.Client("B", 40), Books.Client("C", 40), Books.At("706000", -100), Books.At("445710", -20))
            .Read();
        var nets = new[] { "A", "B", "C" }.Select(c => ledger.Client(c).Invoices.Single().Net).ToArray();
        nets.Sum().ShouldBe(10000);
        nets.ShouldAllBe(n => n == 3333 || n == 3334);
    }

    [Fact]
    public void Documents_that_balance_within_an_entry_are_invoices_of_their_own()
    {
        var ledger = new Books()
            .Numbered("VE", "7", "20250110", "FA1", Books.Client("A", 120), Books.At("706000", -100), Books.At("445710", -20))
            .Numbered("VE", "7", "20250110", "FA2", Books.Client("A", 50), Books.At("707000", -50))
            .Read();
        var invoices = ledger.Client("A").Invoices;
        invoices.Select(i => ledger.NumberOf(i)).Order().ShouldBe(["FA1", "FA2"]);
        invoices.Sum(i => i.Net).ShouldBe(15000);
    }

    [Fact]
    public void Instalments_of_one_document_are_one_invoice()
    {
        var ledger = new Books().Entry("VE", "20250110", "FA1", Books.Client("A", 60), Books.Client("A", 60), Books.At("706000", -100), Books.At("445710", -20)).Read();
        ledger.Client("A").Invoices.Single().Gross.ShouldBe(12000);
    }

    [Fact]
    public void A_credit_note_takes_its_sales_back()
    {
        var client = new Books()
            .Invoice("A", "20250110", "FA1", 1000)
            .Entry("VE", "20250120", "AV1", Books.Client("A", -120), Books.At("709000", 100), Books.At("445710", 20))
            .Read()
            .Client("A");
        client.CreditNotes.Single().Net.ShouldBe(-10000);
        client.Revenue(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(90000);
    }

    [Fact]
    public void A_rebate_on_the_invoice_itself_only_makes_it_smaller()
    {
        var client = new Books().Entry("VE", "20250110", "FA1", Books.Client("A", 108), Books.At("706000", -100), Books.At("709000", 10), Books.At("445710", -18)).Read().Client("A");
        client.Invoices.Single().Net.ShouldBe(9000);
        client.CreditNotes.ShouldBeEmpty();
    }

    [Fact]
    public void A_sale_paid_the_same_day_is_an_invoice_and_its_payment()
    {
        var client = new Books()
            .Entry("CS", "20250110", "T1", Books.Client("A", 120), Books.Client("A", -120), Books.At("530000", 120), Books.At("706000", -100), Books.At("445710", -20))
            .Read()
            .Client("A");
        client.Invoices.Count.ShouldBe(1);
        client.Payments.ShouldBe(1);
        client.Balance.ShouldBe(0);
        client.Invoices[0].DelayDays.ShouldBe(0);
    }

    [Fact]
    public void Sales_without_a_client_account_belong_to_one_collective_client()
    {
        var ledger = new Books().Entry("CS", "20250110", "Z1", Books.At("530000", 120), Books.At("707000", -100), Books.At("445710", -20)).Read();
        var direct = ledger.Client(LedgerFacts.DirectCode);
        direct.IsCollective.ShouldBeTrue();
        direct.Revenue(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(10000);
        ledger.Client(LedgerFacts.DirectCode).LastInvoice.ShouldBe(new DateOnly(2025, 1, 10));
    }

    [Fact]
    public void Sales_without_a_client_account_belong_to_the_buyer_a_file_names()
    {
        var text =
            Books.Header
            + "\tDateRglt\tModeRglt\tNatOp\tIdClient\n"
            + "BQ\tBanque\t1\t20250110\t512000\tBanque\t\t\tR1\t20250110\tx\t100,00\t0,00\t\t\t20250110\t\t\t20250110\tVIR\tBNC\t\n"
            + "BQ\tBanque\t1\t20250110\t706000\tHonoraires\t\t\tR1\t20250110\tx\t0,00\t100,00\t\t\t20250110\t\t\t20250110\tVIR\tBNC\tDURAND\n";
        Books.ReadText(text).Client("DURAND").Revenue(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(10000);
    }

    [Fact]
    public void A_bank_deposit_with_a_cash_sale_does_not_credit_the_client_who_paid()
    {
        var ledger = new Books()
            .Invoice("A", "20250101", "FA1", 100, "A")
            .Entry("BQ", "20250110", "R1", Books.At("512000", 180), Books.Client("A", -120, "A"), Books.At("707000", -50), Books.At("445710", -10))
            .Read();
        ledger.Client("A").Payments.ShouldBe(1);
        ledger.Client("A").Invoices.Single().DelayDays.ShouldBe(9);
        ledger.Client(LedgerFacts.DirectCode).Revenue(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(5000);
    }

    [Theory]
    [InlineData("511200", MovementKind.ReturnedPayment)]
    [InlineData("512000", MovementKind.ReturnedPayment)]
    [InlineData("654000", MovementKind.WriteOff)]
    [InlineData("401000", MovementKind.Offset)]
    [InlineData("419100", MovementKind.Advance)]
    [InlineData("758000", MovementKind.Rounding)]
    [InlineData("416000", MovementKind.Transfer)]
    [InlineData("467000", MovementKind.Other)]
    public void What_stands_beside_a_debit_says_what_it_is(string account, MovementKind kind)
    {
        var ledger = new Books().Entry("OD", "20250110", "X", Books.Client("A", 30), Books.At(account, -30)).Read();
        ledger.Client("A").OpenItems.Single().Kind.ShouldBe(kind);
    }

    [Fact]
    public void A_doubtful_account_is_the_same_client()
    {
        var ledger = new Books()
            .Entry("VE", "20250110", "FA1", new Books.Line("411DUPONT", "Dupont", "", "", 120, ""), Books.At("706000", -100), Books.At("445710", -20))
            .Entry("OD", "20250610", "X", new Books.Line("416DUPONT", "Dupont douteux", "", "", 120, ""), new Books.Line("411DUPONT", "Dupont", "", "", -120, ""))
            .Read();
        ledger.AsOf(ledger.LastEntry).Clients.Single().Balance.ShouldBe(12000);
    }

    [Fact]
    public void Accrued_invoices_and_advances_stand_apart()
    {
        var ledger = new Books()
            .Entry("OD", "20250110", "FAE", Books.At("418100", 120), Books.At("706000", -100), Books.At("445870", -20))
            .Entry("BQ", "20250111", "AC", Books.At("512000", 50), Books.At("419100", -50))
            .Read();
        ledger.AsOf(ledger.LastEntry).Clients.Single().Code.ShouldBe(LedgerFacts.DirectCode);
    }

    [Fact]
    public void The_closing_of_the_year_is_no_sale()
    {
        var ledger = new Books()
            .Invoice("A", "20250110", "FA1", 1000)
            .Entry("OD", "20251231", "CLOT", Books.At("706000", 1000), Books.At("613000", -400), Books.At("120000", -600))
            .Read();
        ledger.AsOf(ledger.LastEntry).Clients.Sum(c => c.Revenue(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(100000);
        ledger.Noticed(NoticeCode.ClosingEntry)!.Count.ShouldBe(1);
    }

    [Fact]
    public void Year_end_accruals_are_no_closing_whatever_their_journal_is_called()
    {
        var ledger = new Books()
            .Invoice("A", "20250110", "FA1", 1000)
            .Entry("OD de clôture", "20251231", "FAE", Books.At("418100", 6000), Books.At("706000", -5000), Books.At("445870", -1000))
            .Entry("OD de clôture", "20251231", "CAP", Books.At("622600", 3000), Books.At("408100", -3000))
            .Read();
        var facts = ledger.AsOf(ledger.LastEntry);
        facts.Clients.Sum(c => c.Revenue(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(600000);
        facts.FixedCharges(DateOnly.MinValue, DateOnly.MaxValue).ShouldBe(300000);
    }

    [Fact]
    public void A_rebate_among_payments_does_not_make_them_credit_notes()
    {
        var ledger = new Books()
            .Invoice("A", "20250101", "FA1", 1000, "A")
            .Invoice("B", "20250101", "FA2", 1000, "A")
            .Entry("BQ", "20250120", "R", Books.At("512000", 2376), Books.At("709000", 20), Books.At("445710", 4), Books.Client("A", -1200, "A"), Books.Client("B", -1200, "A"))
            .Read();
        ledger.Client("A").Payments.ShouldBe(1);
        ledger.Client("B").Invoices.Single().DelayDays.ShouldBe(19);
        ledger.AsOf(ledger.LastEntry).Clients.Sum(c => c.CreditNotes.Count).ShouldBe(0);
        ledger.AsOf(ledger.LastEntry).Clients.Sum(c => c.Revenue(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(198000);
    }

    [Fact]
    public void An_entry_spread_over_two_journals_is_one_invoice()
    {
        var ledger = new Books()
            .Numbered("VE", "42", "20250110", "FA1", Books.Client("A", 120))
            .Numbered("OD", "42", "20250110", "FA1", Books.At("706000", -100), Books.At("445710", -20))
            .Read();
        ledger.Client("A").Invoices.Single().Net.ShouldBe(10000);
    }

    [Fact]
    public void Entries_without_a_number_are_cut_where_they_balance()
    {
        var books = new Books();
        foreach (var client in (string[])["A", "B"])
        {
            books.Numbered("VE", "0", "20250110", "x", Books.Client(client, 120), Books.At("706000", -100), Books.At("445710", -20));
        }
        var ledger = books.Read();
        ledger.Client("A").Invoices.Single().Net.ShouldBe(10000);
        ledger.Client("B").Invoices.Single().Net.ShouldBe(10000);
    }

    [Theory]
    [InlineData("", "411000", "Clients", "?", true)]
    [InlineData("", "411DUPONT", "Dupont", "DUPONT", false)]
    [InlineData("", "411100000", "CLIENTS AU 31/03/2019", "100000", true)]
    [InlineData("CDIV", "411000", "Clients divers", "CDIV", true)]
    [InlineData("C001", "411000", "Comptoir Alpha", "C001", false)]
    [InlineData("C002", "411000", "Caisse d’entraide des Landes", "C002", false)]
    public void Crowds_are_told_from_clients(string code, string account, string name, string expected, bool collective)
    {
        var ledger = new Books().Entry("VE", "20250110", "FA1", new Books.Line(account, name, code, code.Length > 0 ? name : "", 120, ""), Books.At("706000", -120)).Read();
        var client = ledger.AsOf(ledger.LastEntry).Clients.Single();
        client.Code.ShouldBe(expected);
        client.IsCollective.ShouldBe(collective);
    }
}
