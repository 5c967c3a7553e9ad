using Microsoft.EntityFrameworkCore;
using PorteOuverte.Kernel;
using PorteOuverte.Platform.Audit;
using PorteOuverte.Platform.Data;

namespace PorteOuverte.Features.Clients.EnterHours;

/// <param name="Minutes">In all: of the client and of those merged into it.</param>
/// <param name="OfOthers">How many of them of those merged into it.</param>
public sealed record HoursRow(DateOnly Month, int Minutes, int OfOthers);

/// <summary>The time spent for a client, typed month by month or brought in a table.</summary>
public sealed class EnterHoursHandler(AppDb db, AuditTrail audit, TimeProvider clock)
{
    public const int MonthsShown = 12;

    /// <summary>The last twelve months, this one first; in one statement, or two where nobody says which day it is.</summary>
    public async Task<IReadOnlyList<HoursRow>> List(Id<Client> client, DateOnly? today, CancellationToken cancellation)
    {
        var day = today ?? await OneClient.Today(db, clock, cancellation);
        var first = day.AddDays(1 - day.Day).AddMonths(1 - MonthsShown);
        var clients = OneClient.Ids(db, client);
        var hours = await db
            .ClientHours.AsNoTracking()
            .Where(h => clients.Contains(h.ClientId) && h.Month >= first)
            .Select(h => new
            {
                h.Month,
                h.Minutes,
                IsOwn = h.ClientId == client,
            })
            .ToListAsync(cancellation);
        return
        [
            .. Enumerable
                .Range(0, MonthsShown)
                .Select(back => first.AddMonths(MonthsShown - 1 - back))
                .Select(month => new HoursRow(
                    month,
                    hours.Where(h => h.Month == month).Sum(h => h.Minutes),
                    hours.Where(h => h.Month == month && !h.IsOwn).Sum(h => h.Minutes)
                )),
        ];
    }

    /// <summary>Sets what was typed, nought where nothing was; other months stay as they are.</summary>
    /// <param name="minutes">Of this client alone.</param>
    /// <exception cref="Refusal">The client is gone.</exception>
    public async Task Save(
        Id<Client> client,
        IReadOnlyDictionary<DateOnly, int> minutes,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(minutes);
        await OneClient.MustBeThere(db, client, cancellation);
        if (minutes.Count > 0)
        {
            await Set(minutes.ToDictionary(m => (client, m.Key), m => m.Value), cancellation);
            audit.Did("hours.entered", client, new { months = minutes.Count });
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>What a table said, of many clients.</summary>
    public async Task Save(IReadOnlyList<ReadHours.Month> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        await Set(read.ToDictionary(m => (m.Client, m.First), m => m.Minutes), cancellation);
        audit.Did("hours.imported", new { months = read.Count });
        await db.SaveChangesAsync(cancellation);
    }

    private async Task Set(Dictionary<(Id<Client> Client, DateOnly Month), int> minutes, CancellationToken cancellation)
    {
        Id<Client>[] clients = [.. minutes.Keys.Select(k => k.Client).Distinct()];
        DateOnly[] months = [.. minutes.Keys.Select(k => k.Month).Distinct()];
        var there = await db
            .ClientHours.Where(h => clients.Contains(h.ClientId) && months.Contains(h.Month))
            .ToDictionaryAsync(h => (h.ClientId, h.Month), cancellation);
        foreach (var (key, value) in minutes)
        {
            if (there.TryGetValue(key, out var hours))
            {
                hours.Minutes = value;
                if (value == 0)
                {
                    db.Remove(hours);
                }
            }
            else if (value != 0)
            {
                db.Add(new ClientHours(key.Client, key.Month) { Minutes = value });
            }
        }
    }
}
