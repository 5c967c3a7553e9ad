using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients;

/// <summary>Somebody at a client's.</summary>
public sealed class Contact(Id<Client> clientId)
{
    public const int LongestName = 200;

    public Id<Contact> Id { get; private init; } = Id<Contact>.New();

    public Id<Client> ClientId { get; private init; } = clientId;

    public string Name { get; private set; } = "";

    /// <summary>What they do there.</summary>
    public string? Title { get; private set; }

    public string? Email { get; private set; }

    public string? Phone { get; private set; }

    /// <summary>Whom we write to first.</summary>
    public bool IsMain { get; private set; }

    public DateTime? RemovedAt { get; private set; }

    public long Version { get; private set; }

    public void Describe(string name, string? title, string? email, string? phone)
    {
        Name = CleanText.Line(name, LongestName);
        (Title, Email, Phone) = (Given(title), Given(email), Given(phone));
    }

    public void Remove(DateTime now) => RemovedAt ??= now;

    public void Restore() => RemovedAt = null;

    /// <summary>Of the contacts of a client that are there, one is the main one: the one wanted, or else who was it, or the first.</summary>
    public static void ChooseMain(IReadOnlyCollection<Contact> all, Contact? wanted)
    {
        var main =
            wanted
            ?? all.Where(c => c.RemovedAt is null).OrderByDescending(c => c.IsMain).ThenBy(c => c.Id).FirstOrDefault();
        foreach (var contact in all)
        {
            contact.IsMain = contact == main;
        }
    }

    private static string? Given(string? text) =>
        CleanText.Line(text, LongestName) is { Length: > 0 } given ? given : null;
}
