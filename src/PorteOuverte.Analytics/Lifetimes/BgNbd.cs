using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>
/// BG/NBD: purchases at a rate λ ~ Gamma(r, α); after each, the client leaves with probability p ~ Beta(a, b).
/// </summary>
/// <remarks>
/// Never rank clients by P(alive) of this model: one without a repeat purchase gets 1.
/// Source: P. S. Fader, B. G. S. Hardie and K. L. Lee, Marketing Science 24 (2005).
/// </remarks>
/// <param name="R">r &gt; 0.</param>
/// <param name="Alpha">α &gt; 0, in units of time.</param>
/// <param name="A">a &gt; 0.</param>
/// <param name="B">b &gt; 0.</param>
public sealed record BgNbd(double R, double Alpha, double A, double B) : LifetimeModel
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha, A, B];

    /// <summary>ln{ B(a,b+x)/B(a,b) Γ(r+x)α^r/Γ(r) [ (α+T)^−(r+x) + δ_{x&gt;0} a/(b+x−1) (α+t_x)^−(r+x) ] }.</summary>
    /// <inheritdoc/>
    public override double LogLikelihood(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats,
            c = R + x;
        return Functions.LogStay(A, B, x)
            + Functions.LogRising(R, x)
            - R * Functions.LogOnePlus(client.Age / Alpha)
            - x * Math.Log(Alpha + client.Age)
            + (x > 0 ? Odds.LogOnePlusScaled(A / (B + (x - 1)), c * Silence(client)) : 0);
    }

    /// <summary>1 / (1 + δ_{x&gt;0} a/(b+x−1) ((α+T)/(α+t_x))^(r+x)); 1 without repeat purchases.</summary>
    /// <remarks>At t_x = T with x &gt; 0 it is (b+x−1)/(a+b+x−1): one may leave with the very last purchase.</remarks>
    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats;
        return x == 0 ? 1 : Odds.Alive(A / (B + (x - 1)), (R + x) * Silence(client));
    }

    /// <inheritdoc/>
    public override double ExpectedPurchases(double time)
    {
        Guard.NotNegative(time);
        return DropoutSum.Expected(R, Alpha, A, B, time);
    }

    /// <inheritdoc/>
    public override double ConditionalExpectedPurchases(PurchaseSummary client, double time)
    {
        Guard.NotNegative(time);
        double x = client.Repeats;
        return ProbabilityAlive(client)
            * DropoutSum.Expected(R + x, Alpha + client.Age, A, B + x, time);
    }

    /// <inheritdoc/>
    public override double Probability(int count, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Guard.NotNegative(time);
        var stayed = Functions.LogStay(A, B, count);
        var still = Math.Exp(stayed) * NegativeBinomial.Probability(count, R, Alpha, time);
        if (count == 0)
            return still;
        // B(a+1, b+n−1)/B(a,b) = (b)ₙ/(a+b)ₙ · a/(b+n−1).
        return still
            + Math.Exp(stayed)
                * A
                / (B + (count - 1))
                * NegativeBinomial.Tail(count, R, Alpha, time);
    }

    /// <inheritdoc/>
    public override double ProbabilityOfAny(PurchaseSummary client, double time)
    {
        Guard.NotNegative(time);
        return ProbabilityAlive(client)
            * NegativeBinomial.Tail(1, R + client.Repeats, Alpha + client.Age, time);
    }

    /// <summary>P(alive) of many clients at once, on all cores.</summary>
    /// <param name="repeats">x of each client.</param>
    /// <param name="last">t_x of each.</param>
    /// <param name="age">T of each.</param>
    /// <param name="result">As long as the others; written in their order.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a client's numbers are impossible.</exception>
    public void ProbabilityAlive(
        ReadOnlyMemory<double> repeats,
        ReadOnlyMemory<double> last,
        ReadOnlyMemory<double> age,
        Memory<double> result
    ) => new BetaGeometricBatch(R, Alpha, A, B, false).ProbabilityAlive(repeats, last, age, result);

    /// <summary>CET(t) of many clients at once, on all cores; relative error below 1e-12.</summary>
    /// <param name="repeats">x of each client.</param>
    /// <param name="last">t_x of each.</param>
    /// <param name="age">T of each.</param>
    /// <param name="time">t ≥ 0.</param>
    /// <param name="result">As long as the others; written in their order.</param>
    /// <exception cref="ArgumentException">Lengths differ, a client's numbers are impossible, or t is negative.</exception>
    public void ConditionalExpectedPurchases(
        ReadOnlyMemory<double> repeats,
        ReadOnlyMemory<double> last,
        ReadOnlyMemory<double> age,
        double time,
        Memory<double> result
    )
    {
        Guard.NotNegative(time);
        new BetaGeometricBatch(R, Alpha, A, B, false).Expected(repeats, last, age, time, result);
    }

    private double Silence(PurchaseSummary client) =>
        Functions.LogOnePlus((client.Age - client.Last) / (Alpha + client.Last));

    private protected override PurchaseSummary Draw(Random random, double age)
    {
        var rate = Gamma.Sample(random, R, Alpha);
        var leaving = Beta.Sample(random, A, B);
        return Follow(
            age,
            () => Exponential.Sample(random, rate),
            () => random.NextDouble() < leaving,
            false
        );
    }
}
