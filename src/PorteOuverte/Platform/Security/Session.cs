using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Security;

/// <summary>A browser that somebody signed in with. The cookie only names it: whether it still opens anything stands here.</summary>
public sealed class Session
{
    /// <summary>Unused for this long, it is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>However much it is used, one signs in again after this long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public Id<Session> Id { get; init; } = Id<Session>.New();
    public required Guid PersonId { get; init; }

    /// <summary>A short word for a person to recognise it by: <c>Firefox, Linux</c>; null: it did not say.</summary>
    public string? Browser { get; init; }

    /// <summary>The address it was last seen at.</summary>
    public string? Address { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>To ten minutes: not every page is worth a write.</summary>
    public required DateTime SeenAt { get; init; }

    public DateTime? EndedAt { get; init; }
}
