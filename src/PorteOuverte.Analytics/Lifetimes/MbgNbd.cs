using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>
/// MBG/NBD: as <see cref="BgNbd"/>, but a client may leave right after the first purchase as well.
/// </summary>
/// <remarks>Source: E. P. Batislam, M. Denizel and A. Filiztekin, IJRM 24 (2007); D. Hoppe and U. Wagner, 2007.</remarks>
/// <param name="R">r &gt; 0.</param>
/// <param name="Alpha">α &gt; 0, in units of time.</param>
/// <param name="A">a &gt; 0.</param>
/// <param name="B">b &gt; 0.</param>
public sealed record MbgNbd(double R, double Alpha, double A, double B) : LifetimeModel
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha, A, B];

    /// <summary>ln{ B(a,b+x+1)/B(a,b) Γ(r+x)α^r/Γ(r) [ (α+T)^−(r+x) + a/(b+x) (α+t_x)^−(r+x) ] }.</summary>
    /// <inheritdoc/>
    public override double LogLikelihood(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats;
        return Functions.LogStay(A, B, x + 1)
            + Functions.LogRising(R, x)
            - R * Functions.LogOnePlus(client.Age / Alpha)
            - x * Math.Log(Alpha + client.Age)
            + Odds.LogOnePlusScaled(A / (B + x), (R + x) * Silence(client));
    }

    /// <summary>1 / (1 + a/(b+x) ((α+T)/(α+t_x))^(r+x)).</summary>
    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats;
        return Odds.Alive(A / (B + x), (R + x) * Silence(client));
    }

    /// <inheritdoc/>
    public override double ExpectedPurchases(double time)
    {
        Guard.NotNegative(time);
        return B / (A + B) * DropoutSum.Expected(R, Alpha, A, B + 1, time);
    }

    /// <inheritdoc/>
    public override double ConditionalExpectedPurchases(PurchaseSummary client, double time)
    {
        Guard.NotNegative(time);
        double x = client.Repeats;
        return ProbabilityAlive(client)
            * DropoutSum.Expected(R + x, Alpha + client.Age, A, B + x + 1, time);
    }

    /// <inheritdoc/>
    public override double Probability(int count, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Guard.NotNegative(time);
        // Survived n + 1 chances to leave, or left at the last of them with time for n or more.
        var stayed = Math.Exp(Functions.LogStay(A, B, count));
        return stayed
            / (A + B + count)
            * (
                (B + count) * NegativeBinomial.Probability(count, R, Alpha, time)
                + A * NegativeBinomial.Tail(count, R, Alpha, time)
            );
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
    ) => new BetaGeometricBatch(R, Alpha, A, B, true).ProbabilityAlive(repeats, last, age, result);

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
        new BetaGeometricBatch(R, Alpha, A, B, true).Expected(repeats, last, age, time, result);
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
            true
        );
    }
}
