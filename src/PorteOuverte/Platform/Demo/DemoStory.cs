using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Demo;

/// <summary>What all parts of the story have in common: its days, and who is in it.</summary>
/// <param name="today">The day it is told on. It ends the day before, so that it never looks dead.</param>
public sealed class DemoStory(DateOnly today)
{
    private const int LeastInUse = 398;
    private const int DaysOfAWeek = 7;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private readonly Dictionary<string, (Id<Person> Id, string Name, Role Role)> people = new(StringComparer.Ordinal);

    public DateOnly Today => today;

    /// <summary>How many days ago the agency began to work with the product: a Tuesday, so that the next days are working days too.</summary>
    public int DaysInUse { get; } =
        LeastInUse + (((int)today.AddDays(-LeastInUse).DayOfWeek - (int)DayOfWeek.Tuesday + DaysOfAWeek) % DaysOfAWeek);

    public DateOnly Yesterday => today.AddDays(-1);

    /// <summary>The last day of the books; what comes later was written down by hand.</summary>
    public DateOnly BooksEnd => today.AddDays(-6);

    public Id<Workspace>? Workspace { get; private set; }

    public string WorkspaceName { get; private set; } = "";

    /// <summary>Who opened the workspace.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>A moment of the story: so many days before today, by the clock on the wall.</summary>
    public DateTime At(int daysAgo, int hour, int minute = 0) =>
        TimeZoneInfo.ConvertTimeToUtc(today.AddDays(-daysAgo).ToDateTime(new TimeOnly(hour, minute)), Zone);

    /// <summary>The same, on the working day that is nearest before.</summary>
    public DateTime AtWork(int daysAgo, int hour, int minute = 0)
    {
        while (today.AddDays(-daysAgo).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            daysAgo++;
        }
        return At(daysAgo, hour, minute);
    }

    /// <summary>The workspace is there, with its owner: the scenes that follow are played in it.</summary>
    public void Opened(Id<Workspace> workspace, string name, Person owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        (Workspace, WorkspaceName) = (workspace, name);
        Owner = Joined(owner, Role.Owner);
    }

    /// <summary>Somebody takes part from now on, and is called by the first name.</summary>
    public string Joined(Person person, Role role)
    {
        ArgumentNullException.ThrowIfNull(person);
        var first = person.Name.Split(' ')[0];
        people[first] = (new Id<Person>(person.Id), person.Name, role);
        return first;
    }

    public Id<Person> Person(string first) => people[first].Id;

    internal void Enter(CurrentMember member, string first)
    {
        var (id, name, role) = people[first];
        member.Identify(id, "127.0.0.1");
        member.Take(role, name, WorkspaceName);
    }
}
