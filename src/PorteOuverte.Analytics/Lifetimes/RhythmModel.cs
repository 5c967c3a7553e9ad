using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>
/// Each client's own rhythm, for portfolios too small to fit a model: how long is the silence against the usual gap,
/// given how much the gaps spread?
/// </summary>
/// <remarks>
/// Logarithms of gaps are normal by client; a client's spread is shrunk towards the portfolio's (four gaps' worth),
/// so that a next gap is Student-distributed. A client without a repeat purchase is held against the portfolio's gaps.
/// Leaving after a purchase has one probability π, estimated from the silences of all with a weak prior of 1 in 10:
/// P(alive) = (1−π)·S(silence) / ((1−π)·S(silence) + π).
/// </remarks>
internal sealed class RhythmModel
{
    /// <summary>How many gaps the portfolio's spread counts for against a client's own.</summary>
    private const double SharedGaps = 4;

    /// <summary>Months have 28 to 31 days: a spread below a tenth is the calendar's, not the client's.</summary>
    private const double LeastSpread = 0.1;

    /// <summary>The spread assumed where no client has two gaps: half to double the usual gap.</summary>
    private const double UnknownSpread = 0.5;

    private readonly double _sharedVariance;
    private readonly double _meanLog;
    private readonly double _betweenVariance;
    private readonly Lazy<double> _leaving;

    public RhythmModel(IReadOnlyList<ClientHistory> clients)
    {
        double squares = 0,
            degrees = 0,
            sum = 0,
            count = 0,
            sumSquares = 0;
        foreach (var client in clients)
        {
            if (client.Gaps.Count == 0)
                continue;
            var (mean, spread) = Logarithms(client.Gaps);
            squares += spread;
            degrees += client.Gaps.Count - 1;
            sum += mean;
            sumSquares += mean * mean;
            count++;
        }
        _sharedVariance = Math.Max(
            LeastSpread * LeastSpread,
            degrees > 0 ? squares / degrees : UnknownSpread * UnknownSpread
        );
        // Nobody has bought again: a quarter is assumed, within a factor of e.
        _meanLog = count > 0 ? sum / count : Math.Log(91);
        _betweenVariance =
            count > 1 ? Math.Max(0, (sumSquares - sum * sum / count) / (count - 1)) : 1;
        // Only asked for where no model is fitted; on many clients it would cost as much as all the rest.
        _leaving = new(() => EstimateLeaving(clients));
    }

    /// <summary>π.</summary>
    public double LeavingProbability => _leaving.Value;

    /// <summary>Usual gap in days: the median; the portfolio's for a client without repeat purchases.</summary>
    public double UsualGap(ClientHistory client)
    {
        if (client.Gaps.Count == 0)
            return Math.Exp(_meanLog);
        int[] sorted = [.. client.Gaps];
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1
            ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /// <summary>S(days): probability that a gap of this client lasts longer.</summary>
    public double Lasts(ClientHistory client, double days)
    {
        if (days <= 0)
            return 1;
        var (centre, scale, degrees) = Law(client);
        return StudentT.CDF(0, 1, degrees, (centre - Math.Log(days)) / scale);
    }

    /// <summary>Spread of the logarithms of gaps: 0.3 means within about a third, two times in three.</summary>
    public double Spread(ClientHistory client) => Law(client).Scale;

    public double Alive(ClientHistory client) =>
        Alive(Lasts(client, client.DaysSilent), LeavingProbability);

    /// <summary>P(purchase within some days), the client alive and the gap ending by then.</summary>
    public double Any(ClientHistory client, double days)
    {
        var now = Lasts(client, client.DaysSilent);
        return now > 0
            ? Alive(client) * Math.Clamp(1 - Lasts(client, client.DaysSilent + days) / now, 0, 1)
            : 0;
    }

    private (double Centre, double Scale, double Degrees) Law(ClientHistory client)
    {
        var n = client.Gaps.Count;
        if (n == 0)
            return (_meanLog, Math.Sqrt(_sharedVariance + _betweenVariance), SharedGaps);
        var (centre, squares) = Logarithms(client.Gaps);
        var degrees = SharedGaps + n - 1;
        var variance = Math.Max(
            LeastSpread * LeastSpread,
            (SharedGaps * _sharedVariance + squares) / degrees
        );
        return (centre, Math.Sqrt(variance * (1 + 1.0 / n)), degrees);
    }

    /// <summary>Mean of the logarithms of gaps and the sum of squares about it.</summary>
    private static (double Mean, double Squares) Logarithms(IReadOnlyList<int> gaps)
    {
        double sum = 0,
            squares = 0;
        for (var i = 0; i < gaps.Count; i++)
            sum += Math.Log(gaps[i]);
        var mean = sum / gaps.Count;
        for (var i = 0; i < gaps.Count; i++)
        {
            var apart = Math.Log(gaps[i]) - mean;
            squares += apart * apart;
        }
        return (mean, squares);
    }

    private static double Alive(double lasts, double leaving) =>
        (1 - leaving) * lasts / ((1 - leaving) * lasts + leaving);

    /// <summary>EM over who has left, each purchase having been survived but perhaps the latest.</summary>
    private double EstimateLeaving(IReadOnlyList<ClientHistory> clients)
    {
        const double priorLeft = 1,
            priorStayed = 9;
        var lasts = new double[clients.Count];
        double survived = 0,
            leaving = 0.1;
        for (var i = 0; i < lasts.Length; i++)
        {
            lasts[i] = Lasts(clients[i], clients[i].DaysSilent);
            survived += clients[i].Gaps.Count;
        }
        for (var step = 0; step < 200; step++)
        {
            var left = 0.0;
            foreach (var s in lasts)
                left += 1 - Alive(s, leaving);
            leaving = (priorLeft + left) / (priorLeft + priorStayed + survived + lasts.Length);
        }
        return leaving;
    }
}
