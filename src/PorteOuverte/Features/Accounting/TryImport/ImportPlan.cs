using System.Text.Json;
using System.Text.Json.Serialization;
using PorteOuverte.Features.Clients.Money;
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
/// <param name="Table">What stands in it, where it is a table of them.</param>
public sealed record PlannedFile(
    Guid File,
    string Name,
    FileFate Fate,
    IReadOnlyList<PlannedReplacement> Replaces,
    FileProblem? Problem = null,
    PlannedDocument? Document = null,
    PlannedTable? Table = null
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

/// <summary>What a table brings.</summary>
public sealed record PlannedTable
{
    public int Invoices { get; set; }

    public int CreditNotes { get; set; }

    public int Payments { get; set; }

    /// <summary>Documents that are there already and stay as they are.</summary>
    public int There { get; set; }

    /// <summary>Without VAT, in cents of the euro.</summary>
    public long Net { get; set; }

    /// <summary>Documents in another currency, which are in no total.</summary>
    public int Foreign { get; set; }

    public int NewClients { get; set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> NewNames { get; set; } = [];

    /// <summary>Cells and rows that cannot be read.</summary>
    public int Problems { get; set; }

    public int LeftOut { get; set; }

    [JsonIgnore]
    public int Documents => Invoices + CreditNotes;

    public void Add(Entry entry, bool isThere)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var isDocument = entry.Kind is EntryKind.Invoice or EntryKind.CreditNote;
        if (isThere)
        {
            There += isDocument ? 1 : 0;
            return;
        }
        Invoices += entry.Kind == EntryKind.Invoice ? 1 : 0;
        CreditNotes += entry.Kind == EntryKind.CreditNote ? 1 : 0;
        Payments += isDocument ? 0 : 1;
        Foreign += isDocument && entry.Currency is not null ? 1 : 0;
        Net += entry.Currency is null ? entry.Net : 0;
    }
}

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

    /// <summary>The files of the books when it was made: beside others, something else would come of it.</summary>
    public IReadOnlyList<Guid> Beside { get; init; } = [];

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
