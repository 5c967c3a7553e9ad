namespace PorteOuverte.Analytics;

/// <summary>A method and its baseline, judged on the part of a portfolio's own history they had not seen.</summary>
/// <param name="Method">How the method found its probabilities.</param>
/// <param name="Reason">Why so.</param>
/// <param name="Result">The method's probabilities of a purchase in the window, judged.</param>
/// <param name="Recency">
/// The baseline, judged the same way: a logistic curve of the logarithm of days silent, learnt on an earlier window of
/// the same length; the base rate of that window where it cannot be learnt.
/// </param>
/// <param name="BaseRateBrier">Brier score of saying the share that did buy to all: what hindsight alone gives.</param>
public sealed record HoldOutReport(
    QuietMethod Method,
    QuietReason Reason,
    Calibration Result,
    Calibration Recency,
    double BaseRateBrier
);

public static partial class Lifetimes
{
    /// <summary>
    /// Hides the latest purchases, predicts who would buy, and compares: Brier score, reliability and AUC, always
    /// beside the recency baseline.
    /// </summary>
    /// <param name="purchases">All purchases, in any order.</param>
    /// <param name="cut">Last day the method may see.</param>
    /// <param name="end">Last day of the window (cut, end] it is judged on.</param>
    /// <param name="fewestRepeaters">Clients with repeat purchases a fit asks for.</param>
    /// <exception cref="ArgumentException">The window is empty, or no client had bought before the cut.</exception>
    public static HoldOutReport HoldOut(
        ReadOnlySpan<Purchase> purchases,
        DateOnly cut,
        DateOnly end,
        int fewestRepeaters = FewestRepeaters
    )
    {
        if (end <= cut)
            throw new ArgumentException("The window ends after the cut.", nameof(end));
        var window = end.DayNumber - cut.DayNumber;
        var histories = Summarise(purchases, cut);
        if (histories.Count == 0)
            throw new ArgumentException("No client had bought before the cut.", nameof(purchases));
        var buyers = Buyers(purchases, cut, end);
        var report = QuietClients(histories, window, fewestRepeaters);
        var probabilities = report
            .Clients.Select(c => Math.Clamp(c.ProbabilityOfPurchase, 0, 1))
            .ToArray();
        var outcomes = report.Clients.Select(c => buyers.Contains(c.Client)).ToArray();
        var result = Calibration.Of(probabilities, outcomes);

        var curve = LearnRecency(purchases, cut.AddDays(-window), cut);
        var recency = Calibration.Of(
            report.Clients.Select(c => curve.Probability(c.DaysSilent)).ToArray(),
            outcomes
        );
        // Its order needs no curve: the shorter the silence, the likelier a purchase.
        recency = recency with
        {
            Auc = Calibration.AreaUnderCurve(
                report.Clients.Select(c => -(double)c.DaysSilent).ToArray(),
                outcomes
            ),
        };
        return new(
            report.Method,
            report.Reason,
            result,
            recency,
            result.BaseRate * (1 - result.BaseRate)
        );
    }

    private static HashSet<int> Buyers(
        ReadOnlySpan<Purchase> purchases,
        DateOnly after,
        DateOnly until
    )
    {
        var buyers = new HashSet<int>();
        foreach (var purchase in purchases)
            if (purchase.Date > after && purchase.Date <= until && purchase.Amount > 0)
                buyers.Add(purchase.Client);
        return buyers;
    }

    private static RecencyCurve LearnRecency(
        ReadOnlySpan<Purchase> purchases,
        DateOnly cut,
        DateOnly end
    )
    {
        var histories = Summarise(purchases, cut);
        var buyers = Buyers(purchases, cut, end);
        return RecencyCurve.Of(
            [.. histories.Select(h => (double)h.DaysSilent)],
            [.. histories.Select(h => buyers.Contains(h.Client))]
        );
    }

    /// <summary>P(purchase) = 1/(1 + e^−(u + v ln(1 + days))).</summary>
    private sealed class RecencyCurve(double level, double slope)
    {
        public double Probability(double days) =>
            1 / (1 + Math.Exp(-level - slope * Math.Log(1 + days)));

        /// <summary>Newton's method with a weak ridge (variance 25), so that separated data have an answer too.</summary>
        public static RecencyCurve Of(double[] days, bool[] bought)
        {
            // One imagined client each way keeps the level finite in the smallest portfolios.
            var rate = (bought.Count(b => b) + 1.0) / (bought.Length + 2);
            double u = Math.Log(rate / (1 - rate)),
                v = 0;
            const double ridge = 1 / 25.0;
            for (var step = 0; step < 50 && days.Length > 1; step++)
            {
                double gu = -ridge * u,
                    gv = -ridge * v,
                    huu = ridge,
                    huv = 0,
                    hvv = ridge;
                for (var i = 0; i < days.Length; i++)
                {
                    var x = Math.Log(1 + days[i]);
                    var p = 1 / (1 + Math.Exp(-u - v * x));
                    var (residual, weight) = ((bought[i] ? 1 : 0) - p, p * (1 - p));
                    gu += residual;
                    gv += residual * x;
                    huu += weight;
                    huv += weight * x;
                    hvv += weight * x * x;
                }
                var determinant = huu * hvv - huv * huv;
                var (du, dv) = (
                    (hvv * gu - huv * gv) / determinant,
                    (huu * gv - huv * gu) / determinant
                );
                var length = Math.Min(1, 3 / Math.Max(1e-9, Math.Abs(du) + Math.Abs(dv)));
                (u, v) = (u + length * du, v + length * dv);
                if (Math.Abs(du) + Math.Abs(dv) < 1e-10)
                    break;
            }
            return new(u, v);
        }
    }
}
