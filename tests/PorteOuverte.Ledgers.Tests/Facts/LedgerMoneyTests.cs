namespace PorteOuverte.Ledgers.Tests.Facts;

public sealed class LedgerMoneyTests
{
    [Fact]
    public void Before_the_first_day_that_is_known_there_is_no_cash_to_speak_of()
    {
        var money = new LedgerMoney([new DayAmount(new(2025, 1, 1), 500)], [], [], []);
        (money.CashOn(new(2024, 12, 31)), money.CashOn(new(2025, 3, 1))).ShouldBe((null, 500));
    }
}
