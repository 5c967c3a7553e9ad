namespace PorteOuverte.Ledgers.Tables;

/// <summary>A client of a table.</summary>
public sealed record TableClient
{
    /// <summary>Its line.</summary>
    public required int Line { get; init; }

    /// <summary>The name; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The code; may be empty.</summary>
    public string Code { get; init; } = "";

    /// <summary>The e-mail address; may be empty.</summary>
    public string Email { get; init; } = "";

    /// <summary>The SIREN, its check digit right; or null.</summary>
    public string? Siren { get; init; }

    /// <summary>The VAT number as it stands; may be empty.</summary>
    public string VatNumber { get; init; } = "";

    /// <summary>A remark; may be empty.</summary>
    public string Label { get; init; } = "";
}

/// <summary>Reads the clients of a table.</summary>
public static class TableClients
{
    /// <summary>The clients of a table, one for each row, as they are asked for.</summary>
    /// <param name="table">The table.</param>
    /// <param name="mapping">Which column is which.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">No column names clients (<see cref="TableMapping.Missing"/>).</exception>
    public static TableReading<TableClient> Read(
        TableFile table,
        TableMapping mapping,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(table);
        TableMapping.Require(mapping, TableContent.Clients);
        return new TableReading<TableClient>(problems =>
            Clients(table, new FieldReader(table, mapping, problems), cancellation)
        );
    }

    private static IEnumerable<TableClient> Clients(TableFile table, FieldReader fields, CancellationToken cancellation)
    {
        foreach (var row in table.Rows(cancellation))
        {
            if (fields.IsTotal(row))
            {
                continue;
            }
            var party = fields.Party(row);
            if (!party.IsKnown)
            {
                fields.LeaveOut(row, TableProblemReason.NoClient);
                continue;
            }
            yield return new TableClient
            {
                Line = row.Line,
                Name = party.Name,
                Code = party.Code,
                Email = party.Email,
                Siren = party.Siren,
                VatNumber = party.VatNumber,
                Label = fields.Text(row, TableField.Label),
            };
        }
    }
}
