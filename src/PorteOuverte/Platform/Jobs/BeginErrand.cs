using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Platform.Jobs;

/// <summary>Begins a recurring job in every workspace, once for each hour it was planned for.</summary>
internal sealed class BeginErrand(AppDb db, IServiceScopeFactory scopes, IEnumerable<JobKind> kinds) : IErrand
{
    public const string Name = "begin";

    public async Task<DateTime?> Run(ErrandCall call, CancellationToken stop)
    {
        var kind = kinds.Single(k => k.Name == call.Argument);
        var occasion = call.PlannedFor.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        // All of them first: a reader left open would keep SQLite's log from being folded in.
        foreach (var id in await db.Memberships.Select(m => m.WorkspaceId).Distinct().ToListAsync(stop))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Enter(id);
            var there = scope.ServiceProvider.GetRequiredService<AppDb>();
            // Begun again after a crash: those that have it already are passed over.
            if (!await there.JobRuns.AnyAsync(r => r.Job == kind.Name && r.Occasion == occasion, stop))
            {
                scope.ServiceProvider.GetRequiredService<JobQueue>().Ask(kind, occasion: occasion);
                await there.SaveChangesAsync(stop);
            }
        }
        return null;
    }
}
