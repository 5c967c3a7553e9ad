using PorteOuverte.Kernel;

namespace PorteOuverte.Features.Clients;

/// <summary>A customer: an organisation, a person, or the crowd behind an account that gathers many buyers.</summary>
public sealed class Client
{
    public const int LongestName = 200;
    public const int LongestAddress = 500;
    public const int LongestServiceLine = 80;

    private Client() { }

    public Client(string name, DateTime now, bool fromBooks = false, bool isCollective = false)
    {
        Id = Id<Client>.New();
        Name = CleanText.Line(name, LongestName);
        CreatedAt = now;
        FromBooks = fromBooks;
        IsCollective = isCollective;
    }

    public Id<Client> Id { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>Whether a file brought it in.</summary>
    public bool FromBooks { get; private init; }

    /// <summary>Stands for many buyers: in the total, but never one client.</summary>
    public bool IsCollective { get; private set; }

    public Siren? Siren { get; private set; }

    public string? VatNumber { get; private set; }

    /// <summary>All it is found by, as <see cref="ClientWords"/> makes it; null: to be made anew.</summary>
    public string? Words { get; private set; }

    /// <summary>As it stands on a letter, line by line.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What we mostly do for them, in the business's own words.</summary>
    public string? ServiceLine { get; private set; }

    /// <summary>Days this client has to pay; null: as agreed with all.</summary>
    public int? PaymentDays { get; private set; }

    public bool PaymentEndOfMonth { get; private set; }

    public PaymentTerms? PaymentTerms => PaymentDays is { } days ? new PaymentTerms(days, PaymentEndOfMonth) : null;

    /// <summary>The client this one is, seen twice by the books: everything of it is shown there. Taking it back is making it null.</summary>
    public Id<Client>? MergedInto { get; private set; }

    /// <summary>Put away: no more work, the past stays.</summary>
    public DateTime? ArchivedAt { get; private set; }

    /// <summary>Deleted, and for some days still to be had back.</summary>
    public DateTime? RemovedAt { get; private set; }

    public DateTime CreatedAt { get; private init; }

    /// <summary>Whether a person has done anything with it. What only a file knows goes again with the file, and comes back with the next that names it.</summary>
    public bool IsTouched { get; private set; }

    public long Version { get; private set; }

    public bool IsShown => MergedInto is null && RemovedAt is null;

    public void Describe(
        string name,
        Siren? siren,
        string? vatNumber,
        string? address,
        string? serviceLine,
        PaymentTerms? terms,
        bool isCollective
    )
    {
        (Name, Siren, VatNumber) = (CleanText.Line(name, LongestName), siren, vatNumber);
        Address = CleanText.Lines(address, LongestAddress);
        ServiceLine = CleanText.Line(serviceLine, LongestServiceLine) is { Length: > 0 } line ? line : null;
        (PaymentDays, PaymentEndOfMonth) = (terms?.Days, terms?.EndOfMonth ?? false);
        IsCollective = isCollective;
        IsTouched = true;
        Words = null;
    }

    /// <summary>A client of files that are being read: deleted until they take effect, so that nobody sees half of them.</summary>
    public static Client Arriving(string name, bool isCollective, DateTime now) =>
        new(name, now, fromBooks: true, isCollective) { RemovedAt = now };

    /// <summary>What a document says of a client nobody has described yet.</summary>
    public void Learn(Siren? siren, string? vatNumber, string address)
    {
        Siren ??= siren;
        Words = null;
        VatNumber ??= vatNumber is null ? null : CleanText.Line(vatNumber, LongestName);
        Address = Address.Length > 0 ? Address : CleanText.Lines(address, LongestAddress);
    }

    /// <summary>The books call it otherwise now; what a person has named keeps its name.</summary>
    public void Rename(string name)
    {
        if (!IsTouched)
        {
            (Name, Words) = (CleanText.Line(name, LongestName), null);
        }
    }

    public void Archive(DateTime now) => (ArchivedAt, IsTouched) = (ArchivedAt ?? now, true);

    public void TakeUpAgain() => ArchivedAt = null;

    public void Remove(DateTime now) => (RemovedAt, IsTouched) = (RemovedAt ?? now, true);

    public void Restore() => (RemovedAt, IsTouched) = (null, true);

    /// <exception cref="ArgumentException">A client cannot be merged into itself.</exception>
    public void MergeInto(Id<Client> other)
    {
        MergedInto = other != Id ? other : throw new ArgumentException("Itself.", nameof(other));
        IsTouched = true;
    }

    public void Separate() => MergedInto = null;
}

/// <summary>How the books call a client. One client may have several codes.</summary>
public sealed class ClientCode(string code, Id<Client> clientId, string label)
{
    public string Code { get; private init; } = code;

    public Id<Client> ClientId { get; private init; } = clientId;

    /// <summary>The name the books gave it last.</summary>
    public string Label { get; set; } = label;
}

/// <summary>A word by which clients are sorted.</summary>
public sealed class ClientTag(Id<Client> clientId, string tag)
{
    public const int LongestTag = 40;

    public Id<Client> ClientId { get; private init; } = clientId;

    public string Tag { get; private init; } = tag;
}
