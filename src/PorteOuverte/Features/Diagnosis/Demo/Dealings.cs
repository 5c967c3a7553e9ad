using PorteOuverte.Features.Clients.Demo;
using PorteOuverte.Features.Diagnosis.MakeSample;

namespace PorteOuverte.Features.Diagnosis.Demo;

/// <summary>The invoices of the made-up agency, planned back from the day its story ends, with what settles them.</summary>
internal sealed class Dealings : ISales
{
    private const double DaysOfAYear = 365.25;

    private readonly List<Affair> affairs = [];
    private readonly DocumentNumbers numbers = new();
    private readonly Chart chart;
    private readonly Schedule schedule;
    private readonly DateOnly end;
    private readonly int known;

    /// <param name="first">The first day of the books.</param>
    /// <param name="end">The last day of the story.</param>
    /// <param name="known">The last day of these books: what is paid later is open in them.</param>
    public Dealings(Chart chart, Schedule schedule, DateOnly first, DateOnly end, DateOnly known)
    {
        (this.chart, this.schedule, this.end, this.known) = (chart, schedule, end, known.DayNumber);
        for (var place = 0; place < Habit.All.Count; place++)
        {
            Plan(Habit.All[place], place, first.DayNumber);
        }
    }

    public IEnumerable<Affair> OpenAfter(int day) =>
        affairs.Where(a => a.SettledOn > day && a.Movements[0].Date <= day).OrderBy(a => a.Client.Place);

    // All is in the schedule already.
    public void Plan(int firstDay, int lastDay) { }

    /// <summary>What the clients bring in a year, in cents; in the last one, in the twelve months that end with it.</summary>
    public double Expected(int year)
    {
        var last = year == end.Year ? end : new DateOnly(year, 12, 31);
        var from = last.AddYears(-1).DayNumber;
        return affairs
            .SelectMany(a => a.Movements)
            .Where(m => m.Date > from && m.Date <= last.DayNumber)
            .Sum(m => (double)m.Net);
    }

    private void Plan(Habit habit, int place, int first)
    {
        // Each its own chance: whoever changes one client changes no other.
        var chance = new Chance(1000 + place);
        var name =
            Cast.Twins.Where(t => t.Code == habit.Code).Select(t => t.Name).FirstOrDefault()
            ?? Cast.Of(habit.Code).Name;
        var client = new Client
        {
            Code = habit.Code,
            Name = name,
            Account = new Account("411000", "Clients", habit.Code, name),
            Place = place,
            PaysByCheque = habit.PaysByCheque,
            Interval = habit.Every,
            Delay = habit.Delay,
            Worsening = habit.Worsening,
            Start = first,
            Stop = int.MaxValue,
            Contests = int.MaxValue,
            IsAbroad = false,
            ComesInPairs = false,
            GoesBust = false,
        };
        var days = Days(habit, chance, first);
        var owed = habit.Owes.Select(age => days.MinBy(day => Math.Abs(end.DayNumber - age - day))).ToHashSet();
        // From the newest back, so that the chance of a day does not hang on where the books begin.
        foreach (var day in days)
        {
            var years = (end.DayNumber - day) / DaysOfAYear;
            var spread = habit.Visit > 3_000 ? 0.02 : 0.12;
            var net = habit.Visit * 100 * Math.Max(0.4, 1 - (habit.Growth * Math.Floor(years))) * chance.Around(spread);
            var delay = Math.Max(habit.Soonest, habit.Delay - (int)(habit.Worsening * years * 12));
            var paid = WorkingDays.OnOrAfter(day + delay + chance.Between(-2, 2));
            Invoice(client, day, (long)net / 10_00 * 10_00, owed.Contains(day) ? int.MaxValue : paid);
        }
    }

    // The last one to the day, since its silence is counted; those before it on working days.
    private List<int> Days(Habit habit, Chance chance, int first)
    {
        var last = end.AddDays(-habit.Silent);
        var begin = habit.Since == int.MaxValue ? first : Math.Max(first, end.DayNumber - habit.Since);
        var days = new List<int> { last.DayNumber };
        for (var back = 1; ; back++)
        {
            // Who comes back of their own accord comes a little early or late.
            var about = chance.Between(-habit.Every / 3, habit.Every / 3);
            var day = habit.Every == 0 ? last.AddMonths(-back) : last.AddDays(about - (back * habit.Every));
            if (day.DayNumber <= begin)
            {
                return days;
            }
            days.Add(WorkingDays.OnOrBefore(day.DayNumber));
        }
    }

    private void Invoice(Client client, int day, long net, int paid)
    {
        var affair = new Affair(client, client.Account);
        affairs.Add(affair);
        var invoice = affair.Add(Act.Invoice, day, net + (net / 5), net);
        schedule.Add(new ClientDeed(day, Journal.Sales, chart, numbers, invoice));
        if (paid > known)
        {
            return;
        }
        var payment = affair.Add(Act.Payment, paid, -invoice.Gross, 0, invoice);
        schedule.Add(new ClientDeed(paid, Journal.Bank, chart, numbers, payment));
        if (client.PaysByCheque)
        {
            schedule.Add(
                new PlainDeed(
                    WorkingDays.OnOrAfter(paid + 3),
                    Journal.Bank,
                    "REMCHQ",
                    $"Remise de chèque {client.Name}",
                    (chart.Bank, invoice.Gross),
                    (chart.Cheques, -invoice.Gross)
                )
            );
        }
    }
}
