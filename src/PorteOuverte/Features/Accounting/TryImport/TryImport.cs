using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting.TryImport;

/// <summary>Reads the files of an import without changing anything, and writes down what would come of it.</summary>
public sealed class TryImport(AppDb db, FileStore store, Buyers buyers, TimeProvider clock) : Job
{
    public const string Name = "try-import";

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(progress);
        var id = Id<Import>.Parse(run.Argument!, null);
        var import = await db.Imports.SingleAsync(i => i.Id == id, stop);
        if (import.State != ImportState.Trying)
        {
            return;
        }
        try
        {
            await Try(import, new LongReading(progress, clock), stop);
        }
        catch (JobStopped)
        {
            db.ChangeTracker.Clear();
            import = await db.Imports.SingleAsync(i => i.Id == id, stop);
            import.GiveUp();
            await db.SaveChangesAsync(stop);
            throw;
        }
    }

    private async Task Try(Import import, LongReading reading, CancellationToken stop)
    {
        var given = await db.ImportedFiles.Where(f => f.ImportId == import.Id).OrderBy(f => f.Id).ToListAsync(stop);
        var live = await db.ImportedFiles.Where(f => f.State == FileState.Live).OrderBy(f => f.Id).ToListAsync(stop);
        var books = live.FindAll(f => f.Kind == FileKind.Ledger);
        var ours =
            await db.Workspaces.Select(w => w.Siren).SingleAsync(stop)
            ?? books.Select(f => f.Siren).FirstOrDefault(s => s is not null);
        using var copies = await store.Copy([.. books, .. given], stop);
        var planned = new List<PlannedFile>();
        List<ImportedFile> joining = [];
        var sellers = new List<Siren?>();
        var seen = live.ToList();
        var tables = new TryTable(db, buyers, clock);
        var areColumnsKnown = true;
        foreach (var file in given)
        {
            if (seen.Exists(f => f.Hash.AsSpan().SequenceEqual(file.Hash)))
            {
                planned.Add(new PlannedFile(file.Id.Value, file.Name, FileFate.Known, []));
                continue;
            }
            seen.Add(file);
            if (file.Mapping is null)
            {
                await using var content = copies[file.Id].Open();
                file.Kind = KindOfFile.Of(content);
                if (file.Kind == FileKind.EInvoice)
                {
                    planned.Add(await Document(file, content, ours, sellers, stop));
                    continue;
                }
            }
            var problem = file.Kind == FileKind.Table ? null : await Unreadable(file, copies, reading, stop);
            if (problem?.Reason == UnreadableReason.NotALedger && TryTable.LooksLikeOne(copies[file.Id], stop))
            {
                file.Kind = FileKind.Table;
            }
            if (file.Kind == FileKind.Table)
            {
                if (await tables.Plan(file, copies[file.Id], stop) is { } table)
                {
                    planned.Add(table);
                }
                else
                {
                    areColumnsKnown = false;
                }
            }
            else if (problem is not null)
            {
                planned.Add(
                    new PlannedFile(file.Id.Value, file.Name, FileFate.Unreadable, [], FileProblem.Of(problem))
                );
            }
            else
            {
                joining.Add(file);
            }
        }
        if (!areColumnsKnown)
        {
            import.AskColumns();
            return;
        }
        var leaving = new HashSet<Id<ImportedFile>>();
        foreach (var file in joining)
        {
            var older = books.FindAll(f => !leaving.Contains(f.Id) && Replacement.Covers(file, f));
            leaving.UnionWith(older.Select(f => f.Id));
            planned.Add(
                new PlannedFile(
                    file.Id.Value,
                    file.Name,
                    older.Count == 0 ? FileFate.Joins : FileFate.Replaces,
                    [.. older.Select(f => new PlannedReplacement(f.Id.Value, f.Name))]
                )
            );
        }
        var mine = ours ?? joining.Select(f => f.Siren).Concat(sellers).FirstOrDefault(s => s is not null);
        var plan = new ImportPlan
        {
            Files = planned,
            OurSiren = ours?.ToString(),
            OtherSiren = joining
                .Select(f => f.Siren)
                .Concat(sellers)
                .FirstOrDefault(s => s is not null && s != mine)
                ?.ToString(),
        };
        if (joining.Count > 0)
        {
            plan = await Foresee(
                plan,
                [.. books.Where(f => !leaving.Contains(f.Id)), .. joining],
                books,
                copies,
                reading,
                stop
            );
        }
        import.Propose(plan.ToString());
    }

    private async Task<PlannedFile> Document(
        ImportedFile file,
        Stream content,
        Siren? ours,
        List<Siren?> sellers,
        CancellationToken stop
    )
    {
        var (invoice, problem) = InvoiceFile.Read(content, file.Name, ours);
        if (invoice is null)
        {
            return new PlannedFile(file.Id.Value, file.Name, FileFate.Unreadable, [], problem);
        }
        var siren = Siren.Read(invoice.Seller.Siren);
        sellers.Add(siren);
        file.Tell(
            siren,
            null,
            "",
            invoice.Lines.Count,
            0,
            invoice.IssueDate,
            invoice.IssueDate,
            new FileReport([], []) { Invoice = invoice.Notices }.ToString()
        );
        var entry = await buyers.Find(Buyer.Of(invoice.Buyer), stop) is { } client
            ? InvoiceEntry.Of(invoice, client, file.Id)
            : null;
        var isThere =
            entry is not null
            && await db.CurrentEntries.AnyAsync(e => e.Id == entry.Id && e.ClientId == entry.ClientId, stop);
        return new PlannedFile(
            file.Id.Value,
            file.Name,
            isThere ? FileFate.Known : FileFate.Joins,
            [],
            Document: new PlannedDocument(
                invoice.Number,
                invoice.IsCreditNote,
                invoice.IssueDate,
                invoice.Buyer.Name,
                invoice.GrossTotal,
                invoice.Currency
            )
        );
    }

    // Alone, so that one bad file does not keep the others out; what is read of it stays noted.
    private static async Task<UnreadableFileException?> Unreadable(
        ImportedFile file,
        CopiedFiles copies,
        LongReading reading,
        CancellationToken stop
    )
    {
        try
        {
            var ledger = await reading.Read([copies[file.Id]], copies.Size, stop);
            if (ledger.Files[0].TruncatedAt is { } line)
            {
                return new UnreadableFileException(file.Name, UnreadableReason.Truncated, line);
            }
            FileReport.Write(file, ledger.Files[0]);
            return null;
        }
        catch (UnreadableFileException e)
        {
            return e;
        }
    }

    private async Task<ImportPlan> Foresee(
        ImportPlan plan,
        List<ImportedFile> files,
        List<ImportedFile> live,
        CopiedFiles copies,
        LongReading reading,
        CancellationToken stop
    )
    {
        var ledger = await reading.Read([.. files.Select(f => copies[f.Id])], copies.Size, stop);
        var facts = ledger.AsOf(ledger.LastEntry);
        var known = (
            await db.ClientCodes.AsNoTracking().Select(c => new { c.Code, c.Label }).ToListAsync(stop)
        ).ToDictionary(c => c.Code, c => c.Label, StringComparer.Ordinal);
        var codeless = await CodelessClients.ByName(db, stop);
        var fresh = facts
            .Clients.Where(c => !known.ContainsKey(c.Code) && !codeless.Remove(PlainLetters.Of(c.Name)))
            .ToList();
        var before = BooksTotals.None;
        if (live.Count > 0)
        {
            var now = await reading.Read([.. live.Select(f => copies[f.Id])], copies.Size, stop);
            before = BooksTotals.Of(now.AsOf(now.LastEntry), now.FirstEntry, now.LastEntry);
        }
        return plan with
        {
            NewClients = fresh.Count,
            NewNames = [.. fresh.Take(ImportPlan.MostNames).Select(c => c.Name.Length > 0 ? c.Name : c.Code)],
            KnownClients = facts.Clients.Count - fresh.Count,
            Doubtful = Doubts(facts, known),
            After = BooksTotals.Of(facts, ledger.FirstEntry, ledger.LastEntry),
            Before = before,
        };
    }

    // One name under two codes, of which one is new: those that were there were decided about.
    private static List<DoubtfulClient> Doubts(LedgerFacts facts, Dictionary<string, string> known)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, label) in known)
        {
            seen.TryAdd(PlainLetters.Of(label), code);
        }
        var doubts = new List<DoubtfulClient>();
        foreach (
            var client in facts.Clients.Where(c => c.Name.Length > 0 && !c.IsCollective && !known.ContainsKey(c.Code))
        )
        {
            if (!seen.TryAdd(PlainLetters.Of(client.Name), client.Code) && doubts.Count < ImportPlan.MostDoubts)
            {
                doubts.Add(new DoubtfulClient(client.Name, client.Code, seen[PlainLetters.Of(client.Name)]));
            }
        }
        return doubts;
    }
}
