using System.Text.Json;
using System.Text.Json.Serialization;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What rows with the same number and client are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SharedNumber>))]
public enum SharedNumber
{
    /// <summary>Lines of one invoice where they bear one date, too; whether a column repeats its total or gives parts of it is found out, and said.</summary>
    Guess,

    /// <summary>Lines of one invoice that repeat its totals: counted once.</summary>
    TotalRepeated,

    /// <summary>Lines of one invoice that give parts of its totals: added.</summary>
    AmountsAdded,

    /// <summary>Invoices of their own.</summary>
    OwnInvoice,
}

/// <summary>What a table holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TableContent>))]
public enum TableContent
{
    /// <summary>Invoices and credit notes, perhaps with what has been paid of them.</summary>
    Invoices,

    /// <summary>Payments.</summary>
    Payments,

    /// <summary>Clients.</summary>
    Clients,
}

/// <summary>A column whose writing cannot be told and must be asked of a person.</summary>
/// <param name="Column">The column.</param>
/// <param name="Field">What it is mapped to.</param>
/// <param name="Dates">The date forms to choose among; empty where the decimal mark, comma or point, is the question.</param>
public sealed record TableQuestion(TableColumn Column, TableField Field, IReadOnlyList<DateForm> Dates);

/// <summary>Which column of a table is which field, and how it is written. Remembered by <see cref="Fingerprint"/>, it reads the next export too.</summary>
public sealed record TableMapping
{
    private static readonly TableField[] Clients =
    [
        TableField.ClientName,
        TableField.ClientCode,
        TableField.Siren,
        TableField.VatNumber,
    ];

    /// <summary>The <see cref="TableFile.Fingerprint"/> of the tables it is for.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The <see cref="TableColumn.Key"/> of each field's column.</summary>
    public IReadOnlyDictionary<TableField, string> Columns { get; init; } = new Dictionary<TableField, string>();

    /// <summary>The date forms that a person chose, by column key; they win over what the column tells.</summary>
    public IReadOnlyDictionary<string, DateForm> Dates { get; init; } = new Dictionary<string, DateForm>();

    /// <summary>The decimal marks that a person chose, by column key; they win over what the column tells.</summary>
    public IReadOnlyDictionary<string, char> DecimalMarks { get; init; } = new Dictionary<string, char>();

    /// <summary>The currency (ISO 4217) of amounts that name none.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>What rows with the same number and client are.</summary>
    public SharedNumber SharedNumber { get; init; }

    /// <summary>The fields without which nothing can be read and that no column gives: a client, a date, an amount.</summary>
    /// <param name="content">What is to be read.</param>
    public IReadOnlyList<TableField> Missing(TableContent content)
    {
        var missing = new List<TableField>();
        // A payment may name the invoice alone.
        if (!HasAny(Clients) && !(content == TableContent.Payments && HasAny(TableField.Number)))
        {
            missing.Add(TableField.ClientName);
        }
        if (content == TableContent.Invoices && !HasAny(TableField.Date))
        {
            missing.Add(TableField.Date);
        }
        if (content == TableContent.Invoices && !HasAny(TableField.Net, TableField.Gross))
        {
            missing.Add(TableField.Gross);
        }
        if (content == TableContent.Payments && !HasAny(TableField.PaidOn, TableField.Date))
        {
            missing.Add(TableField.PaidOn);
        }
        if (content == TableContent.Payments && !HasAny(TableField.Paid, TableField.Gross))
        {
            missing.Add(TableField.Paid);
        }
        return missing;
    }

    internal static void Require(TableMapping mapping, TableContent content)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        if (mapping.Missing(content) is { Count: > 0 } missing)
        {
            throw new ArgumentException("The mapping lacks " + string.Join(", ", missing), nameof(mapping));
        }
    }

    private bool HasAny(params TableField[] fields) => fields.Any(Columns.ContainsKey);

    /// <summary>Guesses by the words of the header, and by what the columns hold where it says nothing.</summary>
    /// <param name="table">The table.</param>
    public static TableMapping Guess(TableFile table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TableMapping { Fingerprint = table.Fingerprint, Columns = MappingGuess.Of(table) };
    }

    /// <summary>What must still be asked before the rows of a table can be read.</summary>
    /// <param name="table">The table.</param>
    public IReadOnlyList<TableQuestion> Questions(TableFile table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var questions = new List<TableQuestion>();
        foreach (var (field, key) in Columns)
        {
            if (table.Column(key) is not { } column)
            {
                continue;
            }
            if (IsDate(field) && column.DateCandidates.Count > 0 && !Dates.ContainsKey(key))
            {
                questions.Add(new TableQuestion(column, field, column.DateCandidates));
            }
            if (IsAmount(field) && column.Amounts is { IsAmbiguous: true } && !DecimalMarks.ContainsKey(key))
            {
                questions.Add(new TableQuestion(column, field, []));
            }
        }
        return questions;
    }

    /// <summary>The mapping as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MappingJson.Default.TableMapping);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null where it is no mapping of this version.</summary>
    /// <param name="json">The JSON.</param>
    public static TableMapping? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MappingJson.Default.TableMapping);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static bool IsDate(TableField field) =>
        field is TableField.Date or TableField.DueDate or TableField.PaidOn;

    internal static bool IsAmount(TableField field) =>
        field is TableField.Net or TableField.Vat or TableField.Gross or TableField.Paid or TableField.Outstanding;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TableMapping))]
internal sealed partial class MappingJson : JsonSerializerContext;
