using System.Text.Json.Serialization;

namespace PorteOuverte.Ledgers.Tables;

/// <summary>What stands in a column, as far as its cells tell.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnKind>))]
public enum ColumnKind
{
    /// <summary>Nothing at all.</summary>
    Empty,

    /// <summary>Words.</summary>
    Text,

    /// <summary>Whole numbers.</summary>
    Number,

    /// <summary>Amounts of money, or other numbers with decimals.</summary>
    Amount,

    /// <summary>Dates.</summary>
    Date,

    /// <summary>Numbers of documents, clients or companies: what is counted or added by nobody.</summary>
    Code,
}

/// <summary>A column of a table, with what all its cells tell of it.</summary>
public sealed record TableColumn
{
    /// <summary>Its place, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Its letters in a spreadsheet: A, B … Z, AA.</summary>
    public required string Letter { get; init; }

    /// <summary>Its name in the header; empty where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What a mapping calls it: its name without accents and case, with <c>#2</c> for the second of that name, or
    /// <c>@</c> and its letters where it has no name. The same in every export with the same headers.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What stands in it.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>How many of its cells are not empty.</summary>
    public required int Filled { get; init; }

    /// <summary>Its first five values that differ, shortened to 60 characters.</summary>
    public required IReadOnlyList<string> Samples { get; init; }

    /// <summary>How its numbers are written; null where it has none.</summary>
    public AmountFormat? Amounts { get; init; }

    /// <summary>How its dates are written; null where it has none, or where <see cref="DateCandidates"/> are to be asked of a person.</summary>
    public DateForm? Dates { get; init; }

    /// <summary>
    /// The forms its dates may have, the likelier first, where its cells do not tell: no day above 12 anywhere, or some
    /// that speak for each order. Empty where nothing is to be asked.
    /// </summary>
    public IReadOnlyList<DateForm> DateCandidates { get; init; } = [];

    /// <summary>Its samples as days, read in a form: to show a person what a choice would mean. Those that are no date are passed over.</summary>
    /// <param name="form">The form.</param>
    public IReadOnlyList<(string Text, DateOnly Day)> SamplesAs(DateForm form) =>
        [
            .. Samples
                .Select(s => (Text: s, Day: DateText.Day(s, form)))
                .Where(s => s.Day != Text.Dates.None)
                .Select(s => (s.Text, DateOnly.FromDayNumber(s.Day))),
        ];

    /// <summary>Its samples in hundredths, read with a decimal mark. Those that are no amount are passed over.</summary>
    /// <param name="decimalMark">Comma or point.</param>
    public IReadOnlyList<(string Text, long Hundredths)> SamplesAs(char decimalMark)
    {
        var read = new List<(string, long)>();
        foreach (var sample in Samples)
        {
            if (AmountText.TryRead(sample, out var amount) && amount.TryCents(decimalMark, out var cents, out _))
            {
                read.Add((sample, cents));
            }
        }
        return read;
    }

    /// <summary>The field its values can only belong to (company numbers, e-mail addresses …), where the header is silent; or null.</summary>
    internal TableField? Content { get; init; }
}
