namespace PorteOuverte.Analytics;

/// <summary>The concentration of one portfolio; shares are sᵢ = revenueᵢ / R.</summary>
public sealed class ConcentrationProfile
{
    private readonly double[] _shares;
    private readonly double[] _descending;

    internal ConcentrationProfile(ReadOnlySpan<double> revenues, double total)
    {
        Total = total;
        _shares = new double[revenues.Length];
        for (var i = 0; i < revenues.Length; i++)
            _shares[i] = revenues[i] / total;
        _descending = [.. _shares];
        Array.Sort(_descending);
        Array.Reverse(_descending);

        var n = _shares.Length;
        double squares = 0,
            entropy = 0,
            ranked = 0;
        for (var i = 0; i < n; i++)
        {
            var share = _descending[i];
            squares += share * share;
            if (share > 0)
                entropy -= share * Math.Log(share);
            // Rank 1 is the smallest client in Gini's formula.
            ranked += (n - i) * share;
        }
        Hhi = Math.Min(1, squares);
        Shannon = Math.Max(0, entropy);
        Gini = Math.Max(0, 2 * ranked / n - (n + 1.0) / n);
        Normalised = n == 1 ? 1 : Math.Max(0, (Hhi - 1.0 / n) / (1 - 1.0 / n));
    }

    /// <summary>R, the revenue of all clients, in the unit of the input.</summary>
    public double Total { get; }

    /// <summary>Number of clients n, those with zero revenue included.</summary>
    public int Count => _shares.Length;

    /// <summary>The shares sᵢ in the order of the input; they sum to 1.</summary>
    public ReadOnlySpan<double> Shares => _shares;

    /// <summary>Herfindahl–Hirschman index Σsᵢ², in [1/n, 1] (× 10 000 gives the usual points).</summary>
    public double Hhi { get; }

    /// <summary>(HHI − 1/n) / (1 − 1/n), in [0, 1]; 1 for a single client.</summary>
    public double Normalised { get; }

    /// <summary>1 / HHI: the number of equal clients that would give the same index.</summary>
    public double EffectiveClients => 1 / Hhi;

    /// <summary>Gini coefficient 2 Σ i·s₍ᵢ₎ / n − (n+1)/n with shares ascending, in [0, 1 − 1/n].</summary>
    public double Gini { get; }

    /// <summary>Gini × n/(n − 1), unbiased for small portfolios; 0 for a single client.</summary>
    public double UnbiasedGini => Count == 1 ? 0 : Gini * Count / (Count - 1);

    /// <summary>Shannon entropy −Σ sᵢ ln sᵢ, in nats.</summary>
    public double Shannon { get; }

    /// <summary>exp(entropy): the effective number of clients in Shannon's sense (Hill number of order 1).</summary>
    public double ShannonClients => Math.Exp(Shannon);

    /// <summary>Share of the k largest clients together, in [0, 1].</summary>
    /// <param name="k">How many clients; more than there are counts them all.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is negative.</exception>
    public double Top(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var sum = 0.0;
        for (var i = 0; i < Math.Min(k, Count); i++)
            sum += _descending[i];
        return Math.Min(1, sum);
    }

    /// <summary>The index once a client has left: (HHI − sᵢ²) / (1 − sᵢ)².</summary>
    /// <param name="client">Position of the client in the input.</param>
    /// <returns>The new index, in (0, 1]; 0 when nothing is left without this client.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No client stands at this position.</exception>
    public double HhiAfterLosing(int client)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(client);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(client, Count);
        // Summed over the others: the closed form cancels when one client is nearly everything.
        double rest = 0,
            squares = 0;
        for (var i = 0; i < Count; i++)
        {
            if (i == client)
                continue;
            rest += _shares[i];
            squares += _shares[i] * _shares[i];
        }
        return rest > 0 ? Math.Min(1, squares / rest / rest) : 0;
    }
}
