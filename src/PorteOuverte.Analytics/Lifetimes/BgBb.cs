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
        return Math.Log(Likelihood(client));
    }

    /// <summary>P(alive at occasion n + 1 | x, t_x, n).</summary>
    /// <param name="client">The client.</param>
    /// <exception cref="ArgumentException">No client can have these numbers.</exception>
    public double ProbabilityAlive(RenewalSummary client)
    {
        client.Check();
        return Math.Exp(LogBought(client.Renewals, client.Occasions))
            * Stayed(client.Occasions + 1)
            / Likelihood(client);
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
        double x = client.Renewals,
            n = client.Occasions;
        return Math.Exp(LogBought(client.Renewals, client.Occasions))
            * ((Alpha + x) / (Alpha + Beta + n))
            * StayedThrough(client.Occasions, occasions)
            / Likelihood(client);
    }

    /// <summary>ln B(α+x, β+n−x)/B(α, β).</summary>
    private double LogBought(int x, int n) =>
        Functions.LogRising(Alpha, x)
        + Functions.LogRising(Beta, n - x)
        - Functions.LogRising(Alpha + Beta, n);

    /// <summary>B(γ, δ+n)/B(γ, δ) = (δ)ₙ/(γ+δ)ₙ.</summary>
    private double Stayed(int n) =>
        Math.Exp(Functions.LogRising(Delta, n) - Functions.LogRising(Gamma + Delta, n));

    private double StayedThrough(int from, int occasions)
    {
        double stayed = Stayed(from),
            sum = 0;
        for (var i = from; i < from + occasions; i++)
            sum += stayed *= (Delta + i) / (Gamma + Delta + i);
        return sum;
    }

    private double Likelihood(RenewalSummary client)
    {
        var (x, last, n) = (client.Renewals, client.Last, client.Occasions);
        var sum = Math.Exp(LogBought(x, n)) * Stayed(n);
        for (var i = last; i < n; i++)
            // B(γ+1, δ+i)/B(γ, δ) = (δ)ᵢ/(γ+δ)ᵢ · γ/(γ+δ+i).
            sum += Math.Exp(LogBought(x, i)) * Stayed(i) * Gamma / (Gamma + Delta + i);
        return sum;
    }
}
