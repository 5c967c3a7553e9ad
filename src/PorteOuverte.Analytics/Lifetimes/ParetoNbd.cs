using MathNet.Numerics.Distributions;

namespace PorteOuverte.Analytics;

/// <summary>
/// Pareto/NBD: purchases at a rate λ ~ Gamma(r, α) until a lifetime with rate μ ~ Gamma(s, β) ends, at any moment.
/// </summary>
/// <remarks>
/// Written with the integral over the time of leaving, s ∫_{t_x}^T (α+τ)^−(r+x) (β+τ)^−(s+1) dτ, in place of the
/// difference of two ₂F₁: nothing cancels at t_x near T, and α = β, s = 1 are no special cases.
/// Source: D. C. Schmittlein, D. G. Morrison and R. Colombo, Management Science 33 (1987); P. S. Fader and B. G. S.
/// Hardie, <i>A Note on Deriving the Pareto/NBD Model</i>, 2005.
/// </remarks>
/// <param name="R">r &gt; 0.</param>
/// <param name="Alpha">α &gt; 0, in units of time.</param>
/// <param name="S">s &gt; 0.</param>
/// <param name="Beta">β &gt; 0, in units of time.</param>
public sealed record ParetoNbd(double R, double Alpha, double S, double Beta) : LifetimeModel
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha, S, Beta];

    /// <summary>
    /// ln{ Γ(r+x)α^r β^s/Γ(r) [ (α+T)^−(r+x) (β+T)^−s + s ∫_{t_x}^T (α+τ)^−(r+x) (β+τ)^−(s+1) dτ ] }.
    /// </summary>
    /// <inheritdoc/>
    public override double LogLikelihood(PurchaseSummary client)
    {
        client.Check();
        double x = client.Repeats;
        var (gone, exponent) = Gone(client);
        return Functions.LogRising(R, x)
            - R * Functions.LogOnePlus(client.Age / Alpha)
            - x * Math.Log(Alpha + client.Age)
            - S * Functions.LogOnePlus(client.Age / Beta)
            + Odds.LogOnePlusScaled(gone, exponent);
    }

    /// <summary>1 / (1 + s ∫_{t_x}^T ((α+T)/(α+τ))^(r+x) ((β+T)/(β+τ))^s dτ/(β+τ)); 1 at t_x = T.</summary>
    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseSummary client)
    {
        client.Check();
        var (gone, exponent) = Gone(client);
        return gone == 0 ? 1 : Odds.Alive(gone, exponent);
    }

    /// <summary>rβ/α · (1 − (β/(β+t))^(s−1))/(s−1), which is rβ/α · ln(1 + t/β) at s = 1.</summary>
    /// <inheritdoc/>
    public override double ExpectedPurchases(double time)
    {
        Guard.NotNegative(time);
        return R
            * Beta
            / Alpha
            * Functions.DiscountedLength(S - 1, Functions.LogOnePlus(time / Beta));
    }

    /// <inheritdoc/>
    public override double ConditionalExpectedPurchases(PurchaseSummary client, double time)
    {
        Guard.NotNegative(time);
        var beta = Beta + client.Age;
        return ProbabilityAlive(client)
            * (R + client.Repeats)
            * (beta / (Alpha + client.Age))
            * Functions.DiscountedLength(S - 1, Functions.LogOnePlus(time / beta));
    }

    /// <summary>NB(n; t)·(β/(β+t))^s + ∫₀^t NB(n; τ) s β^s/(β+τ)^(s+1) dτ.</summary>
    /// <inheritdoc/>
    public override double Probability(int count, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Guard.NotNegative(time);
        if (time == 0)
            return count == 0 ? 1 : 0;
        var end = Functions.LogOnePlus(time / Beta);
        var still = NegativeBinomial.Probability(count, R, Alpha, time) * Math.Exp(-S * end);
        // In the mass of lifetimes itself, y = ln(1 + τ/β), panels shrink towards 0 where τⁿ is steep.
        var rule = GaussLegendre.Twenty;
        var sum = 0.0;
        for (double high = end, panel = 0; panel < 60 && high > 0; panel++)
        {
            var low = panel == 59 ? 0 : high * 0.6;
            // Long lifetimes: no panel may span more than a few units either.
            low = Math.Max(low, high - 2);
            double half = (high - low) / 2,
                part = 0;
            for (var i = 0; i < rule.Nodes.Length; i++)
            {
                var y = low + half * (1 + rule.Nodes[i]);
                var tau = Beta * Functions.ExpMinusOne(y);
                part +=
                    rule.Weights[i]
                    * Math.Exp(-S * y)
                    * NegativeBinomial.Probability(count, R, Alpha, tau);
            }
            sum += part * half;
            high = low;
        }
        return still + S * sum;
    }

    /// <summary>∫₀^t E[λ e^{−(λ+μ)τ}] dτ given alive: the next purchase comes before the end and before t.</summary>
    /// <inheritdoc/>
    public override double ProbabilityOfAny(PurchaseSummary client, double time)
    {
        Guard.NotNegative(time);
        double c = R + client.Repeats,
            alpha = Alpha + client.Age;
        // c/α ∫ (α/(α+τ))^(c+1) (β/(β+τ))^s dτ; the weight dτ/(α+τ) is the integral with α and β exchanged.
        return Math.Min(
            1,
            ProbabilityAlive(client)
                * c
                * DecayIntegral.Of(S, Beta + client.Age, c, alpha, 0, time).Value
        );
    }

    /// <summary>P(alive)·(r+x)/(α+T) ∫₀^∞ e^{−δt} ((β+T)/(β+T+t))^s dt, Ψ(s, s; δ(β+T)) in the paper.</summary>
    /// <inheritdoc/>
    public override double DiscountedResidualPurchases(PurchaseSummary client, double discount)
    {
        Guard.Positive(discount);
        var scale = discount * (Beta + client.Age);
        var lasting = Functions.HalfLine(u => Math.Exp(-S * Functions.LogOnePlus(u / scale)));
        return ProbabilityAlive(client)
            * (R + client.Repeats)
            / (Alpha + client.Age)
            * lasting
            / discount;
    }

    /// <summary>s·J and E, so that the odds of having left are s·J·e^E.</summary>
    private (double Gone, double Exponent) Gone(PurchaseSummary client)
    {
        double c = R + client.Repeats,
            silence = client.Age - client.Last;
        var exponent =
            c * Functions.LogOnePlus(silence / (Alpha + client.Last))
            + S * Functions.LogOnePlus(silence / (Beta + client.Last));
        return (S * DecayIntegral.Of(c, Alpha, S, Beta, client.Last, client.Age).Value, exponent);
    }

    private protected override PurchaseSummary Draw(Random random, double age)
    {
        var rate = Gamma.Sample(random, R, Alpha);
        var lifetime = Exponential.Sample(random, Gamma.Sample(random, S, Beta));
        var drawn = Follow(
            Math.Min(age, lifetime),
            () => Exponential.Sample(random, rate),
            () => false,
            false
        );
        return drawn with { Age = age };
    }
}
