using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Accounts;

/// <summary>A place kept for somebody, by their address. The row is there as long as it waits: accepted or withdrawn, it goes.</summary>
public sealed class Invitation
{
    public const int LongestWelcome = 1000;

    public static readonly TimeSpan Valid = TimeSpan.FromDays(7);

    private Invitation() { }

    public Invitation(string email, DateTime now)
    {
        Id = Id<Invitation>.New();
        Email = email;
        CreatedAt = now;
    }

    public Id<Invitation> Id { get; private init; }

    /// <summary>In small letters: one address, one invitation.</summary>
    public string Email { get; private init; } = "";

    public Role Role { get; private set; }

    /// <summary>What the one who invites says first.</summary>
    public string? Welcome { get; private set; }

    public Id<Person> InvitedBy { get; private set; }

    /// <summary>Of the last link sent; the links before it open nothing.</summary>
    public byte[] TokenHash { get; private set; } = [];

    public DateTime CreatedAt { get; private init; }
    public DateTime ExpiresAt { get; private set; }
    public long Version { get; private set; }

    /// <summary>Invites, or invites again: a new link, and the one before it dies.</summary>
    public void Send(Role role, string? welcome, Id<Person> by, PublicToken token, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(token);
        (Role, Welcome, InvitedBy) = (
            role,
            CleanText.Lines(welcome, LongestWelcome) is { Length: > 0 } said ? said : null,
            by
        );
        (TokenHash, ExpiresAt) = (token.Hash, now + Valid);
    }

    public bool IsOver(DateTime now) => now >= ExpiresAt;
}
