using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Accounting.TryImport;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Accounting.DecideImport;

/// <param name="OtherCompany">Whether the files may be another business's.</param>
public sealed record ApplyImport(Id<Import> Import, bool OtherCompany = false);

/// <summary>Leaves an import alone, or stops what is under way.</summary>
public sealed record GiveUpImport(Id<Import> Import);

/// <summary>Takes back an import that was done.</summary>
public sealed record UndoImport(Id<Import> Import);

/// <summary>What a person decides about an import.</summary>
public sealed class DecideImportHandler(AppDb db, JobQueue queue, AuditTrail audit)
{
    /// <returns>False: other files have joined or left the books since it was looked through; it is looked through again first.</returns>
    /// <exception cref="Refusal">It cannot be done now; the sentence says why.</exception>
    public async Task<bool> Handle(ApplyImport command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (import, files) = await Find(command.Import, cancellation);
        await RefuseBesideAnother(import, cancellation);
        if (import.State != ImportState.Ready)
        {
            throw new Refusal(AccountingText.Current["decidedAlready"]);
        }
        var plan = ImportPlan.Read(import.Plan!);
        var live = await db
            .ImportedFiles.Where(f => f.State == FileState.Live)
            .Select(f => f.Id.Value)
            .ToListAsync(cancellation);
        if (!live.ToHashSet().SetEquals(plan.Beside))
        {
            import.Try(queue.Ask<TryImport.TryImport>(import.Id.ToString()));
            await Save(cancellation);
            return false;
        }
        if (plan.OtherSiren is not null && !command.OtherCompany)
        {
            throw new Refusal(AccountingText.Current["otherCompanyFirst"]);
        }
        if (plan.ChangesNothing)
        {
            throw new Refusal(AccountingText.Current["nothingToImport"]);
        }
        foreach (var planned in plan.Files.Where(f => f.Fate is FileFate.Joins or FileFate.Replaces))
        {
            files.Single(f => f.Id.Value == planned.File).Arrive();
            foreach (var older in planned.Replaces)
            {
                var replaced = await db.ImportedFiles.SingleOrDefaultAsync(
                    f => f.Id == new Id<ImportedFile>(older.File) && f.State == FileState.Live,
                    cancellation
                );
                replaced?.Leave(new Id<ImportedFile>(planned.File));
            }
        }
        import.Apply(queue.Ask<ReadBooks.ReadBooks>(import.Id.ToString()));
        audit.Did("import.applied", import.Id, new { files = plan.Files.Count });
        await Save(cancellation);
        return true;
    }

    /// <exception cref="Refusal">There is nothing to give up.</exception>
    public async Task Handle(GiveUpImport command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (import, _) = await Find(command.Import, cancellation);
        var run = await db.JobRuns.SingleOrDefaultAsync(r => r.Id == import.Run, cancellation);
        if (import.IsUnderWay && run is { HasEnded: false })
        {
            if (run.State == JobState.Queued)
            {
                queue.Stop(run);
            }
            else
            {
                // Without touching the version: a job that ends at this very moment ends all the same.
                await db
                    .JobRuns.Where(r => r.Id == run.Id)
                    .ExecuteUpdateAsync(r => r.SetProperty(x => x.StopAsked, true), cancellation);
            }
            if (run.HasEnded)
            {
                await LeaveAsItWas(db, import.Id, cancellation);
            }
        }
        else if (import.IsUnderWay)
        {
            // Its job has failed, or was stopped elsewhere: nothing of it holds.
            await LeaveAsItWas(db, import.Id, cancellation);
        }
        else if (import.State is ImportState.Mapping or ImportState.Ready)
        {
            import.GiveUp();
        }
        else
        {
            throw new Refusal(AccountingText.Current["decidedAlready"]);
        }
        audit.Did("import.given-up", import.Id);
        await Save(cancellation);
    }

    /// <exception cref="Refusal">It was not done, or another is under way.</exception>
    public async Task Handle(UndoImport command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (import, files) = await Find(command.Import, cancellation);
        await RefuseBesideAnother(import, cancellation);
        if (import.State != ImportState.Done || !files.Exists(f => f.State == FileState.Live))
        {
            throw new Refusal(AccountingText.Current["nothingToUndo"]);
        }
        foreach (var file in files.Where(f => f.State == FileState.Gone))
        {
            // What replaced it may be undone later: this one stays away.
            file.ForgetReplacement();
        }
        foreach (var file in files.Where(f => f.State == FileState.Live))
        {
            file.Leave();
            var id = file.Id;
            foreach (
                var older in await db
                    .ImportedFiles.Where(f => f.ReplacedBy == id && f.State == FileState.Gone)
                    .ToListAsync(cancellation)
            )
            {
                older.ComeBack();
            }
        }
        import.TakeBack(queue.Ask<ReadBooks.ReadBooks>(import.Id.ToString()));
        audit.Did("import.undone", import.Id);
        await Save(cancellation);
    }

    /// <summary>What was decided did not come about.</summary>
    internal static async Task LeaveAsItWas(AppDb db, Id<Import> id, CancellationToken cancellation)
    {
        var import = await db.Imports.SingleAsync(i => i.Id == id, cancellation);
        if (import.State == ImportState.Trying)
        {
            import.GiveUp();
            return;
        }
        import.WaitAgain();
        foreach (
            var file in await db
                .ImportedFiles.Where(f => f.State == FileState.Arriving || f.State == FileState.Leaving)
                .ToListAsync(cancellation)
        )
        {
            file.StayAsItWas();
        }
    }

    private async Task<(Import Import, List<ImportedFile> Files)> Find(Id<Import> id, CancellationToken cancellation)
    {
        var import =
            await db.Imports.SingleOrDefaultAsync(i => i.Id == id, cancellation)
            ?? throw new Refusal(AccountingText.Current["importGone"]);
        return (import, await db.ImportedFiles.Where(f => f.ImportId == id).ToListAsync(cancellation));
    }

    // Readings follow each other: each is all files of its moment.
    private async Task RefuseBesideAnother(Import import, CancellationToken cancellation)
    {
        if (
            await db.Imports.AnyAsync(
                i => i.Id != import.Id && (i.State == ImportState.Applying || i.State == ImportState.Undoing),
                cancellation
            )
        )
        {
            throw new Refusal(AccountingText.Current["anotherUnderWay"]);
        }
        // Of two who decide at the same moment, the second meets a newer version of the books.
        if (await db.Books.SingleOrDefaultAsync(cancellation) is { } books)
        {
            db.Entry(books).Property(b => b.LastEntry).IsModified = true;
        }
        else
        {
            db.Add(new Books());
        }
    }

    private async Task Save(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsTaken())
        {
            throw new Refusal(AccountingText.Current["decidedAlready"]);
        }
    }
}
