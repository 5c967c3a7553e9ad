using PorteOuverte.Kernel;
using PorteOuverte.Platform.Security;

namespace PorteOuverte.Features.Clients;

/// <summary>Something worth remembering about a client.</summary>
public sealed class ClientNote(Id<Client> clientId, Id<Person>? writtenBy, DateTime writtenAt)
{
    public const int LongestText = 4000;

    public Id<ClientNote> Id { get; private init; } = Id<ClientNote>.New();

    public Id<Client> ClientId { get; private init; } = clientId;

    public string Text { get; private set; } = "";

    public Id<Person>? WrittenBy { get; private init; } = writtenBy;

    public DateTime WrittenAt { get; private init; } = writtenAt;

    public DateTime? RemovedAt { get; private set; }

    public long Version { get; private set; }

    public void Say(string text) => Text = CleanText.Lines(text, LongestText);

    public void Remove(DateTime now) => RemovedAt ??= now;

    public void Restore() => RemovedAt = null;
}

/// <summary>A document kept with a client.</summary>
public sealed class ClientFile(
    Id<Client> clientId,
    string name,
    string mediaType,
    long size,
    Id<Person>? addedBy,
    DateTime addedAt
)
{
    public const int LongestName = 200;
    public const long Largest = 20 * 1024 * 1024;

    public Id<ClientFile> Id { get; private init; } = Id<ClientFile>.New();

    public Id<Client> ClientId { get; private init; } = clientId;

    public string Name { get; private init; } = name;

    public string MediaType { get; private init; } = mediaType;

    /// <summary>In bytes.</summary>
    public long Size { get; private init; } = size;

    public Id<Person>? AddedBy { get; private init; } = addedBy;

    public DateTime AddedAt { get; private init; } = addedAt;

    public DateTime? RemovedAt { get; private set; }

    public long Version { get; private set; }

    public void Remove(DateTime now) => RemovedAt ??= now;

    public void Restore() => RemovedAt = null;
}

/// <summary>What stands in a file; apart from it, so that a list of files reads none.</summary>
public sealed class ClientFileContent(Id<ClientFile> fileId, byte[] content)
{
    public Id<ClientFile> FileId { get; private init; } = fileId;

    public byte[] Content { get; private init; } = content;
}
