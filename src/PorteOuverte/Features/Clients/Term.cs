namespace PorteOuverte.Features.Clients;

/// <summary>Where a contract stands on a day.</summary>
/// <param name="End">The last day of the term that runs then.</param>
/// <param name="NoticeBefore">The last day on which one can still say that it shall not go on; past, where it does not go on by itself.</param>
/// <param name="NoticeEnd">The day on which it ends if one says so in time. Where notice is longer than a term, later than <paramref name="End"/>.</param>
public readonly record struct Term(DateOnly End, DateOnly NoticeBefore, DateOnly NoticeEnd)
{
    /// <param name="end">The last day of the first term; null: there is no term.</param>
    /// <param name="notice">In months.</param>
    /// <param name="renewal">Months by which it goes on by itself; null: it does not.</param>
    public static Term? At(DateOnly today, DateOnly? start, DateOnly? end, int? notice, int? renewal)
    {
        if (end is not { } first)
        {
            return null;
        }
        var running = 0;
        while (renewal > 0 && EndOf(running) < today)
        {
            running++;
        }
        var open = running;
        while (renewal > 0 && NoticeFor(open) < today)
        {
            open++;
        }
        return new Term(EndOf(running), NoticeFor(open), EndOf(open));

        // Always from the first end: month by month, a 31st would become a 28th for ever.
        DateOnly EndOf(int times) => first.AddMonths(times * (renewal ?? 0));

        DateOnly NoticeFor(int times)
        {
            var day = EndOf(times).AddMonths(-(notice ?? 0));
            return day < start ? start.Value : day;
        }
    }
}
