using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients;

/// <summary>A client and those merged into it: all that belongs to either is shown as one's.</summary>
internal static class OneClient
{
    public static IQueryable<Id<Client>> Ids(AppDb db, Id<Client> client) =>
        db.Clients.Where(c => c.Id == client || c.MergedInto == client).Select(c => c.Id);

    /// <summary>Neither deleted, nor merged into one that is.</summary>
    public static Expression<Func<Client, bool>> IsThere(AppDb db) =>
        c =>
            c.RemovedAt == null
            && (
                c.MergedInto == null || db.Clients.Any(holder => holder.Id == c.MergedInto && holder.RemovedAt == null)
            );

    /// <summary>Unseen because no reading that holds names it, or none yet; what a person has deleted waits for nothing.</summary>
    public static Expression<Func<Client, bool>> WaitsForFile { get; } =
        c => c.FromBooks && !c.IsTouched && c.RemovedAt != null;

    /// <summary>Null where there is no such client to be shown.</summary>
    public static Task<string?> Name(AppDb db, Id<Client> client, CancellationToken cancellation) =>
        db
            .Clients.Where(c => c.Id == client && c.MergedInto == null && c.RemovedAt == null)
            .Select(c => c.Name)
            .SingleOrDefaultAsync(cancellation)!;

    /// <exception cref="Refusal">It is no longer there to be added to.</exception>
    public static async Task MustBeThere(AppDb db, Id<Client> client, CancellationToken cancellation)
    {
        if (await Name(db, client, cancellation) is null)
        {
            throw new Refusal(SectionText.Current["clientGone"]);
        }
    }

    /// <summary>Today, where the workspace is.</summary>
    public static async Task<DateOnly> Today(AppDb db, TimeProvider clock, CancellationToken cancellation) =>
        Workspace.Day(clock.GetUtcNow().UtcDateTime, await db.Workspaces.Select(w => w.Zone).SingleAsync(cancellation));

    /// <summary>The address of its sheet.</summary>
    public static string Sheet(string workspace, Id<Client> client) => $"/e/{workspace}/clients/{client}";
}
