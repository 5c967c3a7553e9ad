namespace PorteOuverte.Kernel;

/// <summary>How long a client has to pay, counted from the date of the invoice.</summary>
/// <param name="EndOfMonth">Then to the end of the month in which the days are over.</param>
public readonly record struct PaymentTerms(int Days, bool EndOfMonth)
{
    // Code de commerce, article L441-10.
    public const int MostDays = 60;
    public const int MostDaysToEndOfMonth = 45;

    public static PaymentTerms Default { get; } = new(30, EndOfMonth: false);

    /// <summary>The last day to pay an invoice of a day.</summary>
    public DateOnly DueOn(DateOnly invoice)
    {
        var due = invoice.AddDays(Days);
        return EndOfMonth ? new DateOnly(due.Year, due.Month, DateTime.DaysInMonth(due.Year, due.Month)) : due;
    }

    /// <summary>Whether two French businesses may agree on it.</summary>
    public bool IsLawful => Days >= 0 && Days <= (EndOfMonth ? MostDaysToEndOfMonth : MostDays);
}
