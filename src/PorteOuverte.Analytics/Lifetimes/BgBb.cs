namespace PorteOuverte.Analytics;

/// <summary>What BG/BB knows of a client who could renew n times.</summary>
/// <param name="Renewals">x, occasions used.</param>
/// <param name="Last">t_x, the last occasion used; 0 when x = 0.</param>
/// <param name="Occasions">n, occasions so far.</param>
/// <param name="Clients">How many clients share these numbers.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct RenewalSummary(int Renewals, int Last, int Occasions, int Clients = 1)
{
    internal void Check(string name = "client")
    {
        if (
            Renewals < 0
            || Last > Occasions
            || Last < Renewals
            || (Renewals == 0) != (Last == 0)
            || Clients < 0
        )
            throw new ArgumentException(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"No client can have x = {Renewals}, t_x = {Last}, n = {Occasions}."
                ),
                name
            );
    }
}

/// <summary>
/// BG/BB: at each occasion a living client buys with probability p ~ Beta(α, β), and leaves before each with
/// probability θ ~ Beta(γ, δ).
/// </summary>
/// <remarks>Source: P. S. Fader, B. G. S. Hardie and J. Shang, Marketing Science 29 (2010).</remarks>
/// <param name="Alpha">α &gt; 0.</param>
/// <param name="Beta">β &gt; 0.</param>
/// <param name="Gamma">γ &gt; 0.</param>
/// <param name="Delta">δ &gt; 0.</param>
public sealed record BgBb(double Alpha, double Beta, double Gamma, double Delta)
{
    /// <summary>
    /// ln{ B(α+x,β+n−x)/B(α,β)·B(γ,δ+n)/B(γ,δ) + Σ_{i&lt;n−t_x} B(α+x,β+t_x−x+i)/B(α,β)·B(γ+1,δ+t_x+i)/B(γ,δ) }.
    /// </summary>
    /// <param name="client">One client.</param>
    /// <exception cref="ArgumentException">No client can have these numbers.</exception>
    public double LogLikelihood(RenewalSummary client)
    {
        client.Check();
        return LogBought(client.Renewals, client.Last)
            + Functions.LogStay(Gamma, Delta, client.Last)
            + Math.Log(SinceLast(client).Sum);
    }

    /// <summary>P(alive at occasion n + 1 | x, t_x, n).</summary>
    /// <param name="client">The client.</param>
    /// <exception cref="ArgumentException">No client can have these numbers.</exception>
    public double ProbabilityAlive(RenewalSummary client)
    {
        client.Check();
        var (still, sum) = SinceLast(client);
        return still / sum * (Delta + client.Occasions) / (Gamma + Delta + client.Occasions);
    }

    /// <summary>E[X(n)] = α/(α+β) Σᵢ₌₁ⁿ (δ)ᵢ/(γ+δ)ᵢ, purchases of a new client in n occasions.</summary>
    /// <param name="occasions">n ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public double ExpectedPurchases(int occasions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(occasions);
        return Alpha / (Alpha + Beta) * StayedThrough(0, occasions);
    }

    /// <summary>Expected purchases in the next occasions, as a sum over them: γ = 1 is no special case.</summary>
    /// <param name="client">The client.</param>
    /// <param name="occasions">n* ≥ 0.</param>
    /// <exception cref="ArgumentException">No client can have these numbers, or n* is negative.</exception>
    public double ConditionalExpectedPurchases(RenewalSummary client, int occasions)
    {
        client.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(occasions);
        var (still, sum) = SinceLast(client);
        var buys = (Alpha + client.Renewals) / (Alpha + Beta + client.Occasions);
        return still / sum * buys * StayedThrough(client.Occasions, occasions);
    }

    /// <summary>ln B(α+x, β+n−x)/B(α, β).</summary>
    private double LogBought(int x, int n) =>
        Functions.LogRising(Alpha, x)
        + Functions.LogRising(Beta, n - x)
        - Functions.LogRising(Alpha + Beta, n);

    /// <summary>Σ over the coming occasions of the chance to be there still, given being there after the first ones.</summary>
    private double StayedThrough(int from, int occasions)
    {
        double stayed = 1,
            sum = 0;
        for (var i = from; i < from + occasions; i++)
            sum += stayed *= (Delta + i) / (Gamma + Delta + i);
        return sum;
    }

    /// <summary>
    /// The likelihood over its value at t_x, and its part of those still there: a thousand occasions would underflow.
    /// </summary>
    private (double Still, double Sum) SinceLast(RenewalSummary client)
    {
        double term = 1,
            sum = 0;
        for (var i = client.Last; i < client.Occasions; i++)
        {
            // B(γ+1, δ+i)/B(γ, δ) = (δ)ᵢ/(γ+δ)ᵢ · γ/(γ+δ+i): left before occasion i + 1.
            sum += term * Gamma / (Gamma + Delta + i);
            term *=
                (Beta + i - client.Renewals)
                / (Alpha + Beta + i)
                * (Delta + i)
                / (Gamma + Delta + i);
        }
        return (term, sum + term);
    }
}
