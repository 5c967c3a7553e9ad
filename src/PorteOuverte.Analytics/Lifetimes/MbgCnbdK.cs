using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>
/// MBG/CNBD-k: as <see cref="MbgNbd"/>, with gaps that are Erlang-k: the larger k, the more regular the rhythm.
/// Services are regular; this is the model to prefer for them.
/// </summary>
/// <remarks>
/// A purchase is every k-th tick of a Poisson clock of rate λ ~ Gamma(r, α). Everything is exact: given the silence
/// T − t_x, the clock has made j &lt; k ticks with weight Γ(r+kx+j)/(Γ(r+kx) j!) ((T−t_x)/(α+T))ʲ.
/// Source: T. Reutterer, M. Platzer and N. Schröder, IJRM 38 (2021).
/// </remarks>
/// <param name="K">k ≥ 1; 1 is the MBG/NBD.</param>
/// <param name="R">r &gt; 0.</param>
/// <param name="Alpha">α &gt; 0, in units of time.</param>
/// <param name="A">a &gt; 0.</param>
/// <param name="B">b &gt; 0.</param>
public sealed record MbgCnbdK(int K, double R, double Alpha, double A, double B) : LifetimeModel
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha, A, B];

    /// <summary>
    /// ln{ B(a,b+x+1)/B(a,b) Γ(r+kx)α^r/Γ(r) [ (α+T)^−(r+kx) Σ_{j&lt;k} wⱼ + a/(b+x) (α+t_x)^−(r+kx) ] }
    /// + (k−1) Σ ln gaps − x ln Γ(k).
    /// </summary>
    /// <inheritdoc/>
    public override double LogLikelihood(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats,
            c = R + K * x;
        var exponent = c * Silence(client);
        var odds = A / (B + x);
        // ln(S + odds·e^E) with E ≥ 0 of any size.
        var bracket = exponent + Math.Log(Ticks(client) * Math.Exp(-exponent) + odds);
        return Functions.LogStay(A, B, x + 1)
            + Functions.LogRising(R, K * x)
            - R * Functions.LogOnePlus(client.Age / Alpha)
            - K * x * Math.Log(Alpha + client.Age)
            + bracket
            + (K - 1) * client.LogGaps
            - x * Functions.LogRising(1, K - 1);
    }

    /// <summary>1 / { 1 + a/(b+x) ((α+T)/(α+t_x))^(r+kx) / Σ_{j&lt;k} wⱼ }.</summary>
    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats;
        return Odds.Alive(A / (B + x) / Ticks(client), (R + K * x) * Silence(client));
    }

    /// <inheritdoc/>
    public override double ExpectedPurchases(double time)
    {
        Guard.NotNegative(time);
        return B / (A + B) * DropoutSum.Expected(R, Alpha, A, B + 1, time, K);
    }

    /// <inheritdoc/>
    public override double ConditionalExpectedPurchases(PurchaseSummary client, double time)
    {
        Guard.NotNegative(time);
        double x = client.Repeats,
            c = R + K * x;
        return ProbabilityAlive(client)
            * OverTicks(
                client,
                j => DropoutSum.Expected(c + j, Alpha + client.Age, A, B + x + 1, time, K, j)
            );
    }

    /// <inheritdoc/>
    public override double Probability(int count, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Guard.NotNegative(time);
        // n purchases are kn to kn + k − 1 ticks; whoever left at the n-th had time for at least kn.
        var exactly = 0.0;
        for (var j = 0; j < K; j++)
            exactly += NegativeBinomial.Probability((double)K * count + j, R, Alpha, time);
        var stayed = Math.Exp(Functions.LogStay(A, B, count));
        return stayed
            / (A + B + count)
            * (
                (B + count) * exactly
                + A * NegativeBinomial.Tail(checked(K * count), R, Alpha, time)
            );
    }

    /// <inheritdoc/>
    public override double ProbabilityOfAny(PurchaseSummary client, double time)
    {
        Guard.NotNegative(time);
        var c = R + (double)K * client.Repeats;
        return ProbabilityAlive(client)
            * OverTicks(client, j => NegativeBinomial.Tail(K - j, c + j, Alpha + client.Age, time));
    }

    /// <summary>Σ_{j&lt;k} wⱼ, at least 1.</summary>
    private double Ticks(PurchaseSummary client)
    {
        double c = R + (double)K * client.Repeats,
            u = (client.Age - client.Last) / (Alpha + client.Age),
            weight = 1,
            sum = 1;
        for (var j = 1; j < K; j++)
            sum += weight *= (c + (j - 1)) / j * u;
        return sum;
    }

    /// <summary>Mean of a value over the ticks already made.</summary>
    private double OverTicks(PurchaseSummary client, Func<int, double> value)
    {
        double c = R + (double)K * client.Repeats,
            u = (client.Age - client.Last) / (Alpha + client.Age);
        double weight = 1,
            weights = 0,
            sum = 0;
        for (var j = 0; j < K; j++)
        {
            if (j > 0)
                weight *= (c + (j - 1)) / j * u;
            weights += weight;
            if (weight > 0)
                sum += weight * value(j);
        }
        return sum / weights;
    }

    private double Silence(PurchaseSummary client) =>
        Functions.LogOnePlus((client.Age - client.Last) / (Alpha + client.Last));

    private protected override PurchaseSummary Draw(Random random, double age)
    {
        var rate = Gamma.Sample(random, R, Alpha);
        var leaving = Beta.Sample(random, A, B);
        return Follow(
            age,
            () => Gamma.Sample(random, K, rate),
            () => random.NextDouble() < leaving,
            true
        );
    }
}
