using System.Text.Json;
using System.Text.Json.Serialization;
using PorteOuverte.Ledgers;
using PorteOuverte.Ledgers.Tables;

namespace PorteOuverte.Features.Accounting.ReadTables;

/// <summary>What a person said of a table: where it stands in its file, and which column is what.</summary>
public sealed record ChosenColumns(TableChoices Choices, TableMapping Mapping)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What a column may be here: of a client's address and of what an invoice is about nothing is kept.</summary>
    public static IReadOnlyList<TableField> Fields { get; } =
    [.. Enum.GetValues<TableField>().Where(f => f is not (TableField.ClientEmail or TableField.Label))];

    public static ChosenColumns Guess(TableChoices choices, TableFile table)
    {
        var guess = TableMapping.Guess(table);
        return new(
            choices,
            guess with
            {
                Columns = guess.Columns.Where(c => Fields.Contains(c.Key)).ToDictionary(c => c.Key, c => c.Value),
            }
        );
    }

    public static ChosenColumns Read(string text) => JsonSerializer.Deserialize<ChosenColumns>(text, Json)!;

    public override string ToString() => JsonSerializer.Serialize(this, Json);

    /// <summary>Opens a table from which nothing is missing.</summary>
    /// <exception cref="UnreadableFileException">It is none, or it is cut.</exception>
    public static TableFile Open(LedgerSource source, TableChoices choices, CancellationToken cancellation)
    {
        var table = TableFile.Open(source, choices, cancellation);
        return table.TruncatedAt is { } line
            ? throw new UnreadableFileException(source.Name, UnreadableReason.Truncated, line)
            : table;
    }
}

/// <summary>What was said of the last table with the same columns: the next export needs no new answers.</summary>
public sealed class RememberedColumns(string fingerprint, string columns)
{
    public string Fingerprint { get; private init; } = fingerprint;

    /// <summary>As <see cref="ChosenColumns"/> writes it.</summary>
    public string Columns { get; set; } = columns;
}
