using Microsoft.AspNetCore.Identity;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Security;

/// <summary>Somebody who signs in. One person may be a member of several workspaces.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public Person()
    {
        Id = Id<Person>.New().Value;
        SecurityStamp = Id<Person>.New().ToString();
    }

    public const int LongestName = 200;

    /// <summary>One line, whatever was typed: it stands in the headers of mails.</summary>
    public required string Name
    {
        get;
        set => field = CleanText.Line(value, LongestName);
    }

    /// <summary>fr or en.</summary>
    public string Language { get; set; } = "fr";

    /// <summary>light or dark; null: as the system has it.</summary>
    public string? Theme { get; set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>The time step of the last code taken from the authenticator: no code is taken twice.</summary>
    public long? LastCodeStep { get; set; }

    /// <summary>How many wrong codes since the last right one, whatever passwords were right meanwhile.</summary>
    public int WrongCodes { get; set; }

    /// <summary>Until then no code is taken.</summary>
    public DateTime? CodesClosedUntil { get; set; }
}

/// <summary>What one may do in a workspace; each role may all that the one before it may.</summary>
public enum Role
{
    /// <summary>Sees.</summary>
    Reader,

    /// <summary>Works: clients, facts, departures.</summary>
    Member,

    /// <summary>Decides: reviews, prices, settings of the work.</summary>
    Manager,

    /// <summary>Holds the house: members, mail, jobs, audit.</summary>
    Owner,
}

/// <summary>A person in a workspace, with a role.</summary>
public sealed class Membership
{
    public required Guid PersonId { get; init; }
    public required Id<Workspace> WorkspaceId { get; init; }

    /// <summary>The name of the workspace, which itself cannot be read before it is entered: whoever has several chooses by it.</summary>
    public required string WorkspaceName { get; set; }

    public required Role Role { get; set; }
    public required DateTime Since { get; init; }
}
