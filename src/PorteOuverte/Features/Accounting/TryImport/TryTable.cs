using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Features.Accounting.ReadTables;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Ledgers;
using PorteOuverte.Ledgers.Tables;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.TryImport;

/// <summary>Reads a table without changing anything, and says what would come of it.</summary>
internal sealed class TryTable(AppDb db, Buyers buyers, TimeProvider clock)
{
    /// <summary>Whether a text that is no ledger is meant as a table: some of its columns can be counted.</summary>
    public static bool LooksLikeOne(LedgerSource source, CancellationToken stop)
    {
        try
        {
            return TableFile.Open(source, cancellation: stop).Columns.Any(c => c.Kind > ColumnKind.Text);
        }
        catch (UnreadableFileException e)
        {
            // These say of a table what is wrong with it; the others only that it is none.
            return e.Reason is UnreadableReason.OpenQuote or UnreadableReason.TooLarge;
        }
    }

    /// <returns>Null: a person is first to say which column is what.</returns>
    public async Task<PlannedFile?> Plan(ImportedFile file, LedgerSource source, CancellationToken stop)
    {
        try
        {
            var chosen = file.Mapping is { } said ? ChosenColumns.Read(said) : null;
            var table = ChosenColumns.Open(source, chosen?.Choices ?? new(), stop);
            if (chosen is not null)
            {
                return await Plan(file, table, TableInvoices.Read(table, chosen.Mapping, stop), stop);
            }
            file.Tell(
                null,
                null,
                table.Encoding ?? "XLSX",
                table.RowCount,
                0,
                null,
                null,
                new FileReport([], []).ToString()
            );
            return null;
        }
        catch (UnreadableFileException e)
        {
            return new PlannedFile(file.Id.Value, file.Name, FileFate.Unreadable, [], FileProblem.OfTable(e));
        }
    }

    private async Task<PlannedFile> Plan(
        ImportedFile file,
        TableFile table,
        TableReading<TableInvoice> reading,
        CancellationToken stop
    )
    {
        var there = await InvoiceEntries.There(db, stop);
        var entries = new TableEntry(file.Id);
        var names = new List<string>();
        var now = clock.GetUtcNow().UtcDateTime;
        var planned = new PlannedTable();
        DateOnly? first = null;
        DateOnly? last = null;
        foreach (var row in reading)
        {
            var buyer = Buyer.Of(row);
            if (await buyers.Find(buyer, stop) is not { } client)
            {
                var fresh = await buyers.New(buyer, now, stop);
                client = fresh.Id;
                planned.NewClients++;
                if (names.Count < ImportPlan.MostNames)
                {
                    names.Add(fresh.Name);
                }
            }
            foreach (var entry in entries.Of(row, client))
            {
                planned.Add(entry, isThere: !there.Add((entry.ClientId, entry.Id)));
            }
            first = first <= row.Date ? first : row.Date;
            last = last >= row.Date ? last : row.Date;
        }
        planned.NewNames = names;
        (planned.Problems, planned.LeftOut) = (reading.ProblemCount, reading.RowsLeftOut);
        file.Tell(
            null,
            null,
            table.Encoding ?? "XLSX",
            table.RowCount,
            reading.RowsLeftOut,
            first,
            last,
            new FileReport([], [])
            {
                Table = new(reading.ProblemCount, reading.Problems, [.. table.Notices, .. reading.Notices]),
            }.ToString()
        );
        return new PlannedFile(
            file.Id.Value,
            file.Name,
            first is null ? FileFate.Unreadable
                : planned.Documents == 0 ? FileFate.Known
                : FileFate.Joins,
            [],
            first is null ? new FileProblem("table_NoInvoice") : null,
            Table: planned
        );
    }
}
