namespace PorteOuverte.Features.Diagnosis.MakeSample;

/// <summary>Who the clients are and what each weighs: one too heavy and growing, two that matter, a long tail.</summary>
internal sealed class Clientele
{
    // What a client brings in a year on average, in cents: forty of them feed a dozen people.
    private const long YearlyMean = 30_000_00;

    private readonly double[] tail;
    private readonly double scale;
    private readonly SampleSpan span;

    public Clientele(SampleSpan span, int count, Chance chance)
    {
        this.span = span;
        // A first client of a third is believable among forty, not among thousands.
        scale = count <= 100 ? 1 : Math.Sqrt(100.0 / count);
        tail = new double[count];
        double sum = 0;
        for (var i = 3; i < count; i++)
        {
            sum += tail[i] = 1.0 / (i + 5);
        }
        for (var i = 3; i < count; i++)
        {
            tail[i] /= sum;
        }
        var names = new CompanyNames(chance);
        Clients = new Client[count];
        for (var i = 0; i < count; i++)
        {
            Clients[i] = Make(i, names.Next(), chance);
        }
    }

    public Client[] Clients { get; }

    /// <summary>The revenue a client is expected to bring in a whole year, in cents.</summary>
    public double Expected(Client client, int year)
    {
        var yearsBack = span.LastYear - year;
        var growth = Math.Max(0.5, 1 - (0.05 * yearsBack));
        return YearlyMean * (double)Clients.Length * growth * Weight(client.Place, yearsBack);
    }

    /// <summary>The revenue of a year that the clients of that year are expected to bring, in cents.</summary>
    public double Expected(int year)
    {
        var (first, last) = (SampleSpan.FirstDay(year), SampleSpan.LastDay(year));
        double sum = 0;
        foreach (var client in Clients)
        {
            var days = Math.Min(last, client.Stop) - Math.Max(first, client.Start) + 1;
            sum += days <= 0 ? 0 : Expected(client, year) * days / (last - first + 1);
        }
        return sum;
    }

    private double Weight(int place, int yearsBack)
    {
        var (first, second, third) = (Math.Max(0.20, 0.30 - (0.04 * yearsBack)) * scale, 0.175 * scale, 0.117 * scale);
        if (Clients.Length <= 3)
        {
            return 1.0 / Clients.Length;
        }
        return place switch
        {
            0 => first,
            1 => second,
            2 => third,
            _ => (1 - first - second - third) * tail[place],
        };
    }

    private Client Make(int place, (string Code, string Name) company, Chance chance)
    {
        var yearly = YearlyMean * Clients.Length * Weight(place, 0);
        var interval =
            place < 3 || yearly >= 20_000_00 ? 30
            : yearly >= 12_000_00 ? 45
            : place % 2 == 0 ? 61
            : 91;
        // A few of each kind among forty, and as many in proportion among thousands.
        var isNew = place % 7 == 6;
        var isQuiet = place % 20 == 5;
        var goesBust = place % 29 == 11;
        var start = span.First + chance.Below(interval);
        if (isNew)
        {
            start += chance.Below(Math.Max(1, (span.Last - span.First) / 2));
        }
        var stop =
            goesBust ? span.Last - Math.Min(430, (span.Last - span.First) / 2) - chance.Below(20)
            : isQuiet
                ? span.Last - Math.Min(Math.Min(4 * interval, 220), (span.Last - span.First) / 3) - chance.Below(30)
            : int.MaxValue;
        ReadOnlySpan<int> habits = [8, 14, 18, 22, 24];
        return new Client
        {
            Code = company.Code,
            Name = company.Name,
            Account = new Account("411000", "Clients", company.Code, company.Name),
            Place = place,
            Interval = interval,
            Start = start,
            Stop = stop,
            Delay =
                place % 32 == 4 ? 56
                : place % 33 == 7 ? 24
                : habits[chance.Below(habits.Length)],
            Worsening = place % 33 == 7 ? 52 : 0,
            IsAbroad = place % 17 == 8,
            PaysByCheque = place % 6 == 1 && place > 1,
            Contests = place % 13 == 10 ? span.Last - 30 - (place * 7 % 150) : int.MaxValue,
            ComesInPairs = place == 0 || place % 10 == 9,
            GoesBust = goesBust,
            Next = start,
        };
    }
}

/// <summary>The years of books: whole ones, but for the last where a day is given.</summary>
/// <param name="End">The last day; that of a sample never changes.</param>
internal sealed record SampleSpan(int Years, DateOnly? End = null)
{
    public int LastYear => End?.Year ?? 2025;

    public int FirstYear => LastYear - Years + 1;

    public int First => FirstDay(FirstYear);

    public int Last => End?.DayNumber ?? LastDay(LastYear);

    public static int FirstDay(int year) => new DateOnly(year, 1, 1).DayNumber;

    public static int LastDay(int year) => new DateOnly(year, 12, 31).DayNumber;
}
