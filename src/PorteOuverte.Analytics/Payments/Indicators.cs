namespace PorteOuverte.Analytics;

public static partial class Payments
{
    /// <summary>Days sales outstanding: receivables / credit sales × days.</summary>
    /// <param name="receivables">What clients owe, ≥ 0. With current (not overdue) receivables alone: best possible DSO.</param>
    /// <param name="creditSales">Sales on credit of the period, &gt; 0, in the same unit.</param>
    /// <param name="days">Days of the period, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static double DaysSalesOutstanding(double receivables, double creditSales, double days)
    {
        Guard.NotNegative(receivables);
        Guard.Positive(creditSales);
        Guard.Positive(days);
        return receivables / creditSales * days;
    }

    /// <summary>Average days delinquent: DSO − best possible DSO = overdue / credit sales × days.</summary>
    /// <param name="receivables">What clients owe in all, ≥ 0.</param>
    /// <param name="current">The part not yet due, between 0 and the whole.</param>
    /// <param name="creditSales">Sales on credit of the period, &gt; 0.</param>
    /// <param name="days">Days of the period, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static double AverageDaysDelinquent(
        double receivables,
        double current,
        double creditSales,
        double days
    )
    {
        Guard.NotNegative(current);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(current, receivables);
        return DaysSalesOutstanding(receivables - current, creditSales, days);
    }

    /// <summary>
    /// Count-back DSO: whole months are taken off the receivables, newest first, and the rest as a share of the next.
    /// </summary>
    /// <param name="receivables">What clients owe, ≥ 0.</param>
    /// <param name="monthlySales">Credit sales by month, newest first, each ≥ 0.</param>
    /// <param name="daysInMonth">Days of these months.</param>
    /// <returns>Days; all the days given when the receivables exceed all the sales given.</returns>
    /// <exception cref="ArgumentException">No month is given, or the lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static double CountBack(
        double receivables,
        ReadOnlySpan<double> monthlySales,
        ReadOnlySpan<int> daysInMonth
    )
    {
        Guard.NotNegative(receivables);
        Guard.NotEmpty(monthlySales, nameof(monthlySales));
        Guard.SameLength(daysInMonth.Length, monthlySales.Length, nameof(daysInMonth));
        var (left, days) = (receivables, 0.0);
        for (var month = 0; month < monthlySales.Length && left > 0; month++)
        {
            Guard.NotNegative(monthlySales[month], nameof(monthlySales));
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(
                daysInMonth[month],
                nameof(daysInMonth)
            );
            days +=
                left >= monthlySales[month]
                    ? daysInMonth[month]
                    : left / monthlySales[month] * daysInMonth[month];
            left -= monthlySales[month];
        }
        return days;
    }

    /// <summary>
    /// Collection effectiveness index (opening + sales − closing) / (opening + sales − closing current): 1 when all
    /// that was due is in.
    /// </summary>
    /// <param name="opening">Receivables at the start.</param>
    /// <param name="creditSales">Sales on credit of the period.</param>
    /// <param name="closing">Receivables at the end.</param>
    /// <param name="closingCurrent">The part of them not yet due, at most all.</param>
    /// <returns>A fraction (× 100 for the usual per cent); 1 when nothing was due.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or more is left than there was.</exception>
    public static double CollectionEffectiveness(
        double opening,
        double creditSales,
        double closing,
        double closingCurrent
    )
    {
        Guard.NotNegative(opening);
        Guard.NotNegative(creditSales);
        Guard.NotNegative(closing);
        Guard.NotNegative(closingCurrent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(closing, opening + creditSales);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(closingCurrent, closing);
        var due = opening + creditSales - closingCurrent;
        return due > 0 ? (opening + creditSales - closing) / due : 1;
    }
}
