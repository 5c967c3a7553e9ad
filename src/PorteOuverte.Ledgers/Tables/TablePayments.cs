namespace PorteOuverte.Ledgers.Tables;

/// <summary>A payment of a table.</summary>
public sealed record TablePayment
{
    /// <summary>Its line.</summary>
    public required int Line { get; init; }

    /// <summary>The client's name; may be empty.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>The client's code; may be empty.</summary>
    public string ClientCode { get; init; } = "";

    /// <summary>The client's SIREN, its check digit right; or null.</summary>
    public string? Siren { get; init; }

    /// <summary>The number of the invoice it pays, or its own; may be empty.</summary>
    public string Number { get; init; } = "";

    /// <summary>Its day.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>Its amount, in hundredths of the currency; negative for money given back.</summary>
    public required long Amount { get; init; }

    /// <summary>The currency (ISO 4217).</summary>
    public required string Currency { get; init; }

    /// <summary>What it is about; may be empty.</summary>
    public string Label { get; init; } = "";
}

/// <summary>Reads the payments of a table.</summary>
public static class TablePayments
{
    /// <summary>The payments of a table, one for each row, as they are asked for.</summary>
    /// <param name="table">The table.</param>
    /// <param name="mapping">Which column is which; day and amount may also stand as <see cref="TableField.Date"/> and <see cref="TableField.Gross"/>.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">The mapping gives neither client nor number, no day or no amount (<see cref="TableMapping.Missing"/>).</exception>
    public static TableReading<TablePayment> Read(
        TableFile table,
        TableMapping mapping,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(table);
        TableMapping.Require(mapping, TableContent.Payments);
        return new TableReading<TablePayment>(problems =>
            Payments(table, mapping, new FieldReader(table, mapping, problems), cancellation)
        );
    }

    private static IEnumerable<TablePayment> Payments(
        TableFile table,
        TableMapping mapping,
        FieldReader fields,
        CancellationToken cancellation
    )
    {
        var day = mapping.Columns.ContainsKey(TableField.PaidOn) ? TableField.PaidOn : TableField.Date;
        var money = mapping.Columns.ContainsKey(TableField.Paid) ? TableField.Paid : TableField.Gross;
        foreach (var row in table.Rows(cancellation))
        {
            if (fields.IsTotal(row))
            {
                continue;
            }
            string? currency = null;
            var isClear = fields.TryAmount(row, money, out var amount, ref currency);
            isClear &= fields.TryCurrency(row, ref currency);
            isClear &= fields.TryDate(row, day, isNeeded: true, out var paidOn);
            var number = fields.Text(row, TableField.Number);
            var party = fields.Party(row);
            if (!isClear)
            {
                continue;
            }
            if (paidOn is null || amount is null || (number.Length == 0 && !party.IsKnown))
            {
                fields.LeaveOut(
                    row,
                    paidOn is null ? TableProblemReason.NoDate
                        : amount is null ? TableProblemReason.NoAmount
                        : TableProblemReason.NoClient
                );
                continue;
            }
            yield return new TablePayment
            {
                Line = row.Line,
                ClientName = party.Name,
                ClientCode = party.Code,
                Siren = party.Siren,
                Number = number,
                PaidOn = paidOn.Value,
                Amount = amount.Value,
                Currency = currency ?? mapping.Currency,
                Label = fields.Text(row, TableField.Label),
            };
        }
    }
}
