using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.AddEntry;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting.ReadBooks;

/// <summary>Reads all files of the books into entries. The new reading stands beside the one that holds, and takes its place at once and whole.</summary>
/// <remarks>
/// Stopped at any line, it leaves the reading that holds as it was; what it had written of the new one is swept by whoever comes next.
/// </remarks>
public sealed class ReadBooks(
    AppDb db,
    FileStore store,
    InvoiceEntries invoices,
    SettleByHand settle,
    CoverEntriesHandler cover,
    ReckonFiguresHandler figures,
    TimeProvider clock
) : Job
{
    public const string Name = "read-books";

    private const int Batch = 4000;

    // From so many lines on, the database is told at once how its tables look now.
    private const long Many = 5000;

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(progress);
        var id = Id<Import>.Parse(run.Argument!, null);
        var import = await db.Imports.SingleAsync(i => i.Id == id, stop);
        try
        {
            await Sweep(stop);
            if (import.State is ImportState.Applying or ImportState.Undoing)
            {
                await Read(run, import, progress, stop);
                await Sweep(stop);
                LongReading.GiveBack(db.ImportedFiles.Local.Sum(f => f.Size));
            }
        }
        catch (JobStopped)
        {
            db.ChangeTracker.Clear();
            await DecideImport.DecideImportHandler.LeaveAsItWas(db, id, stop);
            await db.SaveChangesAsync(stop);
            await Sweep(stop);
            throw;
        }
    }

    private async Task Read(JobRun run, Import import, JobProgress progress, CancellationToken stop)
    {
        var files = await db
            .ImportedFiles.Where(f => f.State != FileState.Waiting && f.State != FileState.Gone)
            .OrderBy(f => f.Id)
            .ToListAsync(stop);
        var ledgers = files.FindAll(f => f.Kind == FileKind.Ledger);
        var books = await db.Books.SingleAsync(stop);
        var (reading, told) = (books.Reading, new Said(null, null, null));
        var isNew = ledgers.Exists(f => f.State != FileState.Live);
        if (isNew)
        {
            reading++;
            var staying = ledgers.FindAll(f => f.State != FileState.Leaving);
            if (staying.Count > 0)
            {
                told = await Write(staying, reading, progress, stop);
            }
        }
        // The last moment to stop: what follows is done at once.
        await progress.Report(1, 1, stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (isNew)
        {
            (books.Reading, books.FirstEntry, books.LastEntry) = (reading, told.First, told.Last);
            await Money(reading, told.Money, stop);
        }
        await invoices.Apply([.. files.Where(f => f.Kind != FileKind.Ledger)], stop);
        files.ForEach(f => f.Settle());
        import.Finish(clock.GetUtcNow().UtcDateTime);
        // A node that slept while another took the job up is told so here, before its half reading could hold.
        run.Checkpoint = "read";
        await db.SaveChangesAsync(stop);
        await Arrivals(reading, stop);
        await db.SaveChangesAsync(stop);
        await ClientWords.Keep(db, stop);
        await cover.Handle(clients: null, stop);
        await settle.Handle(clients: null, stop);
        await db.SaveChangesAsync(stop);
        await figures.Handle(clients: null, stop);
        if (files.Sum(f => (long)f.Lines) >= Many)
        {
            await Analyse(stop);
        }
        await transaction.CommitAsync(stop);
    }

    private async Task Money(long reading, string? content, CancellationToken stop)
    {
        var money = await db.BooksMoney.SingleOrDefaultAsync(stop);
        if (content is null)
        {
            db.RemoveRange(money is null ? [] : [money]);
        }
        else if (money is null)
        {
            db.Add(new BooksMoney { Reading = reading, Content = content });
        }
        else
        {
            (money.Reading, money.Content) = (reading, content);
        }
    }

    // The ledger lives no longer than this: what follows needs room of its own.
    private async Task<Said> Write(
        List<ImportedFile> files,
        long reading,
        JobProgress progress,
        CancellationToken stop
    )
    {
        var ledger = await Ledger(files, progress, stop);
        foreach (var (file, read) in files.Zip(ledger.Files))
        {
            FileReport.Write(file, read);
        }
        await Write(ledger, [.. files.Select(f => f.Id)], reading, progress, stop);
        return new Said(ledger.FirstEntry, ledger.LastEntry, BooksMoney.Write(ledger.Money()));
    }

    private async Task<Ledger> Ledger(List<ImportedFile> files, JobProgress progress, CancellationToken stop)
    {
        using var copies = await store.Copy(files, stop);
        // The reading is about half of the work.
        return await new LongReading(progress, clock).Read([.. files.Select(f => copies[f.Id])], copies.Size * 2, stop);
    }

    private async Task Write(
        Ledger ledger,
        IReadOnlyList<Id<ImportedFile>> files,
        long reading,
        JobProgress progress,
        CancellationToken stop
    )
    {
        var clients = await Clients(ledger, stop);
        var writer = new EntryWriter(db);
        var batch = new List<Entry>(Batch);
        var (written, total) = (0L, (long)ledger.MovementCount + ledger.DirectSalesByDay.Count);
        var told = clock.GetTimestamp();
        var entries = ledger
            .AccountsAsOf(ledger.LastEntry)
            .SelectMany(a => EntriesOf.Account(ledger, a, clients[a.Code], reading, files));
        if (clients.TryGetValue(LedgerFacts.DirectCode, out var direct))
        {
            entries = entries.Concat(EntriesOf.DirectSales(ledger, direct, reading));
        }
        foreach (var entry in entries)
        {
            batch.Add(entry);
            if (batch.Count == Batch)
            {
                await Flush();
            }
        }
        await Flush();

        async Task Flush()
        {
            await writer.Write(batch, stop);
            written += batch.Count;
            batch.Clear();
            if (clock.GetElapsedTime(told) > TimeSpan.FromMilliseconds(500))
            {
                told = clock.GetTimestamp();
                await progress.Report(total + written, total * 2, stop);
            }
        }
    }

    /// <summary>The client behind each code of the ledger; who is new waits unseen until the reading holds.</summary>
    private async Task<Dictionary<string, Id<Client>>> Clients(Ledger ledger, CancellationToken stop)
    {
        var codes = await db.ClientCodes.ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, stop);
        var known = codes.ToDictionary(c => c.Key, c => c.Value.ClientId, StringComparer.Ordinal);
        var now = clock.GetUtcNow().UtcDateTime;
        var texts = await AccountingText.OfWorkspace(db, stop);
        var codeless = await CodelessClients.ByName(db, stop);
        var named = new List<Id<Client>>();
        foreach (var client in ledger.Clients())
        {
            var name = NameOf(client, texts);
            if (!known.ContainsKey(client.Code) && codeless.Remove(PlainLetters.Of(name), out var waiting))
            {
                db.Add(new ClientCode(client.Code, waiting, name));
                known.Add(client.Code, waiting);
                named.Add(waiting);
            }
            else if (!known.ContainsKey(client.Code))
            {
                var arriving = Client.Arriving(name, client.IsCollective, now);
                db.Add(arriving);
                db.Add(new ClientCode(client.Code, arriving.Id, name));
                known.Add(client.Code, arriving.Id);
            }
            else if (codes[client.Code].Label != name)
            {
                codes[client.Code].Label = name;
            }
        }
        await db.SaveChangesAsync(stop);
        foreach (var some in named.Chunk(200))
        {
            // They are found by their new code too.
            await db
                .Clients.Where(c => some.Contains(c.Id))
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.Words, (string?)null), stop);
        }
        db.ChangeTracker.Entries<ClientCode>().ToList().ForEach(e => e.State = EntityState.Detached);
        db.ChangeTracker.Entries<Client>().ToList().ForEach(e => e.State = EntityState.Detached);
        return known;
    }

    private static string NameOf((string Code, string Name, bool IsCollective) client, Texts texts) =>
        client.Code == LedgerFacts.DirectCode ? texts["directSales"]
        : CleanText.Line(client.Name, Client.LongestName) is { Length: > 0 } name ? name
        : client.Code == "?" ? texts["unknownClient"]
        : client.Code;

    // New clients come to light; those that a file brought, that no reading names any more and nobody touched, go with it.
    private async Task Arrivals(long reading, CancellationToken stop)
    {
        // Asked of each client: as a list that must not hold it, PostgreSQL would walk a long one for every client.
        var named = db.Entries.Where(e => e.Reading == reading || e.Reading == Entry.ByHand);
        await db
            .Clients.Where(OneClient.WaitsForFile)
            .Where(c => named.Any(e => e.ClientId == c.Id))
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.RemovedAt, (DateTime?)null), stop);
        await db
            .Clients.Where(c =>
                c.FromBooks
                && !c.IsTouched
                && c.RemovedAt == null
                && !named.Any(e => e.ClientId == c.Id)
                && !db.Contacts.Any(x => x.ClientId == c.Id)
                && !db.Engagements.Any(x => x.ClientId == c.Id)
                && !db.ClientNotes.Any(x => x.ClientId == c.Id)
                && !db.ClientFiles.Any(x => x.ClientId == c.Id)
                && !db.ClientTags.Any(x => x.ClientId == c.Id)
                && !db.ClientHours.Any(x => x.ClientId == c.Id)
                && !db.Clients.Any(x => x.MergedInto == c.Id)
            )
            // Gone, and for some days still to be had back: an older reading may stand there until it is swept.
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.RemovedAt, clock.GetUtcNow().UtcDateTime), stop);
        foreach (
            var (client, label) in await db
                .ClientCodes.Join(db.Clients, c => c.ClientId, c => c.Id, (code, client) => new { client, code.Label })
                .Where(x => !x.client.IsTouched && x.client.Name != x.Label)
                .Select(x => ValueTuple.Create(x.client, x.Label))
                .ToListAsync(stop)
        )
        {
            client.Rename(label);
        }
    }

    // PostgreSQL would take minutes to notice by itself, and half a minute for each list until then. Last of all, so that the
    // reading and what the database knows of it come to light together.
    private async Task Analyse(CancellationToken stop)
    {
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"select analyse_books()", stop);
        }
    }

    /// <summary>Deletes what belongs to no reading that holds, in small steps.</summary>
    private async Task Sweep(CancellationToken stop)
    {
        var holds = await db.Books.Select(b => (long?)b.Reading).SingleOrDefaultAsync(stop) ?? Entry.ByHand;
        var stale = db
            .Entries.Where(e => e.Reading != holds && e.Reading != Entry.ByHand)
            .Select(e => e.ClientId)
            .Distinct();
        foreach (var clients in (await stale.ToListAsync(stop)).Chunk(200))
        {
            await db
                .Entries.Where(e => clients.Contains(e.ClientId) && e.Reading != holds && e.Reading != Entry.ByHand)
                .ExecuteDeleteAsync(stop);
        }
    }

    /// <summary>What the books say besides their entries.</summary>
    private sealed record Said(DateOnly? First, DateOnly? Last, string? Money);
}
