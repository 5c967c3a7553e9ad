using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>Cash at the end of one month over all simulated futures.</summary>
/// <param name="Month">From 1.</param>
/// <param name="Low">10 % quantile.</param>
/// <param name="Median">50 % quantile.</param>
/// <param name="High">90 % quantile.</param>
/// <param name="ProbabilityOut">Share of futures in which cash was below zero by this month.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RunwayMonth(
    int Month,
    double Low,
    double Median,
    double High,
    double ProbabilityOut
);

/// <summary>A simulated runway with its 10–90 % band.</summary>
/// <param name="Months">One entry per month.</param>
/// <param name="FirstMonthOutLow">10 % quantile of the first month with cash below zero; null beyond the horizon.</param>
/// <param name="FirstMonthOutMedian">Its median; null beyond the horizon.</param>
/// <param name="FirstMonthOutHigh">Its 90 % quantile; null beyond the horizon.</param>
/// <param name="MeanFinalCash">Mean cash at the horizon.</param>
/// <param name="FinalCashDeviation">Standard deviation of cash at the horizon.</param>
/// <param name="Runs">Simulated futures: a probability p is known to ±√(p(1−p)/runs).</param>
public sealed record RunwayBand(
    IReadOnlyList<RunwayMonth> Months,
    int? FirstMonthOutLow,
    int? FirstMonthOutMedian,
    int? FirstMonthOutHigh,
    double MeanFinalCash,
    double FinalCashDeviation,
    int Runs
)
{
    /// <summary>Probability that cash falls below zero within the horizon.</summary>
    public double ProbabilityOut => Months[^1].ProbabilityOut;
}

public static partial class Runway
{
    /// <summary>
    /// Simulates the coming months: clients leave, deals come, payments arrive late; the same seed gives the same band.
    /// </summary>
    /// <param name="plan">Cash, charges, clients, deals.</param>
    /// <param name="months">Horizon, 1 … 600.</param>
    /// <param name="seed">Seed of the simulation.</param>
    /// <param name="runs">Simulated futures, 100 … 1 000 000.</param>
    /// <returns>By month the 10, 50 and 90 % quantiles of cash and the probability of having run out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static RunwayBand Simulate(RunwayPlan plan, int months, int seed, int runs = 10_000)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, 600);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runs, 1_000_000);
        var random = new Random(seed);
        var charges = plan.Charges(months);
        var cash = new double[months][];
        for (var month = 0; month < months; month++)
            cash[month] = new double[runs];
        var firstOut = new int[runs];
        var income = new double[months];
        // What clients bring up to each month they may leave in; the last place is that of those who stay.
        var until = new double[months + 1];
        var clients = plan.Clients.ToArray();
        var stays = Array.ConvertAll(
            clients,
            c => Math.Exp(months * Functions.LogOnePlus(-c.LeavingProbability))
        );
        for (var run = 0; run < runs; run++)
        {
            Array.Clear(income);
            Array.Clear(until);
            for (var i = 0; i < clients.Length; i++)
            {
                ref readonly var client = ref clients[i];
                var uniform = random.NextDouble();
                // Most stay, and for them no logarithm is needed to say so.
                var leaves =
                    1 - uniform < stays[i]
                        ? int.MaxValue
                        : LeavingMonth(uniform, client.LeavingProbability);
                if (client.PaymentDelay > 0)
                    RunwayPlan.AddPayments(client, leaves, income);
                else
                    until[Math.Min(leaves - 1, months)] += client.MonthlyMargin;
            }
            var paying = 0.0;
            for (var month = months; month > 0; month--)
                income[month - 1] += paying += until[month];
            foreach (var deal in plan.Deals)
                if (random.NextDouble() < deal.Probability)
                    RunwayPlan.AddPayments(deal, income);
            var (now, outAt) = (plan.Cash, months + 1);
            for (var month = 0; month < months; month++)
            {
                now += income[month] - charges[month];
                if (plan.Volatility > 0)
                    now += plan.Volatility * Normal(random);
                cash[month][run] = now;
                if (now < 0 && outAt > months)
                    outAt = month + 1;
            }
            firstOut[run] = outAt;
        }
        return Band(cash, firstOut, months, runs);
    }

    private static RunwayBand Band(double[][] cash, int[] firstOut, int months, int runs)
    {
        double mean = 0,
            square = 0;
        foreach (var final in cash[^1])
            mean += final / runs;
        foreach (var final in cash[^1])
            square += (final - mean) * (final - mean) / (runs - 1);
        Array.Sort(firstOut);
        var (rows, already) = (new List<RunwayMonth>(months), 0);
        for (var month = 0; month < months; month++)
        {
            Array.Sort(cash[month]);
            while (already < runs && firstOut[already] <= month + 1)
                already++;
            rows.Add(
                new(
                    month + 1,
                    Quantile(cash[month], 0.1),
                    Quantile(cash[month], 0.5),
                    Quantile(cash[month], 0.9),
                    (double)already / runs
                )
            );
        }
        return new(rows, Out(0.1), Out(0.5), Out(0.9), mean, Math.Sqrt(square), runs);

        int? Out(double p) =>
            firstOut[(int)Math.Ceiling(p * runs) - 1] is var month && month <= months
                ? month
                : null;
    }

    private static double Quantile(double[] sorted, double p)
    {
        var at = p * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 < sorted.Length
            ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low])
            : sorted[low];
    }

    /// <summary>First month not paid for: geometric, by inversion.</summary>
    private static int LeavingMonth(double uniform, double probability)
    {
        if (probability <= 0)
            return int.MaxValue;
        if (probability >= 1)
            return 1;
        var months = Math.Log(1 - uniform) / Functions.LogOnePlus(-probability);
        return months < 1e6 ? 1 + (int)months : int.MaxValue;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
        * Math.Cos(2 * Math.PI * random.NextDouble());
}
