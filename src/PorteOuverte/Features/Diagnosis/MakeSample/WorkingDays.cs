namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>The days on which a French business writes invoices and a bank moves money, as day numbers.</summary>
internal static class WorkingDays
{
    // Those of fixed date; the ones that move with Easter make no figure less believable.
    private static readonly (int Month, int Day)[] Holidays =
    [
        (1, 1),
        (5, 1),
        (5, 8),
        (7, 14),
        (8, 15),
        (11, 1),
        (11, 11),
        (12, 25),
    ];

    public static int OnOrAfter(int day)
    {
        while (!IsOne(day))
        {
            day++;
        }
        return day;
    }

    public static int OnOrBefore(int day)
    {
        while (!IsOne(day))
        {
            day--;
        }
        return day;
    }

    private static bool IsOne(int number)
    {
        var day = DateOnly.FromDayNumber(number);
        return day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            && !Holidays.Contains((day.Month, day.Day));
    }
}
