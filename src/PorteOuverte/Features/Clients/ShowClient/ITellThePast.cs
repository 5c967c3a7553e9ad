using System.Globalization;
using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients.ShowClient;

/// <summary>Something that remembers what happened with a client, for the timeline of its sheet. Registered by the door.</summary>
public interface ITellThePast
{
    /// <summary>The newest first, before a moment; in one statement.</summary>
    Task<IReadOnlyList<Happening>> Tell(PastAsked asked, CancellationToken cancellation);
}

/// <param name="Clients">The client and those merged into it.</param>
/// <param name="Before">What was shown last, of any kind; null: from now on backwards.</param>
/// <param name="Most">No more than these are shown.</param>
public sealed record PastAsked(IReadOnlyList<Id<Client>> Clients, Moment? Before, int Most);

/// <summary>A place in the past: of two things of one day, the one made later is nearer.</summary>
public readonly record struct Moment(DateOnly Day, Guid Id) : IComparable<Moment>
{
    public static Moment? Read(string? text) =>
        text?.Split('.') is [var day, var id]
        && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
        && Guid.TryParse(id, out var guid)
            ? new Moment(read, guid)
            : null;

    public int CompareTo(Moment other) => (Day, Id).CompareTo((other.Day, other.Id));

    public static bool operator <(Moment left, Moment right) => left.CompareTo(right) < 0;

    public static bool operator >(Moment left, Moment right) => left.CompareTo(right) > 0;

    public static bool operator <=(Moment left, Moment right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Moment left, Moment right) => left.CompareTo(right) >= 0;

    /// <summary>As it stands in an address.</summary>
    public override string ToString() => FormattableString.Invariant($"{Day:yyyyMMdd}.{Id:N}");
}

/// <param name="Text">What happened, in a few words.</param>
/// <param name="More">What else is known of it.</param>
/// <param name="Address">Where it can be looked at by itself.</param>
public sealed record Happening(
    Moment At,
    string Text,
    string? More = null,
    Level? Level = null,
    string? Address = null
);
