using System.Text.Json;
using System.Text.Json.Serialization;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Ledgers.EInvoices;
using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Features.Accounting;

/// <summary>What was odd about a file and which of its lines could not be read; kept with it, and put in words when it is shown.</summary>
public sealed record FileReport(IReadOnlyList<Notice> Notices, IReadOnlyList<RejectedLine> RejectedLines)
{
    /// <summary>What was odd about an invoice.</summary>
    public IReadOnlyList<EInvoiceNotice> Invoice { get; init; } = [];

    /// <summary>What was odd about a table.</summary>
    public TableReport? Table { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static FileReport Of(LedgerFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new(file.Notices, file.RejectedLines);
    }

    /// <summary>Of a file that was not read yet, nothing.</summary>
    public static FileReport Read(string? text) =>
        text is null ? new([], []) : JsonSerializer.Deserialize<FileReport>(text, Json)!;

    public override string ToString() => JsonSerializer.Serialize(this, Json);

    /// <summary>Writes on a file what its reading said of it.</summary>
    public static void Write(ImportedFile file, LedgerFile read)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(read);
        file.Tell(
            Siren.Read(read.Siren),
            read.Closing,
            read.Encoding,
            read.Lines,
            read.Rejected,
            read.FirstEntry,
            read.LastEntry,
            Of(read).ToString()
        );
    }
}

/// <summary>What of a table could not be read, and what was odd.</summary>
/// <param name="Count">Of all problems; the first thousand of them are kept.</param>
public sealed record TableReport(int Count, IReadOnlyList<TableProblem> Problems, IReadOnlyList<TableNotice> Notices);
