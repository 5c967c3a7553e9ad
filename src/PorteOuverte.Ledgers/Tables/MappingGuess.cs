namespace PorteOuverte.Ledgers.Tables;

/// <summary>Guesses which column is which field.</summary>
internal static class MappingGuess
{
    private const int ByContent = 45;

    public static Dictionary<TableField, string> Of(TableFile table)
    {
        var offers = new List<(TableField Field, TableColumn Column, int Score)>();
        foreach (var column in table.Columns)
        {
            foreach (var (field, score) in FieldWords.Of(column.Name))
            {
                if (Fits(field, column))
                {
                    offers.Add((field, column, score - (column.Filled == 0 ? 20 : 0)));
                }
            }
            if (column.Content is { } content)
            {
                offers.Add((content, column, ByContent));
            }
        }
        var mapping = new Dictionary<TableField, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var (field, column, _) in offers
                .OrderByDescending(o => o.Score)
                .ThenBy(o => o.Column.Position)
                .ThenBy(o => o.Field)
        )
        {
            if (!mapping.ContainsKey(field) && !taken.Contains(column.Key))
            {
                mapping[field] = column.Key;
                taken.Add(column.Key);
            }
        }
        GuessByKind(table, mapping, taken);
        return mapping;
    }

    // Where the header says nothing: the first dates, the first words, the largest right-most amounts.
    private static void GuessByKind(TableFile table, Dictionary<TableField, string> mapping, HashSet<string> taken)
    {
        Offer(TableField.Date, c => c.Kind == ColumnKind.Date, last: false);
        Offer(TableField.ClientName, c => c.Kind == ColumnKind.Text, last: false, unless: TableField.ClientCode);
        Offer(TableField.Gross, c => c.Kind == ColumnKind.Amount, last: true, unless: TableField.Net);
        Offer(TableField.Number, c => c.Kind == ColumnKind.Code, last: false);

        void Offer(TableField field, Func<TableColumn, bool> fits, bool last, TableField? unless = null)
        {
            if (mapping.ContainsKey(field) || (unless is { } other && mapping.ContainsKey(other)))
            {
                return;
            }
            // A column whose name says something else is not taken for what it does not say.
            var free = table
                .Columns.Where(c => !taken.Contains(c.Key) && fits(c) && (c.Name.Length == 0 || table.HeaderLine == 0))
                .ToList();
            if (free.Count > 0)
            {
                mapping[field] = free[last ? ^1 : 0].Key;
                taken.Add(free[last ? ^1 : 0].Key);
            }
        }
    }

    private static bool Fits(TableField field, TableColumn column) =>
        column.Kind == ColumnKind.Empty
        || field switch
        {
            TableField.Date or TableField.DueDate or TableField.PaidOn => column.Kind == ColumnKind.Date,
            TableField.Net
            or TableField.Vat
            or TableField.Gross
            or TableField.Paid
            or TableField.Outstanding
            or TableField.VatRate => column.Kind is ColumnKind.Amount or ColumnKind.Number
                || (column.Kind == ColumnKind.Code && column.Amounts is not null),
            // A label may be any text, even a number.
            TableField.Label => true,
            TableField.ClientName or TableField.Kind or TableField.Currency or TableField.ClientEmail => column.Kind
                is ColumnKind.Text
                    or ColumnKind.Code,
            _ => column.Kind != ColumnKind.Amount,
        };
}
