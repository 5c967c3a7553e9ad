using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Platform.Audit;

/// <summary>Who did what, when and from where: one line of a workspace's chain.</summary>
/// <remarks>
/// A line is never changed and outlives what it speaks of. It therefore holds ids and codes, never names or what people
/// typed: a name is looked up when the line is read, and is gone when the person is.
/// </remarks>
public sealed class AuditLine
{
    public required Id<Workspace> WorkspaceId { get; init; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>To the microsecond: what both databases give back exactly.</summary>
    public required DateTime At { get; init; }

    /// <summary>Null when the program acts by itself, or when nobody is known yet.</summary>
    public Id<Person>? PersonId { get; init; }

    /// <summary>The address the request came from.</summary>
    public string? Source { get; init; }

    /// <summary>A code: <c>workspace.opened</c>.</summary>
    public required string Action { get; init; }

    public string? SubjectKind { get; init; }

    public string? SubjectId { get; init; }

    /// <summary>A JSON object.</summary>
    public string? Details { get; init; }

    /// <summary>The hash of the line before.</summary>
    public required byte[] Previous { get; init; }

    /// <summary>The hash of this line, and so of all before it.</summary>
    public byte[] Hash { get; init; } = [];
}

/// <summary>Where a workspace's chain ends. Whoever noted it can later tell whether the chain was rewritten.</summary>
public sealed class AuditHead
{
    public required Id<Workspace> WorkspaceId { get; init; }
    public required long Number { get; set; }
    public required byte[] Hash { get; set; }

    /// <summary>As people note it: <c>42:9f86d0…</c>.</summary>
    public override string ToString() => new NotedHead(Number, Hash).ToString();
}
