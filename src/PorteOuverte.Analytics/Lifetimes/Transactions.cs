using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>One purchase, or invoice.</summary>
/// <param name="Client">A number that stands for the client.</param>
/// <param name="Date">Its day; several on a day count as one, their amounts added.</param>
/// <param name="Amount">Its amount; those ≤ 0 (credit notes) are not purchases.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Purchase(int Client, DateOnly Date, double Amount = 1);

/// <summary>What the transactions say of a client up to a day.</summary>
/// <param name="Client">The client's number.</param>
/// <param name="First">Day of the first purchase.</param>
/// <param name="Latest">Day of the latest purchase.</param>
/// <param name="DaysSilent">Days since then.</param>
/// <param name="Gaps">Days between purchases, oldest first, each ≥ 1.</param>
/// <param name="Summary">(x, t_x, T) with the logarithms of the gaps, in the asked unit.</param>
/// <param name="MeanRepeatSpend">Mean amount of the repeat purchases; 0 without any.</param>
public sealed record ClientHistory(
    int Client,
    DateOnly First,
    DateOnly Latest,
    int DaysSilent,
    IReadOnlyList<int> Gaps,
    PurchaseSummary Summary,
    double MeanRepeatSpend
)
{
    /// <summary>Spend as the Gamma-Gamma model takes it.</summary>
    public SpendSummary Spend => new(Summary.Repeats, MeanRepeatSpend);
}

public static partial class Lifetimes
{
    /// <summary>Builds the summaries of the lifetime models from raw transactions.</summary>
    /// <param name="purchases">All purchases, in any order; those after <paramref name="until"/> are not yet known.</param>
    /// <param name="until">The day up to which clients are observed.</param>
    /// <param name="unitDays">Days in a unit of time; 7 for weeks.</param>
    /// <returns>
    /// One history per client whose first purchase lies before that day (T &gt; 0), by client number.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The unit is not positive, or an amount is not finite.</exception>
    public static IReadOnlyList<ClientHistory> Summarise(
        ReadOnlySpan<Purchase> purchases,
        DateOnly until,
        double unitDays = 7
    )
    {
        Guard.Positive(unitDays);
        var known = new List<Purchase>(purchases.Length);
        foreach (var purchase in purchases)
        {
            Guard.Finite(purchase.Amount, nameof(purchases));
            if (purchase.Amount > 0 && purchase.Date <= until)
                known.Add(purchase);
        }
        if (!InOrder(known))
            known.Sort(
                (a, b) =>
                    a.Client != b.Client ? a.Client.CompareTo(b.Client) : a.Date.CompareTo(b.Date)
            );
        var histories = new List<ClientHistory>();
        var all = CollectionsMarshal.AsSpan(known);
        for (int start = 0, end; start < all.Length; start = end)
        {
            for (end = start; end < all.Length && all[end].Client == all[start].Client; end++) { }
            if (all[start].Date < until)
                histories.Add(History(all[start..end], until, unitDays));
        }
        return histories;
    }

    private static bool InOrder(List<Purchase> purchases)
    {
        for (var i = 1; i < purchases.Count; i++)
        {
            var (before, now) = (purchases[i - 1], purchases[i]);
            if (now.Client < before.Client || now.Client == before.Client && now.Date < before.Date)
                return false;
        }
        return true;
    }

    private static ClientHistory History(
        ReadOnlySpan<Purchase> purchases,
        DateOnly until,
        double unit
    )
    {
        var (first, latest) = (purchases[0].Date, purchases[0].Date);
        var gaps = new List<int>();
        double spend = 0,
            logGaps = 0;
        foreach (var purchase in purchases)
        {
            if (purchase.Date > latest)
            {
                gaps.Add(purchase.Date.DayNumber - latest.DayNumber);
                logGaps += Math.Log(gaps[^1] / unit);
                latest = purchase.Date;
            }
            if (purchase.Date > first)
                spend += purchase.Amount;
        }
        var summary = new PurchaseSummary(
            gaps.Count,
            (latest.DayNumber - first.DayNumber) / unit,
            (until.DayNumber - first.DayNumber) / unit,
            logGaps
        );
        var silent = until.DayNumber - latest.DayNumber;
        return new(
            purchases[0].Client,
            first,
            latest,
            silent,
            gaps,
            summary,
            gaps.Count > 0 ? spend / gaps.Count : 0
        );
    }
}
