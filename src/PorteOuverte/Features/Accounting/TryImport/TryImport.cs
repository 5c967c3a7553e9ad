using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.ReadInvoices;
using PorteOuverte.Features.Clients;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Ledgers;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting.TryImport;

/// <summary>Reads the files of an import without changing anything, and writes down what would come of it.</summary>
public sealed class TryImport(AppDb db, FileStore store, Buyers buyers, TimeProvider clock) : Job
{
    public const string Name = "try-import";

    private HashSet<(Id<Client>, Id<Entry>)>? there;

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
            LongReading.GiveBack(db.ImportedFiles.Local.Sum(f => f.Size));
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
        Ledger? alone = null;
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
            if (file.Kind == FileKind.Table)
            {
                await Table(file);
                continue;
            }
            // Alone, so that one bad file does not keep the others out; what is read of it stays noted.
            try
            {
                alone = null;
                alone = await reading.Read([copies[file.Id]], copies.Size, stop);
                FileReport.Write(file, alone.Files[0]);
                joining.Add(
                    alone.Files[0].TruncatedAt is { } line
                        ? throw new UnreadableFileException(file.Name, UnreadableReason.Truncated, line)
                        : file
                );
            }
            catch (UnreadableFileException e)
                when (e.Reason == UnreadableReason.NotALedger && TryTable.LooksLikeOne(copies[file.Id], stop))
            {
                file.Kind = FileKind.Table;
                await Table(file);
            }
            catch (UnreadableFileException e)
            {
                alone = null;
                planned.Add(new PlannedFile(file.Id.Value, file.Name, FileFate.Unreadable, [], FileProblem.Of(e)));
            }
        }
        if (!areColumnsKnown)
        {
            import.AskColumns();
            return;
        }
        var leaving = new HashSet<Id<ImportedFile>>();
        // What another file says already, and more, would count twice; of two that say the same time, the one given last.
        foreach (var file in joining.ToList())
        {
            if (
                books.Exists(f => Replacement.Covers(f, file) && !Replacement.Covers(file, f))
                || joining.Exists(f =>
                    f != file && Replacement.Covers(f, file) && (!Replacement.Covers(file, f) || f.Id > file.Id)
                )
            )
            {
                joining.Remove(file);
                alone = null;
                planned.Add(new PlannedFile(file.Id.Value, file.Name, FileFate.Known, []));
            }
        }
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
            Beside = [.. live.Select(f => f.Id.Value)],
            OurSiren = ours?.ToString(),
            OtherSiren = joining
                .Select(f => f.Siren)
                .Concat(sellers)
                .FirstOrDefault(s => s is not null && s != mine)
                ?.ToString(),
        };
        if (joining.Count > 0)
        {
            List<ImportedFile> files = [.. books.Where(f => !leaving.Contains(f.Id)), .. joining];
            // Of one file alone, what was read is enough, unless another was read after it.
            if (files.Count > 1 || alone is null)
            {
                alone = null;
                alone = await reading.Read([.. files.Select(f => copies[f.Id])], copies.Size, stop);
            }
            plan = await Foresee(plan, alone, stop);
        }
        import.Propose(plan.ToString());

        async Task Table(ImportedFile file)
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
        there ??= await InvoiceEntries.There(db, stop);
        var isThere =
            await buyers.Find(Buyer.Of(invoice.Buyer), stop) is { } client
            && there.Contains((client, InvoiceEntry.Of(invoice, client, file.Id).Id));
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

    private async Task<ImportPlan> Foresee(ImportPlan plan, Ledger ledger, CancellationToken stop)
    {
        var facts = ledger.AsOf(ledger.LastEntry);
        var known = (
            await db.ClientCodes.AsNoTracking().Select(c => new { c.Code, c.Label }).ToListAsync(stop)
        ).ToDictionary(c => c.Code, c => c.Label, StringComparer.Ordinal);
        var codeless = await CodelessClients.ByName(db, stop);
        var fresh = facts
            .Clients.Where(c => !known.ContainsKey(c.Code) && !codeless.Remove(PlainLetters.Of(c.Name)))
            .ToList();
        return plan with
        {
            NewClients = fresh.Count,
            NewNames = [.. fresh.Take(ImportPlan.MostNames).Select(c => c.Name.Length > 0 ? c.Name : c.Code)],
            KnownClients = facts.Clients.Count - fresh.Count,
            Doubtful = Doubts(facts, known),
            After = BooksTotals.Of(facts, ledger.FirstEntry, ledger.LastEntry),
            Before = await Before(stop),
        };
    }

    private async Task<BooksTotals> Before(CancellationToken stop)
    {
        if (await db.Books.AsNoTracking().SingleOrDefaultAsync(stop) is not { Reading: > Entry.ByHand } books)
        {
            return BooksTotals.None;
        }
        var kinds = await db
            .Entries.Where(e => e.Reading == books.Reading)
            .GroupBy(e => e.Kind)
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                Net = g.Sum(e => e.Net),
            })
            .ToDictionaryAsync(k => k.Key, stop);
        int Count(EntryKind kind) => kinds.GetValueOrDefault(kind)?.Count ?? 0;
        return new(
            Count(EntryKind.Invoice),
            Count(EntryKind.CreditNote),
            Count(EntryKind.Payment),
            kinds.Values.Sum(k => k.Net),
            books.FirstEntry,
            books.LastEntry
        );
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
