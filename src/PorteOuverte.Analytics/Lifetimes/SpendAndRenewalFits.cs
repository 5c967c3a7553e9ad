namespace PorteOuverte.Analytics;

public static partial class Lifetimes
{
    /// <summary>Fits the Gamma-Gamma model (p, q, v) to clients with at least one repeat purchase.</summary>
    /// <param name="clients">Spend by client; those with x = 0 are left out.</param>
    /// <exception cref="ArgumentException">No client has a repeat purchase.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A mean spend is not positive.</exception>
    public static LifetimeFit<GammaGamma> FitGammaGamma(ReadOnlySpan<SpendSummary> clients)
    {
        var (x, spend, mean) = (
            new List<double>(clients.Length),
            new List<double>(clients.Length),
            0.0
        );
        foreach (var client in clients)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(client.Repeats, nameof(clients));
            if (client.Repeats == 0)
                continue;
            Guard.Positive(client.MeanSpend, nameof(clients));
            x.Add(client.Repeats);
            spend.Add(client.MeanSpend);
            mean += client.MeanSpend;
        }
        if (x.Count == 0)
            throw new ArgumentException(
                "No client has bought again: there is no spend to learn from.",
                nameof(clients)
            );
        mean /= x.Count;
        // E[M] = pv/(q−1): the start has p = 3, q = 3.
        double[] start = [Math.Log(3), Math.Log(3), Math.Log(mean * 2 / 3)];
        var found = new Maximiser(
            (logs, g) => GammaGammaLogLikelihood(x, spend, logs, g),
            Bound + Math.Abs(Math.Log(mean))
        ).From(start);
        return Result(found, x.Count, p => new GammaGamma(p[0], p[1], p[2]));
    }

    private static double GammaGammaLogLikelihood(
        List<double> x,
        List<double> spend,
        ReadOnlySpan<double> logs,
        Span<double> gradient
    )
    {
        double p = Math.Exp(logs[0]),
            q = Math.Exp(logs[1]),
            v = Math.Exp(logs[2]);
        double n = x.Count,
            value = n * (q * logs[2] - Functions.LogGamma(q)),
            toP = 0,
            toV = n * q / v;
        var toQ = n * (logs[2] - Functions.Digamma(q));
        for (var i = 0; i < x.Count; i++)
        {
            double px = p * x[i],
                total = x[i] * spend[i],
                end = Math.Log(v + total),
                at = Functions.Digamma(px + q);
            value +=
                Functions.LogGamma(px + q)
                - Functions.LogGamma(px)
                + px * Math.Log(total)
                - Math.Log(spend[i])
                - (px + q) * end;
            toP += x[i] * (at - Functions.Digamma(px) + Math.Log(total) - end);
            toQ += at - end;
            toV -= (px + q) / (v + total);
        }
        (gradient[0], gradient[1], gradient[2]) = (toP * p, toQ * q, toV * v);
        return value;
    }

    /// <summary>Fits the shifted-beta-geometric model (α, β) to one cohort.</summary>
    /// <param name="survivors">Clients at the start, then after each renewal; never rising, at least two numbers.</param>
    /// <exception cref="ArgumentException">Fewer than two numbers, or they rise, or nobody left.</exception>
    public static LifetimeFit<ShiftedBetaGeometric> FitShiftedBetaGeometric(
        ReadOnlySpan<double> survivors
    )
    {
        if (survivors.Length < 2)
            throw new ArgumentException(
                "A cohort needs its size and what is left after a renewal.",
                nameof(survivors)
            );
        var left = survivors.ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            Guard.NotNegative(left[i], nameof(survivors));
            if (i > 0 && left[i] > left[i - 1])
                throw new ArgumentException("Survivors of a cohort never rise.", nameof(survivors));
        }
        if (left[0] == left[^1])
            throw new ArgumentException(
                "Nobody has left yet: there is nothing to learn from.",
                nameof(survivors)
            );
        var found = new Maximiser((logs, g) => SbgLogLikelihood(left, logs, g), Bound).From([0, 0]);
        return Result(found, left[0], p => new ShiftedBetaGeometric(p[0], p[1]));
    }

    /// <summary>Those at risk of renewal t leave with chance α/(α+β+t−1): a sum of binomials, gradient included.</summary>
    private static double SbgLogLikelihood(
        double[] left,
        ReadOnlySpan<double> logs,
        Span<double> gradient
    )
    {
        double alpha = Math.Exp(logs[0]),
            beta = Math.Exp(logs[1]),
            value = 0,
            toAlpha = 0,
            toBeta = 0;
        for (var t = 1; t < left.Length; t++)
        {
            double lost = left[t - 1] - left[t],
                all = alpha + beta + (t - 1),
                stay = beta + (t - 1);
            value += lost * Math.Log(alpha / all) + left[t] * Math.Log(stay / all);
            toAlpha += lost / alpha - left[t - 1] / all;
            toBeta += left[t] / stay - left[t - 1] / all;
        }
        (gradient[0], gradient[1]) = (toAlpha * alpha, toBeta * beta);
        return value;
    }

    /// <summary>Fits the BG/BB model (α, β, γ, δ).</summary>
    /// <param name="clients">Clients by (x, t_x, n), counted.</param>
    /// <exception cref="ArgumentException">The sample is empty, impossible, or nobody renewed.</exception>
    public static LifetimeFit<BgBb> FitBgBb(ReadOnlySpan<RenewalSummary> clients)
    {
        Guard.NotEmpty(clients, nameof(clients));
        double count = 0,
            renewals = 0;
        foreach (var client in clients)
        {
            client.Check(nameof(clients));
            count += client.Clients;
            renewals += (double)client.Clients * client.Renewals;
        }
        if (renewals == 0)
            throw new ArgumentException(
                "Nobody has renewed: there is nothing to learn from.",
                nameof(clients)
            );
        var rows = clients.ToArray();
        var found = new Maximiser((logs, g) => BgBbLogLikelihood(rows, logs, g), Bound).From([
            0,
            0,
            -0.5,
            0.7,
        ]);
        return Result(found, count, p => new BgBb(p[0], p[1], p[2], p[3]));
    }

    private static double BgBbLogLikelihood(
        RenewalSummary[] rows,
        ReadOnlySpan<double> logs,
        Span<double> gradient
    )
    {
        double a = Math.Exp(logs[0]),
            b = Math.Exp(logs[1]),
            c = Math.Exp(logs[2]),
            d = Math.Exp(logs[3]);
        double value = 0,
            toA = 0,
            toB = 0,
            toC = 0,
            toD = 0;
        foreach (var (x, last, n, clients) in rows)
        {
            // Still there: i = n; left before occasion i + 1: i = t_x … n − 1, with the factor γ/(γ+δ+i).
            double sum = 0,
                sumA = 0,
                sumB = 0,
                sumC = 0,
                sumD = 0;
            for (var i = last; i <= n; i++)
            {
                var term =
                    Math.Exp(
                        Functions.LogRising(a, x)
                            + Functions.LogRising(b, i - x)
                            - Functions.LogRising(a + b, i)
                            + Functions.LogStay(c, d, i)
                    ) * (i < n ? c / (c + d + i) : 1);
                var (ab, cd) = (
                    Functions.DigammaRise(a + b, i),
                    Functions.DigammaRise(c + d, i) + (i < n ? 1 / (c + d + i) : 0)
                );
                sum += term;
                sumA += term * (Functions.DigammaRise(a, x) - ab);
                sumB += term * (Functions.DigammaRise(b, i - x) - ab);
                sumC += term * ((i < n ? 1 / c : 0) - cd);
                sumD += term * (Functions.DigammaRise(d, i) - cd);
            }
            value += clients * Math.Log(sum);
            toA += clients * sumA / sum;
            toB += clients * sumB / sum;
            toC += clients * sumC / sum;
            toD += clients * sumD / sum;
        }
        (gradient[0], gradient[1], gradient[2], gradient[3]) = (toA * a, toB * b, toC * c, toD * d);
        return value;
    }
}
