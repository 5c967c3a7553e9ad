using MathNet.Numerics;

namespace PorteOuverte.Analytics;

/// <summary>The outcome of a prospective scan.</summary>
/// <param name="Losses">C, losses within the horizon, the trigger not counted when it was removed.</param>
/// <param name="Horizon">H in days, measured from the trigger when it was removed.</param>
/// <param name="Window">The window with the largest ratio, in days; null when no window holds more than expected.</param>
/// <param name="Observed">c, losses within this window; 0 without a window.</param>
/// <param name="Expected">μ, losses expected within this window; 0 without a window.</param>
/// <param name="LogLikelihoodRatio">The largest ratio; 0 without a window.</param>
/// <param name="PValue">Probability of a ratio as large or larger when losses are even in time; 1 without a window.</param>
/// <param name="IsExact">Whether the p-value was summed exactly, not simulated.</param>
/// <param name="TriggerRemoved">Whether the latest loss was removed.</param>
public sealed record LossScan(
    int Losses,
    double Horizon,
    int? Window,
    int Observed,
    double Expected,
    double LogLikelihoodRatio,
    double PValue,
    bool IsExact,
    bool TriggerRemoved
)
{
    internal static LossScan Of(ReadOnlySpan<double> daysAgo, ScanOptions options)
    {
        if (options.Horizon <= 0)
            throw new ArgumentException(
                "The horizon is a positive number of days.",
                nameof(options)
            );
        if (options.Windows.Count == 0 || options.Windows.Any(w => w <= 0))
            throw new ArgumentException("Windows are positive numbers of days.", nameof(options));
        if (
            options.ClientsByDay is { } held
            && (held.Count < options.Horizon || held.Any(c => !(c >= 0 && double.IsFinite(c))))
        )
            throw new ArgumentException(
                "The clients held are needed for each day of the horizon.",
                nameof(options)
            );
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Runs, 1, nameof(options));

        var distances = new List<double>(daysAgo.Length);
        foreach (var days in daysAgo)
        {
            Guard.NotNegative(days, nameof(daysAgo));
            if (days <= options.Horizon)
                distances.Add(days);
        }
        distances.Sort();
        var removed = options.RemoveTrigger && distances.Count > 0;
        var trigger = removed ? distances[0] : 0;
        if (removed)
            distances.RemoveAt(0);
        var horizon = options.Horizon - trigger;
        var windows = options.Windows.Where(w => w < horizon).Distinct().Order().ToArray();
        var exposure = new Exposure(options.ClientsByDay, trigger);
        var whole = exposure.Within(horizon);
        var total = distances.Count;
        var none = new LossScan(total, horizon, null, 0, 0, 0, 1, true, removed);
        if (total == 0 || windows.Length == 0 || !(whole > 0))
            return none;

        var shares = Array.ConvertAll(windows, w => Math.Min(1, exposure.Within(w) / whole));
        var best = none;
        for (var i = 0; i < windows.Length; i++)
        {
            var count = distances.Count(d => d - trigger <= windows[i]);
            var ratio = Ratio(count, total, total * shares[i]);
            if (ratio > best.LogLikelihoodRatio)
                best = best with
                {
                    Window = windows[i],
                    Observed = count,
                    Expected = total * shares[i],
                    LogLikelihoodRatio = ratio,
                };
        }
        if (best.Window is null)
            return none;
        var exact = total <= options.MostExact;
        return best with
        {
            IsExact = exact,
            PValue = exact
                ? ExactPValue(shares, total, best.LogLikelihoodRatio)
                : SimulatedPValue(
                    shares,
                    total,
                    best.LogLikelihoodRatio,
                    options.Runs,
                    options.Seed
                ),
        };
    }

    private static double Ratio(int count, int total, double expected)
    {
        if (count <= expected)
            return 0;
        // Losses where there were no clients: more surprising than any number can say.
        if (!(expected > 0))
            return double.MaxValue;
        var inside = count * Math.Log(count / expected);
        return count == total
            ? inside
            : inside + (total - count) * Math.Log((total - count) / (total - expected));
    }

    /// <summary>Per window the least count whose ratio reaches the observed one (rounding errors forgiven).</summary>
    private static int[] Limits(double[] shares, int total, double ratio)
    {
        var limits = new int[shares.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            var count = 0;
            while (
                count <= total && !(Ratio(count, total, total * shares[i]) >= ratio * (1 - 1e-12))
            )
                count++;
            limits[i] = count;
        }
        return limits;
    }

    /// <summary>
    /// The windows are nested, so the counts form a Markov chain of binomials: sum the probability of first reaching
    /// a limit at each window. Only positive terms, hence accurate for the smallest p.
    /// </summary>
    private static double ExactPValue(double[] shares, int total, double ratio)
    {
        var limits = Limits(shares, total, ratio);
        var (state, next) = (new double[total + 1], new double[total + 1]);
        state[0] = 1;
        double reached = 0,
            before = 0;
        for (var window = 0; window < shares.Length; window++)
        {
            var chance =
                before >= 1 ? 0 : Math.Clamp((shares[window] - before) / (1 - before), 0, 1);
            before = shares[window];
            Array.Clear(next);
            for (var count = 0; count <= total; count++)
            {
                if (state[count] <= 0)
                    continue;
                for (var more = 0; more <= total - count; more++)
                {
                    var probability = state[count] * Binomial(total - count, more, chance);
                    if (count + more >= limits[window])
                        reached += probability;
                    else
                        next[count + more] += probability;
                }
            }
            (state, next) = (next, state);
        }
        return Math.Min(1, reached);
    }

    private static double Binomial(int n, int k, double p)
    {
        if (p <= 0)
            return k == 0 ? 1 : 0;
        if (p >= 1)
            return k == n ? 1 : 0;
        return Math.Exp(
            SpecialFunctions.BinomialLn(n, k) + k * Math.Log(p) + (n - k) * Functions.LogOnePlus(-p)
        );
    }

    /// <summary>(1 + simulated maxima reaching the observed one) / (1 + runs): never zero.</summary>
    private static double SimulatedPValue(
        double[] shares,
        int total,
        double ratio,
        int runs,
        int seed
    )
    {
        var limits = Limits(shares, total, ratio);
        var random = new Random(seed);
        var counts = new int[shares.Length];
        var reached = 0;
        for (var run = 0; run < runs; run++)
        {
            Array.Clear(counts);
            for (var loss = 0; loss < total; loss++)
            {
                var place = random.NextDouble();
                for (
                    var window = shares.Length - 1;
                    window >= 0 && place < shares[window];
                    window--
                )
                    counts[window]++;
            }
            for (var window = 0; window < counts.Length; window++)
            {
                if (counts[window] < limits[window])
                    continue;
                reached++;
                break;
            }
        }
        return (1.0 + reached) / (1.0 + runs);
    }

    /// <summary>Days, or client-days, within a distance of the trigger.</summary>
    private sealed class Exposure(IReadOnlyList<double>? clientsByDay, double trigger)
    {
        public double Within(double days) =>
            clientsByDay is null ? days : Before(trigger + days) - Before(trigger);

        private double Before(double distance)
        {
            var sum = 0.0;
            for (var day = 0; day < clientsByDay!.Count && day < distance; day++)
                sum += clientsByDay[day] * Math.Min(1, distance - day);
            return sum;
        }
    }
}
