using PorteOuverte.Kernel;

namespace PorteOuverte.Platform.Data;

/// <summary>One business. Every row of a business table belongs to exactly one.</summary>
public sealed class Workspace(Id<Workspace> id, string name)
{
    /// <summary>What belongs to nobody in particular: the mails of the sign-in, which are written before anybody has entered a workspace.</summary>
    public static Id<Workspace> House { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));

    public Id<Workspace> Id { get; } = id;

    public string Name { get; set; } = name;

    /// <summary>fr or en: the language of what the workspace sends.</summary>
    public string Language { get; set; } = "fr";

    /// <summary>An IANA name: what "today" means here.</summary>
    public string Zone { get; set; } = "Europe/Paris";

    public DateTime CreatedAt { get; init; }

    public long Version { get; private set; }
}
