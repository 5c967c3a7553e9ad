using System.Runtime.Intrinsics;

namespace PorteOuverte.Analytics;

/// <summary>
/// Many clients' (x, t_x, T), checked, equal ones collapsed into one weighted row, in columns padded to whole vectors.
/// Build it once and fit several models to it.
/// </summary>
public sealed class PurchaseSample
{
    private PurchaseSample(Collapse rows)
    {
        Rows = rows.Count;
        var padded =
            (Rows + Vector256<double>.Count - 1)
            / Vector256<double>.Count
            * Vector256<double>.Count;
        (Repeats, Last, Age, Weights) = (
            new double[padded],
            new double[padded],
            new double[padded],
            new double[padded]
        );
        Array.Fill(Age, 1);
        rows.CopyTo(Repeats, Last, Age, Weights);
        foreach (var weight in Weights)
            Clients += weight;
        LogGaps = rows.LogGaps;

        var counts = new SortedDictionary<int, double>();
        for (var i = 0; i < Rows; i++)
        {
            var x = (int)Repeats[i];
            counts[x] = counts.GetValueOrDefault(x) + Weights[i];
            TotalRepeats += Repeats[i] * Weights[i];
            TotalAge += Age[i] * Weights[i];
            if (x > 0)
                Repeaters += Weights[i];
        }
        DistinctRepeats = [.. counts.Keys.Select(x => (double)x)];
        RepeatWeights = [.. counts.Values];
    }

    private PurchaseSample(PurchaseSample whole, int stride)
        : this(Every(whole, stride)) { }

    /// <summary>Number of distinct (x, t_x, T).</summary>
    public int Rows { get; }

    /// <summary>Number of clients.</summary>
    public double Clients { get; }

    /// <summary>Number of clients with a repeat purchase.</summary>
    public double Repeaters { get; }

    internal double[] Repeats { get; }
    internal double[] Last { get; }
    internal double[] Age { get; }
    internal double[] Weights { get; }
    internal double[] DistinctRepeats { get; }
    internal double[] RepeatWeights { get; }
    internal double TotalRepeats { get; }
    internal double TotalAge { get; }

    /// <summary>Σ ln gaps of all clients: a constant of the likelihood, so equal rows may differ in it.</summary>
    internal double LogGaps { get; }

    /// <summary>Collapses summaries.</summary>
    /// <param name="clients">One per client.</param>
    /// <exception cref="ArgumentException">The sample is empty, or a client's numbers are impossible.</exception>
    public static PurchaseSample Of(ReadOnlySpan<PurchaseSummary> clients)
    {
        Guard.NotEmpty(clients, nameof(clients));
        var rows = new Collapse(clients.Length);
        foreach (ref readonly var client in clients)
        {
            client.Check(nameof(clients));
            rows.Add(client.Repeats, client.Last, client.Age, 1);
            rows.LogGaps += client.LogGaps;
        }
        return new(rows);
    }

    /// <summary>A part of the rows, to start a fit from.</summary>
    internal PurchaseSample Thinned(int rows) => new(this, Math.Max(1, Rows / rows));

    private static Collapse Every(PurchaseSample whole, int stride)
    {
        var rows = new Collapse(whole.Rows / stride + 1);
        for (var i = 0; i < whole.Rows; i += stride)
            rows.Add((int)whole.Repeats[i], whole.Last[i], whole.Age[i], whole.Weights[i]);
        return rows;
    }
}
