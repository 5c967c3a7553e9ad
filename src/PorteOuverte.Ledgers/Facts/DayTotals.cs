namespace PorteOuverte.Ledgers.Facts;

/// <summary>Cents per day, in a memory that grows with the distinct days and not with the amounts added.</summary>
internal sealed class DayTotals
{
    private (int Day, long Cents)[] items = new (int, long)[8];
    private int count;
    private bool sorted = true;

    public void Add(int day, long cents)
    {
        if (count > 0)
        {
            ref var last = ref items[count - 1];
            if (last.Day == day)
            {
                last.Cents += cents;
                return;
            }
            sorted &= last.Day < day;
        }
        if (count == items.Length)
        {
            Compact();
            if (count > items.Length / 2)
            {
                Array.Resize(ref items, items.Length * 2);
            }
        }
        items[count++] = (day, cents);
    }

    public void AddAll(DayTotals other)
    {
        for (var i = 0; i < other.count; i++)
        {
            Add(other.items[i].Day, other.items[i].Cents);
        }
    }

    /// <summary>The sum over the days from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public long Sum(int first, int last)
    {
        long sum = 0;
        for (var i = 0; i < count; i++)
        {
            if (items[i].Day >= first && items[i].Day <= last)
            {
                sum += items[i].Cents;
            }
        }
        return sum;
    }

    /// <summary>The last day with an amount up to another; 0 where there is none.</summary>
    public int LastDay(int last)
    {
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            found = items[i].Day <= last ? Math.Max(found, items[i].Day) : found;
        }
        return found;
    }

    /// <summary>Every day with an amount; a day may come more than once.</summary>
    public IEnumerable<int> Days() => items.Take(count).Select(i => i.Day);

    /// <summary>Each day once, in order.</summary>
    public List<(DateOnly Day, long Cents)> ByDay()
    {
        var days = new SortedDictionary<int, long>();
        for (var i = 0; i < count; i++)
        {
            days[items[i].Day] = days.GetValueOrDefault(items[i].Day) + items[i].Cents;
        }
        return [.. days.Select(d => (DateOnly.FromDayNumber(d.Key), d.Value))];
    }

    private void Compact()
    {
        if (sorted)
        {
            return;
        }
        Array.Sort(items, 0, count, Comparer<(int Day, long Cents)>.Create((a, b) => a.Day.CompareTo(b.Day)));
        var kept = 0;
        for (var i = 1; i < count; i++)
        {
            if (items[i].Day == items[kept].Day)
            {
                items[kept].Cents += items[i].Cents;
            }
            else
            {
                items[++kept] = items[i];
            }
        }
        count = kept + 1;
        sorted = true;
    }
}
