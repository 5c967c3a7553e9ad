namespace PorteOuverte.Analytics;

/// <summary>The exact law of the final cash of a small portfolio.</summary>
/// <param name="ProbabilityOut">P(cash &lt; 0 at the horizon); as clients only leave, also by the horizon.</param>
/// <param name="Mean">Mean final cash.</param>
/// <param name="Deviation">Standard deviation of the final cash.</param>
public sealed record ExactRunway(double ProbabilityOut, double Mean, double Deviation);

public static partial class Runway
{
    private const int MostOutcomes = 1_000_000;

    /// <summary>
    /// The exact law of the final cash: all leaving months of all clients and all deals enumerated, equal sums merged.
    /// </summary>
    /// <param name="plan">Cash, charges, clients, deals; without volatility.</param>
    /// <param name="months">Horizon, ≥ 1.</param>
    /// <exception cref="ArgumentException">The plan has volatility, or more than a million outcomes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static ExactRunway Exact(RunwayPlan plan, int months)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        if (plan.Volatility > 0)
            throw new ArgumentException(
                "Continuous months cannot be enumerated; simulate them.",
                nameof(plan)
            );
        var law = new Dictionary<double, double> { [plan.Cash - plan.Charges(months).Sum()] = 1 };
        var income = new double[months];
        foreach (var client in plan.Clients)
        {
            var outcomes = new (double Sum, double Probability)[months + 1];
            var stays = 1.0;
            for (var leaves = 1; leaves <= months + 1; leaves++)
            {
                Array.Clear(income);
                RunwayPlan.AddPayments(client, leaves, income);
                outcomes[leaves - 1] = (
                    income.Sum(),
                    leaves > months ? stays : stays * client.LeavingProbability
                );
                stays *= 1 - client.LeavingProbability;
            }
            law = Convolve(law, outcomes);
        }
        foreach (var deal in plan.Deals)
        {
            Array.Clear(income);
            RunwayPlan.AddPayments(deal, income);
            law = Convolve(law, [(0, 1 - deal.Probability), (income.Sum(), deal.Probability)]);
        }
        double mean = 0,
            variance = 0,
            below = 0;
        foreach (var (cash, probability) in law)
        {
            mean += cash * probability;
            if (cash < 0)
                below += probability;
        }
        foreach (var (cash, probability) in law)
            variance += (cash - mean) * (cash - mean) * probability;
        return new(Math.Min(1, below), mean, Math.Sqrt(variance));
    }

    private static Dictionary<double, double> Convolve(
        Dictionary<double, double> law,
        (double Sum, double Probability)[] outcomes
    )
    {
        var next = new Dictionary<double, double>();
        foreach (var (cash, probability) in law)
        foreach (var (sum, chance) in outcomes)
        {
            if (chance <= 0)
                continue;
            // Cents merge what rounding would keep apart.
            var key = Math.Round(cash + sum, 4) + 0.0;
            next[key] = next.GetValueOrDefault(key) + probability * chance;
            if (next.Count > MostOutcomes)
                throw new ArgumentException(
                    "Too many outcomes to enumerate; simulate them.",
                    nameof(law)
                );
        }
        return next;
    }

    /// <summary>
    /// Probability that cash with a steady drift and independent normal months falls below zero at the end of some
    /// month, by the recursion f_{t+1}(y) = ∫₀^∞ f_t(x) φ((y − x − μ)/σ)/σ dx over Gauss–Legendre panels.
    /// </summary>
    /// <param name="cash">C₀ ≥ 0.</param>
    /// <param name="drift">μ, what a month brings on average, of either sign.</param>
    /// <param name="deviation">σ &gt; 0, its standard deviation.</param>
    /// <param name="months">n ≥ 1.</param>
    /// <returns>A probability, to about 1e-12.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static double RuinProbability(double cash, double drift, double deviation, int months)
    {
        CheckRuin(cash, drift, deviation, months);
        // In units of σ. Above `top` the next months cannot reach zero any more within 12 deviations.
        double start = cash / deviation,
            step = drift / deviation;
        var top = Math.Max(start, 0) + Math.Max(0, step) * months + 9 * Math.Sqrt(months) + 3;
        if (start + Math.Min(0, step) * months > 40 * Math.Sqrt(months))
            return 0;
        if (step < -40)
            return start + step < 0 ? 1 : 1 - Survives(start, step, 1, top);
        return Math.Clamp(1 - Survives(start, step, months, top), 0, 1);
    }

    private static double Survives(double start, double step, int months, double top)
    {
        var panels = Math.Min(400, (int)Math.Ceiling(top / 1.5));
        var rule = GaussLegendre.Twenty;
        var (count, half) = (panels * rule.Nodes.Length, top / panels / 2);
        var (at, weight) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var (panel, node) = Math.DivRem(i, rule.Nodes.Length);
            at[i] = (2 * panel + 1 + rule.Nodes[node]) * half;
            weight[i] = rule.Weights[node] * half;
        }
        var (density, next) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
            density[i] = Density(at[i] - start - step);
        for (var month = 1; month < months; month++)
        {
            for (var to = 0; to < count; to++)
            {
                var sum = 0.0;
                for (var from = 0; from < count; from++)
                {
                    var distance = at[to] - at[from] - step;
                    if (Math.Abs(distance) < 9)
                        sum += weight[from] * density[from] * Density(distance);
                }
                next[to] = sum;
            }
            (density, next) = (next, density);
        }
        var survives = 0.0;
        for (var i = 0; i < count; i++)
            survives += weight[i] * density[i];
        return survives;
    }

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// The same when cash is watched continuously: Φ(−(C₀ + μn)/(σ√n)) + e^{−2μC₀/σ²} Φ((μn − C₀)/(σ√n)); always more
    /// than at the ends of months.
    /// </summary>
    /// <param name="cash">C₀ ≥ 0.</param>
    /// <param name="drift">μ by month.</param>
    /// <param name="deviation">σ &gt; 0 by month.</param>
    /// <param name="months">n ≥ 1.</param>
    /// <remarks>First passage of Brownian motion; source: D. R. Cox and H. D. Miller, <i>Stochastic Processes</i>, 1965.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static double ContinuousRuinProbability(
        double cash,
        double drift,
        double deviation,
        int months
    )
    {
        CheckRuin(cash, drift, deviation, months);
        var spread = deviation * Math.Sqrt(months);
        var reflected = MathNet.Numerics.Distributions.Normal.CDF(
            0,
            1,
            (drift * months - cash) / spread
        );
        // A large negative drift makes the exponential overflow while the second factor vanishes: 0·∞ is 0 here.
        var second =
            reflected > 0
                ? Math.Exp(-2 * drift * cash / deviation / deviation + Math.Log(reflected))
                : 0;
        var first = MathNet.Numerics.Distributions.Normal.CDF(
            0,
            1,
            -(cash + drift * months) / spread
        );
        return Math.Clamp(first + second, 0, 1);
    }

    private static void CheckRuin(double cash, double drift, double deviation, int months)
    {
        Guard.NotNegative(cash);
        Guard.Finite(drift);
        Guard.Positive(deviation);
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, 600);
    }
}
