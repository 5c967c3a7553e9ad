using Microsoft.EntityFrameworkCore;
using PorteOuverte.Features.Clients.Money;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;
using PorteOuverte.Platform.Jobs;

namespace PorteOuverte.Features.Clients.RemoveClient;

/// <summary>Deletes for good what was deleted long enough ago.</summary>
internal sealed class EmptyBin(AppDb db, AuditTrail audit, TimeProvider clock) : Job
{
    public const int DaysKept = 30;

    public override async Task Do(JobRun run, JobProgress progress, CancellationToken stop)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-DaysKept);
        var count = 0;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // What was merged into a client goes with it; all that hangs on a client goes by the references.
        count += await db
            .Clients.Where(c => db.Clients.Any(into => into.Id == c.MergedInto && into.RemovedAt < before))
            .ExecuteDeleteAsync(stop);
        count += await db.Clients.Where(c => c.RemovedAt < before).ExecuteDeleteAsync(stop);
        count += await db.Contacts.Where(c => c.RemovedAt < before).ExecuteDeleteAsync(stop);
        count += await db.Engagements.Where(e => e.RemovedAt < before).ExecuteDeleteAsync(stop);
        count += await db.ClientNotes.Where(n => n.RemovedAt < before).ExecuteDeleteAsync(stop);
        count += await db.ClientFiles.Where(f => f.RemovedAt < before).ExecuteDeleteAsync(stop);
        count += await db
            .Entries.Where(e => e.Reading == Entry.ByHand && e.RemovedAt < before)
            .ExecuteDeleteAsync(stop);
        run.Outcome = ClientsText.Current.Count("emptied", count);
        if (count > 0)
        {
            audit.Did("bin.emptied", new { rows = count });
            await db.SaveChangesAsync(stop);
        }
        await transaction.CommitAsync(stop);
    }
}
