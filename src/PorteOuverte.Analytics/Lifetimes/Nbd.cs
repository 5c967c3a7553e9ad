using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>NBD: purchases at a rate λ ~ Gamma(r, α) for ever; the yardstick of a portfolio nobody leaves.</summary>
/// <remarks>Source: A. S. C. Ehrenberg, Applied Statistics 8 (1959).</remarks>
/// <param name="R">r &gt; 0.</param>
/// <param name="Alpha">α &gt; 0, in units of time.</param>
public sealed record Nbd(double R, double Alpha) : LifetimeModel
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha];

    /// <summary>ln{ Γ(r+x)/Γ(r) α^r (α+T)^−(r+x) }, the density of the times, as for the other models.</summary>
    /// <inheritdoc/>
    public override double LogLikelihood(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats;
        return Functions.LogRising(R, x)
            - R * Functions.LogOnePlus(client.Age / Alpha)
            - x * Math.Log(Alpha + client.Age);
    }

    /// <summary>1: nobody leaves.</summary>
    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseSummary client)
    {
        client.Check();
        return 1;
    }

    /// <summary>r t/α.</summary>
    /// <inheritdoc/>
    public override double ExpectedPurchases(double time)
    {
        Guard.NotNegative(time);
        return R * time / Alpha;
    }

    /// <summary>(r+x) t/(α+T).</summary>
    /// <inheritdoc/>
    public override double ConditionalExpectedPurchases(PurchaseSummary client, double time)
    {
        client.Check();
        Guard.NotNegative(time);
        return (R + client.Repeats) * time / (Alpha + client.Age);
    }

    /// <inheritdoc/>
    public override double Probability(int count, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Guard.NotNegative(time);
        return NegativeBinomial.Probability(count, R, Alpha, time);
    }

    /// <inheritdoc/>
    public override double ProbabilityOfAny(PurchaseSummary client, double time)
    {
        client.Check();
        Guard.NotNegative(time);
        return NegativeBinomial.Tail(1, R + client.Repeats, Alpha + client.Age, time);
    }

    private protected override PurchaseSummary Draw(Random random, double age)
    {
        var rate = Gamma.Sample(random, R, Alpha);
        return Follow(age, () => Exponential.Sample(random, rate), () => false, false);
    }
}
