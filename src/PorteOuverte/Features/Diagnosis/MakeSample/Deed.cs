namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Something that will be booked on a day to come.</summary>
internal abstract class Deed(int date, Journal journal)
{
    public int Date { get; } = date;

    public Journal Journal { get; } = journal;

    /// <summary>Its place among the deeds of one day and journal.</summary>
    public int Turn { get; set; }

    /// <summary>Writes its lines; none where it turns out that there is nothing to book.</summary>
    public abstract void Write(Entry entry);
}

/// <summary>A deed whose lines are known beforehand.</summary>
internal sealed class PlainDeed(
    int date,
    Journal journal,
    string reference,
    string label,
    params (Account Account, long Amount)[] lines
) : Deed(date, journal)
{
    public override void Write(Entry entry)
    {
        (entry.Reference, entry.Label) = (reference, label);
        foreach (var (account, amount) in lines)
        {
            entry.Add(account, amount);
        }
    }
}

/// <summary>A deed that depends on what the books say by then: a tax, a year's result.</summary>
internal sealed class LateDeed(int date, Journal journal, string reference, string label, Action<Entry> write)
    : Deed(date, journal)
{
    public override void Write(Entry entry)
    {
        (entry.Reference, entry.Label) = (reference, label);
        write(entry);
    }
}

/// <summary>The deeds to come, month by month; what lies beyond the last month is let go.</summary>
internal sealed class Schedule
{
    private readonly List<Deed>[] months;
    private readonly int firstYear;
    private int turns;

    public Schedule(int firstYear, int years)
    {
        this.firstYear = firstYear;
        months = new List<Deed>[years * 12];
        for (var m = 0; m < months.Length; m++)
        {
            months[m] = [];
        }
    }

    public void Add(Deed deed)
    {
        var day = DateOnly.FromDayNumber(deed.Date);
        var month = ((day.Year - firstYear) * 12) + day.Month - 1;
        if (month < months.Length)
        {
            deed.Turn = turns++;
            months[month].Add(deed);
        }
    }

    /// <summary>The deeds of a month in the order of the books; they are then forgotten.</summary>
    public List<Deed> Take(int month)
    {
        var deeds = months[month];
        months[month] = [];
        deeds.Sort((a, b) => (a.Date, a.Journal.Rank, a.Turn).CompareTo((b.Date, b.Journal.Rank, b.Turn)));
        return deeds;
    }
}
