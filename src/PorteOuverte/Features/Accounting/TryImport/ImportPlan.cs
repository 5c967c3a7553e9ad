using System.Text.Json;
using System.Text.Json.Serialization;
using PorteOuverte.Ledgers;

namespace PorteOuverte.Features.Accounting.TryImport;

/// <summary>What becomes of a file if the import is done.</summary>
public enum FileFate
{
    /// <summary>It joins the books.</summary>
    Joins,

    /// <summary>It joins them, and an older export of the same time leaves.</summary>
    Replaces,

    /// <summary>The very same file is part of the books already: nothing changes.</summary>
    Known,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}

/// <param name="Replaces">The older exports that leave.</param>
/// <param name="Problem">Why it cannot be read.</param>
/// <param name="Document">What stands in it, where it is one document.</param>
public sealed record PlannedFile(
    Guid File,
    string Name,
    FileFate Fate,
    IReadOnlyList<PlannedReplacement> Replaces,
    FileProblem? Problem = null,
    PlannedDocument? Document = null
);

/// <param name="Gross">With VAT, in the currency; negative for a credit note.</param>
public sealed record PlannedDocument(
    string Number,
    bool IsCreditNote,
    DateOnly Date,
    string? Buyer,
    decimal Gross,
    string Currency
);

public sealed record PlannedReplacement(Guid File, string Name);

/// <summary>Two clients of one name: perhaps one, which a person decides.</summary>
public sealed record DoubtfulClient(string Name, string Code, string OtherCode);

/// <summary>What would come of an import: kept with it until a person has decided.</summary>
public sealed record ImportPlan
{
    public const int MostNames = 20;
    public const int MostDoubts = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public IReadOnlyList<PlannedFile> Files { get; init; } = [];

    public int NewClients { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> NewNames { get; init; } = [];

    public int KnownClients { get; init; }

    public IReadOnlyList<DoubtfulClient> Doubtful { get; init; } = [];

    /// <summary>What the books would hold, all files together.</summary>
    public BooksTotals After { get; init; } = BooksTotals.None;

    /// <summary>What they hold now.</summary>
    public BooksTotals Before { get; init; } = BooksTotals.None;

    /// <summary>The number of a business that is not ours; null: none stands there, or ours.</summary>
    public string? OtherSiren { get; init; }

    /// <summary>Ours, as the settings or the books say.</summary>
    public string? OurSiren { get; init; }

    public bool ChangesNothing => Files.All(f => f.Fate is FileFate.Known or FileFate.Unreadable);

    public static ImportPlan Read(string text) => JsonSerializer.Deserialize<ImportPlan>(text, Json)!;

    public override string ToString() => JsonSerializer.Serialize(this, Json);
}

/// <summary>What books hold. The revenue in cents.</summary>
public sealed record BooksTotals(
    int Invoices,
    int CreditNotes,
    int Payments,
    long Revenue,
    DateOnly? First,
    DateOnly? Last
)
{
    public static BooksTotals None { get; } = new(0, 0, 0, 0, null, null);

    public static BooksTotals Of(LedgerFacts facts, DateOnly first, DateOnly last)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new(
            facts.Clients.Sum(c => c.Invoices.Count),
            facts.Clients.Sum(c => c.CreditNotes.Count),
            facts.Clients.Sum(c => c.Payments),
            facts.Clients.Sum(c => c.Revenue(DateOnly.MinValue, DateOnly.MaxValue)),
            first,
            last
        );
    }
}
