using Microsoft.AspNetCore.Identity;
using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Security;

/// <summary>A key that a device keeps for a person and opens with a finger, a face or its own code: it stands for the password and the second factor at once.</summary>
public sealed class Passkey
{
    public const int LongestName = 80;

    private Passkey() { }

    public Passkey(Person person, UserPasskeyInfo made, string name, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(made);
        (Id, PersonId, Name, CreatedAt) = (Id<Passkey>.New(), person.Id, name, now);
        (CredentialId, PublicKey, SignCount) = (made.CredentialId, made.PublicKey, made.SignCount);
        (IsBackupEligible, IsBackedUp) = (made.IsBackupEligible, made.IsBackedUp);
        Transports = string.Join(',', made.Transports ?? []);
    }

    public Id<Passkey> Id { get; private init; }
    public Guid PersonId { get; private init; }

    /// <summary>What the device calls it.</summary>
    public byte[] CredentialId { get; private init; } = [];
    public byte[] PublicKey { get; private init; } = [];

    /// <summary>How the device is reached: usb, nfc, internal …; a hint for the browser.</summary>
    public string Transports { get; private init; } = "";

    /// <summary>What its owner calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>How often the device says it has signed; where it counts, a copy of it is noticed.</summary>
    public long SignCount { get; private set; }

    /// <summary>Whether it may be copied to other devices of the same person, and whether it is.</summary>
    public bool IsBackupEligible { get; private init; }
    public bool IsBackedUp { get; private set; }
    public DateTime CreatedAt { get; private init; }
    public DateTime? LastUsedAt { get; private set; }
    public long Version { get; private set; }

    public void Use(UserPasskeyInfo seen, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(seen);
        (SignCount, IsBackedUp, LastUsedAt) = (seen.SignCount, seen.IsBackedUp, now);
    }

    /// <summary>As the framework checks it. A user was verified when it was made, as at every use; what the device said about itself then is not kept.</summary>
    internal UserPasskeyInfo Info() =>
        new(
            CredentialId,
            PublicKey,
            new DateTimeOffset(CreatedAt),
            (uint)SignCount,
            Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
            isUserVerified: true,
            IsBackupEligible,
            IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        );
}
