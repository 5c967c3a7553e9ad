using Microsoft.EntityFrameworkCore;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.Money;

/// <summary>Tells that the money of clients has changed, or what is said of it: within the change.</summary>
public sealed class MoneyChanges(AppDb db, IEnumerable<IFollowMoney> followers)
{
    public async Task Tell(CancellationToken cancellation)
    {
        // Counted by the database: what is kept of older figures shows by its number, whatever the clocks say.
        await db.Workspaces.ExecuteUpdateAsync(
            w => w.SetProperty(x => x.MoneyChange, x => x.MoneyChange + 1),
            cancellation
        );
        foreach (var follower in followers)
        {
            await follower.Changed(cancellation);
        }
    }
}
