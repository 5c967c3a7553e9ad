namespace PorteOuverte.Ledgers.Tables;

/// <summary>Reads the invoices of a table.</summary>
public static class TableInvoices
{
    /// <summary>The invoices of a table, as they are asked for; one of several rows comes with the last of them.</summary>
    /// <remarks>Where a column gives numbers, the file is read twice, and a few words are kept in memory for each invoice.</remarks>
    /// <param name="table">The table.</param>
    /// <param name="mapping">Which column is which.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">The mapping gives no client, no date or no amount (<see cref="TableMapping.Missing"/>).</exception>
    public static TableReading<TableInvoice> Read(
        TableFile table,
        TableMapping mapping,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(table);
        TableMapping.Require(mapping, TableContent.Invoices);
        return new TableReading<TableInvoice>(problems => Invoices(table, mapping, problems, cancellation));
    }

    private static IEnumerable<TableInvoice> Invoices(
        TableFile table,
        TableMapping mapping,
        TableProblems problems,
        CancellationToken cancellation
    )
    {
        var groups =
            mapping.SharedNumber == SharedNumber.OwnInvoice || !mapping.Columns.ContainsKey(TableField.Number)
                ? null
                : Group(table, mapping, problems, cancellation);
        var reader = new InvoiceRows(table, mapping, problems);
        var open = new Dictionary<ulong, InvoiceDraft>();
        foreach (var row in table.Rows(cancellation))
        {
            if (reader.Read(row) is not { } read)
            {
                continue;
            }
            var isLast = true;
            if (groups is null || groups.RowsOf(read, out isLast) == 1)
            {
                yield return new InvoiceDraft(read).Finish(problems, reader);
                continue;
            }
            var key = groups.KeyOf(read);
            if (open.TryGetValue(key, out var draft))
            {
                draft.Add(read, groups, problems, reader);
            }
            else
            {
                open.Add(key, draft = new InvoiceDraft(read));
            }
            if (isLast)
            {
                open.Remove(key);
                draft.NoteGrouping(groups, problems, reader);
                yield return draft.Finish(problems, reader);
            }
        }
    }

    private static InvoiceGroups Group(
        TableFile table,
        TableMapping mapping,
        TableProblems problems,
        CancellationToken cancellation
    )
    {
        var groups = new InvoiceGroups(mapping.SharedNumber);
        // What is wrong with a row is said when it is read for good.
        var reader = new InvoiceRows(table, mapping, new TableProblems());
        foreach (var row in table.Rows(cancellation))
        {
            if (reader.Read(row) is { } read)
            {
                groups.See(read);
            }
        }
        groups.Decide();
        if (groups.FirstOtherDate is { } first)
        {
            problems.Note(
                TableNoticeCode.NumberOnOtherDate,
                first.Line,
                reader.NameOf(TableField.Number),
                first.Number,
                groups.OtherDates
            );
        }
        return groups;
    }
}
