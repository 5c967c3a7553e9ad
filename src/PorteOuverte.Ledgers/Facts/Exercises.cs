using PorteOuverte.Ledgers.Fec;

namespace PorteOuverte.Ledgers.Facts;

/// <summary>The accounting years of a ledger, as its openings tell them.</summary>
/// <remarks>
/// An opening within ten months of another belongs to the same year and adds to it. A year is explained where entries
/// stand in the months before its opening: an earlier file then says what the opening repeats. Any other opening is where
/// balances start. Where entries stand in the last month only, the balances decide (<see cref="Openings"/>).
/// </remarks>
internal sealed class Exercises
{
    private const int SameYear = 300;

    // Entries of the last month before an opening may be the year's own: some date the opening a few days late.
    private const int Slack = 31;
    private const int LookBack = 300;

    private readonly List<Exercise> exercises = [];

    public Exercises(IReadOnlyList<Part> parts)
    {
        var active = new SortedSet<int>();
        var days = new SortedSet<int>();
        foreach (var part in parts)
        {
            active.UnionWith(part.ActiveDays);
            days.UnionWith(part.OpeningDays);
        }
        foreach (var day in days)
        {
            if (exercises.Count > 0 && day - exercises[^1].Opening < SameYear)
            {
                exercises[^1] = exercises[^1] with { LastOpening = day };
                continue;
            }
            var explained = active.GetViewBetween(day - LookBack, day - Slack - 1).Count > 0;
            var first = active.GetViewBetween(day - Slack, day);
            exercises.Add(new Exercise(day, day, explained || first.Count == 0 ? day : first.Min, explained, !explained && first.Count > 0 && first.Min < day));
        }
    }

    /// <summary>Settles a doubt: the balances agree with the opening.</summary>
    public void Explain(int exercise)
    {
        var known = exercises[exercise];
        exercises[exercise] = known with { Start = known.Opening, IsExplained = true };
    }

    /// <param name="Opening">The day of the first opening.</param>
    /// <param name="LastOpening">The day of the last one that belongs to it.</param>
    /// <param name="Start">The first day of the year.</param>
    /// <param name="IsExplained">True where earlier entries say what the opening repeats.</param>
    /// <param name="IsDoubtful">True where all earlier entries stand in the month before: of this year or the last.</param>
    public readonly record struct Exercise(int Opening, int LastOpening, int Start, bool IsExplained, bool IsDoubtful);

    public IReadOnlyList<Exercise> All => exercises;

    /// <summary>The year a day falls in, counted from 1; 0 before the first.</summary>
    public int Of(int day)
    {
        var year = 0;
        while (year < exercises.Count && exercises[year].Start <= day)
        {
            year++;
        }
        return year;
    }
}
