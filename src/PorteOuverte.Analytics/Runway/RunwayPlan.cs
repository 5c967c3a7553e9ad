using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>A client in a runway.</summary>
/// <param name="MonthlyMargin">What each month brings while the client stays, in any one currency.</param>
/// <param name="LeavingProbability">Probability of leaving in each month; a leaver pays nothing from then on.</param>
/// <param name="PaymentDelay">Months between the work and its payment, ≥ 0; a fraction is split between two months.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RunwayClient(
    double MonthlyMargin,
    double LeavingProbability,
    double PaymentDelay = 0
);

/// <summary>A deal that may come.</summary>
/// <param name="Amount">What it brings, once, or each month when it recurs.</param>
/// <param name="Probability">Probability that it comes at all.</param>
/// <param name="Month">The month of its first payment, from 1.</param>
/// <param name="Recurring">Whether it pays each month from then on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RunwayDeal(
    double Amount,
    double Probability,
    int Month,
    bool Recurring = false
);

/// <summary>Cash, charges, clients and deals: everything a runway rests on.</summary>
public sealed record RunwayPlan
{
    /// <summary>C₀, cash at hand; may be negative.</summary>
    public double Cash { get; init; }

    /// <summary>Charges of the first month, in the same currency.</summary>
    public double MonthlyCharges { get; init; }

    /// <summary>Growth of the charges by month (0.01 = 1 %), greater than −1.</summary>
    public double ChargesGrowth { get; init; }

    /// <summary>Standard deviation of what each month brings beyond the plan, independent normal months.</summary>
    public double Volatility { get; init; }

    /// <summary>The clients.</summary>
    public IReadOnlyList<RunwayClient> Clients { get; init; } = [];

    /// <summary>The pipeline.</summary>
    public IReadOnlyList<RunwayDeal> Deals { get; init; } = [];

    internal void Check()
    {
        Guard.Finite(Cash);
        Guard.Finite(MonthlyCharges);
        Guard.Finite(ChargesGrowth);
        Guard.NotNegative(Volatility);
        Guard.Positive(1 + ChargesGrowth);
        foreach (var client in Clients)
        {
            Guard.Finite(client.MonthlyMargin);
            Guard.Probability(client.LeavingProbability);
            Guard.NotNegative(client.PaymentDelay);
        }
        foreach (var deal in Deals)
        {
            Guard.Finite(deal.Amount);
            Guard.Probability(deal.Probability);
            Guard.Positive(deal.Month);
        }
    }

    /// <summary>Charges of each month 1 … months.</summary>
    internal double[] Charges(int months)
    {
        var charges = new double[months];
        var charge = MonthlyCharges;
        for (var month = 0; month < months; month++, charge *= 1 + ChargesGrowth)
            charges[month] = charge;
        return charges;
    }

    /// <summary>What a client who leaves in a month (from 1; later than the horizon: stays) pays by month.</summary>
    internal static void AddPayments(RunwayClient client, int leaves, Span<double> income)
    {
        var whole = (int)Math.Min(client.PaymentDelay, income.Length);
        var split = client.PaymentDelay - whole;
        for (var month = 1; month <= income.Length; month++)
        {
            // Work done before the first month is paid for too: only work from the leaving month on is missing.
            if (month - whole < leaves)
                income[month - 1] += client.MonthlyMargin * (1 - split);
            if (split > 0 && month - whole - 1 < leaves)
                income[month - 1] += client.MonthlyMargin * split;
        }
    }

    internal static void AddPayments(RunwayDeal deal, Span<double> income)
    {
        for (var month = deal.Month; month <= income.Length; month++)
        {
            income[month - 1] += deal.Amount;
            if (!deal.Recurring)
                break;
        }
    }
}
