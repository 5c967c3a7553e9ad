namespace PorteOuverte.Ledgers;

/// <summary>A sum on a day. In cents.</summary>
/// <param name="Day">The day.</param>
/// <param name="Cents">The sum.</param>
public readonly record struct DayAmount(DateOnly Day, long Cents);

/// <summary>The charges of one kind, by day. In cents.</summary>
/// <param name="Account">The first three digits of their accounts: <c>613</c> for rents.</param>
/// <param name="Days">In order, each day once.</param>
public sealed record ChargeAccount(string Account, IReadOnlyList<DayAmount> Days);

/// <summary>What the books tell of money besides the clients, so that it can be looked at for any day without them.</summary>
/// <param name="Cash">Bank and cash (512 and 53) at the end of each day on which they changed, in order; empty where the books have no such account.</param>
/// <param name="FixedCharges">Charges of classes 61 to 64, by account.</param>
/// <param name="Purchases">Purchases (class 60), by day.</param>
/// <param name="ActiveDays">Days with entries other than openings, in order.</param>
public sealed record LedgerMoney(
    IReadOnlyList<DayAmount> Cash,
    IReadOnlyList<ChargeAccount> FixedCharges,
    IReadOnlyList<DayAmount> Purchases,
    IReadOnlyList<DateOnly> ActiveDays
)
{
    /// <summary>Bank and cash at the end of a day; null where the books do not tell of it yet, or have no such account.</summary>
    /// <param name="day">The day.</param>
    public long? CashOn(DateOnly day)
    {
        long? cash = null;
        foreach (var known in Cash)
        {
            if (known.Day > day)
            {
                break;
            }
            cash = known.Cents;
        }
        return cash;
    }

    /// <summary>The sum of the amounts between two days, both included.</summary>
    /// <param name="amounts">The amounts.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public static long Sum(IReadOnlyList<DayAmount> amounts, DateOnly from, DateOnly to)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        long sum = 0;
        foreach (var amount in amounts)
        {
            sum += amount.Day >= from && amount.Day <= to ? amount.Cents : 0;
        }
        return sum;
    }

    /// <summary>Whether entries other than openings stand between two days, both included.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public bool HasEntries(DateOnly from, DateOnly to) => ActiveDays.Any(d => d >= from && d <= to);
}
