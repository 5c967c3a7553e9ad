using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.ReadTables;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Ledgers.Tables;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Accounting.ChooseColumns;

/// <param name="Said">What the form says; null: nothing yet.</param>
public sealed record LookAtColumns(Id<Import> Import, Id<ImportedFile> File, SaidColumns? Said = null);

/// <summary>What a person chose on the page; columns are called by their letters.</summary>
/// <param name="Fingerprint">Of the table that the choices were made for.</param>
public sealed record SaidColumns(
    TableChoices Choices,
    string Fingerprint,
    IReadOnlyList<(string Letter, TableField Field)> Fields,
    IReadOnlyDictionary<string, DateForm> Dates,
    IReadOnlyDictionary<string, char> DecimalMarks,
    string Currency,
    SharedNumber SharedNumber
);

/// <summary>A table as the page shows it.</summary>
/// <param name="IsRemembered">The choices are those of an earlier file of these columns.</param>
/// <param name="IsAsSaid">The table is the one the choices were made for, not another sheet or header.</param>
/// <param name="Problem">Why it could not be read as it was said.</param>
/// <param name="Twice">Fields that two columns were said to be.</param>
/// <param name="Currency">As it was typed.</param>
public sealed record ColumnsSeen(
    string File,
    TableFile Table,
    ChosenColumns Columns,
    bool IsRemembered,
    bool IsAsSaid,
    FileProblem? Problem,
    IReadOnlyList<TableField> Twice,
    string Currency
)
{
    /// <summary>All that cannot be told from the columns, answered or not.</summary>
    public IReadOnlyList<TableQuestion> Questions { get; } =
        (
            Columns.Mapping with
            {
                Dates = new Dictionary<string, DateForm>(),
                DecimalMarks = new Dictionary<string, char>(),
            }
        ).Questions(Table);

    public IReadOnlyList<TableQuestion> Open { get; } = Columns.Mapping.Questions(Table);

    public IReadOnlyList<TableField> Missing { get; } = Columns.Mapping.Missing(TableContent.Invoices);

    public bool HasCurrency => Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper);

    public bool IsComplete => Problem is null && HasCurrency && Open.Count + Missing.Count + Twice.Count == 0;

    /// <summary>What would be read; null while something lacks.</summary>
    public ColumnsPreview? Preview { get; init; }
}

/// <summary>All of a table, read as it was said.</summary>
public sealed record ColumnsPreview(
    IReadOnlyList<TableInvoice> First,
    int Invoices,
    int CreditNotes,
    TableReading<TableInvoice> Reading
);

public sealed class LookAtColumnsHandler(AppDb db, FileStore store)
{
    private const int FirstInvoices = 10;

    /// <returns>Null where no such table waits for its columns.</returns>
    public async Task<ColumnsSeen?> Handle(LookAtColumns query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var file = await db
            .ImportedFiles.AsNoTracking()
            .Where(f =>
                f.Id == query.File
                && f.ImportId == query.Import
                && f.Kind == FileKind.Table
                && f.Lines > 0
                && db.Imports.Any(i =>
                    i.Id == f.ImportId && (i.State == ImportState.Mapping || i.State == ImportState.Ready)
                )
            )
            .SingleOrDefaultAsync(cancellation);
        if (file is null)
        {
            return null;
        }
        using var copies = await store.Copy([file], cancellation);
        var source = copies[file.Id];
        var seen = query.Said is { } said
            ? AsSaid(file, source, said, cancellation)
            : await AsKnown(file, source, cancellation);
        return seen.IsComplete ? seen with { Preview = Preview(seen, cancellation) } : seen;
    }

    // As it was chosen before, as the last file of these columns was, or as the table itself tells.
    private async Task<ColumnsSeen> AsKnown(ImportedFile file, LedgerSource source, CancellationToken cancellation)
    {
        var table = ChosenColumns.Open(source, new(), cancellation);
        var known =
            file.Mapping
            ?? await db
                .RememberedColumns.Where(r => r.Fingerprint == table.Fingerprint)
                .Select(r => r.Columns)
                .SingleOrDefaultAsync(cancellation);
        var chosen = ChosenColumns.Guess(new(), table);
        if (known is not null)
        {
            var remembered = ChosenColumns.Read(known);
            try
            {
                table = ChosenColumns.Open(source, remembered.Choices, cancellation);
                chosen = remembered;
            }
            catch (Exception e) when (e is UnreadableFileException or ArgumentException)
            {
                // Its sheet has another name now, say: the columns are the same.
                chosen = remembered with
                {
                    Choices = new(),
                };
            }
        }
        return new(
            file.Name,
            table,
            chosen,
            IsRemembered: known is not null && file.Mapping is null,
            IsAsSaid: true,
            null,
            [],
            chosen.Mapping.Currency
        );
    }

    private static ColumnsSeen AsSaid(
        ImportedFile file,
        LedgerSource source,
        SaidColumns said,
        CancellationToken cancellation
    )
    {
        TableFile table;
        FileProblem? problem = null;
        var choices = said.Choices;
        try
        {
            table = ChosenColumns.Open(source, choices, cancellation);
        }
        catch (UnreadableFileException e)
        {
            (problem, choices) = (FileProblem.OfTable(e), new());
            table = ChosenColumns.Open(source, choices, cancellation);
        }
        catch (ArgumentException)
        {
            choices = new();
            table = ChosenColumns.Open(source, choices, cancellation);
        }
        var chosen = ChosenColumns.Guess(choices, table);
        var isAsSaid = table.Fingerprint == said.Fingerprint;
        if (isAsSaid)
        {
            string? Key(string letter) => table.Columns.FirstOrDefault(c => c.Letter == letter)?.Key;
            Dictionary<string, T> ByKey<T>(IReadOnlyDictionary<string, T> byLetter) =>
                byLetter.Where(x => Key(x.Key) is not null).ToDictionary(x => Key(x.Key)!, x => x.Value);
            chosen = chosen with
            {
                Mapping = chosen.Mapping with
                {
                    Columns = said
                        .Fields.Where(f => Key(f.Letter) is not null)
                        .GroupBy(f => f.Field)
                        .ToDictionary(g => g.Key, g => Key(g.First().Letter)!),
                    Dates = ByKey(said.Dates),
                    DecimalMarks = ByKey(said.DecimalMarks),
                },
            };
        }
        chosen = chosen with
        {
            Mapping = chosen.Mapping with { Currency = said.Currency, SharedNumber = said.SharedNumber },
        };
        return new(
            file.Name,
            table,
            chosen,
            IsRemembered: false,
            isAsSaid,
            problem,
            isAsSaid ? [.. said.Fields.GroupBy(f => f.Field).Where(g => g.Count() > 1).Select(g => g.Key)] : [],
            said.Currency
        );
    }

    private static ColumnsPreview Preview(ColumnsSeen seen, CancellationToken cancellation)
    {
        var reading = TableInvoices.Read(seen.Table, seen.Columns.Mapping, cancellation);
        var first = new List<TableInvoice>();
        var (invoices, creditNotes) = (0, 0);
        foreach (var invoice in reading)
        {
            if (first.Count < FirstInvoices)
            {
                first.Add(invoice);
            }
            invoices += invoice.Kind == TableInvoiceKind.Invoice ? 1 : 0;
            creditNotes += invoice.Kind == TableInvoiceKind.CreditNote ? 1 : 0;
        }
        return new(first, invoices, creditNotes, reading);
    }
}
